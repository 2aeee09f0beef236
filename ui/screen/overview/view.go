package overview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// room is how much of it the screen has.
type room int

const (
	// narrow has one column.
	narrow room = iota
	// medium has a slim second column and short rows.
	medium
	// wide has everything.
	wide
)

// The widths at which the arrangement changes, and those of the second column.
const (
	mediumFrom  = 780
	wideFrom    = 1000
	mediumAside = 284
	wideAside   = 344
)

// View is the screen.
type View struct {
	model  *Model
	root   *fyne.Container
	scroll *container.Scroll
	room   room
}

// NewView returns the screen of a model.
func NewView(m *Model) *View {
	v := &View{model: m, room: wide}
	v.scroll = kit.NewScroll(kit.VBox(0))
	v.root = kit.OnWidth(v.scroll, v.fit)
	m.OnChange(v.update)
	v.update()
	return v
}

// Content returns what to show.
func (v *View) Content() fyne.CanvasObject { return v.root }

// fit chooses the arrangement.
func (v *View) fit(width float32) {
	now := narrow
	switch {
	case width >= wideFrom:
		now = wide
	case width >= mediumFrom:
		now = medium
	}
	if now != v.room {
		v.room = now
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
	case s.Page.Empty:
		return v.empty(s)
	}
	main := kit.VBox(look.Space4, v.top(s)...)
	for _, card := range []fyne.CanvasObject{v.totals(s.Page), v.flow(s.Page), v.recent(s.Page)} {
		main.Add(card)
	}
	aside := kit.VBox(look.Space4, v.accounts(s.Page), v.spending(s.Page))
	body := kit.VBox(look.Space4, main, aside)
	switch v.room {
	case wide:
		body = kit.HBoxTop(look.Space4, kit.Grow(main), kit.Fixed(wideAside, 0, aside))
	case medium:
		body = kit.HBoxTop(look.Space4, kit.Grow(main), kit.Fixed(mediumAside, 0, aside))
	}
	return kit.Inset(look.PagePadding, body)
}

// top is what comes before everything else: a fault, and what needs the person.
func (v *View) top(s State) []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if s.Err != nil {
		parts = append(parts, v.note(s.Err))
	}
	if len(s.Page.Attention) > 0 {
		parts = append(parts, v.attention(s.Page.Attention))
	}
	return parts
}

func (v *View) note(err error) fyne.CanvasObject {
	m := say.Fault(err)
	return kit.NewNote(kit.NoteSpec{
		Text: m.Sentence, More: m.Hint, Tone: kit.Failure, Line: true, Right: kit.HBox(8, v.faultButtons(err)...),
	})
}

func (v *View) faultButtons(err error) []fyne.CanvasObject {
	return []fyne.CanvasObject{
		kit.NewButton(kit.ButtonSpec{Text: "Copy details", Kind: kit.Plain, Size: kit.Compact, OnTap: func() { v.model.CopyDetails(err) }}),
		kit.NewButton(kit.ButtonSpec{Text: say.Retry.Label(), Size: kit.Compact, OnTap: v.model.Load}),
	}
}

// failed stands in for the whole screen when nothing could be read.
func (v *View) failed(err error) fyne.CanvasObject {
	m := say.Fault(err)
	return kit.Centered(kit.NewEmpty(kit.EmptySpec{
		Icon: look.IconAlertCircle, Tone: kit.Failure, Title: m.Title, Sentence: m.Text(), Actions: v.faultButtons(err),
	}))
}

// empty invites to link the first bank.
func (v *View) empty(s State) fyne.CanvasObject {
	var hint fyne.CanvasObject
	if v.model.Practice() {
		hint = kit.Pad(kit.Edges{Top: 32}, kit.NewNote(kit.NoteSpec{Text: say.PracticeSignIn, Tone: kit.PracticeTone, Most: 420}))
	}
	invitation := kit.NewEmpty(kit.EmptySpec{
		Icon: look.IconBank, Tone: kit.Info, Large: true, Title: "Link your first bank",
		Sentence: "Your balances, spending and cash flow appear here as soon as the first sync is done.",
		Actions: []fyne.CanvasObject{kit.NewButton(kit.ButtonSpec{
			Text: "Link a bank", Icon: look.IconPlus, Kind: kit.Primary, Size: kit.Large, OnTap: v.model.Link,
		})},
		Below: hint,
	})
	top := v.top(s)
	if len(top) == 0 {
		return kit.VBox(0, kit.Spring(), kit.Centered(invitation), kit.Spring(), kit.Spring())
	}
	return kit.Inset(look.PagePadding, kit.VBox(look.Space4, append(top, kit.Pad(kit.Edges{Top: 48}, kit.Centered(invitation)))...))
}
