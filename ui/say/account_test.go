package say_test

import (
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/ach"
	"bankbook/core/input"
	"bankbook/ui/say"
)

func TestEveryFieldAndFlawHasWords(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range []input.Field{
		accounts.Bank, accounts.Name, accounts.Nickname, accounts.Owner, accounts.Type, accounts.Mask, accounts.Opening, accounts.Use, accounts.Paging,
		ach.RoutingField, ach.NumberField, ach.HolderField, ach.ConfirmField,
	} {
		for _, flaw := range input.Flaws() {
			text := say.Problem(input.Problem{Field: f, Flaw: flaw})
			if text == "" || strings.HasSuffix(text, ".") || strings.Contains(text, "can’t be used") || len([]rune(text)) > 70 {
				t.Errorf("%s %s: %q", f, flaw, text)
			}
			seen[text] = true
		}
	}
	if len(seen) < 20 {
		t.Errorf("only %d sentences", len(seen))
	}
	if say.Problem(input.Problem{Field: ach.RoutingField, Flaw: input.CheckDigit}) != "This routing number fails its check digit" {
		t.Error("the check digit has other words")
	}
}

func TestEveryVerificationHasWords(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range core.Verifications() {
		a := core.ACHAccount{Status: v, From: core.ByHand}
		s, more := say.Numbers(a), say.NumbersMore(a)
		if s.Text == say.NoValue || seen[s.Text] || seen[more] || !strings.HasSuffix(more, ".") {
			t.Errorf("%s: %+v, %q", v, s, more)
		}
		seen[s.Text], seen[more] = true, true
	}
	if say.Numbers(core.ACHAccount{}).Text != say.NoValue {
		t.Error("no numbers have a state")
	}
	token := core.ACHAccount{Status: core.Verified, From: core.ByPlaid, Tokenized: true}
	if !strings.Contains(say.NumbersMore(token), "stand-in") || strings.Contains(strings.ToLower(say.NumbersMore(token)), "tokenized") {
		t.Errorf("tokenized: %q", say.NumbersMore(token))
	}
}

func TestAccountLoss(t *testing.T) {
	l := accounts.Loss{Rows: 864, First: core.NewDate(2024, 11, 20), Last: core.NewDate(2026, 11, 18), Numbers: true}
	text := strings.Join(say.AccountLoss(l), " ")
	for _, word := range []string{"864 transactions", "Nov 20, 2024", "Nov 18, 2026", "routing", "can’t be undone"} {
		if !strings.Contains(text, word) {
			t.Errorf("%q is not in %q", word, text)
		}
	}
	if text := strings.Join(say.AccountLoss(accounts.Loss{}), " "); strings.Contains(text, "routing") || !strings.Contains(text, "no transactions") {
		t.Errorf("nothing: %q", text)
	}
}
