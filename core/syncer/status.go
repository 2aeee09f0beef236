package syncer

import (
	"context"
	"fmt"
	"slices"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// Check asks the provider how an Item's connection stands, which is one small
// request (PLAID §3.1: what webhooks would tell is found by polling). The Item's own
// trouble is the fault, and is recorded like that of a sync. A run that is under way
// asks the same, so Check waits for it instead.
//
// An Item can be healthy and still refuse its accounts (NO_ACCOUNTS), so one that
// waits for permission is synced to find out whether it has got it.
func (s *Syncer) Check(ctx context.Context, item core.ItemID) error {
	before, err := s.deps.Repo.Item(item)
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	r, err := s.look(ctx, item)
	if err != nil {
		return err
	}
	err = s.wait(ctx, r)
	if err == nil && r.checks && before.Status == core.ConsentNeeded {
		return s.Sync(ctx, item)
	}
	return err
}

// look joins the Item's run, or begins one that does nothing but ask. That one takes
// up no wishes: who wants a sync waits for its end and begins another.
func (s *Syncer) look(ctx context.Context, item core.ItemID) (*run, error) {
	for ctx.Err() == nil {
		s.mu.Lock()
		if s.closed {
			s.mu.Unlock()
			return nil, fault.New("check: closed", fault.Canceled, nil)
		}
		if over := s.held[item]; over != nil {
			s.mu.Unlock()
			select {
			case <-over:
			case <-ctx.Done():
			}
			continue
		}
		r := s.runs[item]
		if r == nil {
			r = s.newRun(item)
			r.checks, r.closing = true, true
			go s.ask(r)
		}
		if r.ctx.Err() == nil {
			r.waiters++
			s.mu.Unlock()
			return r, nil
		}
		s.mu.Unlock()
		ended(ctx, r.done)
	}
	return nil, canceled(ctx)
}

// ended waits until something has ended, or the context has.
func ended(ctx context.Context, over <-chan struct{}) {
	select {
	case <-over:
	case <-ctx.Done():
	}
}

// ask is the work of a run that only asks. It is no sync, so it tells of no
// progress.
func (s *Syncer) ask(r *run) {
	defer r.cancel()
	err := s.check(r)
	s.end(r, err)
}

func (s *Syncer) check(r *run) error {
	item, err := s.deps.Repo.Item(r.item)
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	if err := refuse(item); err != nil {
		return fmt.Errorf("check: %w", err)
	}
	a := &attempt{Syncer: s, run: r, item: item}
	err = a.standing(r.ctx)
	if err == nil && item.Status == core.ConsentNeeded {
		return nil // which proves nothing yet
	}
	return a.record(r.ctx, err)
}

// standing reads the access token and asks how the connection stands.
func (a *attempt) standing(ctx context.Context) error {
	access, err := a.deps.Secrets.Get(ctx, secret.TokenName(a.deps.Env, a.item.ID))
	if err != nil {
		return err
	}
	a.access = access
	return a.status(ctx)
}

// status asks how the connection stands. The Item's own trouble is the error: there
// is no use in asking for more then.
func (a *attempt) status(ctx context.Context) error {
	leave, err := a.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	told, err := a.deps.Bank.Item(ctx, a.access)
	if err != nil {
		return err
	}
	if err := a.adopt(told); err != nil {
		return err
	}
	if t := told.Trouble; t.Kind != fault.None {
		return &fault.Error{Op: "item", Kind: t.Kind, Code: t.Code, RequestID: t.RequestID}
	}
	return nil
}

// adopt keeps what the provider says of the Item, if it is news. An answer without
// products leaves those that are known.
func (a *attempt) adopt(told bank.Item) error {
	products := told.Products
	if len(products) == 0 {
		products = a.item.Products
	}
	if a.item.ConsentEnds.Equal(told.ConsentEnds) && sameProducts(a.item.Products, products) {
		return nil
	}
	_, err := a.deps.Repo.UpdateItem(a.item.ID, func(i *core.Item) error {
		i.ConsentEnds, i.Products = told.ConsentEnds, products
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep the state: %w", err)
	}
	a.deps.Events.Publish(event.ItemChanged{Item: a.item.ID})
	return nil
}

// sameProducts compares without the order, in which the provider can list them anew
// each time.
func sameProducts(a, b []core.Product) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
