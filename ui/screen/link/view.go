package link

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// wizardWidth is how wide the card of the wizard becomes.
const wizardWidth = 760

// wideFrom is the width of the screen at which there is room for the code that
// a phone reads.
const wideFrom = 760

// View is the screen.
type View struct {
	model *Model
	root  *fyne.Container
	page  *fyne.Container
	wide  bool
	// left shows the time that is left, in the picture that has it.
	left *kit.Text
	// patch shows a change of the state in the picture that is there, so that the
	// keyboard stays where it is, and reports whether that was enough.
	patch func(State) bool
	// after is called after every change.
	after func()
	// elapsed shows how long a sync has been going on.
	elapsed *kit.Text
}

// NewView returns the screen of a model.
func NewView(m *Model) *View {
	v := &View{model: m, page: container.NewStack(), wide: true, after: func() {}}
	v.root = kit.OnWidth(v.page, v.fit)
	m.OnChange(v.update, v.tick)
	v.update()
	return v
}

// Content returns what to show.
func (v *View) Content() fyne.CanvasObject { return v.root }

func (v *View) fit(width float32) {
	if wide := width >= wideFrom; wide != v.wide {
		v.wide, v.patch = wide, nil
		v.update()
	}
}

// OnChange sets what is called after a change of what Title and CloseWords
// return.
func (v *View) OnChange(fn func()) { v.after = fn }

// Title returns what stands in the header.
func (v *View) Title() string {
	return v.model.State().words().title
}

// CloseWords returns what the button in the header says.
func (v *View) CloseWords() string {
	if v.model.CanCancel() || v.model.State().Face() == FaceOptions {
		return "Cancel"
	}
	return "Close"
}

func (v *View) tick() {
	if v.left != nil {
		v.left.SetText(say.Countdown(v.model.Left()))
	}
	if v.elapsed != nil {
		v.elapsed.SetText(v.elapsedWords())
	}
}

func (v *View) update() {
	s := v.model.State()
	if v.patch != nil && v.patch(s) {
		v.after()
		return
	}
	v.left, v.elapsed, v.patch = nil, nil, nil
	labels, at := s.Steps()
	page := kit.VBox(24, kit.NewStepper(labels, at), kit.VBox(16, v.face(s)...))
	v.page.Objects = []fyne.CanvasObject{kit.NewScroll(
		kit.MaxWidthCentered(wizardWidth+2*look.Space6, kit.Sides(look.Space6, 36, page)),
	)}
	kit.Repaint(v.page)
	v.after()
}

// face returns the cards of the present picture.
func (v *View) face(s State) []fyne.CanvasObject {
	switch s.Face() {
	case FaceOptions:
		return v.options(s)
	case FaceWaiting:
		return v.waiting(s)
	case FaceDeciding:
		return v.deciding(s)
	case FaceSyncing, FaceDone:
		return v.syncing(s)
	case FaceStuck, FaceEnded:
		return v.ended(s)
	case FaceSaving:
		return v.working("Saving the connection", "Bankbook checks the accounts and saves bank access.")
	}
	return v.working("Preparing a secure page", "Bankbook asks for a page on which you can sign in.")
}

// working is the picture of a step that needs nobody.
func (v *View) working(title, sentence string) []fyne.CanvasObject {
	return []fyne.CanvasObject{card(
		kit.Inset(look.Space8, kit.HBox(16, kit.NewSpinner(24), kit.Grow(kit.VBox(4, kit.NewText(title, kit.Heading()), kit.NewParagraph(sentence, kit.Body().In(look.Text2), 0))))),
		nil,
	)}
}

// card is the card of the wizard.
func card(body, footer fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewCard(kit.CardSpec{Body: body, Footer: footer})
}

// heading is the upper part of a card: a title and a lead sentence.
func heading(title, lead string) fyne.CanvasObject {
	return kit.VBox(4, kit.NewText(title, kit.Page()), kit.NewParagraph(lead, kit.Lead(), 0))
}

// trouble is a note about the last thing asked for, nil if it went well.
func (v *View) trouble(s State) fyne.CanvasObject {
	if s.Err == nil {
		return nil
	}
	m := say.Fault(s.Err)
	buttons := []fyne.CanvasObject{v.details(s.Err)}
	if m.Action == say.EnterKeys {
		buttons = append(buttons, kit.NewButton(kit.ButtonSpec{Text: m.Action.Label(), Size: kit.Compact, OnTap: v.model.Keys}))
	}
	return kit.NewNote(kit.NoteSpec{Text: m.Sentence, More: m.Hint, Tone: kit.Failure, Line: true, Right: kit.HBox(8, buttons...)})
}

func (v *View) details(err error) fyne.CanvasObject {
	return kit.NewButton(kit.ButtonSpec{
		Text: "Copy details", Kind: kit.Plain, Size: kit.Compact, OnTap: func() { v.model.CopyDetails(err) },
	})
}

// with puts a note, if there is one, before cards.
func with(note fyne.CanvasObject, cards ...fyne.CanvasObject) []fyne.CanvasObject {
	if note == nil {
		return cards
	}
	return append([]fyne.CanvasObject{note}, cards...)
}
