package kit

import (
	"bankbook/core/money"
	"bankbook/ui/look"
)

// MoneyForm is how an amount reads.
type MoneyForm int

// The forms.
const (
	Flow    MoneyForm = iota // money that moved: a plus and the positive colour where it came in
	Balance                  // what is there: no plus
	Stopped                  // returned or cancelled: muted, no sign
)

// hiddenMoney stands for an amount while amounts are hidden.
const hiddenMoney = "$••••"

// MoneyText returns the words and the style of an amount. With hidden the words
// give away neither size nor sign.
func MoneyText(a money.Amount, form MoneyForm, hidden bool, s Style) (string, Style) {
	switch {
	case hidden:
		return hiddenMoney, s.In(look.Muted)
	case form == Stopped:
		return a.Abs().Text(), s.In(look.Muted)
	case form == Balance:
		return a.Text(), s
	case a.Sign() > 0:
		return a.Signed(), s.In(look.Positive)
	}
	return a.Signed(), s
}

// NewMoney returns an amount aligned to the right.
func NewMoney(a money.Amount, form MoneyForm, hidden bool, s Style) *Text {
	return NewText(MoneyText(a, form, hidden, s.Right()))
}

// SetMoney shows another amount in a text made by NewMoney.
func (t *Text) SetMoney(a money.Amount, form MoneyForm, hidden bool, s Style) {
	t.Set(MoneyText(a, form, hidden, s.Right()))
}
