package boot

import (
	"context"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/carry"
	"bankbook/core/link"
	"bankbook/core/profile"
	"bankbook/core/secret"
	"bankbook/core/syncer"
	"bankbook/core/unlink"
)

// Trace is told before and after every step of linking, syncing and changing the
// protector that leaves a trace outside the program: a request, a secret, a
// commit. The tests that kill the program at each step use it.
type Trace func(step string)

// around tells the trace before and after fn.
func around(trace Trace, step string, fn func() error) error {
	trace("before " + step)
	err := fn()
	trace("after " + step)
	return err
}

// traced is around for a step of the program's own.
func (p *Program) traced(step string, fn func() error) error {
	if p.config.Trace == nil {
		return fn()
	}
	return around(p.config.Trace, step, fn)
}

func (p *Program) traceBank(provider fullProvider) fullProvider {
	if p.config.Trace == nil {
		return provider
	}
	return tracedBank{fullProvider: provider, trace: p.config.Trace}
}

func (p *Program) traceSecrets(store secret.Store) secret.Store {
	if p.config.Trace == nil {
		return store
	}
	return tracedSecrets{Store: store, trace: p.config.Trace}
}

// repository is what the use cases need of the vault, all together.
type repository interface {
	link.Repo
	syncer.Repo
	unlink.Repo
	profile.Repo
	carry.Repo
}

func (p *Program) traceRepo(repo repository) repository {
	if p.config.Trace == nil {
		return repo
	}
	return tracedRepo{repository: repo, trace: p.config.Trace}
}

// fullProvider is a provider that can link test banks as well.
type fullProvider interface {
	bank.Provider
	bank.InstantLinker
}

type tracedBank struct {
	fullProvider
	trace Trace
}

func (b tracedBank) CreateLink(ctx context.Context, req bank.LinkRequest) (l bank.Link, err error) {
	err = around(b.trace, "bank: create link", func() error { l, err = b.fullProvider.CreateLink(ctx, req); return err })
	return l, err
}

func (b tracedBank) LinkStatus(ctx context.Context, token secret.Text) (s bank.LinkStatus, err error) {
	err = around(b.trace, "bank: link status", func() error { s, err = b.fullProvider.LinkStatus(ctx, token); return err })
	return s, err
}

func (b tracedBank) Exchange(ctx context.Context, public secret.Text) (g bank.Grant, err error) {
	err = around(b.trace, "bank: exchange", func() error { g, err = b.fullProvider.Exchange(ctx, public); return err })
	return g, err
}

func (b tracedBank) Item(ctx context.Context, access secret.Text) (i bank.Item, err error) {
	err = around(b.trace, "bank: item", func() error { i, err = b.fullProvider.Item(ctx, access); return err })
	return i, err
}

func (b tracedBank) RotateToken(ctx context.Context, access secret.Text) (fresh secret.Text, err error) {
	err = around(b.trace, "bank: rotate token", func() error { fresh, err = b.fullProvider.RotateToken(ctx, access); return err })
	return fresh, err
}

func (b tracedBank) Accounts(ctx context.Context, access secret.Text) (a []core.Account, err error) {
	err = around(b.trace, "bank: accounts", func() error { a, err = b.fullProvider.Accounts(ctx, access); return err })
	return a, err
}

func (b tracedBank) Numbers(ctx context.Context, access secret.Text) (n []bank.Numbers, err error) {
	err = around(b.trace, "bank: numbers", func() error { n, err = b.fullProvider.Numbers(ctx, access); return err })
	return n, err
}

func (b tracedBank) Sync(ctx context.Context, access secret.Text, cursor string) (page bank.Page, err error) {
	err = around(b.trace, "bank: sync", func() error { page, err = b.fullProvider.Sync(ctx, access, cursor); return err })
	return page, err
}

type tracedSecrets struct {
	secret.Store
	trace Trace
}

func (s tracedSecrets) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	return around(s.trace, "secret: set", func() error { return s.Store.Set(ctx, name, value) })
}

func (s tracedSecrets) Get(ctx context.Context, name secret.Name) (value secret.Text, err error) {
	err = around(s.trace, "secret: get", func() error { value, err = s.Store.Get(ctx, name); return err })
	return value, err
}

type tracedRepo struct {
	repository
	trace Trace
}

func (r tracedRepo) PutSession(s link.Session) error {
	return around(r.trace, "vault: put session "+string(s.Stage), func() error { return r.repository.PutSession(s) })
}

func (r tracedRepo) PutItemAndAccounts(item core.Item, accounts []core.Account) error {
	return around(r.trace, "vault: put item", func() error { return r.repository.PutItemAndAccounts(item, accounts) })
}

func (r tracedRepo) UpdateItem(id core.ItemID, change func(*core.Item) error) (item core.Item, err error) {
	err = around(r.trace, "vault: update item", func() error { item, err = r.repository.UpdateItem(id, change); return err })
	return item, err
}

func (r tracedRepo) PutAccounts(item core.ItemID, accounts []core.Account) error {
	return around(r.trace, "vault: put accounts", func() error { return r.repository.PutAccounts(item, accounts) })
}

func (r tracedRepo) ApplySync(batch core.SyncBatch) (n core.SyncCount, err error) {
	err = around(r.trace, "vault: apply sync", func() error { n, err = r.repository.ApplySync(batch); return err })
	return n, err
}
