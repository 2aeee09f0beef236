package sandbox

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bankbook/core/sandbox/ledger"
)

// Answers that write themselves are what encoding/json would have written, for
// every text and with every field there or not.
func TestAnswersWriteThemselvesAsJSONWould(t *testing.T) {
	maybe := func(t *rapid.T, name string) *string {
		if !rapid.Bool().Draw(t, name) {
			return nil
		}
		s := rapid.String().Draw(t, name)
		return &s
	}
	degrees := func(t *rapid.T) *float64 {
		f := float64(rapid.IntRange(-1_800_000, 1_800_000).Draw(t, "degrees")) / 10_000
		return &f
	}
	row := rapid.Custom(func(t *rapid.T) Transaction {
		text := rapid.String()
		return Transaction{
			AccountID: text.Draw(t, "account"), AccountOwner: maybe(t, "owner"), Amount: json.Number(fmt.Sprint(rapid.Int32().Draw(t, "amount"))),
			Currency: maybe(t, "iso"), UnofficialCurrency: maybe(t, "unofficial"), Category: rapid.SliceOfN(text, 0, 2).Draw(t, "category"),
			CategoryID: maybe(t, "category id"), CheckNumber: maybe(t, "check"),
			Counterparties: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Counterparty {
				return Counterparty{text.Draw(t, "name"), text.Draw(t, "type"), maybe(t, "entity"), maybe(t, "website"), maybe(t, "logo"), maybe(t, "confidence")}
			}), 0, 2).Draw(t, "parties"),
			Date: text.Draw(t, "date"), DateTime: maybe(t, "datetime"), Authorized: maybe(t, "authorized"), AuthorizedAt: maybe(t, "authorized at"),
			Location: Location{maybe(t, "address"), maybe(t, "city"), maybe(t, "region"), maybe(t, "postal"), maybe(t, "country"), degrees(t), nil, maybe(t, "store")},
			Name:     text.Draw(t, "name"), MerchantName: maybe(t, "merchant"), MerchantEntity: maybe(t, "merchant entity"), Logo: maybe(t, "logo"),
			Website: maybe(t, "website"), OriginalDescription: maybe(t, "original"),
			Payment: PaymentMeta{maybe(t, "by"), maybe(t, "payee"), maybe(t, "payer"), maybe(t, "method"), maybe(t, "processor"), maybe(t, "ppd"), maybe(t, "reason"), maybe(t, "reference")},
			Channel: text.Draw(t, "channel"), Pending: rapid.Bool().Draw(t, "pending"), PendingID: maybe(t, "pending id"),
			PersonalCategory: &Category{text.Draw(t, "primary"), text.Draw(t, "detailed"), text.Draw(t, "confidence"), text.Draw(t, "version")},
			ID:               text.Draw(t, "id"), Code: maybe(t, "code"), Type: text.Draw(t, "type"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(row, 0, 2).Draw(t, "rows")
		for _, answer := range []any{
			syncResponse{"READY", []wireAccount{}, rows, []Transaction{}, []removedTransaction{{"a", "b"}, {"c\n", "d"}}, "next", true, "id"},
			getResponse{nil, append([]Transaction{{Amount: "1"}}, rows...), 7, wireItem{ID: "item"}, "id"},
		} {
			want, err := json.Marshal(answer)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := encode(answer, new([]byte)); err != nil || string(got) != string(want) {
				t.Fatalf("%v\n%s\nwant\n%s", err, got, want)
			}
		}
	})
}

// BenchmarkPage makes and writes a page of 500 rows, without HTTP.
func BenchmarkPage(b *testing.B) {
	now := time.Date(2026, time.November, 21, 9, 30, 0, 0, time.UTC)
	s, err := New(Config{ClientID: "id", Secret: "secret", Seed: 7, Now: func() time.Time { return now }, InitialDelay: Immediately, HistoryDelay: Immediately})
	if err != nil {
		b.Fatal(err)
	}
	it := &item{ID: "item", Institution: "ins_109508", Created: now, Seed: 7, Days: 730, Accounts: []string{"checking", "savings", "credit"}}
	book := it.book()
	book.Life = ledger.ScaleLife(1_000_000)
	w := &walk{sources: book.Sources(), after: s.view(it, s.moment(it), "")}
	page, _, _ := w.page(place{0, 640, 100}, 500)
	var resp syncResponse
	b.Run("walk", func(b *testing.B) {
		for b.Loop() {
			w.page(place{0, 640, 100}, 500)
		}
	})
	b.Run("rows", func(b *testing.B) {
		for b.Loop() {
			resp = syncResponse{}
			resp.fill(page, newRowWriter(s.store.st.Key, it, rowOptions{}))
		}
	})
	b.Run("text", func(b *testing.B) {
		var text, room []byte
		for b.Loop() {
			if text, err = encode(resp, &room); err != nil {
				b.Fatal(err)
			}
		}
		b.SetBytes(int64(len(text)))
	})
}
