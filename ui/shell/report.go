package shell

import (
	"bankbook/core/fault"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// Report shows the fault of something that the person asked for: its title in a
// toast, and behind that the sentence, the next step, and the details to copy.
// A stop that somebody asked for is no fault.
func (s *Shell) Report(err error) {
	if err == nil || fault.Is(err, fault.Canceled) {
		return
	}
	s.Trouble(err)
	s.reportAs(say.Fault(err), err)
}

// reportAs is Report in other words.
func (s *Shell) reportAs(m say.Message, err error) {
	s.toasts.Post(kit.ToastSpec{
		Text: m.Title, Icon: look.IconAlertTriangle, Action: "Show", OnTap: func() { s.explain(m, err) },
	})
}

// explain opens a dialog with all there is to say about a fault.
func (s *Shell) explain(m say.Message, err error) {
	canvas := s.deps.Window.Canvas()
	var dialog *kit.Modal
	body := kit.VBox(8, kit.NewParagraph(m.Sentence, kit.Body(), 0))
	if m.Hint != "" {
		body.Add(kit.NewParagraph(m.Hint, kit.Body().In(look.Text2), 0))
	}
	shut := kit.NewButton(kit.ButtonSpec{Text: "Close", Kind: kit.Primary, OnTap: func() { dialog.Close() }})
	foot := kit.HBox(8,
		kit.NewButton(kit.ButtonSpec{Text: "Copy details", Icon: look.IconCopy, OnTap: func() { s.CopyDetails(err) }}),
		kit.Spring(), shut,
	)
	dialog = kit.NewModal(canvas, kit.ModalSpec{Title: m.Title, Body: body, Foot: foot, Initial: shut})
	dialog.Show()
}
