package boot

import (
	"context"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// absent stands in for a provider that cannot be had: there are no keys yet, or
// the practice bank does not start. It answers everything with that, so that
// what is in the vault can be seen all the same.
type absent struct{ why fault.Kind }

var _ fullProvider = absent{}

func (a absent) fail(op string) error { return fault.New("boot: "+op, a.why, nil) }

func (a absent) CreateLink(context.Context, bank.LinkRequest) (bank.Link, error) {
	return bank.Link{}, a.fail("create a link")
}

func (a absent) InstantLink(context.Context, bank.InstantRequest) (secret.Text, error) {
	return secret.Text{}, a.fail("link a test bank")
}

func (a absent) LinkStatus(context.Context, secret.Text) (bank.LinkStatus, error) {
	return bank.LinkStatus{}, a.fail("watch a link")
}

func (a absent) Exchange(context.Context, secret.Text) (bank.Grant, error) {
	return bank.Grant{}, a.fail("exchange")
}

func (a absent) Item(context.Context, secret.Text) (bank.Item, error) {
	return bank.Item{}, a.fail("read the item")
}

func (a absent) RemoveItem(context.Context, secret.Text) error { return a.fail("remove the item") }

func (a absent) RotateToken(context.Context, secret.Text) (secret.Text, error) {
	return secret.Text{}, a.fail("rotate the token")
}

func (a absent) Accounts(context.Context, secret.Text) ([]core.Account, error) {
	return nil, a.fail("read the accounts")
}

func (a absent) Balances(context.Context, secret.Text) ([]core.Account, error) {
	return nil, a.fail("read the balances")
}

func (a absent) Numbers(context.Context, secret.Text) ([]bank.Numbers, error) {
	return nil, a.fail("read the numbers")
}

func (a absent) Institution(context.Context, core.InstitutionID) (core.Institution, error) {
	return core.Institution{}, a.fail("look up an institution")
}

func (a absent) SearchInstitutions(context.Context, string) ([]core.Institution, error) {
	return nil, a.fail("search institutions")
}

func (a absent) Sync(context.Context, secret.Text, string) (bank.Page, error) {
	return bank.Page{}, a.fail("sync")
}

func (a absent) Refresh(context.Context, secret.Text) error { return a.fail("refresh") }

// absentSecrets stands in for the secrets of banks in a copy for a reviewer,
// which has none, so that this is what everything answers.
type absentSecrets struct{ why fault.Kind }

var _ secret.Store = absentSecrets{}

func (a absentSecrets) fail(op string) error { return fault.New("boot: "+op, a.why, nil) }

// Set implements secret.Store.
func (a absentSecrets) Set(context.Context, secret.Name, secret.Text) error {
	return a.fail("keep a secret")
}

// Get implements secret.Store.
func (a absentSecrets) Get(context.Context, secret.Name) (secret.Text, error) {
	return secret.Text{}, a.fail("get a secret")
}

// Delete implements secret.Store.
func (a absentSecrets) Delete(context.Context, secret.Name) error { return a.fail("delete a secret") }

// bankSecrets is where the access to banks is kept.
func (s *Services) bankSecrets() secret.Store {
	if s.reviewCopy {
		return absentSecrets{fault.ReviewCopy}
	}
	return s.Secrets
}
