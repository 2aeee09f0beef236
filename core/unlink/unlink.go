// Package unlink ends a bank connection: at the provider first, then in the
// secret store, then in the vault. A step that fails stops there, with
// everything behind it still in place, and the whole can be asked for again.
package unlink

import (
	"context"
	"fmt"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// Bank is what unlink needs of the provider.
type Bank interface {
	// RemoveItem ends the connection. Removing what is gone is no error.
	RemoveItem(ctx context.Context, access secret.Text) error
}

// Repo is what unlink needs of the vault.
type Repo interface {
	AccountsOf(core.ItemID) ([]core.Account, error)
	RemoveItem(core.ItemID) error
}

// Deps are the parts that a Remover works with.
type Deps struct {
	Env     core.Environment
	Bank    Bank
	Secrets secret.Store
	Repo    Repo
	Events  *event.Bus
}

// Remover ends bank connections.
type Remover struct{ deps Deps }

// New returns a Remover.
func New(deps Deps) *Remover { return &Remover{deps: deps} }

// Remove ends a connection and deletes its access token, its numbers and its
// data. An Item whose token is missing cannot be ended at the provider; its
// data is deleted all the same, because it could never be fetched again.
func (r *Remover) Remove(ctx context.Context, id core.ItemID) error {
	token := secret.TokenName(r.deps.Env, id)
	access, err := r.deps.Secrets.Get(ctx, token)
	switch {
	case err == nil:
		if err := r.deps.Bank.RemoveItem(ctx, access); err != nil {
			return fmt.Errorf("unlink: end the connection: %w", err)
		}
	case !fault.Is(err, fault.SecretMissing):
		return fmt.Errorf("unlink: read the access token: %w", err)
	}
	if err := r.deleteSecrets(ctx, id); err != nil {
		return err
	}
	if err := r.deps.Repo.RemoveItem(id); err != nil {
		return fmt.Errorf("unlink: delete the data: %w", err)
	}
	r.deps.Events.Publish(event.ItemChanged{Item: id})
	return nil
}

// deleteSecrets deletes the numbers first: the token is what a second try needs.
// A program that was killed can have kept numbers that their account does not
// tell of, so every account is asked for.
func (r *Remover) deleteSecrets(ctx context.Context, id core.ItemID) error {
	accounts, err := r.deps.Repo.AccountsOf(id)
	if err != nil {
		return fmt.Errorf("unlink: read the accounts: %w", err)
	}
	for _, a := range accounts {
		if err := r.deps.Secrets.Delete(ctx, secret.NumbersName(r.deps.Env, a.ID)); err != nil {
			return fmt.Errorf("unlink: delete the numbers: %w", err)
		}
	}
	if err := r.deps.Secrets.Delete(ctx, secret.TokenName(r.deps.Env, id)); err != nil {
		return fmt.Errorf("unlink: delete the access token: %w", err)
	}
	return nil
}
