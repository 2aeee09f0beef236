package account

import (
	"context"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/money"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
	"bankbook/ui/sheet"
)

// balance is what the account holds, and since when that is known.
func (v *View) balance(s State) fyne.CanvasObject {
	p := s.Page
	cell := func(label string, o money.Optional) fyne.CanvasObject {
		value, style := say.NoValue, kit.Page().In(look.Muted)
		if o.Known {
			value, style = o.Amount.Text(), kit.Page()
		}
		return kit.VBox(1, kit.NewText(label, kit.Small()), kit.NewText(value, style).Shrink())
	}
	current := "Current"
	if p.Type.Owed() {
		current = "Balance" // what is owed is negative here
	}
	cells := kit.Columns(16, []float32{0, 1, 0, 1, 0},
		cell("Available", p.Balance.Available), kit.NewUprightRule(), cell(current, p.Worth()), kit.NewUprightRule(), cell("Limit", p.Balance.Limit),
	)
	return kit.NewCard(kit.CardSpec{
		Body:   kit.Fixed(0, 88, kit.Sides(16, 20, cells)),
		Footer: kit.Fixed(0, 36, kit.Sides(16, 0, kit.HBox(10, v.asOf(s)...))),
	})
}

// asOf says how old the balance is, and how to get another.
func (v *View) asOf(s State) []fyne.CanvasObject {
	p := s.Page
	if s.Asking {
		return []fyne.CanvasObject{
			kit.NewSpinner(16), kit.Grow(kit.NewText("Asking the bank. This can take half a minute.", kit.Small()).Shrink()),
			kit.NewLink("Cancel", v.model.StopAsking),
		}
	}
	when := "No balance yet"
	if !p.Balance.At.IsZero() {
		at := p.Balance.At.In(v.model.Now().Location())
		when = "As of " + say.Day(core.DateOf(at), core.DateOf(v.model.Now())) + ", " + say.TimeOfDay(at)
	}
	parts := []fyne.CanvasObject{kit.Grow(kit.NewText(when, kit.Small()).Shrink())}
	switch {
	case p.Of.Manual() && p.Choices.Status == core.Open:
		parts = append(parts, kit.NewLink("Set balance…", func() { v.setBalance(p) }))
	case p.CanAsk() && v.model.Costs():
		parts = append(parts,
			kit.NewText("Plaid may charge", kit.Small()),
			kit.NewLinkIn(kit.LinkSpec{Text: "Get balance now…", Icon: look.IconRefresh, OnTap: v.askCost}))
	case p.CanAsk():
		parts = append(parts, kit.NewLinkIn(kit.LinkSpec{Text: "Get balance now", Icon: look.IconRefresh, OnTap: v.model.Ask}))
	}
	return parts
}

// askCost says that a balance is not free before one is asked for.
func (v *View) askCost() {
	host, ok := v.host()
	if !ok {
		return
	}
	sheet.Confirm(host, sheet.Spec{
		Title: "Get the balance now?", Deed: "Get balance now",
		Body: kit.VBox(12,
			sheet.Point(look.IconBanknote, say.BalanceCosts),
			sheet.Point(look.IconClock, "The balance that comes with each sync is free. It is as new as the bank’s last word to Plaid."),
		),
	}, func(context.Context) error { return nil }, v.model.Ask)
}

func (v *View) setBalance(p Page) {
	host, ok := v.host()
	if !ok {
		return
	}
	currency, text := money.USD, ""
	if b := p.Balance.Current; b.Known {
		currency, text = b.Amount.Currency, b.Amount.Decimal()
	}
	service := v.model.deps.Service
	sheet.Balance(host, sheet.BalanceSpec{
		Account: say.AccountName(p.Account), Text: text, Owed: p.Type.Owed(), Done: v.model.Load,
		Set: func(text string) error {
			b, err := accounts.ParseBalance(text, currency)
			if err != nil {
				return err
			}
			_, err = service.SetBalance(p.ID, b.Amount)
			return err
		},
	})
}

const chartHeight = 214

// chart is what the account held, day by day.
func (v *View) chart(s State) fyne.CanvasObject {
	ranges := kit.NewSegmented([]string{"30 days", "90 days", "1 year"}, int(s.Range), func(i int) { v.model.SetRange(Range(i)) }).Compact()
	body := fyne.CanvasObject(kit.Fixed(0, 96, kit.Centered(kit.NewText("The line begins with the first balances.", kit.Body().Muted()))))
	if len(s.Page.History) > 1 {
		c := kit.NewBalanceChart(chartHeight)
		c.Set(points(s.Page, core.DateOf(v.model.Now())))
		body = kit.Pad(kit.Edges{Right: 16, Bottom: 8, Left: 16}, c)
	}
	spec := kit.CardSpec{Title: "Balance", Trailing: ranges, NoRule: true, Body: body}
	if note := workedOut(s.Page.History, core.DateOf(v.model.Now())); note != "" {
		spec.Footer = kit.Fixed(0, 32, kit.Sides(16, 0, kit.Leading(kit.NewText(note, kit.Small()))))
	}
	return kit.NewCard(spec)
}

// points are the days of the chart. A debt is below zero.
func points(p Page, today core.Date) []kit.BalancePoint {
	list := make([]kit.BalancePoint, len(p.History))
	for i, d := range p.History {
		a := d.Current
		if p.Type.Owed() {
			a = a.Neg()
		}
		list[i] = kit.BalancePoint{Day: int(d.Day), Label: say.Day(d.Day, today), Amount: a, Hover: []string{say.FullDay(d.Day), a.Text()}}
		if d.WorkedOut {
			list[i].Hover = append(list[i].Hover, "worked out")
		}
	}
	return list
}

// workedOut says which days no bank was asked on, or "".
func workedOut(days []accounts.DayBalance, today core.Date) string {
	n := 0
	for n < len(days) && days[n].WorkedOut {
		n++
	}
	if n == 0 || n == len(days) {
		return ""
	}
	return "Days before " + say.Day(days[n].Day, today) + " are worked out from the transactions."
}

// newest lists the newest transactions.
func (v *View) newest(p Page) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, t := range p.Newest {
		rows = append(rows, kit.NewPressable(v.row(t), 0, v.model.Transactions))
	}
	spec := kit.CardSpec{Title: "Transactions"}
	if len(rows) == 0 {
		rows = append(rows, kit.Fixed(0, 72, kit.Centered(kit.NewText("No transactions yet.", kit.Body().Muted()))))
	} else {
		words := "See all" // hidden accounts are in no count
		if p.Rows > 0 {
			words += " " + say.Number(p.Rows)
		}
		spec.Trailing = kit.NewLink(words, v.model.Transactions)
	}
	spec.Body = kit.Lines(rows...)
	return kit.NewCard(spec)
}

func (v *View) row(t core.Transaction) fyne.CanvasObject {
	name := kit.NewText(t.Title(), kit.Body()).Shrink()
	tag := fyne.CanvasObject(kit.NewTag(kit.TagSpec{Text: say.Category(t.Category.Primary)}))
	if t.Pending {
		tag = kit.NewPill(kit.PillSpec{Text: "Pending"})
	}
	return kit.Fixed(0, 35, kit.Sides(16, 0, kit.Columns(12, []float32{48, 0, 108},
		kit.NewText(say.Day(t.Date, core.DateOf(v.model.Now())), kit.Body().Muted()).Shrink(),
		kit.Behind(8, name, kit.Body().Measure(name.Value()).Width, tag),
		kit.NewMoney(t.Amount, kit.Flow, false, kit.Body()),
	)))
}
