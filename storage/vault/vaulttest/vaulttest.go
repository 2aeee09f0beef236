// Package vaulttest makes vaults for tests and benchmarks: empty ones, and
// large ones with made-up transactions.
package vaulttest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// Keys keeps the master keys of vaults in memory. The zero Keys is ready for
// use.
type Keys struct {
	mu   sync.Mutex
	keys map[secret.Name]secret.Text
}

// Key is for vault.Options.Key. A key that is not here is empty.
func (k *Keys) Key(_ context.Context, info vault.Info) (secret.Text, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.keys[secret.VaultKeyName(info.ID, info.KeyID)], nil
}

// NewKey is for vault.Options.NewKey.
func (k *Keys) NewKey(_ context.Context, info vault.Info, key secret.Text) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.keys == nil {
		k.keys = map[secret.Name]secret.Text{}
	}
	k.keys[secret.VaultKeyName(info.ID, info.KeyID)] = key
	return nil
}

// Drop is for vault.DropStrays.
func (k *Keys) Drop(_ context.Context, info vault.Info) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.keys, secret.VaultKeyName(info.ID, info.KeyID))
	return nil
}

// Count returns how many keys are kept.
func (k *Keys) Count() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.keys)
}

// Options returns options for a practice vault at path whose key is in k.
func (k *Keys) Options(path string) vault.Options {
	return vault.Options{Path: path, Env: core.Practice, Key: k.Key, NewKey: k.NewKey}
}

// New opens an empty practice vault in a folder of the test's own, and closes
// it when the test ends.
func New(tb testing.TB) *vault.Vault {
	tb.Helper()
	v, err := vault.Open(context.Background(), new(Keys).Options(filepath.Join(tb.TempDir(), "data", "vault.db")))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := v.Close(); err != nil {
			tb.Error(err)
		}
	})
	return v
}

// Shape of what Fill makes; PERFORMANCE gives the same for the peers.
const (
	days       = 5 * 365
	accounts   = 6
	merchants  = 2000
	categories = 73
	batchSize  = 5000
)

// lastDay is the day of the newest transaction that Fill makes.
var lastDay = core.NewDate(2026, time.October, 31)

// Item is the one item that Fill makes.
const Item core.ItemID = "made-up-item"

// Fill puts n made-up transactions into a vault: five years, six accounts of
// one item, 2000 merchants of very different frequency, 73 categories, one in
// a hundred pending. The same seed makes the same transactions.
func Fill(v *vault.Vault, n int, seed uint64) error {
	g := newGenerator(seed)
	if err := v.PutProfile(core.Profile{ID: "made-up", Name: "Made up", Kind: core.Person}); err != nil {
		return err
	}
	item := core.Item{
		ID: Item, Profile: "made-up", Institution: core.Institution{ID: "ins_1", Name: "First Bank"},
		Products: []core.Product{core.Transactions}, LinkedAt: lastDay.Time(), HistoryDays: 730, Status: core.Connected,
	}
	if err := v.PutItemAndAccounts(item, g.accounts()); err != nil {
		return err
	}
	for done := 0; done < n; done += batchSize {
		batch := core.SyncBatch{Item: Item, Phase: core.HistoryDone, At: lastDay.Time(), Cursor: fmt.Sprintf("cursor-%d", done)}
		for i := done; i < min(done+batchSize, n); i++ {
			batch.Added = append(batch.Added, g.transaction(lastDay.AddDays(-(days - 1 - i*days/n))))
		}
		if _, err := v.ApplySync(batch); err != nil {
			return err
		}
	}
	return nil
}

// Rows returns n made-up transactions of the last days of what Fill makes, as
// a bank would add them next. Other seeds make other ids.
func Rows(n int, seed uint64) []core.Transaction {
	g := newGenerator(seed)
	list := make([]core.Transaction, n)
	for i := range list {
		list[i] = g.transaction(lastDay.AddDays(-g.rand.IntN(5)))
	}
	return list
}

// generator makes things up.
type generator struct {
	rand *rand.Rand
	zipf *rand.Zipf
	ids  [accounts]core.AccountID
}

func newGenerator(seed uint64) *generator {
	// The accounts are the same for every seed.
	g := &generator{rand: rand.New(rand.NewPCG(1, 1))}
	for i := range g.ids {
		g.ids[i] = core.AccountID(g.id())
	}
	g.rand = rand.New(rand.NewPCG(seed, 2))
	g.zipf = rand.NewZipf(g.rand, 1.1, 1, merchants-1)
	return g
}

// id makes an identifier of the shape of Plaid's: 37 mixed-case characters.
func (g *generator) id() string {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	b := make([]byte, 37)
	for i := range b {
		b[i] = alphabet[g.rand.IntN(len(alphabet))]
	}
	return string(b)
}

func (g *generator) accounts() []core.Account {
	list := make([]core.Account, accounts)
	for i, id := range g.ids {
		list[i] = core.Account{
			ID: id, Item: Item, Name: fmt.Sprintf("Account %d", i+1), Mask: fmt.Sprintf("%04d", i), Type: core.Depository,
			Subtype: "checking", Balance: core.Balance{Current: money.Known(money.Of(int64(i)*100_000, money.USD))},
		}
	}
	return list
}

func (g *generator) transaction(day core.Date) core.Transaction {
	m := int(g.zipf.Uint64())
	category := m % categories
	merchant := fmt.Sprintf("%s %s", syllables(m), [...]string{"Market", "Coffee", "Power", "Books", "Travel"}[m%5])
	t := core.Transaction{
		ID: core.TransactionID(g.id()), Account: g.ids[g.rand.IntN(accounts)], Date: day, Authorized: day.AddDays(-g.rand.IntN(3)),
		Amount: money.Of(-1-g.rand.Int64N(20_000), money.USD), Merchant: merchant,
		Name:         fmt.Sprintf("%s #%04d", merchant, g.rand.IntN(10_000)),
		Category:     core.Category{Primary: fmt.Sprintf("GROUP_%02d", category%16), Detailed: fmt.Sprintf("GROUP_%02d_KIND_%02d", category%16, category)},
		Counterparty: merchant, CounterpartyType: "merchant", Channel: [...]string{"in store", "online", "other"}[m%3],
		Pending: g.rand.IntN(100) == 0,
	}
	if g.rand.IntN(20) == 0 {
		t.Amount = money.Of(1+g.rand.Int64N(500_000), money.USD)
	}
	return t
}

// syllables makes a name of a number, such as "Tanulo".
func syllables(n int) string {
	parts := [...]string{"ta", "nu", "lo", "ri", "ka", "se", "mo", "vi", "pe", "da", "fo", "gu", "hi"}
	s := ""
	for range 3 {
		s += parts[n%len(parts)]
		n /= len(parts)
	}
	return string(s[0]-'a'+'A') + s[1:]
}
