package overview

import (
	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// attentionRows is how many things that need the person are listed.
const attentionRows = 3

// flowHeight is that of the chart without its title.
const flowHeight = 168

func (v *View) attention(list []Attention) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for i, a := range list[:min(len(list), attentionRows)] {
		spec := kit.AttentionSpec{
			Icon: look.IconAlertTriangle, Tone: kit.Warning, Subject: a.Subject, Reason: a.Reason,
			Action: a.Button, Urgent: i == 0, OnTap: func() { v.model.Do(a) },
		}
		if a.Urgent {
			spec.Tone = kit.Failure
		}
		if a.Time {
			spec.Icon = look.IconCalendarClock
		}
		if a.Deed == Resume {
			spec.Icon = look.IconLink
		}
		rows = append(rows, kit.NewAttentionRow(spec))
	}
	if more := len(list) - attentionRows; more > 0 {
		rows = append(rows, kit.Fixed(0, 40, kit.Sides(16, 0, kit.Leading(
			kit.NewLink(say.Number(more)+" more", v.model.Banks)))))
	}
	return kit.NewCard(kit.CardSpec{
		Title: "Needs attention", Dense: true, Body: kit.Lines(rows...),
		Beside: kit.NewCountBadge(say.Number(len(list)), kit.Neutral),
	})
}

func (v *View) totals(p Page) fyne.CanvasObject {
	s := p.Sums
	cells := kit.NewTotals(
		kit.Total{Label: "Cash", Value: amount(s.Cash), Note: say.Count(s.CashAccounts, say.Account)},
		kit.Total{Label: owedLabel(s), Value: amount(s.Owed), Note: owedNote(s)},
		netTotal(s),
	)
	if note := leftOut(s); note != "" {
		return kit.VBox(6, cells, kit.Sides(16, 0, kit.NewText(note, kit.Small()).Shrink()))
	}
	return cells
}

func amount(a money.Optional) string {
	if !a.Known {
		return say.NoValue
	}
	return a.Amount.Text()
}

func owedLabel(s Sums) string {
	if s.Loans > 0 {
		return "Owed"
	}
	return "Credit owed"
}

func owedNote(s Sums) string {
	var parts []string
	if s.Cards > 0 {
		parts = append(parts, say.Count(s.Cards, say.Card))
	}
	if s.Loans > 0 {
		parts = append(parts, say.Count(s.Loans, say.Loan))
	}
	if len(parts) == 0 {
		return "No cards"
	}
	return say.List(parts...)
}

// netTotal shows what is left of everything; its note says what this month
// added, or what investments are part of it.
func netTotal(s Sums) kit.Total {
	cell := kit.Total{Label: "Net", Value: amount(s.Net), Note: s.ThisMonth.Signed() + " this month"}
	switch {
	case !s.Invested.IsZero():
		cell.Note = "With " + s.Invested.Text() + " invested"
	case s.ThisMonth.Sign() > 0:
		cell.Tone = kit.Success
	}
	return cell
}

// leftOut says what the totals do not hold.
func leftOut(s Sums) string {
	var parts []string
	for _, a := range s.Others {
		parts = append(parts, a.Text())
	}
	text := ""
	if len(parts) > 0 {
		text = "Not in these totals: " + say.List(parts...) + ". "
	}
	if s.Unknown > 0 {
		text += say.Count(s.Unknown, say.Balance) + " not known."
	}
	return text
}

func (v *View) flow(p Page) fyne.CanvasObject {
	months := make([]kit.FlowMonth, len(p.Flow))
	moved := false
	for i, f := range p.Flow {
		out, net := f.Out.Neg(), f.Net()
		moved = moved || !f.In.IsZero() || !out.IsZero()
		months[i] = kit.FlowMonth{
			Label: say.Month(f.Month), In: f.In, Out: out, Net: net, Current: i == len(p.Flow)-1,
			Hover: []string{
				say.MonthAndYear(f.Month), "Money in  " + f.In.Text(), "Money out  " + out.Text(), "Net  " + net.Signed(),
			},
		}
	}
	chart := kit.NewFlowChart(flowHeight)
	chart.Set(months, false)
	body := fyne.CanvasObject(kit.Pad(kit.Edges{Right: 16, Bottom: 4, Left: 16}, chart))
	if !moved {
		body = kit.Fixed(0, 96, kit.Centered(kit.NewText("The months appear here with the first transactions.", kit.Body().Muted())))
	}
	return kit.NewCard(kit.CardSpec{
		Title: "Cash flow", Beside: kit.NewText("last 12 months", kit.Small()), Dense: true, NoRule: true, Body: body,
		Trailing: kit.HBox(16,
			kit.Legend(look.ChartIn, false, "Money in"), kit.Legend(look.ChartOut, false, "Money out"), kit.Legend(look.Primary, true, "Net"),
		),
	})
}

func (v *View) recent(p Page) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, r := range p.Recent {
		rows = append(rows, kit.NewPressable(v.recentRow(r), 0, v.model.Transactions))
	}
	if len(rows) == 0 {
		rows = append(rows, kit.Fixed(0, 72, kit.Centered(kit.NewText("No transactions yet.", kit.Body().Muted()))))
	}
	return kit.NewCard(kit.CardSpec{
		Title: "Recent transactions", Dense: true, Body: kit.Lines(rows...),
		Trailing: kit.NewLink("See all", v.model.Transactions),
	})
}

func (v *View) recentRow(r Recent) fyne.CanvasObject {
	today := core.DateOf(v.model.Now())
	name := kit.NewText(r.Title(), kit.Body()).Shrink()
	cell := fyne.CanvasObject(name)
	if r.Pending {
		cell = pendingCell(name)
	}
	day := kit.NewText(say.Day(r.Date, today), kit.Body().Muted()).Shrink()
	amount := kit.NewMoney(r.Amount, kit.Flow, false, kit.Body())
	line := kit.Columns(12, []float32{48, 0, 148, 104}, day, cell, accountName(r.In, kit.Body().Muted()), amount)
	if v.room == medium {
		line = kit.Columns(12, []float32{48, 0, 104}, day, cell, amount)
	}
	return kit.Fixed(0, 35, kit.Sides(16, 0, line))
}

// pendingCell puts the pill right behind a name, which shrinks for it.
func pendingCell(name *kit.Text) fyne.CanvasObject {
	pill := kit.NewPill(kit.PillSpec{Text: "Pending"})
	return kit.Behind(8, name, kit.Body().Measure(name.Value()).Width, pill)
}

// accountName is a name and its mask.
func accountName(a core.Account, s kit.Style) fyne.CanvasObject {
	return kit.NewSpans(kit.Span{Text: a.Title(), Style: s}, kit.Span{Text: spaced(say.Mask(a.Mask)), Style: s.Muted()})
}

func spaced(s string) string {
	if s == "" {
		return ""
	}
	return " " + s
}

func (v *View) accounts(p Page) fyne.CanvasObject {
	var groups []fyne.CanvasObject
	for _, b := range p.Banks {
		rows := kit.VBox(0, v.bankRow(b))
		for _, a := range b.Accounts {
			rows.Add(kit.NewPressable(accountRow(a), 0, func() { v.model.Account(a.ID) }))
		}
		groups = append(groups, rows)
	}
	groups = append(groups, kit.Fixed(0, 40, kit.Sides(16, 0, kit.Leading(
		kit.NewLinkIn(kit.LinkSpec{Text: "Link a bank", Icon: look.IconPlus, OnTap: v.model.Link})))))
	spec := kit.CardSpec{Title: "Accounts", Dense: true, Body: kit.Lines(groups...)}
	if !p.BalancesAt.IsZero() {
		spec.Trailing = kit.NewText("Balances from "+say.Ago(p.BalancesAt, v.model.Now()), kit.Small())
	}
	return kit.NewCard(spec)
}

func (v *View) bankRow(b Bank) fyne.CanvasObject {
	name := say.BankName(b.Institution)
	parts := []fyne.CanvasObject{
		kit.NewBankLogo(string(b.Institution.ID), name, 24), kit.Grow(kit.NewText(name, kit.Body().Strong()).Shrink()),
	}
	now := v.model.Now()
	if say.Attention(b.Item, now) != "" {
		icon, token := look.IconAlertTriangle, look.Error
		if b.Status == core.Connected {
			token = look.Warning
			if say.ConsentEnding(b.Item, now) {
				icon = look.IconCalendarClock
			}
		}
		parts = append(parts, kit.NewIcon(icon, token, look.IconSize))
	}
	return kit.NewPressable(kit.Fixed(0, 36, kit.Sides(16, 0, kit.HBox(12, parts...))), 0, v.model.Banks)
}

// accountRow shows what an account adds to the net: a debt is negative.
func accountRow(a core.Account) fyne.CanvasObject {
	balance := kit.NewText(say.NoValue, kit.Body().Muted().Right())
	if worth := a.Worth(); worth.Known {
		balance = kit.NewMoney(worth.Amount, kit.Balance, false, kit.Body())
	}
	return kit.Fixed(0, 36, kit.Pad(kit.Edges{Left: 52, Right: 16}, kit.Columns(12, []float32{0, balance.MinSize().Width}, accountName(a, kit.Body()), balance)))
}

func (v *View) spending(p Page) fyne.CanvasObject {
	rows := kit.VBox(9)
	for _, s := range p.Spending {
		part := float32(s.Amount.Minor) / float32(p.Spending[0].Amount.Minor)
		rows.Add(kit.NewBarRow(say.Category(s.Category), s.Amount.Text(), part))
	}
	if len(p.Spending) == 0 {
		rows.Add(kit.Fixed(0, 38, kit.Leading(kit.NewText("Nothing spent yet this month.", kit.Body().Muted()))))
	}
	return kit.NewCard(kit.CardSpec{
		Title: "Spending this month", Dense: true, NoRule: true, Body: kit.Pad(kit.Edges{Right: 16, Bottom: 16, Left: 16}, rows),
	})
}
