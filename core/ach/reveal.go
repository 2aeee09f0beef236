package ach

import (
	"context"
	"fmt"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/input"
	"bankbook/core/scope"
	"bankbook/core/secret"
)

// Act is what a person did to see numbers.
type Act struct {
	// Meant says that they were asked, and said yes.
	Meant bool
	// Passphrase is the one that protects the data, where one does.
	Passphrase secret.Text
}

// Reveal returns the numbers of an account, to be shown to the person who has just
// asked for them. It is in the journal before they are returned: what cannot be
// recorded is not revealed. A wrong passphrase is recorded, too. Errors: Invalid
// without an Act, Passphrase, SecretMissing, and those of secret store and vault.
func (s *Service) Reveal(ctx context.Context, view scope.View, id core.AccountID, act Act) (bank.Numbers, error) {
	return s.open(ctx, view, id, act, core.RevealedNumbers)
}

// Copy is Reveal for the clipboard.
func (s *Service) Copy(ctx context.Context, view scope.View, id core.AccountID, act Act) (bank.Numbers, error) {
	return s.open(ctx, view, id, act, core.CopiedNumbers)
}

func (s *Service) open(ctx context.Context, view scope.View, id core.AccountID, act Act, action core.Action) (bank.Numbers, error) {
	r, err := s.get(view, id)
	if err != nil {
		return bank.Numbers{}, err
	}
	if !act.Meant {
		return bank.Numbers{}, input.Refused("ach: reveal", ConfirmField, input.Missing)
	}
	if err := s.deps.Confirmer.Confirm(ctx, act.Passphrase); err != nil {
		if fault.Is(err, fault.Passphrase) {
			_ = s.record(action, r, err) // what is refused is refused, recorded or not
		}
		return bank.Numbers{}, err
	}
	numbers, err := s.read(ctx, r)
	if err != nil {
		return bank.Numbers{}, err
	}
	if err := s.record(action, r, nil); err != nil {
		return bank.Numbers{}, fmt.Errorf("ach: record: %w", err)
	}
	return numbers, nil
}

// read returns the numbers from the secret store. If the vault tells of others, the
// program was killed while they changed: what is there now was never verified.
func (s *Service) read(ctx context.Context, r accounts.Row) (bank.Numbers, error) {
	packed, err := s.deps.Secrets.Get(ctx, s.name(r.ID))
	if err != nil {
		return bank.Numbers{}, fmt.Errorf("ach: read: %w", err)
	}
	numbers, err := bank.UnpackNumbers(r.ID, packed)
	if err != nil || ends(r.ACH, numbers) {
		return numbers, err
	}
	_, err = s.change(r, func(a *core.Account, _ []core.Account) error {
		a.ACH.RoutingLast4, a.ACH.NumberLast4 = numbers.Routing.Last4(), numbers.Number.Tail()
		a.ACH.Status, a.ACH.Changed = core.Unverified, s.deps.Clock.Now()
		return nil
	})
	return numbers, err
}
