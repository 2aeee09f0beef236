package shell

import (
	"context"

	"bankbook/core"
	"bankbook/core/carry"
	"bankbook/ui/say"
	"bankbook/ui/sheet"
)

// Carrier lets the history of earlier banks go on in later ones. All of it runs on a
// worker.
type Carrier interface {
	EarlierBanks(to core.ItemID) ([]core.Item, error)
	PreviewContinue(from, to core.ItemID) (carry.Counts, error)
	Continue(ctx context.Context, from, to core.ItemID) (core.Continuation, carry.Counts, error)
	UndoContinue(id string) error
}

// askContinue lets the person choose which earlier bank goes on in a later one.
func (w *window) askContinue(to core.Item) {
	carrier := w.services.Carrier
	var earlier []core.Item
	w.work(func() (err error) {
		earlier, err = carrier.EarlierBanks(to.ID)
		return err
	}, func() {
		if len(earlier) == 0 {
			w.shell.Say("No earlier bank has accounts like these")
			return
		}
		var done core.Continuation
		sheet.Continue(w.shell.host(), sheet.ContinueSpec{
			Bank: to, Earlier: earlier, Now: w.shell.deps.Now,
			Preview: func(from core.ItemID) (carry.Counts, error) { return carrier.PreviewContinue(from, to.ID) },
			Continue: func(ctx context.Context, from core.ItemID) (err error) {
				done, _, err = carrier.Continue(ctx, from, to.ID)
				return err
			},
			Done: func(name string) {
				w.shell.undo(name+" continues", func() error { return carrier.UndoContinue(done.ID) })
			},
		})
	})
}

// undoContinue puts an earlier bank back.
func (w *window) undoContinue(c core.Continuation) {
	carrier := w.services.Carrier
	w.work(func() error { return carrier.UndoContinue(c.ID) }, func() {
		w.shell.Say(say.BankName(c.From.Institution) + " is separate again")
	})
}
