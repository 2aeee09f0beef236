package boot

import (
	"context"

	"bankbook/core"
)

// Repair starts signing in again to a bank, by the given way back if there is one. So
// it is for the other deeds below.
func (b *Books) Repair(ctx context.Context, id core.ItemID, way core.WayBack) (core.LinkID, error) {
	if _, err := b.view.Own(id); err != nil {
		return "", err
	}
	return b.s.Links.Repair(ctx, id, way)
}

// ChangeAccounts starts choosing anew which accounts a bank shares.
func (b *Books) ChangeAccounts(ctx context.Context, id core.ItemID, way core.WayBack) (core.LinkID, error) {
	if _, err := b.view.Own(id); err != nil {
		return "", err
	}
	return b.s.Links.ChangeAccounts(ctx, id, way)
}

// AddProducts starts asking for more that a bank may give.
func (b *Books) AddProducts(ctx context.Context, id core.ItemID, products []core.Product, way core.WayBack) (core.LinkID, error) {
	if _, err := b.view.Own(id); err != nil {
		return "", err
	}
	return b.s.Links.AddProducts(ctx, id, products, way)
}

// Verify starts telling the code of the small deposit that an account waits for.
func (b *Books) Verify(ctx context.Context, id core.ItemID, account core.AccountID, way core.WayBack) (core.LinkID, error) {
	if _, err := b.view.Own(id); err != nil {
		return "", err
	}
	return b.s.Links.Verify(ctx, id, account, way)
}
