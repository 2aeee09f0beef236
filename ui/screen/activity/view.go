package activity

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/fault"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// View is the screen.
type View struct {
	model  *Model
	root   fyne.CanvasObject
	bar    *bar
	count  *kit.Text
	table  *kit.Table
	detail *fyne.Container
	body   *fyne.Container
	// at is the row that the person was at last; shown is the number of its entry.
	at    int
	shown uint64
	// choice is what the rows are for.
	choice Choice
}

// The columns.
const (
	timeCell = iota
	profileCell
	actionCell
	whatCell
	outcomeCell
	requestCell
)

// NewView returns the screen of a model.
func NewView(m *Model) *View {
	v := &View{model: m, at: -1, count: kit.NewText("", kit.Body().In(look.Text2)), detail: kit.VBox(0), body: container.NewStack()}
	v.bar = newBar(v)
	v.table = kit.NewTable(kit.TableSpec{
		Side: look.PagePadding,
		Columns: []kit.Column{
			{Title: "Time", Width: 72},
			{Title: "Profile", Width: 152, HideBelow: 900},
			{Title: "Action", Width: 172, Roomy: 184},
			{Title: "Object"},
			{Title: "Outcome", Width: 148, Roomy: 148},
			{Title: "Request ID", Width: 136, HideBelow: 760},
		},
		Bind: v.bind, Section: v.section, OnFocus: v.focus, OnActivate: func(row int) { v.copyRequest(row) }, OnKey: v.key,
		OnCell: v.tapped, OnMenu: v.menu, OnWindow: v.window,
	})
	v.root = kit.OnWidth(kit.VBox(0,
		kit.Fixed(0, look.FilterHeight, kit.On(look.Surface, v.bar.content)), kit.NewRule(),
		kit.Fixed(0, 40, kit.On(look.Sunken, kit.Sides(look.PagePadding, 0, kit.HBox(8,
			kit.NewIcon(look.IconShieldCheck, look.Positive, look.IconSize),
			kit.Grow(kit.NewText("This log never contains tokens or account numbers.", kit.Body().In(look.Text2)).Shrink()), v.count)))),
		kit.NewRule(),
		kit.Grow(kit.On(look.Surface, v.body)), v.detail,
	), v.bar.fit)
	m.OnChange(v.update)
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

// update shows the state. Rows that came in leave the place where the person is.
func (v *View) update() {
	s := v.model.State()
	v.bar.update(s)
	words := ""
	if s.Count >= 0 {
		words = say.Count(s.Count, say.Entry)
	}
	v.count.SetText(words)
	if s.Choice != v.choice {
		v.choice = s.Choice
		v.at, v.shown = -1, 0
		v.table.SetFocusedRow(-1)
		v.table.ScrollToTop()
	}
	v.table.SetCount(v.rows(s))
	v.follow(s)
	if stand := v.standIn(s); stand != nil {
		v.setBody(stand)
	} else if len(v.body.Objects) != 1 || v.body.Objects[0] != fyne.CanvasObject(v.table) {
		v.setBody(v.table)
	}
	v.showDetail()
}

// rows is how many rows the list has: one more while there is more to come.
func (v *View) rows(s State) int {
	if s.More {
		return len(s.Rows) + 1
	}
	return len(s.Rows)
}

// follow keeps the person at the entry where they are.
func (v *View) follow(s State) {
	if v.shown == 0 {
		return
	}
	for i, r := range s.Rows {
		if !r.IsHead() && r.Seq == v.shown {
			if moved := i - v.at; moved != 0 {
				row, offset := v.table.Anchor()
				if row > 0 || offset > 0 {
					v.table.SetAnchor(max(row+moved, 0), offset)
				}
				v.at = i
				v.table.SetFocusedRow(i)
			}
			return
		}
	}
	v.at, v.shown = -1, 0
	v.table.SetFocusedRow(-1)
}

func (v *View) setBody(o fyne.CanvasObject) {
	v.body.Objects = []fyne.CanvasObject{o}
	kit.Repaint(v.body)
}

// row returns a row of the list; ok is false for one that is yet to be read.
func (v *View) row(i int) (r Row, ok bool) {
	rows := v.model.State().Rows
	if i < 0 || i >= len(rows) {
		return Row{}, false
	}
	return rows[i], true
}

func (v *View) bind(i int, r *kit.Row) {
	row, ok := v.row(i)
	now := v.model.Now()
	switch {
	case !ok:
		r.Loading()
		return
	case row.IsHead():
		r.Section(say.DayHead(row.Day, core.DateOf(now)))
		return
	}
	r.Text(timeCell, say.TimeOfDay(row.At.In(now.Location())), kit.Body().Muted())
	r.Text(profileCell, v.model.Profile(row.Profile), kit.Body().In(look.Text2))
	r.Text(actionCell, say.Did(row.Action), kit.Body())
	r.Text(whatCell, say.DidWhat(row.Activity), kit.Body().In(look.Text2))
	icon, token := mark(row.Activity)
	r.Icon(outcomeCell, icon, token)
	words := kit.Body().In(token)
	if activity.OutcomeOf(row.Activity) == activity.Done {
		words = kit.Body().In(look.Text2)
	}
	r.Text(outcomeCell, say.Outcome(row.Activity).Text, words)
	if row.RequestID == "" {
		r.Text(requestCell, say.NoValue, kit.Body().Muted())
		return
	}
	r.Text(requestCell, row.RequestID, kit.Code().Muted())
}

// mark returns the icon of an outcome, and the colour of its words.
func mark(a core.Activity) (look.IconName, look.Token) {
	switch activity.OutcomeOf(a) {
	case activity.Done:
		return look.IconCheck, look.Positive
	case activity.Refused:
		return look.IconLock, look.Warning
	case activity.Stopped:
		return look.IconStop, look.Muted
	case activity.Interrupted:
		return look.IconAlertTriangle, look.Warning
	}
	return look.IconAlertTriangle, look.Error
}

// section returns the head of the day of a row.
func (v *View) section(i int) int {
	for ; i >= 0; i-- {
		if r, ok := v.row(i); ok && r.IsHead() {
			return i
		}
	}
	return -1
}

// near is how many rows before the end more are read.
const near = 40

func (v *View) window(_, last int) {
	if last+near >= len(v.model.State().Rows) {
		v.model.LoadMore()
	}
}

// focus goes to an entry; the head of a day is passed over in the direction that
// the person goes.
func (v *View) focus(i int) {
	r, ok := v.row(i)
	if ok && r.IsHead() {
		if i < v.at && i > 0 {
			i--
		} else {
			i++
		}
		if r, ok = v.row(i); ok {
			v.table.SetFocusedRow(i)
		}
	}
	v.at, v.shown = i, 0
	if ok {
		v.shown = r.Seq
	}
	v.showDetail()
}

// key takes the keys that search, copy and let go.
func (v *View) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeySlash:
		v.Search()
	case fyne.KeyC:
		v.copyRequest(v.at)
	case fyne.KeyEscape:
		if v.shown == 0 {
			return false
		}
		v.leave()
	default:
		return false
	}
	return true
}

func (v *View) leave() {
	v.at, v.shown = -1, 0
	v.table.SetFocusedRow(-1)
	v.showDetail()
}

func (v *View) copyRequest(i int) {
	if r, ok := v.row(i); ok {
		v.model.CopyRequest(r.Activity)
	}
}

// tapped copies the id of a request that was tapped.
func (v *View) tapped(i, col int) {
	if col == requestCell {
		v.copyRequest(i)
	}
}

// menu offers what can be done with an entry.
func (v *View) menu(i int, _ fyne.Position) { v.focus(i) }

// showDetail tells of the entry that the person is at: why it failed, and what can
// be copied of it.
func (v *View) showDetail() {
	v.detail.Objects = nil
	if r, ok := v.row(v.at); ok && v.shown != 0 && !r.IsHead() {
		v.detail.Objects = []fyne.CanvasObject{kit.NewRule(), kit.On(look.Surface, kit.Sides(look.PagePadding, 12, v.about(r.Activity)))}
	}
	kit.Repaint(v.root)
}

func (v *View) about(a core.Activity) fyne.CanvasObject {
	when := say.ActivityAt(a.At.In(v.model.Now().Location()))
	head := say.Did(a.Action) + ", " + when
	if a.Auto {
		head += ", by itself"
	}
	spec := kit.NoteSpec{Text: head, More: say.DidWhat(a), Tone: kit.Neutral, Line: true}
	var buttons []fyne.CanvasObject
	if a.Trouble.Kind != fault.None {
		m := say.Trouble(a.Trouble)
		spec.Text, spec.More, spec.Tone = m.Sentence, m.Hint, kit.Failure
		if activity.OutcomeOf(a) != activity.Failed {
			spec.Tone = kit.Warning
		}
		buttons = append(buttons, kit.NewButton(kit.ButtonSpec{
			Text: "Copy details", Size: kit.Compact, OnTap: func() { v.model.CopyDetails(say.Kept("activity: "+string(a.Action), a.Trouble)) },
		}))
	}
	if a.RequestID != "" {
		buttons = append(buttons, kit.NewButton(kit.ButtonSpec{
			Text: "Copy request ID", Icon: look.IconCopy, Size: kit.Compact, OnTap: func() { v.model.CopyRequest(a) },
		}))
	}
	buttons = append(buttons, kit.NewIconButton(kit.IconButtonSpec{Icon: look.IconClose, Label: "Close", OnTap: v.leave}))
	spec.Right = kit.HBox(8, buttons...)
	return kit.NewNote(spec)
}

// standIn returns what is shown in the place of the list when there is none.
func (v *View) standIn(s State) fyne.CanvasObject {
	switch {
	case s.Err != nil && len(s.Rows) == 0:
		return kit.Centered(v.failed(s.Err))
	case !s.Ready:
		return kit.Centered(kit.NewSpinner(24))
	case s.Empty:
		return kit.Centered(kit.NewEmpty(kit.EmptySpec{
			Icon: look.IconActivity, Tone: kit.Info, Large: true, Title: "Nothing has happened yet",
			Sentence: "What you and Bankbook do with your banks and your data is listed here.",
		}))
	case len(s.Rows) == 0:
		return kit.Centered(kit.NewEmpty(kit.EmptySpec{
			Icon: look.IconSearch, Title: "Nothing matches these filters", Sentence: "No entry of the log meets all of them.",
			Actions: []fyne.CanvasObject{kit.NewButton(kit.ButtonSpec{Text: "Clear filters", Kind: kit.Primary, OnTap: v.model.Clear})},
		}))
	}
	return nil
}

func (v *View) failed(err error) fyne.CanvasObject {
	m := say.Fault(err)
	return kit.NewEmpty(kit.EmptySpec{
		Icon: look.IconAlertCircle, Tone: kit.Failure, Title: m.Title, Sentence: m.Text(), Actions: []fyne.CanvasObject{
			kit.NewButton(kit.ButtonSpec{Text: say.Retry.Label(), Size: kit.Compact, OnTap: v.model.Load}),
			kit.NewButton(kit.ButtonSpec{Text: "Copy details", Kind: kit.Plain, Size: kit.Compact, OnTap: func() { v.model.CopyDetails(err) }}),
		},
	})
}
