package boot

import (
	"context"

	"bankbook/core"
)

// ChangeAccounts starts choosing anew which accounts a bank shares.
func (b *Books) ChangeAccounts(ctx context.Context, id core.ItemID) (core.LinkID, error) {
	if _, err := b.view.Own(id); err != nil {
		return "", err
	}
	return b.s.Links.ChangeAccounts(ctx, id)
}

// AddProducts starts asking for more that a bank may give.
func (b *Books) AddProducts(ctx context.Context, id core.ItemID, products []core.Product) (core.LinkID, error) {
	if _, err := b.view.Own(id); err != nil {
		return "", err
	}
	return b.s.Links.AddProducts(ctx, id, products)
}

// Verify starts telling the code of the small deposit that an account waits for.
func (b *Books) Verify(ctx context.Context, id core.ItemID, account core.AccountID) (core.LinkID, error) {
	if _, err := b.view.Own(id); err != nil {
		return "", err
	}
	return b.s.Links.Verify(ctx, id, account)
}
