package syncer_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/secret"
	"bankbook/core/syncer"
	"bankbook/core/syncer/syncertest"
)

const item core.ItemID = "item-1"

// fixture is a Syncer with a repository in memory, and what it told.
type fixture struct {
	*syncer.Syncer
	deps syncer.Deps
	repo *syncertest.Repo

	mu     sync.Mutex
	events []event.Event
}

// newFixture returns a fixture with one connected Item for each id.
func newFixture(t *testing.T, from syncer.Bank, ids ...core.ItemID) *fixture {
	t.Helper()
	secrets := secret.NewMemory()
	f := &fixture{repo: syncertest.NewRepo()}
	for _, id := range ids {
		if err := f.repo.PutItem(core.Item{ID: id, Status: core.Connected}); err != nil {
			t.Fatal(err)
		}
		if err := secrets.Set(t.Context(), secret.TokenName(core.Practice, id), secret.New("access-"+string(id))); err != nil {
			t.Fatal(err)
		}
	}
	bus := &event.Bus{}
	bus.Subscribe(f.hear)
	f.deps = syncer.Deps{
		Bank: from, Secrets: secrets, Repo: f.repo, Events: bus, Clock: clock.System{}, Env: core.Practice,
	}
	f.Syncer = syncer.New(f.deps)
	return f
}

func (f *fixture) hear(e event.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.events = append(f.events, e)
}

// heard returns the events of one type so far.
func heard[E event.Event](f *fixture) []E {
	f.mu.Lock()
	defer f.mu.Unlock()
	var found []E
	for _, e := range f.events {
		if e, ok := e.(E); ok {
			found = append(found, e)
		}
	}
	return found
}

// item returns the Item as it is kept now.
func (f *fixture) item(t *testing.T) core.Item {
	t.Helper()
	kept, err := f.repo.Item(item)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// script is a bank made of functions; a nil one answers with nothing.
type script struct {
	sync     func(ctx context.Context, access secret.Text, cursor string) (bank.Page, error)
	accounts func(ctx context.Context) ([]core.Account, error)
	numbers  func() ([]bank.Numbers, error)
	item     func(ctx context.Context) (bank.Item, error)
}

func (s script) Numbers(context.Context, secret.Text) ([]bank.Numbers, error) {
	if s.numbers == nil {
		return nil, nil
	}
	return s.numbers()
}

func (s script) Item(ctx context.Context, _ secret.Text) (bank.Item, error) {
	if s.item == nil {
		return bank.Item{}, nil
	}
	return s.item(ctx)
}

func (s script) Sync(ctx context.Context, access secret.Text, cursor string) (bank.Page, error) {
	return s.sync(ctx, access, cursor)
}

func (s script) Accounts(ctx context.Context, _ secret.Text) ([]core.Account, error) {
	if s.accounts == nil {
		return nil, nil
	}
	return s.accounts(ctx)
}

// pages answers with the given pages in turn, and the last one for ever.
func pages(answers ...any) script {
	n := 0
	return script{sync: func(context.Context, secret.Text, string) (bank.Page, error) {
		answer := answers[min(n, len(answers)-1)]
		n++
		if err, failed := answer.(error); failed {
			return bank.Page{}, err
		}
		return answer.(bank.Page), nil
	}}
}

func row(id core.TransactionID) core.Transaction {
	return core.Transaction{ID: id, Account: "account-1", Name: "Row", Date: core.NewDate(2026, 3, 1)}
}

// bubble runs a test on a clock that jumps ahead whenever all wait for it.
func bubble(t *testing.T, name string, test func(t *testing.T)) {
	t.Run(name, func(t *testing.T) { synctest.Test(t, test) })
}
