package transactions

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// filterBar is the row of filters above the list.
type filterBar struct {
	model   *Model
	search  *kit.Input
	account *kit.Button
	status  *kit.Button
	clear   *kit.Link
	content fyne.CanvasObject
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
	b.account = kit.NewMenuButton(kit.ButtonSpec{Text: "Account"}, b.accounts)
	b.status = kit.NewMenuButton(kit.ButtonSpec{Text: "Status"}, b.statuses)
	b.clear = kit.NewLink("Clear", m.Clear)
	b.content = kit.Sides(16, 0, kit.HBox(8, kit.Fixed(280, 0, b.search), b.account, b.status, kit.Pad(kit.Edges{Left: 8}, b.clear)))
	return b
}

func (b *filterBar) update(s State) {
	if b.search.Text() != s.Filter.Text {
		b.search.SetText(s.Filter.Text)
	}
	set := func(button *kit.Button, words string, on bool) {
		kind := kit.Default
		if on {
			kind = kit.Active
		}
		button.SetText(words)
		button.SetKind(kind)
	}
	set(b.account, b.accountWords(s), s.Filter.Account != "")
	set(b.status, statusWords(s.Filter.Status, "Status"), s.Filter.Status != Any)
	if s.Filter.IsZero() {
		b.clear.Hide()
	} else {
		b.clear.Show()
	}
	kit.Repaint(b.content)
}

func (b *filterBar) accountWords(s State) string {
	for _, a := range s.Accounts {
		if a.ID == s.Filter.Account {
			return say.AccountName(a.Account)
		}
	}
	return "Account"
}

func statusWords(s Status, none string) string {
	switch s {
	case Pending:
		return "Pending"
	case Posted:
		return "Posted"
	}
	return none
}

// accounts is the menu of accounts, under the names of their banks.
func (b *filterBar) accounts() kit.MenuSpec {
	s := b.model.State()
	items := []kit.MenuItem{{Text: "All accounts", Checked: s.Filter.Account == "", OnTap: func() { b.model.ForAccount("") }}}
	bank := ""
	for _, a := range s.Accounts {
		if a.Bank != bank {
			bank = a.Bank
			items = append(items, kit.MenuItem{Text: bank})
		}
		items = append(items, kit.MenuItem{
			Text: say.AccountName(a.Account), Checked: a.ID == s.Filter.Account, OnTap: func() { b.model.ForAccount(a.ID) },
		})
	}
	return kit.MenuSpec{Items: items}
}

func (b *filterBar) statuses() kit.MenuSpec {
	now := b.model.State().Filter.Status
	var items []kit.MenuItem
	for _, status := range []Status{Any, Pending, Posted} {
		items = append(items, kit.MenuItem{
			Text: statusWords(status, "Pending and posted"), Checked: status == now, OnTap: func() { b.model.ForStatus(status) },
		})
	}
	return kit.MenuSpec{Items: items, Width: 200}
}
