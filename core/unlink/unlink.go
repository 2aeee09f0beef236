// Package unlink ends bank connections. What the person asks for is noted in the
// vault first, so that neither a crash nor a bank out of reach can lose it: then
// the provider is told until the connection is gone, then the secrets go, and then
// the data, or it stays as accounts that are kept by hand. A step that fails
// leaves everything behind it in place, and is done again later.
//
// Until the provider is about to be told, nothing has left this machine, and the
// whole can be undone.
package unlink

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// Bank is what unlink needs of the provider.
type Bank interface {
	// RemoveItem ends the connection. Removing what is gone is no error.
	RemoveItem(ctx context.Context, access secret.Text) error
}

// Repo is what unlink needs of the vault.
type Repo interface {
	Items() ([]core.Item, error)
	// Item and UpdateItem are NotFound for an Item that is not there.
	Item(core.ItemID) (core.Item, error)
	UpdateItem(core.ItemID, func(*core.Item) error) (core.Item, error)
	AccountsOf(core.ItemID) ([]core.Account, error)
	// KeepByHand turns an Item into one that the person keeps.
	KeepByHand(core.ItemID) error
	RemoveItem(core.ItemID) error
}

// Deps are the parts that a Remover works with.
type Deps struct {
	Env     core.Environment
	Bank    Bank
	Secrets secret.Store
	Repo    Repo
	Events  *event.Bus
	Clock   clock.Clock
	// Ended is told of each connection that has ended, with what it was; nil if
	// nobody wants to know.
	Ended func(ctx context.Context, item core.Item)
	// Tried is told of each try to end a connection, with what it was before, and
	// why it failed if it did; nil if nobody wants to know. The receipt of ctx has the
	// request.
	Tried func(ctx context.Context, item core.Item, err error)
}

// Remover ends bank connections. It is safe for concurrent use.
type Remover struct {
	deps Deps
	// one is held while a connection is being ended.
	one  chan struct{}
	wake chan struct{}
}

// New returns a Remover.
func New(deps Deps) *Remover {
	return &Remover{deps: deps, one: make(chan struct{}, 1), wake: make(chan struct{}, 1)}
}

// Reasons for a fault of kind Invalid.
var (
	errTold  = errors.New("the provider has been told")
	errStays = errors.New("the connection stays")
)

// Ask notes that a connection is to end; keep says that its accounts and their
// history stay, kept by hand. Run does the rest after a Grace, and Finish at once.
func (r *Remover) Ask(id core.ItemID, keep bool) error {
	now := r.deps.Clock.Now()
	err := r.update(id, func(i *core.Item) error {
		switch {
		case i.Leaving.Told:
			return fault.New("unlink: ask", fault.Invalid, errTold)
		case i.Leaving.IsZero():
			i.Leaving.Since = now
		}
		i.Leaving.Keep = keep
		return nil
	})
	if err != nil {
		return fmt.Errorf("unlink: ask: %w", err)
	}
	r.poke()
	return nil
}

// Undo takes back what Ask has noted. It is Invalid once the provider has been
// told, or may have been.
func (r *Remover) Undo(id core.ItemID) error {
	err := r.update(id, func(i *core.Item) error {
		switch {
		case i.Leaving.IsZero():
			return nil
		case i.Leaving.Told:
			return fault.New("unlink: undo", fault.Invalid, errTold)
		}
		i.Leaving = core.Leaving{}
		return nil
	})
	if err != nil {
		return fmt.Errorf("unlink: undo: %w", err)
	}
	return nil
}

func (r *Remover) update(id core.ItemID, change func(*core.Item) error) error {
	if _, err := r.deps.Repo.UpdateItem(id, change); err != nil {
		return err
	}
	r.deps.Events.Publish(event.ItemChanged{Item: id})
	return nil
}

// Remove asks for a connection to end and ends it at once.
func (r *Remover) Remove(ctx context.Context, id core.ItemID, keep bool) error {
	if err := r.Ask(id, keep); err != nil && !fault.Is(err, fault.NotFound) {
		// What was told already is finished as it was asked for then.
		if item, itemErr := r.deps.Repo.Item(id); itemErr != nil || !item.Leaving.Told {
			return err
		}
	}
	return r.Finish(ctx, id)
}

// Finish ends a connection that has been asked to end, and notes why if it cannot.
// One that is not here any more, or that is to stay, is no error. An Item whose
// token is missing cannot be ended at the provider; the rest is done all the same,
// because it could never be fetched again.
func (r *Remover) Finish(ctx context.Context, id core.ItemID) error {
	select {
	case r.one <- struct{}{}:
		defer func() { <-r.one }()
	case <-ctx.Done():
		return fault.New("unlink: finish", fault.Canceled, ctx.Err())
	}
	item, err := r.deps.Repo.Item(id)
	if fault.Is(err, fault.NotFound) || err == nil && item.Leaving.IsZero() {
		return nil
	}
	if err != nil {
		return fmt.Errorf("unlink: finish: %w", err)
	}
	asked, _ := bank.WithReceipt(ctx)
	err = r.end(asked, item)
	if errors.Is(err, errStays) {
		return nil
	}
	if r.deps.Tried != nil {
		r.deps.Tried(asked, item, err)
	}
	if err != nil {
		return errors.Join(err, r.note(id, err))
	}
	r.deps.Events.Publish(event.ItemChanged{Item: id})
	if r.deps.Ended != nil {
		r.deps.Ended(ctx, item)
	}
	return nil
}

// note keeps why a connection has not ended yet.
func (r *Remover) note(id core.ItemID, why error) error {
	if fault.Is(why, fault.Canceled) {
		return nil
	}
	err := r.update(id, func(i *core.Item) error {
		if !i.Leaving.IsZero() {
			i.Leaving.Trouble = core.TroubleOf(why)
		}
		return nil
	})
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

func (r *Remover) end(ctx context.Context, item core.Item) error {
	if !item.Manual() {
		if err := r.tell(ctx, item.ID); err != nil {
			return err
		}
	}
	if err := r.deleteSecrets(ctx, item); err != nil {
		return err
	}
	if item.Leaving.Keep {
		if err := r.deps.Repo.KeepByHand(item.ID); err != nil {
			return fmt.Errorf("unlink: keep the data: %w", err)
		}
		return nil
	}
	if err := r.deps.Repo.RemoveItem(item.ID); err != nil {
		return fmt.Errorf("unlink: delete the data: %w", err)
	}
	return nil
}

// tell tells the provider. That it is about to be told is noted before.
func (r *Remover) tell(ctx context.Context, id core.ItemID) error {
	access, err := r.deps.Secrets.Get(ctx, secret.TokenName(r.deps.Env, id))
	if fault.Is(err, fault.SecretMissing) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("unlink: read the access token: %w", err)
	}
	_, err = r.deps.Repo.UpdateItem(id, func(i *core.Item) error {
		if i.Leaving.IsZero() {
			return errStays
		}
		i.Leaving.Told = true
		return nil
	})
	if err != nil {
		return fmt.Errorf("unlink: note: %w", err)
	}
	if err := r.deps.Bank.RemoveItem(ctx, access); err != nil {
		return fmt.Errorf("unlink: end the connection: %w", err)
	}
	return nil
}

// deleteSecrets deletes the numbers first: the token is what a second try needs.
// A program that was killed can have kept numbers that their account does not
// tell of, so every account is asked for. What the person has typed stays with
// accounts that stay.
func (r *Remover) deleteSecrets(ctx context.Context, item core.Item) error {
	accounts, err := r.deps.Repo.AccountsOf(item.ID)
	if err != nil {
		return fmt.Errorf("unlink: read the accounts: %w", err)
	}
	for _, a := range accounts {
		if item.Leaving.Keep && a.ACH.From == core.ByHand {
			continue
		}
		if err := r.deps.Secrets.Delete(ctx, secret.NumbersName(r.deps.Env, a.ID)); err != nil {
			return fmt.Errorf("unlink: delete the numbers: %w", err)
		}
	}
	if err := r.deps.Secrets.Delete(ctx, secret.TokenName(r.deps.Env, item.ID)); err != nil {
		return fmt.Errorf("unlink: delete the access token: %w", err)
	}
	return nil
}

// Grace is how long a removal waits for the person to think again.
const Grace = 10 * time.Second

// retries lie between tries to end connections that could not be ended.
var retries = clock.Backoff{First: 30 * time.Second, Most: time.Hour}

// Start has Run work in the background. The function it returns stops that, and
// returns when it has stopped.
func (r *Remover) Start() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { r.Run(ctx) })
	return func() {
		cancel()
		running.Wait()
	}
}

// Run ends connections that have been asked to end, one after another, until ctx
// ends: each after its Grace, and what failed again and again, ever more seldom.
func (r *Remover) Run(ctx context.Context) {
	for failures := 0; ctx.Err() == nil; {
		pause, failed := r.round(ctx)
		if failed {
			pause = min(pause, retries.Delay(failures))
			failures++
		} else {
			failures = 0
		}
		r.rest(ctx, pause)
	}
}

// idle is how long Run waits where nothing is to be done.
const idle = 24 * time.Hour

// round ends what is due. It returns how long nothing else is, and whether
// anything failed.
func (r *Remover) round(ctx context.Context) (pause time.Duration, failed bool) {
	items, err := r.deps.Repo.Items()
	if err != nil {
		return idle, true
	}
	pause = idle
	now := r.deps.Clock.Now()
	for _, i := range items {
		if i.Leaving.IsZero() {
			continue
		}
		if left := Grace - now.Sub(i.Leaving.Since); left > 0 && !i.Leaving.Told {
			pause = min(pause, left)
			continue
		}
		failed = r.Finish(ctx, i.ID) != nil || failed // the Item says why
	}
	return pause, failed
}

// rest waits for a while, or until there is something new.
func (r *Remover) rest(ctx context.Context, pause time.Duration) {
	nap, end := context.WithCancel(ctx)
	defer end()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = r.deps.Clock.Sleep(nap, pause) // ended early is what Ask is for
	}()
	select {
	case <-done:
	case <-r.wake:
	}
	end()
	<-done
}

func (r *Remover) poke() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}
