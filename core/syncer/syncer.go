package syncer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// Bank is what the syncer needs of the bank-data provider.
type Bank interface {
	// Sync returns the page behind cursor; "" is the beginning.
	Sync(ctx context.Context, access secret.Text, cursor string) (bank.Page, error)
	// Item returns how the connection stands.
	Item(ctx context.Context, access secret.Text) (bank.Item, error)
	// Accounts returns the accounts with the balances the provider has at hand.
	Accounts(ctx context.Context, access secret.Text) ([]core.Account, error)
	// Numbers returns routing and account numbers of the accounts that have them.
	Numbers(ctx context.Context, access secret.Text) ([]bank.Numbers, error)
}

// Secrets is what the syncer needs of the secret store.
type Secrets interface {
	Get(ctx context.Context, name secret.Name) (secret.Text, error)
	Set(ctx context.Context, name secret.Name, value secret.Text) error
}

// Repo is what the syncer needs of the vault.
type Repo interface {
	Items() ([]core.Item, error)
	// Item returns one Item, or a fault of kind NotFound.
	Item(id core.ItemID) (core.Item, error)
	AccountsOf(item core.ItemID) ([]core.Account, error)
	// UpdateItem changes an Item in one commit.
	UpdateItem(id core.ItemID, change func(*core.Item) error) (core.Item, error)
	PutAccounts(item core.ItemID, accounts []core.Account) error
	// ApplySync keeps a whole batch in one commit, and with it the Item's cursor,
	// phase, last success and last try; it clears the Item's trouble.
	ApplySync(batch core.SyncBatch) (core.SyncCount, error)
	// RecordTry keeps how a run ended and the state of the connection after it.
	RecordTry(item core.ItemID, at time.Time, trouble core.Trouble, status core.ItemStatus) error
}

// Deps are the parts a Syncer works with. All but the last two are required.
type Deps struct {
	Bank    Bank
	Secrets Secrets
	Repo    Repo
	Events  *event.Bus
	Clock   clock.Clock
	Env     core.Environment
	// Parallel is how many Items are paged through at a time; 0 means 4.
	Parallel int
	Limits   Limits
}

// Limits bound a run. Reaching one is a fault, never a silent cut. A zero
// field means its default.
type Limits struct {
	// Pages and Rows bound one loop, against a provider that never ends; the
	// defaults are 4,000 and 2,000,000.
	Pages, Rows int
	// Restarts is how often a loop begins again because the data changed while
	// it ran; the default is 5.
	Restarts int
	// Wait is how long FirstSync waits for the provider to have the whole
	// history; the default is an hour.
	Wait time.Duration
}

func (l Limits) orDefaults() Limits {
	return Limits{
		Pages:    cmp.Or(l.Pages, 4_000),
		Rows:     cmp.Or(l.Rows, 2_000_000),
		Restarts: cmp.Or(l.Restarts, 5),
		Wait:     cmp.Or(l.Wait, time.Hour),
	}
}

// Syncer runs syncs. It is safe for concurrent use.
type Syncer struct {
	deps Deps
	// slots holds a token for each Item that may be paged through now.
	slots chan struct{}

	mu     sync.Mutex
	closed bool
	runs   map[core.ItemID]*run
	// held are the Items of which no run may begin, with what ends when that is over.
	held map[core.ItemID]chan struct{}
}

// New returns a Syncer. It does nothing until asked.
func New(deps Deps) *Syncer {
	deps.Parallel = cmp.Or(deps.Parallel, 4)
	deps.Limits = deps.Limits.orDefaults()
	return &Syncer{deps: deps, slots: make(chan struct{}, deps.Parallel), runs: map[core.ItemID]*run{}, held: map[core.ItemID]chan struct{}{}}
}

// Sync brings one Item up to date, whatever its state, with one pagination
// loop. If a run of the Item is under way, Sync waits for that one instead.
// The run stops when all who wait for it have given up. An Item whose
// transactions the provider is still preparing is a fault of kind NotReady, one
// that is kept by hand one of kind ByHand, and one that is being ended Canceled.
func (s *Syncer) Sync(ctx context.Context, item core.ItemID) error {
	return s.await(ctx, item, false)
}

// FirstSync is Sync that goes on until the Item has all of its history. What
// arrives earlier is committed as it comes.
func (s *Syncer) FirstSync(ctx context.Context, item core.ItemID) error {
	return s.await(ctx, item, true)
}

// SyncAll brings all Items up to date that core.Item.Syncs says so of.
func (s *Syncer) SyncAll(ctx context.Context) error {
	items, err := s.deps.Repo.Items()
	if err != nil {
		return fmt.Errorf("sync all: %w", err)
	}
	var list []core.ItemID
	for _, i := range items {
		if i.Syncs() {
			list = append(list, i.ID)
		}
	}
	return s.SyncEach(ctx, list)
}

// SyncEach brings several Items up to date side by side. The errors are joined in
// the order of the Items; one that fails does not stop the others.
func (s *Syncer) SyncEach(ctx context.Context, items []core.ItemID) error {
	errs := make([]error, len(items))
	var wg sync.WaitGroup
	for i, item := range items {
		wg.Go(func() {
			if err := s.Sync(ctx, item); err != nil {
				errs[i] = fmt.Errorf("item %s: %w", item, err)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// refuse tells why an Item is never synced; nil if it can be.
func refuse(item core.Item) error {
	switch {
	case item.Manual():
		return fault.New("sync", fault.ByHand, nil)
	case !item.Leaving.IsZero():
		return fault.New("sync: being ended", fault.Canceled, nil)
	}
	return nil
}

// Stop ends the Item's run, if there is one, and returns when it has ended.
// Those who wait for it get a fault of kind Canceled. It must not be called
// from an event's subscriber, which the run itself waits for.
func (s *Syncer) Stop(item core.ItemID) {
	s.mu.Lock()
	r := s.runs[item]
	s.mu.Unlock()
	if r != nil {
		r.cancel()
		<-r.done
	}
}

// Hold ends the Item's run as Stop does, and lets none begin until release is
// called: those who ask for one wait. Somebody else's Hold is waited for. It is
// Canceled if ctx ends first.
func (s *Syncer) Hold(ctx context.Context, item core.ItemID) (release func(), err error) {
	for {
		s.mu.Lock()
		before := s.held[item]
		if before == nil {
			break
		}
		s.mu.Unlock()
		select {
		case <-before:
		case <-ctx.Done():
			return nil, canceled(ctx)
		}
	}
	over := make(chan struct{})
	s.held[item] = over
	s.mu.Unlock()
	s.Stop(item)
	return func() {
		s.mu.Lock()
		delete(s.held, item)
		s.mu.Unlock()
		close(over)
	}, nil
}

// Close ends all runs and returns when they have ended; whatever is asked for
// later is a fault of kind Canceled. Like Stop, it must not be called from an
// event's subscriber. Closing twice is no error.
func (s *Syncer) Close() {
	s.mu.Lock()
	s.closed = true
	runs := slices.Collect(maps.Values(s.runs))
	s.mu.Unlock()
	for _, r := range runs {
		r.cancel()
	}
	for _, r := range runs {
		<-r.done
	}
}

// Running returns the Items that have a run under way, in order.
func (s *Syncer) Running() []core.ItemID {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := make([]core.ItemID, 0, len(s.runs))
	for id := range s.runs {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// canceled turns the end of a caller's context into a fault.
func canceled(ctx context.Context) error {
	return fault.New("sync", fault.KindOf(ctx.Err()), ctx.Err())
}
