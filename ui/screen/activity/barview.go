package activity

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// bar is the row of filters above the list.
type bar struct {
	model                           *Model
	search                          *kit.Input
	span, profile, actions, outcome *kit.Button
	bank, export                    *kit.Button
	content                         *fyne.Container
	width                           float32
}

func newBar(v *View) *bar {
	m := v.model
	b := &bar{model: m, content: container.NewStack(), width: roomyFrom}
	b.search = kit.NewInput(kit.InputSpec{
		Placeholder: searchWords, Icon: look.IconSearch, OnChange: m.Type,
		OnSubmit: func(string) { m.Submit(); v.toTable() },
		OnKey: func(key fyne.KeyName) bool {
			if key != fyne.KeyDown {
				return false
			}
			v.toTable()
			return true
		},
	})
	b.span = kit.NewMenuButton(kit.ButtonSpec{Icon: look.IconCalendar}, b.spans)
	b.profile = kit.NewMenuButton(kit.ButtonSpec{}, b.profiles)
	b.actions = kit.NewMenuButton(kit.ButtonSpec{}, b.kinds)
	b.outcome = kit.NewMenuButton(kit.ButtonSpec{}, b.outcomes)
	b.bank = kit.NewButton(kit.ButtonSpec{Kind: kit.Active, Trailing: look.IconClose, OnTap: func() { m.ShowBank("") }})
	b.export = kit.NewMenuButton(kit.ButtonSpec{Text: "Export", Icon: look.IconDownload}, func() kit.MenuSpec {
		return kit.MenuSpec{Width: 160, Items: []kit.MenuItem{
			{Text: "CSV…", Trailing: ".csv", OnTap: func() { v.askExport(false) }},
			{Text: "JSON…", Trailing: ".json", OnTap: func() { v.askExport(true) }},
		}}
	})
	return b
}

// From these widths of the screen on there is a place for all filters, with and
// without the bank whose history is shown.
const (
	roomyFrom     = 1000
	fullFrom      = 850
	searchWidth   = 260
	narrowSearch  = 160
	narrowestBank = 800
)

// What stands in the empty search field.
const (
	searchWords = "Search action, object, request ID"
	searchWord  = "Search"
)

// arrange leaves out what a narrow screen has no place for.
func (b *bar) arrange(s State) {
	bank := s.Choice.Item != ""
	search, words := float32(searchWidth), searchWords
	if b.width < fullFrom {
		search, words = narrowSearch, searchWord
	}
	b.search.SetPlaceholder(words)
	parts := []fyne.CanvasObject{kit.Fixed(search, 0, b.search), b.span}
	if b.width >= roomyFrom || b.width >= fullFrom && !bank {
		parts = append(parts, b.profile)
	}
	if b.width >= roomyFrom || !bank {
		parts = append(parts, b.actions)
	}
	if b.width >= narrowestBank || !bank {
		parts = append(parts, b.outcome)
	}
	if bank {
		parts = append(parts, b.bank)
	}
	b.content.Objects = []fyne.CanvasObject{kit.Sides(look.PagePadding, 0, kit.HBox(8, append(parts, kit.Spring(), b.export)...))}
	kit.Repaint(b.content)
}

// fit takes in how wide the screen is.
func (b *bar) fit(width float32) {
	if width != b.width {
		b.width = width
		b.arrange(b.model.State())
	}
}

// shortWords is how long a name on a button can be.
const shortWords = 18

func short(name string) string {
	if r := []rune(name); len(r) > shortWords {
		return string(r[:shortWords-1]) + "…"
	}
	return name
}

func (b *bar) update(s State) {
	if b.search.Text() != s.Choice.Text {
		b.search.SetText(s.Choice.Text)
	}
	set := func(button *kit.Button, words string, on bool) {
		kind := kit.Default
		if on {
			kind = kit.Active
		}
		button.SetText(short(words))
		button.SetKind(kind)
	}
	set(b.span, spanWords(s.Choice.Span), false)
	set(b.profile, "Profile", false)
	if s.Choice.Profile != "" {
		set(b.profile, b.model.Profile(s.Choice.Profile), true)
	}
	set(b.actions, kindWords(s.Choice.Actions, "Action"), s.Choice.Actions != "")
	set(b.outcome, "Outcome", false)
	if s.Choice.Outcome != "" {
		set(b.outcome, say.OutcomeName(s.Choice.Outcome), true)
	}
	b.bank.SetText(short(bankName(s)))
	b.arrange(s)
}

// bankName is the name of the bank whose history is shown; one that is gone has
// left it in its entries.
func bankName(s State) string {
	for _, i := range s.Items {
		if i.ID == s.Choice.Item {
			return say.BankName(i.Institution)
		}
	}
	for _, r := range s.Rows {
		if r.Subject != "" {
			return r.Subject
		}
	}
	return "One bank"
}

func spanWords(s Span) string {
	switch s {
	case LastWeek:
		return "Last 7 days"
	case LastMonth:
		return "Last 30 days"
	case ThisYear:
		return "This year"
	}
	return "All time"
}

// kinds are those of actions, as their names begin.
func kinds() []string {
	return []string{"", string(core.SyncedBank), "bank.", "account.", "ach.", "profile.", "keys.", "data.", "program."}
}

func kindWords(kind, none string) string {
	switch kind {
	case string(core.SyncedBank):
		return "Syncs"
	case "bank.":
		return "Banks"
	case "account.":
		return "Accounts"
	case "ach.":
		return "Account numbers"
	case "profile.":
		return "Profiles"
	case "keys.":
		return "Plaid keys"
	case "data.":
		return "Data file and exports"
	case "program.":
		return "Unlocking"
	}
	return none
}

func (b *bar) spans() kit.MenuSpec {
	var items []kit.MenuItem
	for _, span := range Spans() {
		items = append(items, kit.MenuItem{
			Text: spanWords(span), Checked: span == b.model.State().Choice.Span, OnTap: func() { b.model.Choose(func(c *Choice) { c.Span = span }) },
		})
	}
	return kit.MenuSpec{Items: items, Width: 180}
}

func (b *bar) profiles() kit.MenuSpec {
	s := b.model.State()
	choose := func(id core.ProfileID) func() { return func() { b.model.Choose(func(c *Choice) { c.Profile = id }) } }
	items := []kit.MenuItem{{Text: "All profiles", Checked: s.Choice.Profile == "", OnTap: choose("")}}
	for _, p := range s.Profiles {
		items = append(items, kit.MenuItem{Text: p.Name, Checked: p.ID == s.Choice.Profile, OnTap: choose(p.ID)})
	}
	return kit.MenuSpec{Items: items}
}

func (b *bar) kinds() kit.MenuSpec {
	var items []kit.MenuItem
	for _, kind := range kinds() {
		items = append(items, kit.MenuItem{
			Text: kindWords(kind, "All actions"), Checked: kind == b.model.State().Choice.Actions,
			OnTap: func() { b.model.Choose(func(c *Choice) { c.Actions = kind }) },
		})
	}
	return kit.MenuSpec{Items: items, Width: 220}
}

func (b *bar) outcomes() kit.MenuSpec {
	var items []kit.MenuItem
	for _, o := range append([]activity.Outcome{""}, activity.Outcomes()...) {
		items = append(items, kit.MenuItem{
			Text: say.OutcomeName(o), Checked: o == b.model.State().Choice.Outcome, OnTap: func() { b.model.Choose(func(c *Choice) { c.Outcome = o }) },
		})
	}
	return kit.MenuSpec{Items: items, Width: 180}
}
