package e2e

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/sandbox"
)

// row is what both sides must agree on, as text.
type row struct {
	account, date, authorized, amount, name, merchant, original, category, channel, pending, follows string
}

// places are the decimal places of the currencies that the practice bank uses,
// written down here once more so that a mistake in core/money shows.
func places(currency string) int {
	if currency == "JPY" {
		return 0
	}
	return 2
}

// bankRow is a row as the bank holds it, with the sign turned round: Plaid
// counts money out as positive.
func bankRow(t testing.TB, w sandbox.Transaction) row {
	t.Helper()
	amount, ok := new(big.Rat).SetString(w.Amount.String())
	if !ok {
		t.Fatalf("the bank's amount %q is no number", w.Amount)
	}
	currency := text(w.Currency) + text(w.UnofficialCurrency)
	r := row{
		account: w.AccountID, date: w.Date, authorized: text(w.Authorized),
		amount: amount.Neg(amount).FloatString(places(currency)) + " " + currency,
		name:   w.Name, merchant: text(w.MerchantName), original: text(w.OriginalDescription), channel: w.Channel,
		pending: fmt.Sprint(w.Pending), follows: text(w.PendingID),
	}
	if w.PersonalCategory != nil {
		r.category = w.PersonalCategory.Primary + "/" + w.PersonalCategory.Detailed
	}
	return r
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// vaultRow is a row as Bankbook keeps it.
func vaultRow(tx core.Transaction) row {
	return row{
		account: string(tx.Account), date: tx.Date.String(), authorized: tx.Authorized.String(), amount: tx.Amount.String(),
		name: tx.Name, merchant: tx.Merchant, original: tx.Original, channel: tx.Channel,
		category: tx.Category.Primary + "/" + tx.Category.Detailed, pending: fmt.Sprint(tx.Pending), follows: string(tx.PendingID),
	}
}

// rowSource is a vault, as far as it lists rows.
type rowSource interface {
	Each(func(core.Transaction) error) error
}

// sameRows checks that a vault holds exactly the bank's rows, each once.
func sameRows(t testing.TB, vault rowSource, truth []sandbox.Transaction) {
	t.Helper()
	want := map[string]row{}
	for _, w := range truth {
		want[w.ID] = bankRow(t, w)
	}
	got := map[string]row{}
	err := vault.Each(func(tx core.Transaction) error {
		if _, twice := got[string(tx.ID)]; twice {
			t.Errorf("the vault holds row %s twice", tx.ID)
		}
		got[string(tx.ID)] = vaultRow(tx)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(want) < 100 {
		t.Fatalf("the bank holds only %d rows: nothing to compare", len(want))
	}
	for _, id := range slices.Sorted(maps.Keys(want)) {
		if have, ok := got[id]; !ok {
			t.Errorf("the vault lacks %+v", want[id])
		} else if have != want[id] {
			t.Errorf("the vault holds\n%+v, the bank\n%+v", have, want[id])
		}
		delete(got, id)
	}
	for id, extra := range got {
		t.Errorf("the vault holds row %s that the bank does not: %+v", id, extra)
	}
}
