package transactions

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core/money"
	"bankbook/core/review"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// summary is the strip above the list: how many rows it has, and what they come
// to. Every currency stands for itself.
func (v *View) summary(s State) fyne.CanvasObject {
	var pairs []kit.Span
	pair := func(label string, value money.Optional, style kit.Style) {
		text := say.NoValue
		if value.Known {
			text = value.Amount.Text()
		}
		pairs = append(pairs, kit.Span{Text: label, Style: kit.Body().Muted()}, kit.Span{Text: text, Style: style})
	}
	for i, sum := range s.Sums {
		if i == 0 {
			pair("Debits", abs(sum.Debits), kit.Body().Strong())
			pair("Credits", sum.Credits, kit.Body().Strong())
		}
		label := "Net"
		if i > 0 {
			label = "Net in " + string(sum.Currency)
		}
		text, style := netText(sum.Net())
		pairs = append(pairs, kit.Span{Text: label, Style: kit.Body().Muted()}, kit.Span{Text: text, Style: style})
	}
	strip := kit.SummaryStrip(say.Count(v.model.Len(), say.Transaction), v.stripEnd(s), pairs...)
	return kit.Fixed(0, look.SummaryHeight, container.NewClip(strip)) // sums must not widen the window
}

func abs(a money.Optional) money.Optional {
	a.Amount = a.Amount.Abs()
	return a
}

func netText(a money.Optional) (string, kit.Style) {
	style := kit.Body().Strong()
	if !a.Known {
		return say.NoValue, style
	}
	return kit.MoneyText(a.Amount, kit.Flow, false, style)
}

// stripEnd says what goes on: a search, a fault, or a part of the search line
// that is not understood; and it has the choice of order.
func (v *View) stripEnd(s State) fyne.CanvasObject {
	switch {
	case s.Searching && !s.Indexed:
		return kit.HBox(10, kit.NewSpinner(14), kit.NewText("Searching", kit.Body().Muted()))
	case s.Err != nil:
		return kit.HBox(10, kit.NewIcon(look.IconAlertCircle, look.Error, look.IconSize),
			kit.NewText(say.Fault(s.Err).Title, kit.Body().In(look.Error)), kit.NewLink(say.Retry.Label(), v.model.Load))
	case len(s.Problems) > 0:
		return kit.HBox(10, kit.NewText(say.SearchProblem(s.Problems[0]), kit.Body().Muted()), v.order)
	}
	return v.order
}

// newOrder returns the button that says and changes the order.
func (v *View) newOrder() *kit.Button {
	return kit.NewMenuButton(kit.ButtonSpec{Kind: kit.Plain, Size: kit.Compact, Trailing: look.IconUpDown}, func() kit.MenuSpec {
		now := v.model.State().Filter.Bar.Sort
		var items []kit.MenuItem
		for _, by := range []review.Column{review.ByDate, review.ByName, review.ByAccount, review.ByCategory, review.ByStatus, review.ByAmount} {
			for _, reverse := range []bool{false, true} {
				order := review.Sort{By: by, Reverse: reverse}
				items = append(items, kit.MenuItem{Text: say.Order(order), Checked: order == now, OnTap: func() { v.model.Order(order) }})
			}
		}
		return kit.MenuSpec{Items: items, Width: 220}
	})
}
