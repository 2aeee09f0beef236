package carry

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/scope"
)

// Repo is what the Carrier needs of the vault.
type Repo interface {
	AccountsOf(core.ItemID) ([]core.Account, error)
	RowsOf(accounts ...core.AccountID) ([]core.Transaction, error)
	Continue(core.Continuation, core.ContinuePlan) error
	UndoContinue(id string) error
	Continuations() ([]core.Continuation, error)
}

// Deps are the parts that a Carrier works with.
type Deps struct {
	Repo   Repo
	Events *event.Bus
	Clock  clock.Clock
}

// Carrier lets the history of earlier banks go on in later ones.
type Carrier struct{ deps Deps }

// New returns a Carrier.
func New(deps Deps) *Carrier { return &Carrier{deps: deps} }

// Earlier returns the banks of a view whose history can go on in an item: kept by
// hand or ended, of the same profile, and with an account that is like one of its. The
// item itself comes first, if it has accounts that came back as others, and then those
// of the same institution.
func (c *Carrier) Earlier(view scope.View, to core.ItemID) ([]core.Item, error) {
	target, err := view.Own(to)
	if err != nil {
		return nil, err
	}
	items, err := view.Items()
	if err != nil {
		return nil, err
	}
	var list []core.Item
	for _, i := range items {
		if !over(i) && i.ID != to || i.Institution.ID == "" || i.Profile != target.Profile || !i.Leaving.IsZero() {
			continue
		}
		old, later, err := c.sides(i.ID, to)
		if err != nil {
			return nil, err
		}
		if len(Suggest(old, later)) > 0 {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b core.Item) int { return rank(a, target) - rank(b, target) })
	return list, nil
}

// over reports whether nothing more comes from a bank.
func over(i core.Item) bool { return i.Manual() || i.Status == core.Gone }

func rank(i, target core.Item) int {
	switch {
	case i.ID == target.ID:
		return 0
	case i.Institution.ID == target.Institution.ID:
		return 1
	}
	return 2
}

// sides returns the accounts whose history can go on, and those in which it can.
// Within one bank these are the accounts that it no longer shares and those that it
// does: one of them can have come back under another id (PLAID §3.2).
func (c *Carrier) sides(from, to core.ItemID) (old, later []core.Account, err error) {
	if later, err = c.deps.Repo.AccountsOf(to); err != nil {
		return nil, nil, err
	}
	if from != to {
		old, err = c.deps.Repo.AccountsOf(from)
		return old, later, err
	}
	old = slices.DeleteFunc(slices.Clone(later), func(a core.Account) bool { return !a.Unshared })
	return old, slices.DeleteFunc(later, func(a core.Account) bool { return a.Unshared }), nil
}

// Preview tells what Continue would do.
func (c *Carrier) Preview(view scope.View, from, to core.ItemID) (Counts, error) {
	_, _, counts, err := c.plan(view, from, to)
	return counts, err
}

func (c *Carrier) plan(view scope.View, from, to core.ItemID) (core.Continuation, core.ContinuePlan, Counts, error) {
	fail := func(err error) (core.Continuation, core.ContinuePlan, Counts, error) {
		return core.Continuation{}, core.ContinuePlan{}, Counts{}, err
	}
	earlier, err := view.Own(from)
	if err != nil {
		return fail(err)
	}
	if _, err := view.Own(to); err != nil {
		return fail(err)
	}
	if !over(earlier) && from != to {
		return fail(fault.New("carry: plan", fault.Invalid, nil))
	}
	old, later, err := c.sides(from, to)
	if err != nil {
		return fail(err)
	}
	plan := core.ContinuePlan{From: from, To: to, Accounts: Suggest(old, later)}
	if len(plan.Accounts) == 0 {
		return fail(fault.New("carry: plan: no account alike", fault.Invalid, nil))
	}
	done := core.Continuation{ID: rand.Text(), At: c.deps.Clock.Now(), From: earlier, To: to}
	var ids []core.AccountID
	for _, a := range old {
		if next, ok := plan.Accounts[a.ID]; ok {
			at := slices.IndexFunc(later, func(b core.Account) bool { return b.ID == next })
			done.Pairs = append(done.Pairs, core.ContinuedPair{Old: a, New: later[at]})
			ids = append(ids, a.ID, next)
		}
	}
	rows, err := c.deps.Repo.RowsOf(ids...)
	if err != nil {
		return fail(err)
	}
	plan, counts := Plan(plan, rows)
	counts.Left = len(old) - len(plan.Accounts)
	return done, plan, counts, nil
}

// Continue lets the history of an earlier bank go on in an item. It returns what
// Undo takes back, and what it came to.
func (c *Carrier) Continue(_ context.Context, view scope.View, from, to core.ItemID) (core.Continuation, Counts, error) {
	done, plan, counts, err := c.plan(view, from, to)
	if err != nil {
		return core.Continuation{}, Counts{}, err
	}
	if err := c.deps.Repo.Continue(done, plan); err != nil {
		return core.Continuation{}, Counts{}, fmt.Errorf("carry: continue: %w", err)
	}
	c.tell(from, to)
	return done, counts, nil
}

// Continuations returns what a view can undo, the latest first.
func (c *Carrier) Continuations(view scope.View) ([]core.Continuation, error) {
	list, err := c.deps.Repo.Continuations()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(one core.Continuation) bool {
		_, err := view.Own(one.To)
		return err != nil
	}), nil
}

// Undo puts an earlier bank back as it was.
func (c *Carrier) Undo(view scope.View, id string) error {
	list, err := c.Continuations(view)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(list, func(one core.Continuation) bool { return one.ID == id })
	if at < 0 {
		return fault.New("carry: undo", fault.NotFound, nil)
	}
	if err := c.deps.Repo.UndoContinue(id); err != nil {
		return fmt.Errorf("carry: undo: %w", err)
	}
	c.tell(list[at].From.ID, list[at].To)
	return nil
}

// tell says that both banks have changed.
func (c *Carrier) tell(items ...core.ItemID) {
	for _, id := range items {
		c.deps.Events.Publish(event.TransactionsChanged{Item: id})
		c.deps.Events.Publish(event.AccountsChanged{Item: id})
		c.deps.Events.Publish(event.ItemChanged{Item: id})
	}
}
