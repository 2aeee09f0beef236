package vault_test

import (
	"cmp"
	"context"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/money"
	"bankbook/core/secret"
	"bankbook/storage/vault"
	"bankbook/storage/vault/vaulttest"
)

var now = time.Date(2026, time.November, 21, 9, 0, 0, 0, time.UTC)

// home is a place for one vault, and the keeper of its key.
type home struct {
	path string
	keys vaulttest.Keys
}

func newHome(t testing.TB) *home {
	t.Helper()
	return &home{path: filepath.Join(t.TempDir(), "data", "vault.db")}
}

func (h *home) options() vault.Options { return h.keys.Options(h.path) }

func (h *home) open(t testing.TB) *vault.Vault {
	t.Helper()
	v, err := vault.Open(context.Background(), h.options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { must(t, v.Close()) })
	return v
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func get[T any](t testing.TB) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		must(t, err)
		return value
	}
}

func wantKind(t testing.TB, err error, kinds ...fault.Kind) {
	t.Helper()
	if !fault.Is(err, kinds...) {
		t.Fatalf("error %v is of kind %q, not %q", err, fault.KindOf(err), kinds)
	}
}

func tx(id string, date core.Date, minor int64) core.Transaction {
	return core.Transaction{
		ID: core.TransactionID(id), Account: "acc-1", Date: date, Amount: money.Of(minor, money.USD), Name: "Name of " + id,
		Category: core.Category{Primary: "FOOD", Detailed: "FOOD_OTHER"}, Channel: "online",
	}
}

func item(id core.ItemID) core.Item {
	return core.Item{
		ID: id, Profile: "p-1", Institution: core.Institution{ID: "ins_1", Name: "Tartan Bank"},
		Products: []core.Product{core.Transactions}, LinkedAt: now, HistoryDays: 730, Status: core.Connected,
	}
}

// filled is a vault with a little of everything.
func filled(t testing.TB, h *home, rows int) *vault.Vault {
	t.Helper()
	v := h.open(t)
	must(t, vaulttest.Fill(v, rows, 7))
	must(t, v.PutItemAndAccounts(item("item-2"), []core.Account{{ID: "acc-2", Name: "Second", Mask: "2222"}}))
	must(t, v.PutSession(link.Session{ID: "link-1", Purpose: link.New, Stage: link.Waiting, Created: now, Token: secret.New("link-token")}))
	must(t, v.PutSetting("profile", "made-up"))
	batch := core.SyncBatch{Item: "item-2", At: now, Phase: core.HistoryDone, Cursor: "c2"}
	for _, id := range []string{"gone-1", "gone-2", "stays"} {
		batch.Added = append(batch.Added, tx(id, core.NewDate(2026, time.May, 3), -500))
	}
	batch.Removed = []core.TransactionID{"gone-1", "gone-2"}
	get[core.SyncCount](t)(v.ApplySync(batch))
	return v
}

// contents is everything a vault tells.
type contents struct {
	Profiles []core.Profile
	Items    []core.Item
	Accounts []core.Account
	Sessions []link.Session
	Setting  string
	Months   []core.MonthCount
	Totals   []core.Total
	Rows     map[core.TransactionID]core.Transaction
	Newest   []core.Transaction
	Gone     core.Transaction
	Count    int
}

// read returns everything a vault tells, or its first error.
func read(v *vault.Vault) (contents, error) {
	c := contents{Rows: map[core.TransactionID]core.Transaction{}, Count: v.Count()}
	steps := []func() error{
		func() (err error) { c.Profiles, err = v.Profiles(); return err },
		func() (err error) { c.Items, err = v.Items(); return err },
		func() (err error) { c.Accounts, err = v.Accounts(); return err },
		func() (err error) { c.Sessions, err = v.Sessions(); return err },
		func() (err error) { c.Setting, _, err = v.Setting("profile"); return err },
		func() (err error) { c.Months, err = v.Months(); return err },
		func() (err error) { c.Totals, err = v.Totals(); return err },
		func() (err error) { c.Newest, err = v.Newest(50); return err },
		func() (err error) { c.Gone, _, err = v.Removed("gone-1"); return err },
		func() error { return v.Each(func(t core.Transaction) error { c.Rows[t.ID] = t; return nil }) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return contents{}, err
		}
	}
	return c, nil
}

// byNewer sorts as core.Transaction.Newer says.
func byNewer(list []core.Transaction) {
	slices.SortFunc(list, func(a, b core.Transaction) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), strings.Compare(string(a.ID), string(b.ID)))
	})
}

func sortedValues(m map[core.TransactionID]core.Transaction) []core.Transaction {
	list := slices.Collect(maps.Values(m))
	byNewer(list)
	return list
}

func wantEqual(t testing.TB, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(to), 0o700))
	must(t, os.WriteFile(to, get[[]byte](t)(os.ReadFile(from)), 0o600))
}
