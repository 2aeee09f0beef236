package account

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/run"
	"bankbook/ui/say"
	"bankbook/ui/sheet"
)

const (
	// sideWidth is the width of the right column, which stands below the left one
	// in a screen narrower than wideFrom.
	sideWidth = 352
	wideFrom  = 780
)

// View is the screen.
type View struct {
	model  *Model
	root   *fyne.Container
	scroll *container.Scroll
	wide   bool
	// name is the field for the nickname of the account named.
	name  *kit.Input
	named core.AccountID
}

// NewView returns the screen of a model.
func NewView(m *Model) *View {
	v := &View{model: m, wide: true}
	v.scroll = kit.NewScroll(kit.VBox(0))
	v.root = kit.OnWidth(v.scroll, v.fit)
	m.OnChange(v.update)
	v.update()
	return v
}

// Content returns what to show.
func (v *View) Content() fyne.CanvasObject { return v.root }

func (v *View) fit(width float32) {
	if wide := width >= wideFrom; wide != v.wide {
		v.wide = wide
		v.update()
	}
}

// update makes everything anew; the place that was scrolled to stays.
func (v *View) update() {
	at := v.scroll.Offset
	v.scroll.Content = kit.NewScroll(v.page()).Content
	v.scroll.Offset = at
	kit.Repaint(v.scroll)
}

func (v *View) page() fyne.CanvasObject {
	s := v.model.State()
	switch {
	case !s.Ready && s.Err != nil:
		return v.failed(s.Err)
	case !s.Ready:
		return kit.Centered(kit.NewSpinner(24))
	}
	left := kit.VBox(16, v.notes(s)...)
	for _, card := range []fyne.CanvasObject{v.balance(s), v.chart(s), v.newest(s.Page)} {
		left.Add(card)
	}
	right := kit.VBox(16, v.numbers(s.Page), v.details(s.Page))
	body := fyne.CanvasObject(kit.VBox(16, left, right))
	if v.wide {
		body = kit.Columns(16, []float32{0, sideWidth}, kit.VBox(0, left, kit.Spring()), kit.VBox(0, right, kit.Spring()))
	}
	return kit.Pad(kit.Edges{Top: look.PagePadding, Right: look.PagePadding, Bottom: look.PagePadding, Left: look.PagePadding}, body)
}

func (v *View) failed(err error) fyne.CanvasObject {
	m := say.Fault(err)
	if fault.Is(err, fault.NotFound) {
		m = say.Message{Title: "This account is not here", Sentence: "It was removed, or it belongs to another profile."}
		return kit.Centered(kit.NewEmpty(kit.EmptySpec{
			Icon: look.IconBank, Title: m.Title, Sentence: m.Sentence,
			Actions: []fyne.CanvasObject{kit.NewButton(kit.ButtonSpec{Text: "Go to Banks", Kind: kit.Primary, OnTap: v.model.deps.Navigate.Banks})},
		}))
	}
	return kit.Centered(kit.NewEmpty(kit.EmptySpec{
		Icon: look.IconAlertCircle, Tone: kit.Failure, Title: m.Title, Sentence: m.Text(), Actions: []fyne.CanvasObject{
			kit.NewButton(kit.ButtonSpec{Text: "Copy details", Kind: kit.Plain, OnTap: func() { v.model.deps.CopyDetails(err) }}),
			kit.NewButton(kit.ButtonSpec{Text: say.Retry.Label(), OnTap: v.model.Load}),
		},
	}))
}

// notes are what is out of the ordinary, above everything else.
func (v *View) notes(s State) []fyne.CanvasObject {
	var notes []fyne.CanvasObject
	add := func(spec kit.NoteSpec, words string, tap func()) {
		spec.Line = true
		if words != "" {
			spec.Right = kit.NewButton(kit.ButtonSpec{Text: words, Size: kit.Compact, OnTap: tap})
		}
		notes = append(notes, kit.NewNote(spec))
	}
	if s.Err != nil {
		m := say.Fault(s.Err)
		add(kit.NoteSpec{Text: m.Sentence, More: m.Hint, Tone: kit.Failure}, say.Retry.Label(), v.model.Load)
	}
	p := s.Page
	if st, ok := say.AccountState(p.Account); ok {
		note := kit.NoteSpec{Text: st.Text, More: say.AccountStateMore(p.Account, p.Of.Manual()), Tone: kit.Info}
		switch {
		case p.Choices.Status != core.Open:
			add(note, "Reopen", v.model.Reopen)
		default:
			note.Tone = kit.Warning
			add(note, "", nil)
		}
	}
	switch {
	case p.Of.Manual():
	case p.Of.Status == core.SignInNeeded || p.Of.Status == core.ConsentNeeded:
		m := say.Trouble(core.Trouble{Kind: fault.SignIn})
		add(kit.NoteSpec{Text: m.Sentence, More: m.Hint, Tone: kit.Warning}, say.RepairVerb(p.Of), v.model.Repair)
	case p.Of.Status == core.Gone:
		m := say.Trouble(core.Trouble{Kind: fault.Gone})
		add(kit.NoteSpec{Text: m.Sentence, More: m.Hint, Tone: kit.Warning}, "", nil)
	}
	return notes
}

// host is what sheets over this screen need; ok is false while it is in no window.
func (v *View) host() (h sheet.Host, ok bool) {
	canvas := kit.CanvasOf(v.root)
	if canvas == nil {
		return h, false
	}
	d := v.model.deps
	return sheet.Host{
		Canvas: canvas, UI: d.Runner.UI, Report: d.Report, CopyDetails: d.CopyDetails,
		Work: func(do func(ctx context.Context) error, done func(error)) context.CancelFunc {
			return run.Work(secret.Attended(context.Background()), d.Runner, do, done)
		},
	}, true
}
