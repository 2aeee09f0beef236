package boot

import (
	"context"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// noKeys is the provider of an environment that has no keys yet.
type noKeys struct{}

var _ fullProvider = noKeys{}

func errNoKeys(op string) error { return fault.New("boot: "+op, fault.NoKeys, nil) }

func (noKeys) CreateLink(context.Context, bank.LinkRequest) (bank.Link, error) {
	return bank.Link{}, errNoKeys("create a link")
}

func (noKeys) InstantLink(context.Context, bank.InstantRequest) (secret.Text, error) {
	return secret.Text{}, errNoKeys("link a test bank")
}

func (noKeys) LinkStatus(context.Context, secret.Text) (bank.LinkStatus, error) {
	return bank.LinkStatus{}, errNoKeys("watch a link")
}

func (noKeys) Exchange(context.Context, secret.Text) (bank.Grant, error) {
	return bank.Grant{}, errNoKeys("exchange")
}

func (noKeys) Item(context.Context, secret.Text) (bank.Item, error) {
	return bank.Item{}, errNoKeys("read the item")
}

func (noKeys) RemoveItem(context.Context, secret.Text) error { return errNoKeys("remove the item") }

func (noKeys) Accounts(context.Context, secret.Text) ([]core.Account, error) {
	return nil, errNoKeys("read the accounts")
}

func (noKeys) Balances(context.Context, secret.Text) ([]core.Account, error) {
	return nil, errNoKeys("read the balances")
}

func (noKeys) Numbers(context.Context, secret.Text) ([]bank.Numbers, error) {
	return nil, errNoKeys("read the numbers")
}

func (noKeys) Institution(context.Context, core.InstitutionID) (core.Institution, error) {
	return core.Institution{}, errNoKeys("look up an institution")
}

func (noKeys) SearchInstitutions(context.Context, string) ([]core.Institution, error) {
	return nil, errNoKeys("search institutions")
}

func (noKeys) Sync(context.Context, secret.Text, string) (bank.Page, error) {
	return bank.Page{}, errNoKeys("sync")
}

func (noKeys) Refresh(context.Context, secret.Text) error { return errNoKeys("refresh") }
