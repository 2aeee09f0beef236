package accounts

import (
	"context"
	"errors"
	"fmt"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/scope"
)

// BalanceCosts reports whether Plaid may charge for Balance: whoever calls it asks
// the person before.
func (s *Service) BalanceCosts() bool { return s.deps.Env.RealMoney() }

// Balance asks the bank what an account holds now. It can take half a minute, and
// brings the bank's other accounts up to date, too. Errors: ByHand, Canceled while
// the connection is being ended, Unsupported for an account that takes in nothing,
// and the provider's; what those say of the connection is kept.
func (s *Service) Balance(ctx context.Context, view scope.View, id core.AccountID) (Row, error) {
	r, err := s.Get(view, id)
	if err != nil {
		return Row{}, err
	}
	if !r.Of.Manual() && (r.Choices.Status != core.Open || r.Unshared) {
		return Row{}, fault.New("accounts: balance", fault.Unsupported, nil)
	}
	access, err := s.token(ctx, r.Of)
	if err != nil {
		return Row{}, err
	}
	fresh, err := s.deps.Bank.Balances(ctx, access)
	if err != nil {
		return Row{}, s.balanceFailed(r, err)
	}
	if err := s.deps.Repo.PutAccounts(r.Of.ID, fresh); err != nil {
		return Row{}, fmt.Errorf("accounts: keep balances: %w", err)
	}
	s.tell(r.Of.ID)
	s.record(core.ReadBalance, r, nil)
	return s.Get(view, id)
}

// balanceFailed keeps what a failure says of the connection: the bank wants the
// person, or has ended it. A call that was stopped says nothing.
func (s *Service) balanceFailed(r Row, err error) error {
	if fault.Is(err, fault.Canceled) {
		return err
	}
	s.record(core.ReadBalance, r, err)
	trouble := core.TroubleOf(err)
	if r.Of.Status.After(trouble.Kind) == r.Of.Status {
		return err
	}
	_, failed := s.deps.Repo.UpdateItem(r.Of.ID, func(i *core.Item) error {
		i.Status, i.Sync.Trouble = i.Status.After(trouble.Kind), trouble
		return nil
	})
	s.deps.Events.Publish(event.ItemChanged{Item: r.Of.ID})
	return errors.Join(err, failed)
}
