package vaulttest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/storage/vault"
)

// Shape of what Fill makes; PERFORMANCE gives the same for the peers.
const (
	days       = 5 * 365
	accounts   = 6
	merchants  = 2000
	categories = 73
	batchSize  = 5000
)

// Item is the one item that Fill makes.
const Item core.ItemID = "made-up-item"

// LastDay is the day of the newest transaction that Fill makes.
func LastDay() core.Date { return core.NewDate(2026, time.October, 31) }

// Fill puts n made-up transactions into a vault: five years, six accounts of
// one item, 2000 merchants of very different frequency, 73 categories, one in
// a hundred pending. The same seed makes the same transactions.
func Fill(v *vault.Vault, n int, seed uint64) error { return FillInPages(v, n, seed, batchSize) }

// FillInPages is Fill with commits of so many rows.
func FillInPages(v *vault.Vault, n int, seed uint64, page int) error {
	if err := v.PutProfile(core.Profile{ID: "made-up", Name: "Made up", Kind: core.Person}); err != nil {
		return err
	}
	linked := LastDay().Time()
	item := core.Item{
		ID: Item, Profile: "made-up", Institution: core.Institution{ID: "ins_1", Name: "First Bank"},
		Products: []core.Product{core.Transactions}, LinkedAt: linked, HistoryDays: 730, Status: core.Connected,
	}
	if err := v.PutItemAndAccounts(item, Accounts()); err != nil {
		return err
	}
	next, stop := iter.Pull(Transactions(n, seed))
	defer stop()
	for done := 0; done < n; done += page {
		batch := core.SyncBatch{Item: Item, Phase: core.HistoryDone, At: linked, Cursor: fmt.Sprintf("cursor-%d", done)}
		for range min(page, n-done) {
			t, _ := next()
			batch.Added = append(batch.Added, t)
		}
		if _, err := v.ApplySync(batch); err != nil {
			return err
		}
	}
	return nil
}

// Transactions makes the transactions that Fill puts into a vault, oldest
// first.
func Transactions(n int, seed uint64) iter.Seq[core.Transaction] {
	return func(yield func(core.Transaction) bool) {
		g := newGenerator(seed)
		for i := range n {
			if !yield(g.transaction(LastDay().AddDays(-(days - 1 - i*days/n)))) {
				return
			}
		}
	}
}

// Rows returns n made-up transactions of the last days of what Fill makes, as
// a bank would add them next. Other seeds make other ids.
func Rows(n int, seed uint64) []core.Transaction {
	g := newGenerator(seed)
	list := make([]core.Transaction, n)
	for i := range list {
		list[i] = g.transaction(LastDay().AddDays(-g.rand.IntN(5)))
	}
	return list
}

// Accounts returns the accounts that Fill makes.
func Accounts() []core.Account {
	list := make([]core.Account, accounts)
	for i, id := range newGenerator(0).ids {
		list[i] = core.Account{
			ID: id, Item: Item, Name: fmt.Sprintf("Account %d", i+1), Mask: fmt.Sprintf("%04d", i), Type: core.Depository,
			Subtype: "checking", Balance: core.Balance{Current: money.Known(money.Of(int64(i)*100_000, money.USD))},
		}
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

func (g *generator) transaction(day core.Date) core.Transaction {
	m := int(g.zipf.Uint64())
	category := m % categories
	merchant := fmt.Sprintf("%s %s", syllables(m), [...]string{"Market", "Café", "Power", "Books", "Travel"}[m%5])
	t := core.Transaction{
		ID: core.TransactionID(g.id()), Account: g.ids[g.rand.IntN(accounts)], Date: day, Authorized: day.AddDays(-g.rand.IntN(3)),
		Amount: money.Of(-1-g.rand.Int64N(20_000), money.USD), Merchant: merchant, Name: g.name(m, merchant),
		Category:     core.Category{Primary: fmt.Sprintf("GROUP_%02d", category%16), Detailed: fmt.Sprintf("GROUP_%02d_KIND_%02d", category%16, category)},
		Counterparty: merchant, CounterpartyType: "merchant", Channel: [...]string{"in store", "online", "other"}[m%3],
		Pending: g.rand.IntN(100) == 0,
	}
	if g.rand.IntN(20) == 0 {
		t.Amount = money.Of(1+g.rand.Int64N(500_000), money.USD)
	}
	return t
}

// name makes a description as banks write them: each merchant's in one of
// several manners, and most with a number of the branch or of the payment.
func (g *generator) name(m int, merchant string) string {
	loud, number := strings.ToUpper(merchant), g.rand.IntN(10_000)
	city := [...]string{"SPRINGFIELD IL", "PORTLAND OR", "SALEM MA", "AUSTIN TX", "READING PA", "MADISON WI", "OAKLAND CA"}[number%7]
	switch m / 5 % 6 {
	case 0:
		return fmt.Sprintf("%s #%04d %s", loud, number, city)
	case 1:
		return fmt.Sprintf("POS DEBIT %s %04d", loud, number)
	case 2:
		return "SQ *" + strings.ReplaceAll(loud, " ", "")
	case 3:
		return fmt.Sprintf("ACH %s WEB ID %d", loud, 100_000_000+number*7919)
	case 4:
		return merchant
	}
	return fmt.Sprintf("%s %s", merchant, city)
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
