package boot

import (
	"context"
	"slices"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/ach"
	"bankbook/core/bank"
	"bankbook/core/money"
)

// Account returns an account of the books.
func (b *Books) Account(id core.AccountID) (accounts.Row, error) { return b.s.Accounts.Get(b.view, id) }

// AccountOwners returns the profiles that an account can be given to, those outside of the
// books too.
func (b *Books) AccountOwners() ([]core.Profile, error) {
	list, err := b.s.Vault.Profiles()
	return slices.DeleteFunc(list, func(p core.Profile) bool { return p.Archived || !p.Leaving.IsZero() }), err
}

// History returns what an account held, as accounts.History does.
func (b *Books) History(id core.AccountID, from core.Date) ([]accounts.DayBalance, error) {
	return b.s.Accounts.History(b.view, id, from)
}

// UpdateAccount changes an account, as accounts.Update does.
func (b *Books) UpdateAccount(id core.AccountID, c accounts.Changes) (accounts.Row, error) {
	return b.s.Accounts.Update(b.view, id, c)
}

// GiveAccount gives an account to another profile, as accounts.Give does.
func (b *Books) GiveAccount(id core.AccountID, owner core.ProfileID) (accounts.Given, error) {
	return b.s.Accounts.Give(b.view, id, owner)
}

// TakeBackAccount undoes GiveAccount.
func (b *Books) TakeBackAccount(g accounts.Given) error { return b.s.Accounts.TakeBack(b.view, g) }

// SetPrimary makes an account the first choice for uses, as accounts.SetPrimary does.
func (b *Books) SetPrimary(id core.AccountID, uses core.Primary, on bool) (accounts.Row, error) {
	return b.s.Accounts.SetPrimary(b.view, id, uses, on)
}

// StopAccount lets an account take in nothing from now on.
func (b *Books) StopAccount(id core.AccountID) (accounts.Row, error) {
	return b.s.Accounts.Stop(b.view, id)
}

// ReopenAccount lets it take in again what its bank says.
func (b *Books) ReopenAccount(id core.AccountID) (accounts.Row, error) {
	return b.s.Accounts.Reopen(b.view, id)
}

// CloseAccount notes that an account no longer exists.
func (b *Books) CloseAccount(id core.AccountID) (accounts.Row, error) {
	return b.s.Accounts.Close(b.view, id)
}

// Loss tells what RemoveAccount would take away.
func (b *Books) Loss(id core.AccountID) (accounts.Loss, error) {
	return b.s.Accounts.Preview(b.view, id)
}

// RemoveAccount removes an account with its data, as Services.RemoveAccount does.
func (b *Books) RemoveAccount(ctx context.Context, id core.AccountID) error {
	return b.s.RemoveAccount(ctx, b.view, id)
}

// AddAccount adds an account that is kept by hand, with numbers if there are any.
func (b *Books) AddAccount(ctx context.Context, n accounts.NewAccount, numbers *ach.Entry) error {
	if numbers != nil {
		_, err := b.s.ACH.AddWithAccount(ctx, b.view, n, *numbers)
		return err
	}
	_, err := b.s.Accounts.AddByHand(b.view, n)
	return err
}

// SetBalance keeps what an account holds that is kept by hand.
func (b *Books) SetBalance(id core.AccountID, amount money.Amount) (accounts.Row, error) {
	return b.s.Accounts.SetBalance(b.view, id, amount)
}

// BalanceNow asks a bank for a balance, as accounts.Balance does.
func (b *Books) BalanceNow(ctx context.Context, id core.AccountID) (accounts.Row, error) {
	return b.s.Accounts.Balance(ctx, b.view, id)
}

// Costs reports whether Plaid may charge for BalanceNow.
func (b *Books) Costs() bool { return b.s.Accounts.BalanceCosts() }

// AddNumbers keeps numbers that were entered by hand, as ach.Add does.
func (b *Books) AddNumbers(ctx context.Context, id core.AccountID, e ach.Entry) (accounts.Row, error) {
	return b.s.ACH.Add(ctx, b.view, id, e)
}

// FetchNumbers asks the bank of an account for numbers, as ach.Refresh does.
func (b *Books) FetchNumbers(ctx context.Context, id core.AccountID) error {
	a, _, err := b.view.Account(id)
	if err == nil {
		_, err = b.s.ACH.Refresh(ctx, b.view, a.Item)
	}
	return err
}

// DeleteNumbers deletes the numbers of an account.
func (b *Books) DeleteNumbers(ctx context.Context, id core.AccountID) error {
	return b.s.ACH.Delete(ctx, b.view, id)
}

// Reveal returns the numbers of an account, to be shown.
func (b *Books) Reveal(ctx context.Context, id core.AccountID, act ach.Act) (bank.Numbers, error) {
	return b.s.ACH.Reveal(ctx, b.view, id, act)
}

// CopyNumbers returns the numbers of an account, to be copied.
func (b *Books) CopyNumbers(ctx context.Context, id core.AccountID, act ach.Act) (bank.Numbers, error) {
	return b.s.ACH.Copy(ctx, b.view, id, act)
}

// Confirms reports whether Reveal and CopyNumbers want the passphrase.
func (b *Books) Confirms() bool { return b.s.Confirms() }
