package boot

import (
	"context"

	"bankbook/core"
	"bankbook/core/carry"
)

// EarlierBanks returns the banks whose history can go on in a bank, those of the same
// institution first.
func (b *Books) EarlierBanks(to core.ItemID) ([]core.Item, error) {
	return b.s.Carrier.Earlier(b.view, to)
}

// PreviewContinue tells what Continue would do.
func (b *Books) PreviewContinue(from, to core.ItemID) (carry.Counts, error) {
	return b.s.Carrier.Preview(b.view, from, to)
}

// Continue lets the history of an earlier bank go on in another, or that of accounts
// which came back as others in those. A bank whose connection has ended is kept by hand
// first, which is not undone with it.
func (b *Books) Continue(ctx context.Context, from, to core.ItemID) (_ core.Continuation, _ carry.Counts, err error) {
	if _, err := b.PreviewContinue(from, to); err != nil {
		return core.Continuation{}, carry.Counts{}, err
	}
	defer b.s.doing(ctx, b.s.aboutBankNow(core.ContinuedBank, to))(&err)
	if from == to {
		// What the bank says of the accounts under both ids has to be here.
		if err := b.Sync(ctx, to); err != nil {
			return core.Continuation{}, carry.Counts{}, err
		}
	} else if item, err := b.view.Own(from); err == nil && !item.Manual() {
		b.s.Sync.Stop(from)
		if err := b.s.Remover.Remove(ctx, from, true); err != nil {
			return core.Continuation{}, carry.Counts{}, err
		}
	}
	b.s.Sync.Stop(to)
	return b.s.Carrier.Continue(ctx, b.view, from, to)
}

// Continuations returns what UndoContinue can take back, the latest first.
func (b *Books) Continuations() ([]core.Continuation, error) {
	return b.s.Carrier.Continuations(b.view)
}

// UndoContinue puts an earlier bank back as it was, kept by hand.
func (b *Books) UndoContinue(id string) (err error) {
	list, err := b.Continuations()
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.ID == id {
			b.s.Sync.Stop(c.To)
			defer b.s.doing(context.Background(), b.s.aboutBankNow(core.UndidContinue, c.To))(&err)
		}
	}
	return b.s.Carrier.Undo(b.view, id)
}
