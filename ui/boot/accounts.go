package boot

import (
	"context"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/ach"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/scope"
	"bankbook/core/secret"
	"bankbook/storage/lockbox"
)

// holdings are the use cases of accounts and of their numbers.
type holdings struct {
	Accounts *accounts.Service
	ACH      *ach.Service
}

// newHoldings builds them on the services that are there.
func (s *Services) newHoldings(secrets secret.Store) holdings {
	clk, log := s.program.config.Clock, journal{s}
	a := accounts.New(accounts.Deps{
		Env: s.Env, Bank: s.bank, Secrets: secrets, Repo: s.Vault, Rows: s.Vault, Journal: log, Events: s.Events, Clock: clk,
	})
	return holdings{Accounts: a, ACH: ach.New(ach.Deps{
		Env: s.Env, Bank: s.bank, Secrets: secrets, Repo: s.Vault, Accounts: a, Journal: log, Confirmer: s, Events: s.Events, Clock: clk,
	})}
}

// journal keeps what was done in the vault.
type journal struct{ services *Services }

// Record implements the Journal of accounts and ach.
func (j journal) Record(a core.Activity) error {
	a, err := j.services.Vault.AddActivity(a)
	if err == nil {
		j.services.Events.Publish(event.ActivityAdded{Seq: a.Seq, Action: a.Action})
	}
	return err
}

// Begin implements the Journal of accounts and ach.
func (j journal) Begin(a core.Activity) (ended func()) { return j.services.Activity.Begin(a) }

// View is what a profile sees; "" is all profiles together.
func (s *Services) View(profile core.ProfileID) scope.View { return scope.Of(s.Vault, profile) }

// RemoveAccount removes an account as accounts.Remove does, and destroys what the
// vault's file and its copies still hold of it, as RemoveBank does.
func (s *Services) RemoveAccount(ctx context.Context, view scope.View, id core.AccountID) error {
	if err := s.Accounts.Remove(ctx, view, id); err != nil {
		return err
	}
	s.shred(ctx)
	return nil
}

// Confirms reports whether Confirm wants a passphrase.
func (s *Services) Confirms() bool {
	s.protecting.Lock()
	defer s.protecting.Unlock()
	return s.box != nil
}

// Confirm compares a passphrase with the one that protects the data, and changes
// nothing: fault.Passphrase if it is another. It takes about half a second, so that
// nobody can try many. Where there is none, nothing is compared.
func (s *Services) Confirm(ctx context.Context, passphrase secret.Text) error {
	if !s.Confirms() {
		return nil
	}
	if passphrase.IsEmpty() {
		return fault.New("boot: confirm", fault.Passphrase, nil)
	}
	box, err := lockbox.Open(ctx, s.lockboxPath(), passphrase)
	if err != nil {
		return err
	}
	return box.Close()
}
