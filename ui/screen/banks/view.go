package banks

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// wideFrom is the width of the screen at which the tables show all columns.
const wideFrom = 800

// View is the screen.
type View struct {
	model  *Model
	root   *fyne.Container
	scroll *container.Scroll
	cards  map[core.ItemID]*cardView
	wide   bool
}

// NewView returns the screen of a model.
func NewView(m *Model) *View {
	v := &View{model: m, wide: true}
	v.scroll = kit.NewScroll(kit.VBox(0))
	v.root = kit.OnWidth(v.scroll, v.fit)
	m.OnChange(v.update, v.progress)
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

// progress shows the progress of one bank without touching anything else.
func (v *View) progress(c Card) {
	if card, ok := v.cards[c.ID]; ok {
		card.show(c)
	}
}

// update makes everything anew; the place that was scrolled to stays.
func (v *View) update() {
	at := v.scroll.Offset
	v.cards = map[core.ItemID]*cardView{}
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
	case len(s.Cards) == 0:
		return v.empty()
	}
	parts := []fyne.CanvasObject{v.head(s)}
	if s.Err != nil {
		m := say.Fault(s.Err)
		parts = append(parts, kit.NewNote(kit.NoteSpec{
			Text: m.Sentence, More: m.Hint, Tone: kit.Failure, Line: true, Right: kit.HBox(8, v.faultButtons(s.Err)...),
		}))
	}
	for _, c := range s.Cards {
		card := newCardView(v.model, c, v.wide)
		v.cards[c.ID] = card
		parts = append(parts, card.content)
	}
	return kit.Pad(kit.Edges{Top: 16, Right: look.PagePadding, Bottom: look.PagePadding, Left: look.PagePadding}, kit.VBox(12, parts...))
}

func (v *View) head(s State) fyne.CanvasObject {
	counts := say.Count(len(s.Cards), say.Bank) + ", " + say.Count(s.Accounts(), say.Account)
	parts := []fyne.CanvasObject{kit.NewText(counts, kit.Body().Muted())}
	if n := s.Concealed(); n > 0 {
		words := "Show " + say.Count(n, say.HiddenAccount)
		if s.Hidden {
			words = "Leave out hidden accounts"
		}
		parts = append(parts, kit.NewLink(words, func() { v.model.ShowHidden(!s.Hidden) }))
	}
	return kit.HBox(12, append(parts, kit.Spring(), v.addButton(kit.Medium), v.linkButton(kit.Medium))...)
}

func (v *View) addButton(size kit.ButtonSize) *kit.Button {
	return kit.NewButton(kit.ButtonSpec{Text: "Add account manually", Size: size, OnTap: v.model.Add})
}

func (v *View) linkButton(size kit.ButtonSize) *kit.Button {
	return kit.NewButton(kit.ButtonSpec{
		Text: "Link a bank", Icon: look.IconPlus, Kind: kit.Primary, Size: size, OnTap: v.model.Link,
	})
}

func (v *View) faultButtons(err error) []fyne.CanvasObject {
	return []fyne.CanvasObject{
		kit.NewButton(kit.ButtonSpec{Text: "Copy details", Kind: kit.Plain, Size: kit.Compact, OnTap: func() { v.model.CopyDetails(err) }}),
		kit.NewButton(kit.ButtonSpec{Text: say.Retry.Label(), Size: kit.Compact, OnTap: v.model.Load}),
	}
}

func (v *View) failed(err error) fyne.CanvasObject {
	m := say.Fault(err)
	return kit.Centered(kit.NewEmpty(kit.EmptySpec{
		Icon: look.IconAlertCircle, Tone: kit.Failure, Title: m.Title, Sentence: m.Text(), Actions: v.faultButtons(err),
	}))
}

func (v *View) empty() fyne.CanvasObject {
	return kit.VBox(0, kit.Spring(), kit.Centered(kit.NewEmpty(kit.EmptySpec{
		Icon: look.IconBank, Tone: kit.Info, Large: true, Title: "No banks yet",
		Sentence: "Link a bank to see its accounts here. You sign in at the bank; Bankbook never sees your password.",
		Actions:  []fyne.CanvasObject{v.linkButton(kit.Large), v.addButton(kit.Large)},
	})), kit.Spring(), kit.Spring())
}
