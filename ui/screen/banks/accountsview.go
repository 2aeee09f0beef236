package banks

import (
	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// alone returns the one account of a bank that is kept by hand; ok is false for
// other banks.
func (v *cardView) alone(c Card) (a core.Account, ok bool) {
	shown := v.model.State().Shown(c)
	if !c.Manual() || len(shown) != 1 || c.Removing() {
		return a, false
	}
	return shown[0], true
}

// line is the card of such a bank: one line that leads to its account.
func (v *cardView) line(c Card, a core.Account) fyne.CanvasObject {
	name := say.BankName(c.Institution)
	words := []kit.Span{{Text: name, Style: kit.Title()}}
	if title := say.AccountName(a); title != name {
		words = append(words, kit.Span{Text: "  " + title, Style: kit.Body().In(look.Text2)})
	}
	words = append(words, kit.Span{Text: "  " + c.State.Text, Style: kit.Body().Muted()})
	parts := []fyne.CanvasObject{
		kit.NewBankLogo(string(c.ID), name, 28), kit.Grow(kit.NewSpans(words...)),
		kit.Fixed(96, 20, numbers(a)), kit.Fixed(112, 20, amount(a.Worth())), kit.NewIcon(look.IconChevronRight, look.Muted, look.IconSize),
	}
	row := kit.Fixed(0, 50, kit.Sides(16, 0, kit.HBox(12, parts...)))
	return kit.NewCard(kit.CardSpec{Body: kit.NewPressable(row, look.RadiusInside, func() { v.model.Account(a.ID) })})
}

// table lists the accounts of the bank.
func (v *cardView) table(c Card) fyne.CanvasObject {
	rows := []fyne.CanvasObject{v.tableHead()}
	shown := v.model.State().Shown(c)
	for _, a := range shown {
		rows = append(rows, v.accountRow(a))
	}
	if len(shown) == 0 {
		text := "No accounts yet."
		if len(c.Accounts) > 0 {
			text = "All of its accounts are hidden."
		}
		rows = append(rows, kit.Fixed(0, 44, kit.Sides(16, 0, kit.Leading(kit.NewText(text, kit.Body().Muted())))))
	}
	return kit.VBox(0, kit.NewRule(), kit.Lines(rows...))
}

// cells are what stands in one line of the table.
type cells struct{ account, kind, available, current, numbers, star fyne.CanvasObject }

// columns sets the cells of one line. A narrow window does without type and numbers.
func (v *cardView) columns(height float32, c cells) fyne.CanvasObject {
	line := kit.Columns(12, []float32{0, 112, 108, 108, 12, 96, 28}, c.account, c.kind, c.available, c.current, kit.Spring(), c.numbers, c.star)
	if !v.wide {
		line = kit.Columns(12, []float32{0, 112, 112, 28}, c.account, c.available, c.current, c.star)
	}
	return kit.Fixed(0, height, kit.Pad(kit.Edges{Right: 12, Left: 16}, line))
}

func (v *cardView) tableHead() fyne.CanvasObject {
	head := func(text string) fyne.CanvasObject { return kit.NewText(text, kit.Small()).Shrink() }
	right := func(text string) fyne.CanvasObject { return kit.NewText(text, kit.Small().Right()).Shrink() }
	return kit.On(look.Sunken, v.columns(27, cells{head("Account"), head("Type"), right("Available"), right("Current"), head(say.ACHNumbers), kit.Spring()}))
}

func (v *cardView) accountRow(a core.Account) fyne.CanvasObject {
	spans := []kit.Span{{Text: a.Title(), Style: kit.Body()}}
	if a.Mask != "" {
		spans = append(spans, kit.Span{Text: " " + say.Mask(a.Mask), Style: kit.Body().Muted()})
	}
	name := kit.NewSpans(spans...)
	cell := fyne.CanvasObject(name)
	if beside := aside(a); beside != nil {
		cell = kit.Columns(12, []float32{name.MinSize().Width, 0}, name, beside)
	}
	return kit.NewPressable(v.columns(35, cells{
		cell, kit.NewText(say.AccountType(a), kit.Body().Muted()).Shrink(),
		amount(a.Balance.Available), amount(a.Worth()), numbers(a), v.star(a),
	}), 0, func() { v.model.Account(a.ID) })
}

// aside is what stands beside the name of an account: its state if that is out of the
// ordinary, or the bank's longer name for it; nil if there is neither.
func aside(a core.Account) fyne.CanvasObject {
	if st, ok := say.AccountState(a); ok {
		return kit.Leading(kit.NewPill(kit.PillSpec{Text: st.Text, Tone: tone(st.Tone)}))
	}
	if a.Choices.Hidden {
		return kit.Leading(kit.NewPill(kit.PillSpec{Text: "Hidden"}))
	}
	if a.OfficialName != "" && a.OfficialName != a.Title() {
		return kit.NewText(a.OfficialName, kit.Body().Muted()).Shrink()
	}
	return nil
}

// star shows which account is the first choice, and makes one it.
func (v *cardView) star(a core.Account) fyne.CanvasObject {
	if a.Type != core.Depository || a.Choices.Status != core.Open || a.Unshared {
		return kit.Spring()
	}
	first := a.Choices.Primary.Any()
	spec := kit.IconButtonSpec{
		Icon: look.IconStar, Token: look.Strong, Label: "Make " + say.AccountName(a) + " the first choice", Size: 28,
		OnTap: func() { v.model.SetPrimary(a.ID, !first) },
	}
	if first {
		spec.Icon, spec.Token, spec.Label = look.IconStarFilled, look.Primary, say.AccountName(a)+" is the first choice"
	}
	return kit.Centered(kit.NewIconButton(spec))
}

func amount(a money.Optional) fyne.CanvasObject {
	if !a.Known {
		return kit.NewText(say.NoValue, kit.Body().Muted().Right())
	}
	return kit.NewMoney(a.Amount, kit.Balance, false, kit.Body())
}

// numbers says how far routing and account number are verified, if there are any.
func numbers(a core.Account) fyne.CanvasObject {
	st := say.Numbers(a.ACH)
	if !a.ACH.Exists() {
		return kit.NewText(st.Text, kit.Body().Muted())
	}
	icon, token := look.IconCheckCircle, look.Positive
	switch st.Tone {
	case say.Warning:
		icon, token = look.IconCircleDashed, look.Warning
	case say.Bad:
		icon, token = look.IconAlertCircle, look.Error
	}
	return kit.Columns(6, []float32{look.IconSize, 0}, kit.NewIcon(icon, token, look.IconSize), kit.NewText(st.Text, kit.Body().In(token)).Shrink())
}
