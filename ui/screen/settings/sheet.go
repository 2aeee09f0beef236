package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"bankbook/core/fault"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// sheet is a dialog with one deed. What is wrong is said in it; it closes when
// the deed is done, and closing it before calls the deed off.
type sheet struct {
	view  *View
	modal *kit.Modal
	deed  *kit.Button
	notes *fyne.Container
	stop  context.CancelFunc
	busy  bool
	// gone is called when the sheet is closed in whatever way.
	gone func()
}

// sheetSpec describes a sheet.
type sheetSpec struct {
	title   string
	body    fyne.CanvasObject
	deed    string
	kind    kit.ButtonKind // 0 is primary
	do      func()
	initial fyne.Focusable // nil is Cancel
}

func (v *View) newSheet(spec sheetSpec) *sheet {
	s := &sheet{view: v, notes: kit.VBox(0), stop: func() {}, gone: func() {}}
	if spec.kind == kit.Default {
		spec.kind = kit.Primary
	}
	s.deed = kit.NewButton(kit.ButtonSpec{Text: spec.deed, Kind: spec.kind, OnTap: spec.do})
	cancel := kit.NewButton(kit.ButtonSpec{Text: "Cancel", OnTap: func() { s.modal.Close() }})
	if spec.initial == nil {
		spec.initial = cancel
	}
	s.modal = kit.NewModal(kit.CanvasOf(v.root), kit.ModalSpec{
		Title: spec.title, Body: kit.VBox(0, spec.body, s.notes), Foot: kit.HBox(8, kit.Spring(), cancel, s.deed),
		Initial: spec.initial, OnClosed: s.closed,
	})
	return s
}

func (s *sheet) closed() {
	s.stop()
	s.gone()
}

// work does the deed on a worker. done is called after a success, with the sheet
// closed; wrong is asked first whether a field says what went wrong.
func (s *sheet) work(do func(ctx context.Context) error, done func(), wrong func(error) bool) {
	if s.busy {
		return
	}
	s.say(nil)
	s.busy = true
	s.deed.SetBusy(true)
	s.stop = s.view.model.work(do, func(err error) {
		s.busy = false
		s.deed.SetBusy(false)
		switch {
		case err == nil:
			s.gone = func() {}
			s.modal.Close()
			done()
		case !s.modal.Open():
			s.view.model.deps.Report(err)
		case wrong == nil || !wrong(err):
			s.say(err)
		}
		s.relayout()
	})
}

// say says what went wrong; nil ends it.
func (s *sheet) say(err error) {
	s.notes.Objects = nil
	if err != nil && !fault.Is(err, fault.Canceled) {
		m := say.Fault(err)
		s.notes.Objects = []fyne.CanvasObject{kit.Pad(kit.Edges{Top: 16}, kit.NewNote(kit.NoteSpec{
			Text: m.Sentence, More: m.Hint, Tone: kit.Failure, Line: true,
			Right: button("Copy details", func() { s.view.model.deps.CopyDetails(err) }),
		}))}
	}
	s.relayout()
}

func (s *sheet) relayout() {
	if s.modal.Open() {
		s.modal.Relayout()
	}
}

// point is a line of a dialog that says what a deed means.
func point(icon look.IconName, text string) fyne.CanvasObject {
	return kit.HBoxTop(10, kit.NewIcon(icon, look.Muted, look.IconSize), kit.Grow(kit.NewParagraph(text, kit.Body().In(look.Text2), 0)))
}

// confirm asks before a deed that needs nothing but a yes.
func (v *View) confirm(spec sheetSpec, do func(ctx context.Context) error, done func()) {
	var s *sheet
	spec.do = func() { s.work(do, done, nil) }
	s = v.newSheet(spec)
	s.modal.Show()
}
