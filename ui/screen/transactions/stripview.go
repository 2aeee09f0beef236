package transactions

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core/money"
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

// stripEnd says what goes on: a search, a fault, or nothing but the order.
func (v *View) stripEnd(s State) fyne.CanvasObject {
	small := kit.Body().Muted()
	switch {
	case s.Scan.Running:
		words := "Searched " + say.Number(s.Scan.Scanned) + " of " + say.Number(s.Scan.Total)
		return kit.HBox(10, kit.NewSpinner(14), kit.NewText(words, small), kit.NewLink("Stop", v.model.StopScan))
	case s.Err != nil:
		return kit.HBox(10, kit.NewIcon(look.IconAlertCircle, look.Error, look.IconSize),
			kit.NewText(say.Fault(s.Err).Title, kit.Body().In(look.Error)), kit.NewLink(say.Retry.Label(), v.model.Load))
	case s.Scan.Cut:
		return kit.NewText("Stopped after "+say.Count(s.Scan.Scanned, say.Transaction), small)
	}
	return kit.NewText("Newest first", small)
}
