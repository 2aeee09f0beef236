package shell_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"bankbook/core"
	"bankbook/core/carry"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/money"
	"bankbook/core/review"
	"bankbook/core/review/reviewtest"
	"bankbook/ui/say"
)

// zone and now are where and when the bakery's books are looked at.
var (
	zone = time.FixedZone("EST", -5*60*60)
	now  = time.Date(2026, 11, 18, 9, 43, 0, 0, zone)
)

// bakery is the vault, the link driver and the syncer of a small business, in
// memory.
type bakery struct {
	mu       sync.Mutex
	profiles []core.Profile
	items    []core.Item
	accounts []core.Account
	rows     []core.Transaction
	removed  map[core.TransactionID]core.Transaction
	// owners are named where banks of several are shown.
	owners map[core.ProfileID]string
	// earlier are the banks that can go on in others.
	earlier  []core.Item
	sessions map[core.LinkID]link.Session
	log      []core.Activity
	asked    []string
	err      error
	syncErr  error
	bus      *event.Bus
	// source is what the last Snapshot shows.
	source *reviewtest.Source
}

func newBakery() *bakery {
	b := &bakery{removed: map[core.TransactionID]core.Transaction{}, sessions: map[core.LinkID]link.Session{}, bus: &event.Bus{}}
	b.profiles = []core.Profile{
		{ID: "juniper", Name: "Juniper Bakery LLC", Kind: core.Business}, {ID: "household", Name: "Household", Kind: core.Person},
	}
	b.addBanks()
	b.addHistory()
	b.addNewest()
	slices.SortFunc(b.rows, func(x, y core.Transaction) int {
		if x.Newer(y) {
			return -1
		}
		return 1
	})
	return b
}

func usd(minor int64) money.Optional { return money.Known(money.Of(minor, money.USD)) }

func (b *bakery) addBank(id, institution, name string, status core.ItemStatus, synced time.Duration) *core.Item {
	b.items = append(b.items, core.Item{
		ID: core.ItemID(id), Profile: "juniper", Status: status, LinkedAt: now.AddDate(-1, 0, 0), HistoryDays: 730,
		Institution: core.Institution{ID: core.InstitutionID(institution), Name: name},
		Sync:        core.SyncState{Phase: core.HistoryDone, LastSuccess: now.Add(-synced), LastTry: now.Add(-2 * time.Minute)},
	})
	return &b.items[len(b.items)-1]
}

func (b *bakery) addAccount(a core.Account) {
	a.Balance.At = now.Add(-2 * time.Minute)
	b.accounts = append(b.accounts, a)
}

func (b *bakery) addBanks() {
	b.addBank("platypus", "ins_109508", "First Platypus Bank", core.Connected, 2*time.Minute)
	b.addBank("gingham", "ins_109509", "First Gingham Credit Union", core.SignInNeeded, 4*24*time.Hour)
	tartan := b.addBank("tartan", "ins_109511", "Tartan Bank", core.Connected, 2*time.Minute)
	tartan.ConsentEnds = now.AddDate(0, 0, 5)
	b.addBank("houndstooth", "ins_109512", "Houndstooth Bank", core.Connected, 2*time.Minute)
	cash := func(id, item, name, official, mask string, current int64) core.Account {
		return core.Account{
			ID: core.AccountID(id), Item: core.ItemID(item), Name: name, OfficialName: official, Mask: mask,
			Type: core.Depository, Subtype: "checking", Balance: core.Balance{Current: usd(current), Available: usd(current)},
			ACH: core.ACHAccount{Status: core.Verified, From: core.ByPlaid, NumberLast4: "0000"},
		}
	}
	checking := cash("checking", "platypus", "Checking", "Platypus Business Checking", "0000", 4820631)
	checking.Balance.Available = usd(4738131)
	b.addAccount(checking)
	savings := cash("savings", "platypus", "Savings", "Platypus Money Saver", "1111", 1261000)
	savings.Subtype = "savings"
	b.addAccount(savings)
	operating := cash("operating", "gingham", "Operating", "Gingham Business Share Draft", "4471", 613520)
	operating.Balance.Available = money.Optional{}
	b.addAccount(operating)
	reserve := cash("reserve", "gingham", "Reserve", "Gingham Savings", "4489", 512126)
	reserve.Subtype, reserve.ACH, reserve.Balance.Available = "savings", core.ACHAccount{}, money.Optional{}
	b.addAccount(reserve)
	b.addAccount(core.Account{
		ID: "card", Item: "tartan", Name: "Card", OfficialName: "Tartan Business Rewards", Mask: "3333",
		Type: core.Credit, Subtype: "credit card", Balance: core.Balance{Current: usd(641890), Available: usd(858110)},
	})
	b.addAccount(cash("payroll", "houndstooth", "Payroll", "Houndstooth Payroll Plus", "7890", 1200000))
}

// addHistory makes two years of business, always the same.
func (b *bakery) addHistory() {
	random := rand.New(rand.NewPCG(1, 2))
	merchants := []struct {
		name, category, account string
		minor                   int64
	}{
		{"Counter sales", "INCOME", "checking", 290000},
		{"Marlow Flour Mill", "GENERAL_MERCHANDISE", "checking", -88000},
		{"Payroll run", "GENERAL_SERVICES", "payroll", -294000},
		{"City Power & Light", "RENT_AND_UTILITIES", "checking", -61208},
		{"Blue Door Diner", "FOOD_AND_DRINK", "card", -2400},
		{"Farmhouse Dairy Co-op", "GENERAL_MERCHANDISE", "checking", -54216},
		{"Parcel & Post", "GENERAL_SERVICES", "card", -4190},
		{"Rosa’s Cafe", "INCOME", "checking", 125000},
		{"Brightline Insurance", "GENERAL_SERVICES", "operating", -28900},
		{"Counter sales", "INCOME", "checking", 310280},
		{"Corner Market", "INCOME", "checking", 86500},
	}
	for day := core.NewDate(2026, 11, 15); day > core.NewDate(2024, 11, 20); day = day.AddDays(-1) {
		for i := range 1 + random.IntN(2) {
			m := merchants[random.IntN(len(merchants))]
			amount := m.minor + m.minor*int64(random.IntN(30)-15)/100
			b.rows = append(b.rows, core.Transaction{
				ID: core.TransactionID(fmt.Sprintf("h%d-%d", day, i)), Account: core.AccountID(m.account), Date: day,
				Amount: money.Of(amount, money.USD), Name: m.name, Merchant: m.name, Category: core.Category{Primary: m.category},
			})
		}
	}
}

func (b *bakery) addNewest() {
	add := func(id, account string, day int, minor int64, name, category string) *core.Transaction {
		b.rows = append(b.rows, core.Transaction{
			ID: core.TransactionID(id), Account: core.AccountID(account), Date: core.NewDate(2026, 11, day),
			Amount: money.Of(minor, money.USD), Name: name, Merchant: name, Category: core.Category{Primary: category},
		})
		return &b.rows[len(b.rows)-1]
	}
	add("n1", "checking", 18, -128450, "Marlow Flour Mill", "GENERAL_MERCHANDISE").Pending = true
	add("n2", "checking", 18, 241635, "Counter sales", "INCOME").Pending = true
	add("n4", "checking", 17, -61208, "City Power & Light", "RENT_AND_UTILITIES")
	add("n5", "checking", 17, 125000, "Rosa’s Cafe", "INCOME")
	add("n6", "checking", 16, 310280, "Counter sales", "INCOME")
	add("n7", "checking", 16, -900000, "Transfer to Payroll ••7890", "TRANSFER_OUT")
	diner := add("lPNjeW1nR6CDn5okmGQ6hEpMo4lLNoSrzqDje", "card", 17, -2400, "Blue Door Diner", "FOOD_AND_DRINK")
	diner.Category.Detailed = "FOOD_AND_DRINK_RESTAURANT"
	diner.Original, diner.Counterparty, diner.CounterpartyType = "SQ *BLUE DOOR DINER 4029", "Blue Door Diner", "merchant"
	diner.PendingID, diner.Channel = "diner-pending", "in store"
	before := *diner
	before.ID, before.Date, before.Amount, before.Pending = "diner-pending", core.NewDate(2026, 11, 15), money.Of(-2000, money.USD), true
	b.removed["diner-pending"] = before
}

func (b *bakery) Items() ([]core.Item, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.items), b.err
}

func (b *bakery) Accounts() ([]core.Account, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.accounts), b.err
}

func (b *bakery) Profiles() ([]core.Profile, error) {
	return b.profiles[:1], b.err
}

func (b *bakery) Newest(n int) ([]core.Transaction, error) {
	return b.rows[:min(n, len(b.rows))], b.err
}

func (b *bakery) Removed(id core.TransactionID) (core.Transaction, bool, error) {
	t, ok := b.removed[id]
	return t, ok, nil
}

func (b *bakery) Months() ([]core.MonthCount, error) {
	var list []core.MonthCount
	for _, t := range b.rows {
		if m := t.Date.Month(); len(list) == 0 || list[len(list)-1].Month != m {
			list = append(list, core.MonthCount{Month: m})
		}
		list[len(list)-1].Rows++
	}
	return list, b.err
}

// Snapshot implements transactions.Index: it is never behind.
func (b *bakery) Snapshot() *review.Snapshot {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.source = &reviewtest.Source{}
	b.source.Set(nil, b.items, b.accounts)
	var rows []reviewtest.Row
	for _, t := range b.rows {
		rows = append(rows, reviewtest.Row{Transaction: t})
	}
	b.source.Put(rows...)
	x := review.New(b.source, say.Category)
	if err := x.Refresh(context.Background()); err != nil {
		panic(err)
	}
	return x.Snapshot()
}

func (b *bakery) Rows(refs []review.Ref) ([]core.Transaction, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	rows, err := b.source.Rows(refs)
	return rows, cmp.Or(b.err, err)
}

func (b *bakery) Totals() ([]core.Total, error) {
	type key struct {
		m        core.Month
		account  core.AccountID
		category string
	}
	sum := map[key]core.Total{}
	for _, t := range b.rows {
		k := key{t.Date.Month(), t.Account, t.Category.Primary}
		s := sum[k]
		s.Month, s.Account, s.Category, s.Currency = k.m, k.account, k.category, money.USD
		s.Count++
		s.In += max(t.Amount.Minor, 0)
		s.Out += min(t.Amount.Minor, 0)
		sum[k] = s
	}
	var list []core.Total
	for _, s := range sum {
		list = append(list, s)
	}
	slices.SortFunc(list, func(x, y core.Total) int { return cmp.Compare(x.Month, y.Month) })
	return list, b.err
}

func (b *bakery) say(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked = append(b.asked, what)
}

func (b *bakery) Begin(context.Context, link.Options) (core.LinkID, error) {
	b.say("begin")
	return "l1", b.put(link.Session{ID: "l1", Stage: link.Preparing})
}

func (b *bakery) Repair(_ context.Context, item core.ItemID, _ core.WayBack) (core.LinkID, error) {
	b.say("repair " + string(item))
	return "r1", b.put(link.Session{ID: "r1", Purpose: link.Repair, Repairs: item, Stage: link.Preparing})
}

func (b *bakery) ChangeAccounts(_ context.Context, item core.ItemID, _ core.WayBack) (core.LinkID, error) {
	b.say("accounts " + string(item))
	return "r1", b.put(link.Session{ID: "r1", Purpose: link.Accounts, Repairs: item, Stage: link.Preparing})
}

func (b *bakery) AddProducts(_ context.Context, item core.ItemID, products []core.Product, _ core.WayBack) (core.LinkID, error) {
	b.say("products " + string(item))
	return "r1", b.put(link.Session{ID: "r1", Purpose: link.Products, Repairs: item, Adds: products, Stage: link.Preparing})
}

func (b *bakery) Verify(_ context.Context, item core.ItemID, account core.AccountID, _ core.WayBack) (core.LinkID, error) {
	b.say("verify " + string(item) + " " + string(account))
	return "r1", b.put(link.Session{ID: "r1", Purpose: link.Verify, Repairs: item, Account: account, Stage: link.Preparing})
}

// put keeps a session and tells of it.
func (b *bakery) put(s link.Session) error {
	b.mu.Lock()
	b.sessions[s.ID] = s
	b.mu.Unlock()
	b.bus.Publish(event.LinkChanged{Session: s.ID})
	return nil
}

func (b *bakery) OpenAgain(id core.LinkID) error { b.say("open " + string(id)); return nil }
func (b *bakery) CheckNow(id core.LinkID)        { b.say("check " + string(id)) }
func (b *bakery) Retry(id core.LinkID) error     { b.say("retry " + string(id)); return nil }
func (b *bakery) Cancel(id core.LinkID) error    { b.say("cancel " + string(id)); return nil }

func (b *bakery) Decide(id core.LinkID, d link.Decision) error {
	b.say("decide " + string(id) + " " + string(d))
	return nil
}

func (b *bakery) Session(id core.LinkID) (link.Session, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s, ok := b.sessions[id]
	if !ok {
		return s, fault.New("link: session", fault.NotFound, nil)
	}
	return s, nil
}

func (b *bakery) Active() []link.Session {
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []link.Session
	for _, s := range b.sessions {
		if !s.Stage.Over() {
			list = append(list, s)
		}
	}
	return list
}

func (b *bakery) Sync(_ context.Context, item core.ItemID) error {
	b.say("sync " + string(item))
	return b.syncErr
}

func (b *bakery) SyncAll(context.Context) error {
	b.say("sync all")
	return b.syncErr
}

func (b *bakery) Stop(item core.ItemID) { b.say("stop " + string(item)) }

func (b *bakery) RemoveBank(_ context.Context, item core.ItemID, keep bool) error {
	if keep {
		b.say("keep " + string(item))
		return nil
	}
	b.say("remove " + string(item))
	return nil
}

func (b *bakery) UndoRemove(item core.ItemID) error {
	b.say("undo " + string(item))
	return nil
}

func (b *bakery) RotateToken(_ context.Context, item core.ItemID) error {
	b.say("rotate " + string(item))
	return nil
}

func (b *bakery) Owners() (map[core.ProfileID]string, error) { return b.owners, b.err }

func (b *bakery) Continuations() ([]core.Continuation, error) { return nil, b.err }

func (b *bakery) EarlierBanks(core.ItemID) ([]core.Item, error) { return b.earlier, b.err }

func (b *bakery) PreviewContinue(from, to core.ItemID) (carry.Counts, error) {
	b.say("preview " + string(from) + " in " + string(to))
	return carry.Counts{Accounts: 2, Left: 1, Moved: 1204, There: 412, Unnamed: 3, Pending: 2, First: core.NewDate(2023, 2, 9)}, b.err
}

func (b *bakery) Continue(_ context.Context, from, to core.ItemID) (core.Continuation, carry.Counts, error) {
	b.say("continue " + string(from) + " in " + string(to))
	return core.Continuation{ID: "c"}, carry.Counts{}, nil
}

func (b *bakery) UndoContinue(id string) error {
	b.say("separate " + id)
	return nil
}
