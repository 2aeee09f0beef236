package link_test

import (
	"context"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/link"
	"bankbook/core/secret"
)

// The types below put a gate before everything a driver uses.

type gatedBank struct {
	*fakeBank
	gate *gate
}

func (g gatedBank) CreateLink(ctx context.Context, req bank.LinkRequest) (bank.Link, error) {
	return through(g.gate, "create link", func() (bank.Link, error) { return g.fakeBank.CreateLink(ctx, req) })
}

func (g gatedBank) LinkStatus(ctx context.Context, token secret.Text) (bank.LinkStatus, error) {
	return through(g.gate, "look", func() (bank.LinkStatus, error) { return g.fakeBank.LinkStatus(ctx, token) })
}

func (g gatedBank) Exchange(ctx context.Context, public secret.Text) (bank.Grant, error) {
	grant, err := through(g.gate, "exchange", func() (bank.Grant, error) { return g.fakeBank.Exchange(ctx, public) })
	if ctx.Err() != nil {
		return bank.Grant{}, ctx.Err() // the answer went to nobody
	}
	return grant, err
}

func (g gatedBank) InstantLink(ctx context.Context, req bank.InstantRequest) (secret.Text, error) {
	return through(g.gate, "instant", func() (secret.Text, error) { return g.fakeBank.InstantLink(ctx, req) })
}

func (g gatedBank) Item(ctx context.Context, access secret.Text) (bank.Item, error) {
	return through(g.gate, "item", func() (bank.Item, error) { return g.fakeBank.Item(ctx, access) })
}

func (g gatedBank) RemoveItem(ctx context.Context, access secret.Text) error {
	return pass(g.gate, "remove", func() error { return g.fakeBank.RemoveItem(ctx, access) })
}

func (g gatedBank) Accounts(ctx context.Context, access secret.Text) ([]core.Account, error) {
	return through(g.gate, "accounts", func() ([]core.Account, error) { return g.fakeBank.Accounts(ctx, access) })
}

func (g gatedBank) Numbers(ctx context.Context, access secret.Text) ([]bank.Numbers, error) {
	return through(g.gate, "numbers", func() ([]bank.Numbers, error) { return g.fakeBank.Numbers(ctx, access) })
}

type gatedSecrets struct {
	*fakeSecrets
	gate *gate
}

func (g gatedSecrets) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	return pass(g.gate, "set secret", func() error { return g.fakeSecrets.Set(ctx, name, value) })
}

func (g gatedSecrets) Get(ctx context.Context, name secret.Name) (secret.Text, error) {
	return through(g.gate, "get secret", func() (secret.Text, error) { return g.fakeSecrets.Get(ctx, name) })
}

func (g gatedSecrets) Delete(ctx context.Context, name secret.Name) error {
	return pass(g.gate, "delete secret", func() error { return g.fakeSecrets.Delete(ctx, name) })
}

type gatedRepo struct {
	*fakeRepo
	gate *gate
}

func (g gatedRepo) Items() ([]core.Item, error) {
	return through(g.gate, "read items", g.fakeRepo.Items)
}

func (g gatedRepo) PutItemAndAccounts(item core.Item, accounts []core.Account) error {
	return pass(g.gate, "put item", func() error { return g.fakeRepo.PutItemAndAccounts(item, accounts) })
}

func (g gatedRepo) RemoveItem(id core.ItemID) error {
	return pass(g.gate, "remove item", func() error { return g.fakeRepo.RemoveItem(id) })
}

func (g gatedRepo) PutSession(s link.Session) error {
	return pass(g.gate, "put session", func() error { return g.fakeRepo.PutSession(s) })
}

func (g gatedRepo) DeleteSession(id core.LinkID) error {
	return pass(g.gate, "delete session", func() error { return g.fakeRepo.DeleteSession(id) })
}

// gatedSyncer stands for the syncer: it says that all history is there.
type gatedSyncer struct {
	world *world
	gate  *gate
}

func (g gatedSyncer) FirstSync(_ context.Context, id core.ItemID) error {
	return pass(g.gate, "sync", func() error {
		_, err := g.world.repo.ApplySync(core.SyncBatch{Item: id, Cursor: "end", Phase: core.HistoryDone})
		return err
	})
}

func (g gatedSyncer) Stop(core.ItemID) { g.world.stops++ }
