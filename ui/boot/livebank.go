package boot

import (
	"context"
	"sync"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/secret"
)

// liveBank is the provider of an open environment. Another can take its place
// while it is in use, when the person replaces or removes their keys: what is
// under way ends with the old one, and what is asked from then on goes to the new
// one. It is safe for concurrent use.
type liveBank struct {
	mu      sync.Mutex
	present fullProvider
	// made is told of each Item that an exchange has made, before anybody else is.
	made func(core.ItemID)
	// look, if it is not nil, is called before each request: it may bring another
	// provider.
	look func(context.Context)
}

var _ fullProvider = (*liveBank)(nil)

// become puts another provider in the place of the present one.
func (b *liveBank) become(next fullProvider) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.present = next
}

func (b *liveBank) now(ctx context.Context) fullProvider {
	if b.look != nil {
		b.look(ctx)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.present
}

// CreateLink implements bank.Linker.
func (b *liveBank) CreateLink(ctx context.Context, req bank.LinkRequest) (bank.Link, error) {
	return b.now(ctx).CreateLink(ctx, req)
}

// InstantLink implements bank.InstantLinker.
func (b *liveBank) InstantLink(ctx context.Context, req bank.InstantRequest) (secret.Text, error) {
	return b.now(ctx).InstantLink(ctx, req)
}

// LinkStatus implements bank.Linker.
func (b *liveBank) LinkStatus(ctx context.Context, token secret.Text) (bank.LinkStatus, error) {
	return b.now(ctx).LinkStatus(ctx, token)
}

// Exchange implements bank.Linker.
func (b *liveBank) Exchange(ctx context.Context, public secret.Text) (bank.Grant, error) {
	grant, err := b.now(ctx).Exchange(ctx, public)
	if err == nil {
		b.made(grant.Item)
	}
	return grant, err
}

// Item implements bank.Items.
func (b *liveBank) Item(ctx context.Context, access secret.Text) (bank.Item, error) {
	return b.now(ctx).Item(ctx, access)
}

// RemoveItem implements bank.Items.
func (b *liveBank) RemoveItem(ctx context.Context, access secret.Text) error {
	return b.now(ctx).RemoveItem(ctx, access)
}

// RotateToken implements bank.Tokens.
func (b *liveBank) RotateToken(ctx context.Context, access secret.Text) (secret.Text, error) {
	return b.now(ctx).RotateToken(ctx, access)
}

// Accounts implements bank.Accounts.
func (b *liveBank) Accounts(ctx context.Context, access secret.Text) ([]core.Account, error) {
	return b.now(ctx).Accounts(ctx, access)
}

// Balances implements bank.Accounts.
func (b *liveBank) Balances(ctx context.Context, access secret.Text) ([]core.Account, error) {
	return b.now(ctx).Balances(ctx, access)
}

// Numbers implements bank.Accounts.
func (b *liveBank) Numbers(ctx context.Context, access secret.Text) ([]bank.Numbers, error) {
	return b.now(ctx).Numbers(ctx, access)
}

// Institution implements bank.Institutions.
func (b *liveBank) Institution(ctx context.Context, id core.InstitutionID) (core.Institution, error) {
	return b.now(ctx).Institution(ctx, id)
}

// SearchInstitutions implements bank.Institutions.
func (b *liveBank) SearchInstitutions(ctx context.Context, query string) ([]core.Institution, error) {
	return b.now(ctx).SearchInstitutions(ctx, query)
}

// Sync implements bank.Transactions.
func (b *liveBank) Sync(ctx context.Context, access secret.Text, cursor string) (bank.Page, error) {
	return b.now(ctx).Sync(ctx, access, cursor)
}

// Refresh implements bank.Transactions.
func (b *liveBank) Refresh(ctx context.Context, access secret.Text) error {
	return b.now(ctx).Refresh(ctx, access)
}
