package syncertest

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"strconv"
	"sync"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/money"
	"bankbook/core/secret"
)

// Bank is a scripted bank with one Item. It keeps a journal of every change; a
// cursor is a place in the journal. It is safe for concurrent use, but not
// while its fields are set.
type Bank struct {
	// PageSize is the number of journal entries on a page.
	PageSize int
	// Plan says what goes wrong.
	Plan Schedule
	// Cancel is called for the step Cancel.
	Cancel func()
	// Phases are given out one by one, loop by loop; after them, HistoryDone.
	Phases []core.SyncPhase
	// Balances are what Accounts returns.
	Balances []core.Account

	mu      sync.Mutex
	random  *rand.Rand
	journal []change
	truth   map[core.TransactionID]core.Transaction
	asked   int
	made    int
	loops   int
}

// change is one entry of the journal.
type change struct {
	kind changeKind
	row  core.Transaction
}

type changeKind int

const (
	added changeKind = iota
	modified
	removed
)

// NewBank returns a bank without transactions whose random changes follow from
// the seed.
func NewBank(seed uint64) *Bank {
	return &Bank{
		PageSize: 7,
		random:   rand.New(rand.NewPCG(seed, 1)),
		truth:    map[core.TransactionID]core.Transaction{},
	}
}

// Change makes n random changes: rows added, modified and removed.
func (b *Bank) Change(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.change(n)
}

func (b *Bank) change(n int) {
	for range n {
		switch id, ok := b.pick(); {
		case !ok || b.random.IntN(10) < 5:
			b.add()
		case b.random.IntN(2) == 0:
			row := b.truth[id]
			row.Amount.Minor++
			b.write(change{modified, row})
		default:
			b.write(change{removed, b.truth[id]})
		}
	}
}

// pick returns a random row; the ids are numbered, so the choice follows from
// the seed and not from the order of a map.
func (b *Bank) pick() (core.TransactionID, bool) {
	for range 20 {
		if b.made == 0 {
			break
		}
		id := rowID(b.random.IntN(b.made))
		if _, ok := b.truth[id]; ok {
			return id, true
		}
	}
	return "", false
}

func rowID(n int) core.TransactionID { return core.TransactionID("row-" + strconv.Itoa(n)) }

// add makes a new row, or now and then brings one back under its old id.
func (b *Bank) add() {
	n := b.made
	if n > 0 && b.random.IntN(8) == 0 {
		n = b.random.IntN(b.made)
	}
	id := rowID(n)
	if _, there := b.truth[id]; there {
		n, id = b.made, rowID(b.made)
	}
	if n == b.made {
		b.made++
	}
	b.write(change{added, core.Transaction{
		ID: id, Account: core.AccountID("account-" + strconv.Itoa(n%3)), Name: "Row",
		Date: core.NewDate(2026, 1, 1).AddDays(n % 90), Amount: money.Of(int64(b.random.IntN(100_000)), money.USD),
	}})
}

func (b *Bank) write(c change) {
	b.journal = append(b.journal, c)
	if c.kind == removed {
		delete(b.truth, c.row.ID)
		return
	}
	b.truth[c.row.ID] = c.row
}

// Truth returns the rows that a complete sync ends with.
func (b *Bank) Truth() map[core.TransactionID]core.Transaction {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.truth)
}

// TruthAt returns the rows that a vault with the given cursor must hold.
func (b *Bank) TruthAt(cursor string) (map[core.TransactionID]core.Transaction, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	place, err := b.place(cursor)
	if err != nil {
		return nil, err
	}
	rows := map[core.TransactionID]core.Transaction{}
	for _, c := range b.journal[:place] {
		if c.kind == removed {
			delete(rows, c.row.ID)
			continue
		}
		rows[c.row.ID] = c.row
	}
	return rows, nil
}

// Asked returns the number of requests for pages so far.
func (b *Bank) Asked() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.asked
}

// Item implements syncer.Bank: the connection is in order.
func (b *Bank) Item(ctx context.Context, _ secret.Text) (bank.Item, error) {
	return bank.Item{}, ended(ctx)
}

// Accounts implements syncer.Bank.
func (b *Bank) Accounts(ctx context.Context, _ secret.Text) ([]core.Account, error) {
	return b.Balances, ended(ctx)
}

// Numbers implements syncer.Bank: the bank has none.
func (b *Bank) Numbers(ctx context.Context, _ secret.Text) ([]bank.Numbers, error) {
	return nil, ended(ctx)
}

// Sync implements syncer.Bank.
func (b *Bank) Sync(ctx context.Context, _ secret.Text, cursor string) (bank.Page, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	step := b.Plan.At(b.asked)
	b.asked++
	if step == Cancel && b.Cancel != nil {
		b.Cancel()
		<-ctx.Done()
	}
	if err := ended(ctx); err != nil {
		return bank.Page{}, err
	}
	if step == Prepare {
		return bank.Page{Phase: core.NotReady}, nil
	}
	if kind := b.failure(step, cursor); kind != fault.None {
		return bank.Page{}, fault.New("scripted bank: sync", kind, nil)
	}
	return b.page(cursor)
}

func ended(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fault.New("scripted bank", fault.KindOf(err), err)
	}
	return nil
}

// failure returns the kind of fault that a step is seen as.
func (b *Bank) failure(step Step, cursor string) fault.Kind {
	switch step {
	case TooMany:
		return fault.RateLimit
	case Broken:
		return fault.BankDown
	case Lost:
		return fault.Network
	case Garbled:
		return fault.Nonsense
	case Mutate:
		b.change(3)
		return fault.Mutation
	case Forget:
		if cursor != "" {
			return fault.StaleCursor
		}
	}
	return fault.None
}

// page answers with the changes behind cursor. As Plaid does, it says of each
// id on a page only what became of it there.
func (b *Bank) page(cursor string) (bank.Page, error) {
	from, err := b.place(cursor)
	if err != nil {
		return bank.Page{}, err
	}
	to := min(from+b.PageSize, len(b.journal))
	p := bank.Page{Next: fmt.Sprintf("at %d", to), More: to < len(b.journal), Phase: b.phase()}
	for _, c := range condense(b.journal[from:to]) {
		switch c.kind {
		case added:
			p.Added = append(p.Added, c.row)
		case modified:
			p.Modified = append(p.Modified, c.row)
		default:
			p.Removed = append(p.Removed, c.row.ID)
		}
	}
	if !p.More {
		b.loops++
	}
	return p, nil
}

// place returns the place in the journal that a cursor stands for.
func (b *Bank) place(cursor string) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	place := 0
	if _, err := fmt.Sscanf(cursor, "at %d", &place); err != nil || place > len(b.journal) {
		return 0, fault.New("scripted bank: cursor", fault.StaleCursor, err)
	}
	return place, nil
}

// condense keeps the last change of each id, as an addition if it was added
// among them and is still there.
func condense(changes []change) []change {
	last := map[core.TransactionID]int{}
	fresh := map[core.TransactionID]bool{}
	for i, c := range changes {
		last[c.row.ID] = i
		fresh[c.row.ID] = c.kind == added || c.kind == modified && fresh[c.row.ID]
	}
	var kept []change
	for i, c := range changes {
		if last[c.row.ID] != i {
			continue
		}
		if fresh[c.row.ID] {
			c.kind = added
		}
		kept = append(kept, c)
	}
	return kept
}

func (b *Bank) phase() core.SyncPhase {
	if b.loops < len(b.Phases) {
		return b.Phases[b.loops]
	}
	return core.HistoryDone
}
