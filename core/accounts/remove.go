package accounts

import (
	"context"
	"fmt"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/scope"
	"bankbook/core/secret"
)

// Loss is what goes with an account that is removed.
type Loss struct {
	Row
	// Rows is how many transactions there are, First and Last when they were.
	Rows        int
	First, Last core.Date
	// Numbers says that routing and account number go, too.
	Numbers bool
	// Bank says that the account is the last one of a bank that is kept by hand.
	Bank bool
}

// Preview tells what Remove would take away, or why it would not: Shared, as Remove.
func (s *Service) Preview(view scope.View, id core.AccountID) (Loss, error) {
	r, err := s.Get(view, id)
	if err != nil {
		return Loss{}, err
	}
	if err := removable(r); err != nil {
		return Loss{}, err
	}
	loss := Loss{Row: r, Numbers: r.ACH.Exists()}
	if loss.Rows, loss.First, loss.Last, err = s.span(id); err != nil || !r.Of.Manual() {
		return loss, err
	}
	all, err := s.deps.Repo.Accounts()
	loss.Bank = true
	for _, a := range all {
		loss.Bank = loss.Bank && (a.Item != r.Of.ID || a.ID == id)
	}
	return loss, err
}

// removable tells why an account cannot be removed: its bank shares it, so that the
// next sync would bring it back.
func removable(r Row) error {
	if r.Of.Manual() || r.Unshared || r.Of.Status == core.Gone {
		return nil
	}
	return fault.New("accounts: remove", fault.Shared, nil)
}

// span counts the transactions of an account, and tells when they were. The sums of
// months tell in which of them to look.
func (s *Service) span(id core.AccountID) (rows int, first, last core.Date, err error) {
	totals, err := s.deps.Rows.Totals()
	if err != nil {
		return 0, 0, 0, err
	}
	var from, to core.Month
	for _, t := range totals {
		if t.Account != id || t.Count == 0 {
			continue
		}
		if rows == 0 || t.Month < from {
			from = t.Month
		}
		to = max(to, t.Month)
		rows += t.Count
	}
	if rows == 0 {
		return 0, 0, 0, nil
	}
	for _, m := range []core.Month{from, to} {
		list, err := s.deps.Rows.Month(m)
		if err != nil {
			return 0, 0, 0, err
		}
		for _, t := range list {
			if t.Account != id {
				continue
			}
			if first == 0 || t.Date < first {
				first = t.Date
			}
			last = max(last, t.Date)
		}
	}
	return rows, first, last, nil
}

// Remove removes an account with its transactions, balances and numbers. The numbers
// go first: a program that is killed in between leaves an account that says that it
// has numbers, which can be removed again, and never numbers that nobody knows of.
func (s *Service) Remove(ctx context.Context, view scope.View, id core.AccountID) error {
	r, err := s.Get(view, id)
	if err != nil {
		return err
	}
	if err := removable(r); err != nil {
		return err
	}
	defer s.begin(core.RemovedAccount, r)()
	if err := s.deps.Secrets.Delete(ctx, secret.NumbersName(s.deps.Env, id)); err != nil {
		return fmt.Errorf("accounts: delete the numbers: %w", err)
	}
	if err := s.deps.Repo.RemoveAccount(r.Of.ID, id); err != nil {
		return fmt.Errorf("accounts: remove: %w", err)
	}
	s.record(core.RemovedAccount, r, nil)
	s.tell(r.Of.ID)
	s.deps.Events.Publish(event.ItemChanged{Item: r.Of.ID})
	return nil
}
