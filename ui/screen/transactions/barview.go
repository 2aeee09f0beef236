package transactions

import (
	"fyne.io/fyne/v2"

	"bankbook/core/review"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// filterBar is the row of filters above the list.
type filterBar struct {
	model   *Model
	search  *kit.Input
	buttons []barButton
	clear   *kit.Link
	content fyne.CanvasObject
}

// barButton is a button with a menu of choices.
type barButton struct {
	*kit.Button
	// words are what the button says, and whether something is chosen.
	words func(State) (string, bool)
	// roomy says that there is no place for it in a narrow window.
	roomy bool
}

func newFilterBar(m *Model, toTable func()) *filterBar {
	b := &filterBar{model: m}
	b.search = kit.NewInput(kit.InputSpec{
		Placeholder: "Search name, category, amount…", Icon: look.IconSearch, OnChange: m.Type,
		OnSubmit: func(string) { m.Submit(); toTable() },
		OnKey: func(key fyne.KeyName) bool {
			if key != fyne.KeyDown {
				return false
			}
			toTable()
			return true
		},
	})
	b.clear = kit.NewLink("Clear", m.Clear)
	b.add("Date", true, dateWords, b.dates)
	b.add("Account", false, accountWords, b.accounts)
	b.add("Status", false, statusOf, b.statuses)
	b.add("Category", true, categoryWords, b.categories)
	b.add("Amount", true, amountWords, b.amounts)
	row := []fyne.CanvasObject{kit.Fixed(256, 0, b.search)}
	for _, button := range b.buttons {
		row = append(row, button.Button)
	}
	b.content = kit.Sides(16, 0, kit.HBox(8, append(row, kit.Pad(kit.Edges{Left: 8}, b.clear))...))
	return b
}

func (b *filterBar) add(text string, roomy bool, words func(State) (string, bool), menu func() kit.MenuSpec) {
	b.buttons = append(b.buttons, barButton{kit.NewMenuButton(kit.ButtonSpec{Text: text}, menu), words, roomy})
}

// roomyFrom is the width of the screen at which all buttons have their place.
const roomyFrom = 1000

// fit leaves out what a narrow screen has no place for.
func (b *filterBar) fit(width float32) {
	for _, button := range b.buttons {
		if button.roomy && width < roomyFrom {
			button.Hide()
		} else {
			button.Show()
		}
	}
}

func (b *filterBar) update(s State) {
	if b.search.Text() != s.Filter.Text {
		b.search.SetText(s.Filter.Text)
	}
	for _, button := range b.buttons {
		words, on := button.words(s)
		kind := kit.Default
		if on {
			kind = kit.Active
		}
		button.SetText(words)
		button.SetKind(kind)
	}
	if s.Filter.IsZero() {
		b.clear.Hide()
	} else {
		b.clear.Show()
	}
	kit.Repaint(b.content)
}

func dateWords(s State) (string, bool) {
	if p := s.Filter.Bar.Dates.Preset; p != "" {
		return say.Preset(p), true
	}
	return "Date", false
}

func accountWords(s State) (string, bool) {
	for _, a := range s.Accounts {
		if a.ID == chosen(s.Filter.Bar.Accounts) {
			a.Name = short(a.Name)
			return say.AccountName(a.Account), true
		}
	}
	return "Account", !s.Filter.Bar.Accounts.IsZero()
}

func statusOf(s State) (string, bool) {
	status := s.Filter.Bar.Status
	return statusWords(status, "Status"), status != review.AnyStatus
}

func statusWords(s review.Status, none string) string {
	switch s {
	case review.Pending:
		return "Pending"
	case review.Posted:
		return "Posted"
	}
	return none
}

func categoryWords(s State) (string, bool) {
	if in := s.Filter.Bar.Categories.In; len(in) > 0 {
		return short(say.Category(in[0])), true
	}
	return "Category", false
}

// shortWords is how long a name on a button can be: longer ones would widen
// the window.
const shortWords = 20

func short(name string) string {
	if r := []rune(name); len(r) > shortWords {
		return string(r[:shortWords-1]) + "…"
	}
	return name
}

func amountWords(s State) (string, bool) {
	if a := s.Filter.Bar.Amounts; len(a) > 0 {
		return say.AmountRange(&a[0]), true
	}
	return "Amount", false
}

func (b *filterBar) dates() kit.MenuSpec {
	now := b.model.State().Filter.Bar.Dates.Preset
	var items []kit.MenuItem
	for _, p := range append([]review.Preset{""}, review.Presets()...) {
		items = append(items, kit.MenuItem{Text: say.Preset(p), Checked: p == now, OnTap: func() { b.model.ForDates(p) }})
	}
	return kit.MenuSpec{Items: items, Width: 200}
}

// accounts is the menu of accounts, under the names of their banks.
func (b *filterBar) accounts() kit.MenuSpec {
	s := b.model.State()
	now := chosen(s.Filter.Bar.Accounts)
	items := []kit.MenuItem{{Text: "All accounts", Checked: now == "", OnTap: func() { b.model.ForAccount("") }}}
	bank := ""
	for _, a := range s.Accounts {
		if a.Bank != bank {
			bank = a.Bank
			items = append(items, kit.MenuItem{Text: bank})
		}
		items = append(items, kit.MenuItem{
			Text: say.AccountName(a.Account), Checked: a.ID == now, OnTap: func() { b.model.ForAccount(a.ID) },
		})
	}
	return kit.MenuSpec{Items: items}
}

func (b *filterBar) statuses() kit.MenuSpec {
	now := b.model.State().Filter.Bar.Status
	var items []kit.MenuItem
	for _, status := range []review.Status{review.AnyStatus, review.Pending, review.Posted} {
		items = append(items, kit.MenuItem{
			Text: statusWords(status, "Pending and posted"), Checked: status == now, OnTap: func() { b.model.ForStatus(status) },
		})
	}
	return kit.MenuSpec{Items: items, Width: 200}
}

func (b *filterBar) categories() kit.MenuSpec {
	s := b.model.State()
	now := s.Filter.Bar.Categories.In
	items := []kit.MenuItem{{Text: "All categories", Checked: len(now) == 0, OnTap: func() { b.model.ForCategory(nil) }}}
	for _, code := range s.Categories {
		items = append(items, kit.MenuItem{
			Text: say.Category(code), Checked: len(now) > 0 && now[0] == code, OnTap: func() { b.model.ForCategory(&code) },
		})
	}
	return kit.MenuSpec{Items: items}
}

func (b *filterBar) amounts() kit.MenuSpec {
	now := b.model.State().Filter.Bar.Amounts
	items := []kit.MenuItem{{Text: say.AmountRange(nil), Checked: len(now) == 0, OnTap: func() { b.model.ForAmount(nil) }}}
	for _, a := range []review.Amount{
		{Sign: 1},
		{Sign: -1},
		{Max: "20", Below: true},
		{Min: "20", Max: "100"},
		{Min: "100", Max: "1000"},
		{Min: "1000", Above: true},
	} {
		items = append(items, kit.MenuItem{
			Text: say.AmountRange(&a), Checked: len(now) > 0 && now[0] == a, OnTap: func() { b.model.ForAmount(&a) },
		})
	}
	return kit.MenuSpec{Items: items, Width: 200}
}
