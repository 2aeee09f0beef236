package sheet

import (
	"context"

	"fyne.io/fyne/v2"

	"bankbook/core/fault"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// Host is the screen that a sheet stands before.
type Host struct {
	Canvas fyne.Canvas
	// Work does something on a worker and tells the UI thread what it came to; stop
	// calls it off.
	Work func(do func(ctx context.Context) error, done func(error)) (stop context.CancelFunc)
	// UI runs something on the UI thread.
	UI func(func())
	// Report shows the fault of a sheet that has been closed meanwhile.
	Report func(error)
	// CopyDetails puts the details of a fault on the clipboard and says so.
	CopyDetails func(error)
}

// Spec describes a sheet.
type Spec struct {
	Title   string
	Body    fyne.CanvasObject
	Deed    string         // words of the button
	Kind    kit.ButtonKind // of the button; 0 is primary
	Do      func()
	Initial fyne.Focusable // gets the keyboard first; nil is Cancel
	// Left is called when the sheet is closed without its deed being done; nil if
	// nobody wants to know.
	Left func()
}

// Sheet is a dialog with one deed. What is wrong is said in it; it closes when
// the deed is done, and closing it before calls the deed off.
type Sheet struct {
	host  Host
	modal *kit.Modal
	deed  *kit.Button
	notes *fyne.Container
	stage *kit.Text // how far the deed is
	stop  context.CancelFunc
	busy  bool
	left  func()
}

// New returns a sheet that Show shows.
func New(host Host, spec Spec) *Sheet {
	s := &Sheet{host: host, notes: kit.VBox(0), stage: kit.NewText("", kit.Body().Muted()), stop: func() {}, left: spec.Left}
	if spec.Kind == kit.Default {
		spec.Kind = kit.Primary
	}
	s.deed = kit.NewButton(kit.ButtonSpec{Text: spec.Deed, Kind: spec.Kind, OnTap: spec.Do})
	cancel := kit.NewButton(kit.ButtonSpec{Text: "Cancel", OnTap: func() { s.modal.Close() }})
	if spec.Initial == nil {
		spec.Initial = cancel
	}
	s.modal = kit.NewModal(host.Canvas, kit.ModalSpec{
		Title: spec.Title, Body: kit.VBox(0, spec.Body, s.notes), Foot: kit.HBox(8, kit.Grow(s.stage.Shrink()), cancel, s.deed),
		Initial: spec.Initial, OnClosed: s.closed,
	})
	return s
}

// Show shows the sheet and moves the keyboard into it.
func (s *Sheet) Show() { s.modal.Show() }

// Done closes the sheet: its deed is done.
func (s *Sheet) Done() {
	s.left = nil
	s.modal.Close()
}

func (s *Sheet) closed() {
	s.stop()
	if s.left != nil {
		s.left()
	}
}

// Work does the deed on a worker. done is called after a success, with the sheet
// closed; wrong is asked first whether a field says what went wrong.
func (s *Sheet) Work(do func(ctx context.Context) error, done func(), wrong func(error) bool) {
	if s.busy {
		return
	}
	s.say(nil)
	s.busy = true
	s.deed.SetBusy(true)
	s.stop = s.host.Work(do, func(err error) {
		s.busy = false
		s.deed.SetBusy(false)
		s.stage.SetText("")
		switch {
		case err == nil:
			s.Done()
			done()
		case !s.modal.Open():
			s.host.Report(err)
		case wrong == nil || !wrong(err):
			s.say(err)
		}
		s.Relayout()
	})
}

// Progress returns what the deed that Work is about to do tells, on its worker, how
// far it is. The words for that stand beside the buttons until the deed has ended.
func (s *Sheet) Progress(words func(done, total int64) string) func(done, total int64) {
	last := words(0, 0)
	if !s.busy {
		s.stage.SetText(last)
	}
	return func(done, total int64) {
		line := words(done, total)
		if line == last {
			return
		}
		last = line
		s.host.UI(func() {
			if s.busy {
				s.stage.SetText(line)
			}
		})
	}
}

// say says what went wrong; nil ends it.
func (s *Sheet) say(err error) {
	s.notes.Objects = nil
	if err != nil && !fault.Is(err, fault.Canceled) {
		m := say.Fault(err)
		s.note(kit.NoteSpec{Text: m.Sentence, More: m.Hint, Tone: kit.Failure, Line: true, Right: kit.NewButton(kit.ButtonSpec{
			Text: "Copy details", Size: kit.Compact, OnTap: func() { s.host.CopyDetails(err) },
		})})
	}
	s.Relayout()
}

// note says something below the fields, until the deed is tried again.
func (s *Sheet) note(spec kit.NoteSpec) {
	s.notes.Objects = []fyne.CanvasObject{kit.Pad(kit.Edges{Top: 16}, kit.NewNote(spec))}
}

// Relayout fits the sheet again after its content grew or shrank.
func (s *Sheet) Relayout() {
	if s.modal.Open() {
		s.modal.Relayout()
	}
}

// Confirm asks before a deed that needs nothing but a yes.
func Confirm(host Host, spec Spec, do func(ctx context.Context) error, done func()) {
	var s *Sheet
	spec.Do = func() { s.Work(do, done, nil) }
	s = New(host, spec)
	s.Show()
}

// Point is a line of a sheet that says what a deed means.
func Point(icon look.IconName, text string) fyne.CanvasObject {
	return kit.HBoxTop(10, kit.NewIcon(icon, look.Muted, look.IconSize), kit.Grow(kit.NewParagraph(text, kit.Body().In(look.Text2), 0)))
}

// Browsed sets a button for choosing beside a field.
func Browsed(file *kit.Input, browse func()) fyne.CanvasObject {
	return kit.HBoxTop(8, kit.Grow(file), kit.NewButton(kit.ButtonSpec{Text: "Choose…", OnTap: browse}))
}
