package transactions

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core"
	"bankbook/core/review"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// wideFrom is the width of the screen at which the detail pane stands beside
// the list; below it covers the list from the right. It is look.OverlayBelow
// without the sidebar.
const wideFrom = look.OverlayBelow - look.SidebarWidth

// paneWidth is that of the detail pane with its line.
const paneWidth = 328

// View is the screen.
type View struct {
	model *Model
	root  *fyne.Container
	bar   *filterBar
	strip *fyne.Container
	body  *fyne.Container
	table *kit.Table
	order *kit.Button
	pane  *pane
	wide  bool
	// wants is the row that the person went to while it was loading.
	wants int
}

// NewView returns the screen of a model.
func NewView(m *Model) *View {
	v := &View{model: m, wide: true, wants: NoRow, strip: container.NewStack(), body: container.NewStack()}
	v.bar = newFilterBar(m, v.toTable)
	v.table = kit.NewTable(kit.TableSpec{
		Columns: []kit.Column{
			{Key: dateKey, Title: "Date", Width: 84},
			{Key: string(review.ByName), Title: "Name"},
			{Key: string(review.ByAccount), Title: "Account", Width: 156, HideBelow: 560, Roomy: 220},
			{Key: string(review.ByAmount), Title: "Amount", Width: 112, Right: true},
		},
		OnSort: v.sort, Bind: v.bind, OnFocus: v.focus, OnActivate: v.focus, OnKey: v.key,
	})
	v.order = v.newOrder()
	v.pane = newPane(m, v.step)
	v.root = kit.OnWidth(kit.VBox(0,
		kit.Fixed(0, look.FilterHeight, kit.On(look.Surface, v.bar.content)), kit.NewRule(),
		kit.Grow(kit.On(look.Surface, v.body)),
	), v.fit)
	m.OnChange(Changes{State: v.update, Rows: v.rows})
	v.update()
	return v
}

// Content returns what to show.
func (v *View) Content() fyne.CanvasObject { return v.root }

// Search puts the keyboard into the search field.
func (v *View) Search() { v.bar.search.FocusAll() }

// toTable moves the keyboard from the search field to the list.
func (v *View) toTable() {
	if c := kit.CanvasOf(v.table); c != nil {
		c.Focus(v.table.Focusable())
	}
}

func (v *View) fit(width float32) {
	v.bar.fit(width)
	if wide := width >= wideFrom; wide != v.wide {
		v.wide = wide
		v.arrange()
	}
}

// update shows the state.
func (v *View) update() {
	s := v.model.State()
	v.bar.update(s)
	v.order.SetText(say.Order(s.Filter.Bar.Sort))
	v.showSort(s.Filter.Bar.Sort)
	v.strip.Objects = []fyne.CanvasObject{v.summary(s)}
	kit.Repaint(v.strip)
	v.table.SetCount(v.model.Len())
	if v.wants == NoRow && s.Selected != NoRow && v.table.FocusedRow() != s.Selected {
		v.table.SetFocusedRow(s.Selected)
	}
	v.pane.update(s)
	v.arrange()
}

// dateKey is the key of the column that is the default order, whose own name
// is "".
const dateKey = "date"

// sort hears a tap on the head of a column.
func (v *View) sort(key string) {
	if key == dateKey {
		key = string(review.ByDate)
	}
	v.model.SortBy(review.Column(key))
}

// showSort marks the column that the rows are sorted by. By date is newest
// first unless it is reversed.
func (v *View) showSort(s review.Sort) {
	if s.By == review.ByDate {
		v.table.SetSort(dateKey, !s.Reverse)
		return
	}
	v.table.SetSort(string(s.By), s.Reverse)
}

// rows shows rows that have come in.
func (v *View) rows() {
	v.table.Reload()
	if v.wants != NoRow {
		v.focus(v.wants)
	}
}

// focus opens the row that the person went to. One that is still loading opens
// when it has come in.
func (v *View) focus(row int) {
	v.wants = NoRow
	if _, ok := v.model.Row(row); !ok {
		v.wants = row
		return
	}
	v.model.Select(row)
}

// step goes up or down from the row that is shown.
func (v *View) step(by int) {
	at := v.table.FocusedRow()
	if at == NoRow {
		at = -by
	}
	row := min(max(at+by, 0), v.model.Len()-1)
	v.table.SetFocusedRow(row)
	v.focus(row)
}

// key takes the letters that move through the list, and Escape.
func (v *View) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyJ:
		v.step(1)
	case fyne.KeyK:
		v.step(-1)
	case fyne.KeyEscape:
		if v.model.State().Selected == NoRow {
			return false
		}
		v.model.Close()
	default:
		return false
	}
	return true
}

// arrange puts list and pane side by side, or the pane over the list.
func (v *View) arrange() {
	s := v.model.State()
	if stand := v.standIn(s); stand != nil {
		v.setBody(stand)
		return
	}
	list := kit.VBox(0, v.strip, kit.NewRule(), kit.Grow(v.table))
	switch {
	case s.Selected == NoRow:
		v.setBody(list)
	case v.wide:
		v.setBody(kit.Columns(0, []float32{0, paneWidth}, list, v.pane.content))
	default:
		v.setBody(list, kit.Columns(0, []float32{0, paneWidth}, kit.VBox(0), v.pane.content))
	}
}

func (v *View) setBody(objects ...fyne.CanvasObject) {
	v.body.Objects = objects
	kit.Repaint(v.body)
}

// standIn returns what is shown in the place of the list when there is none.
func (v *View) standIn(s State) fyne.CanvasObject {
	switch {
	case s.Err != nil && v.model.Len() == 0:
		return kit.Centered(v.failed(s.Err))
	case !s.Ready:
		return kit.Centered(kit.NewSpinner(24))
	case s.All == 0:
		return lifted(v.empty(s))
	case v.model.Len() == 0 && !s.Searching:
		return kit.VBox(0, v.strip, kit.NewRule(), kit.Grow(lifted(v.nothing(s))))
	}
	return nil
}

// lifted sets something a little above the middle.
func lifted(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.VBox(0, kit.Spring(), kit.Centered(o), kit.Spring(), kit.Spring())
}

func (v *View) failed(err error) fyne.CanvasObject {
	m := say.Fault(err)
	return kit.NewEmpty(kit.EmptySpec{
		Icon: look.IconAlertCircle, Tone: kit.Failure, Title: m.Title, Sentence: m.Text(), Actions: v.faultButtons(err),
	})
}

func (v *View) faultButtons(err error) []fyne.CanvasObject {
	return []fyne.CanvasObject{
		kit.NewButton(kit.ButtonSpec{Text: say.Retry.Label(), Size: kit.Compact, OnTap: v.model.Load}),
		kit.NewButton(kit.ButtonSpec{Text: "Copy details", Kind: kit.Plain, Size: kit.Compact, OnTap: func() { v.model.CopyDetails(err) }}),
	}
}

// empty is for a vault without transactions.
func (v *View) empty(s State) fyne.CanvasObject {
	spec := kit.EmptySpec{
		Icon: look.IconList, Tone: kit.Info, Large: true, Title: "No transactions yet",
		Sentence: "They appear here as soon as the first sync of a bank is done.",
		Actions:  []fyne.CanvasObject{kit.NewButton(kit.ButtonSpec{Text: "See banks", OnTap: v.model.Banks})},
	}
	if s.Banks == 0 {
		spec.Sentence = "Link a bank, and they appear here with its first sync."
		spec.Actions = []fyne.CanvasObject{kit.NewButton(kit.ButtonSpec{
			Text: "Link a bank", Icon: look.IconPlus, Kind: kit.Primary, Size: kit.Large, OnTap: v.model.Link,
		})}
	}
	return kit.NewEmpty(spec)
}

// nothing is for a filter that finds nothing. It says what the text alone does
// find.
func (v *View) nothing(s State) fyne.CanvasObject {
	text := s.Filter.Words()
	spec := kit.EmptySpec{
		Icon: look.IconSearch, Title: "Nothing matches these filters", Sentence: nothingWords(s),
		Actions: []fyne.CanvasObject{kit.NewButton(kit.ButtonSpec{Text: "Clear all filters", Kind: kit.Primary, OnTap: v.model.Clear})},
	}
	if s.TextOnly > 0 && text != "" {
		spec.Actions = append(spec.Actions, kit.NewButton(kit.ButtonSpec{Text: "Keep only “" + text + "”", OnTap: v.model.KeepText}))
	}
	return kit.NewEmpty(spec)
}

func nothingWords(s State) string {
	text := s.Filter.Words()
	switch {
	case len(s.Problems) > 0:
		return say.SearchProblem(s.Problems[0]) + "."
	case text == "" && plain(s.Filter.Bar):
		return "No transaction of this account has this status."
	case text == "":
		return "No transaction meets all of them."
	case s.TextOnly == 0:
		return "No transaction contains “" + text + "”."
	}
	contain, none, meet := " contain “", "None of them", "meets the other filters"
	if s.TextOnly == 1 {
		contain, none, meet = " contains “", "It", "does not meet the other filters"
	}
	if plain(s.Filter.Bar) {
		meet = otherWords(s, s.TextOnly == 1)
	}
	return say.Count(s.TextOnly, say.Transaction) + contain + text + "”. " + none + " " + meet + "."
}

// plain reports whether nothing but account and status is chosen.
func plain(q review.Query) bool {
	q.Accounts, q.Status = review.Set[core.AccountID]{}, review.AnyStatus
	return q.IsZero()
}

// otherWords says what account and status ask for: "is pending and in
// Checking".
func otherWords(s State, one bool) string {
	var parts []string
	switch s.Filter.Bar.Status {
	case review.Pending:
		parts = append(parts, "pending")
	case review.Posted:
		parts = append(parts, "posted")
	}
	if account, ok := accountWords(s); ok {
		parts = append(parts, "in "+account)
	}
	verb := "is "
	if one {
		verb = "is not "
	}
	return verb + say.List(parts...)
}

// bind fills a row of the list.
func (v *View) bind(n int, r *kit.Row) {
	t, ok := v.model.Row(n)
	if !ok {
		r.Loading()
		return
	}
	r.Text(0, say.Day(t.Date, core.DateOf(v.model.Now())), kit.Body().Muted())
	r.Text(1, t.Title(), kit.Body())
	r.Tag(1, say.Category(t.Category.Primary))
	if t.Pending {
		r.PillEnd(1, kit.PillSpec{Text: "Pending"})
	}
	if a, ok := v.model.Account(t.Account); ok {
		r.Text(2, a.Name, kit.Body().Muted())
		if a.Mask != "" {
			r.Join(2, " "+say.Mask(a.Mask), kit.Body().Muted())
		}
	}
	r.Money(3, t.Amount, kit.Flow, false)
}
