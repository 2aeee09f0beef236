package kit

import (
	"strings"
	"testing"

	"bankbook/core/money"
	"bankbook/ui/look"
	"bankbook/ui/uitest"
)

func TestTextShortensWithAnEllipsis(t *testing.T) {
	text := NewText("First Gingham Credit Union", Body()).Shrink()
	c := stage(t, Fixed(80, 20, text), 80, 20)
	shown := uitest.Texts(c)[0]
	if !strings.HasSuffix(shown, "…") || strings.HasSuffix(shown, " …") || Body().Measure(shown).Width > 80.5 {
		t.Errorf("shown %q, %v wide", shown, Body().Measure(shown).Width)
	}
	if text.Value() != "First Gingham Credit Union" {
		t.Error("the whole text is lost")
	}
	if got := Body().Fit("Short", 200); got != "Short" {
		t.Errorf("Fit shortened %q", got)
	}
	if got := Body().Fit("Nothing fits", 0); got != "…" {
		t.Errorf("Fit to nothing is %q", got)
	}
}

func TestParagraphWrapsToItsPlace(t *testing.T) {
	p := NewParagraph("Your balances, spending and cash flow appear here as soon as the first sync is done.", Lead(), 420)
	stage(t, Centered(p), 800, 200)
	if size := p.MinSize(); size.Height != 40 || size.Width > 420 || size.Width < 380 {
		t.Errorf("two lines of at most 420 are %v", size)
	}
	fluid := NewParagraph("One two three four five six seven eight nine ten", Body(), 0)
	box := VBox(0, fluid, NewRule())
	stage(t, box, 100, 400)
	if rule := box.Objects[1].Position().Y; rule < 3*19 {
		t.Errorf("what follows the paragraph stands at %v", rule)
	}
}

func TestSpansShortenTheFirst(t *testing.T) {
	s := NewSpans(Span{"A very long account name", Body()}, Span{" ••0000", Body().Muted()})
	c := stage(t, s, 120, 20)
	texts := uitest.Texts(c)
	if !strings.HasSuffix(texts[0], "…") || texts[1] != " ••0000" {
		t.Errorf("shown %q", texts)
	}
}

func TestMoneyText(t *testing.T) {
	in, out := money.Of(241635, money.USD), money.Of(-128450, money.USD)
	for _, c := range []struct {
		amount money.Amount
		form   MoneyForm
		hidden bool
		text   string
		token  look.Token
	}{
		{in, Flow, false, "+$2,416.35", look.Positive},
		{out, Flow, false, "–$1,284.50", look.Text},
		{money.Of(0, money.USD), Flow, false, "$0.00", look.Text},
		{in, Balance, false, "$2,416.35", look.Text},
		{out, Balance, false, "–$1,284.50", look.Text},
		{out, Stopped, false, "$1,284.50", look.Muted},
		{in, Flow, true, "$••••", look.Muted},
		{out, Stopped, true, "$••••", look.Muted},
	} {
		if text, style := MoneyText(c.amount, c.form, c.hidden, Body()); text != c.text || style.Color != c.token {
			t.Errorf("%v, form %d, hidden %v: %q in %s, want %q in %s", c.amount, c.form, c.hidden, text, style.Color, c.text, c.token)
		}
	}
}
