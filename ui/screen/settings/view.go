package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
	"bankbook/ui/sheet"
)

// pageWidth is how wide the cards become in a large window.
const pageWidth = 760

// View is the screen.
type View struct {
	model  *Model
	tabs   *kit.Tabs
	scroll *container.Scroll
	tab    Tab
	root   *fyne.Container
	fields map[core.Environment]*keyFields
}

// NewView returns the screen of a model.
func NewView(m *Model) *View {
	v := &View{model: m, scroll: kit.NewScroll(kit.VBox(0)), fields: map[core.Environment]*keyFields{}}
	v.tabs = kit.NewTabs([]string{"Data", "Plaid keys", "Security"}, int(m.State().Tab), func(i int) { m.Choose(Tab(i)) })
	bar := kit.On(look.Surface, kit.VBox(0, kit.Sides(look.PagePadding, 0, v.tabs), kit.NewRule()))
	v.root = kit.VBox(0, bar, kit.Grow(v.scroll))
	m.OnChange(v.update)
	v.update()
	return v
}

// Content returns what to show.
func (v *View) Content() fyne.CanvasObject { return v.root }

// host is what a sheet needs of this screen.
func (v *View) host() sheet.Host {
	d := v.model.deps
	return sheet.Host{Canvas: kit.CanvasOf(v.root), Work: v.model.work, UI: d.Runner.UI, Report: d.Report, CopyDetails: d.CopyDetails}
}

// update makes the page anew; the place that was scrolled to stays.
func (v *View) update() {
	s, at := v.model.State(), v.scroll.Offset
	if s.Tab != v.tab {
		v.tab, at = s.Tab, fyne.Position{}
		v.tabs.SetChosen(int(s.Tab))
	}
	v.scroll.Content = kit.NewScroll(v.page(s)).Content
	v.scroll.Offset = at
	kit.Repaint(v.scroll)
}

func (v *View) page(s State) fyne.CanvasObject {
	switch {
	case !s.Ready && s.Err != nil:
		m := say.Fault(s.Err)
		return kit.Centered(kit.NewEmpty(kit.EmptySpec{
			Icon: look.IconAlertCircle, Tone: kit.Failure, Title: m.Title, Sentence: m.Text(), Actions: v.faultButtons(s.Err, v.model.Load),
		}))
	case !s.Ready:
		return kit.Centered(kit.NewSpinner(24))
	}
	var parts []fyne.CanvasObject
	if s.Err != nil {
		m := say.Fault(s.Err)
		parts = append(parts, kit.NewNote(kit.NoteSpec{
			Text: m.Sentence, More: m.Hint, Tone: kit.Failure, Line: true, Right: kit.HBox(8, v.faultButtons(s.Err, v.model.Load)...),
		}))
	}
	switch s.Tab {
	case Security:
		parts = append(parts, v.security(s)...)
	case Keys:
		parts = append(parts, v.plaidKeys(s.Keys)...)
	default:
		parts = append(parts, v.data(s)...)
	}
	page := kit.MaxWidth(pageWidth, kit.VBox(24, parts...))
	return kit.Inset(look.PagePadding, page)
}

func (v *View) faultButtons(err error, again func()) []fyne.CanvasObject {
	return []fyne.CanvasObject{
		kit.NewButton(kit.ButtonSpec{Text: "Copy details", Kind: kit.Plain, Size: kit.Compact, OnTap: func() { v.model.deps.CopyDetails(err) }}),
		kit.NewButton(kit.ButtonSpec{Text: say.Retry.Label(), Size: kit.Compact, OnTap: again}),
	}
}

// section is a heading, a sentence if there is one to say, and a card of rows.
func section(title, sentence string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	head := kit.VBox(1, kit.NewText(title, kit.Heading()))
	if sentence != "" {
		head.Add(kit.NewText(sentence, kit.Body().Muted()).Shrink())
	}
	return kit.VBox(12, head, kit.NewCard(kit.CardSpec{Body: kit.Lines(rows...)}))
}

func button(text string, do func()) *kit.Button {
	return kit.NewButton(kit.ButtonSpec{Text: text, Size: kit.Compact, OnTap: do})
}
