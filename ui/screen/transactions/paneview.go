package transactions

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// pane shows one transaction.
type pane struct {
	model   *Model
	step    func(int)
	shown   Detail
	inside  *fyne.Container
	content fyne.CanvasObject
}

func newPane(m *Model, step func(int)) *pane {
	p := &pane{model: m, step: step, inside: container.NewStack()}
	p.content = kit.HBox(0, kit.NewUprightRule(), kit.Grow(kit.On(look.Surface, p.inside)))
	return p
}

// update shows another transaction, or more of the same.
func (p *pane) update(s State) {
	if s.Detail == p.shown {
		return
	}
	p.shown = s.Detail
	p.inside.Objects = nil
	if s.Selected != NoRow {
		p.inside.Objects = []fyne.CanvasObject{kit.NewScroll(kit.VBox(0, p.parts(s.Detail)...))}
	}
	kit.Repaint(p.inside)
}

const paneSide = 20

func (p *pane) parts(d Detail) []fyne.CanvasObject {
	parts := []fyne.CanvasObject{
		kit.Pad(kit.Edges{Top: 12, Right: 12, Left: paneSide}, p.head(d)),
		kit.Pad(kit.Edges{Top: 2, Right: paneSide, Bottom: 18, Left: paneSide}, title(d)),
		kit.NewRule(), kit.Sides(paneSide, 14, about(d)),
	}
	if d.HasEarlier || d.Pending {
		parts = append(parts, kit.NewRule(), kit.Sides(paneSide, 14, lineage(d, core.DateOf(p.model.Now()))))
	}
	return append(parts, kit.NewRule(), kit.Sides(paneSide, 14, p.origin(d)))
}

// head says when and where, and moves to the rows beside.
func (p *pane) head(d Detail) fyne.CanvasObject {
	button := func(icon look.IconName, label string, tap func()) fyne.CanvasObject {
		return kit.NewIconButton(kit.IconButtonSpec{Icon: icon, Label: label, OnTap: tap})
	}
	return kit.HBox(0,
		kit.Grow(kit.NewText(say.FullDay(d.Date), kit.Body().Muted()).Shrink()),
		button(look.IconChevronUp, "Previous transaction", func() { p.step(-1) }),
		button(look.IconChevronDown, "Next transaction", func() { p.step(1) }),
		button(look.IconClose, "Close", p.model.Close),
	)
}

// title is the name with the amount at its right, or below a long name.
func title(d Detail) fyne.CanvasObject {
	text, style := kit.MoneyText(d.Amount, kit.Flow, false, kit.Page())
	const room = paneWidth - 2*paneSide - 13
	if kit.Heading().Measure(d.Title()).Width+style.Measure(text).Width <= room {
		return kit.HBox(12, kit.Grow(kit.NewText(d.Title(), kit.Heading()).Shrink()), kit.NewText(text, style))
	}
	return kit.VBox(2, kit.NewParagraph(d.Title(), kit.Heading(), room), kit.NewText(text, style))
}

// fact is a label and its value at the right.
func fact(label string, value fyne.CanvasObject) fyne.CanvasObject {
	style := kit.Body().Muted()
	return kit.Fixed(0, 26, kit.Columns(12, []float32{max(style.Measure(label).Width, 1), 0}, kit.NewText(label, style), value))
}

func words(text string) fyne.CanvasObject {
	return kit.NewText(text, kit.Body().Right()).Shrink()
}

func about(d Detail) fyne.CanvasObject {
	rows := kit.VBox(0, fact("Account", words(say.AccountName(d.In.Account))))
	if d.In.Bank != "" {
		rows.Add(fact("Bank", words(d.In.Bank)))
	}
	category := say.Category(d.Category.Primary)
	rows.Add(fact("Category", words(category)))
	if detail := say.DetailedCategory(d.Category); detail != category {
		rows.Add(fact("", words(detail)))
	}
	if d.Authorized != 0 && d.Authorized != d.Date {
		rows.Add(fact("Paid on", words(say.FullDay(d.Authorized))))
	}
	return rows
}

// lineage shows the way from pending to posted, with the change of the amount.
func lineage(d Detail, today core.Date) fyne.CanvasObject {
	if d.Pending {
		return kit.NewTimeline(
			kit.Moment{Title: "Pending", Beside: say.Day(d.Date, today), End: d.Amount.Text(), Strong: true, State: kit.Now},
			kit.Moment{Title: "Posted", State: kit.Future},
		)
	}
	before := kit.Moment{Title: "Pending", Beside: say.Day(d.Earlier.Date, today), End: d.Earlier.Amount.Text()}
	after := kit.Moment{Title: "Posted", Beside: say.Day(d.Date, today), End: d.Amount.Text(), Strong: true, State: kit.Now}
	if diff, err := d.Amount.Sub(d.Earlier.Amount); err == nil && !diff.IsZero() {
		after.Before = diff.Signed()
	}
	return kit.NewTimeline(before, after)
}

// origin is what the bank said, word for word.
func (p *pane) origin(d Detail) fyne.CanvasObject {
	from := d.Original
	if from == "" {
		from = d.Name
	}
	code := kit.Code().Right()
	rows := kit.VBox(0, fact("From the bank", kit.NewText(from, code).Shrink()))
	if who := say.Counterparty(d.Transaction); who != "" {
		rows.Add(fact("Counterparty", words(who)))
	}
	if how := say.Channel(d.Channel); how != "" {
		rows.Add(fact("Paid", words(how)))
	}
	id := kit.HBox(4, kit.Grow(kit.NewText(string(d.ID), code).Shrink()), kit.NewIconButton(kit.IconButtonSpec{
		Icon: look.IconCopy, Label: "Copy transaction ID", Token: look.Muted, Size: 24, OnTap: p.model.CopyID,
	}))
	rows.Add(fact("Transaction ID", id))
	return rows
}
