// Package rotate takes new access tokens in the place of old ones: after a leak
// that is suspected, or after a backup was brought back, when somebody else may
// have the old ones.
//
// The provider's answer exists once only, and the old token is worth nothing as
// soon as it is sent. So it is noted in the vault before the provider is asked, the
// answer goes into the secret store at once, and Resume finds out after a crash in
// between whether the token that is kept still opens the bank. If it does not,
// the access is lost, and the Item says so (CodeTokenLost): the bank has to be linked
// again.
package rotate

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// CodeTokenLost stands in the Trouble of an Item whose access was lost while its
// token was being changed.
const CodeTokenLost = "TOKEN_LOST"

// Bank is what rotate needs of the provider.
type Bank interface {
	Item(ctx context.Context, access secret.Text) (bank.Item, error)
	RotateToken(ctx context.Context, access secret.Text) (secret.Text, error)
}

// Repo is what rotate needs of the vault.
type Repo interface {
	Items() ([]core.Item, error)
	UpdateItem(core.ItemID, func(*core.Item) error) (core.Item, error)
}

// Syncer is kept from using a token that is being changed.
type Syncer interface {
	Hold(ctx context.Context, item core.ItemID) (release func(), err error)
}

// Deps are the parts that a Rotator works with.
type Deps struct {
	Env     core.Environment
	Bank    Bank
	Secrets secret.Store
	Repo    Repo
	Syncer  Syncer
	Events  *event.Bus
	Clock   clock.Clock
}

// Rotator changes access tokens.
type Rotator struct{ deps Deps }

// New returns a Rotator.
func New(deps Deps) *Rotator { return &Rotator{deps: deps} }

const (
	// carryThrough bounds a change that has begun: it goes on whatever is canceled.
	carryThrough = 2 * time.Minute
	// storeTries is how often the secret store is asked to take a new token.
	storeTries = 8
)

var storePauses = clock.Backoff{First: time.Second, Most: 15 * time.Second}

// Token takes a new access token for an Item. If that fails the old one is as good
// as before, unless the Item says CodeTokenLost. An Item that is kept by hand or is
// being removed has none to change (Invalid).
func (r *Rotator) Token(ctx context.Context, id core.ItemID) error {
	release, err := r.deps.Syncer.Hold(ctx, id)
	if err != nil {
		return fmt.Errorf("rotate: hold: %w", err)
	}
	defer release()
	name := secret.TokenName(r.deps.Env, id)
	old, err := r.deps.Secrets.Get(ctx, name)
	if err != nil {
		return fmt.Errorf("rotate: read the token: %w", err)
	}
	// The store has to take the new one later: find out before it is too late.
	if err := r.deps.Secrets.Set(ctx, name, old); err != nil {
		return fmt.Errorf("rotate: try the store: %w", err)
	}
	if err := r.begin(id); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), carryThrough)
	defer cancel()
	fresh, err := r.deps.Bank.RotateToken(ctx, old)
	if err != nil {
		return errors.Join(fmt.Errorf("rotate: %w", err), r.settle(ctx, id, err))
	}
	if err := r.keep(ctx, name, fresh); err != nil {
		return errors.Join(fmt.Errorf("rotate: keep the token: %w", err), r.lose(id, err))
	}
	return r.end(id, func(*core.Item) {})
}

// begin notes that a change is under way.
func (r *Rotator) begin(id core.ItemID) error {
	now := r.deps.Clock.Now()
	_, err := r.deps.Repo.UpdateItem(id, func(i *core.Item) error {
		if i.Manual() || !i.Leaving.IsZero() {
			return fault.New("rotate: begin", fault.Invalid, nil)
		}
		i.Rotating = now
		return nil
	})
	if err != nil {
		return fmt.Errorf("rotate: note: %w", err)
	}
	return nil
}

// end takes the note off.
func (r *Rotator) end(id core.ItemID, change func(*core.Item)) error {
	_, err := r.deps.Repo.UpdateItem(id, func(i *core.Item) error {
		i.Rotating = time.Time{}
		change(i)
		return nil
	})
	if err != nil {
		return fmt.Errorf("rotate: note the end: %w", err)
	}
	r.deps.Events.Publish(event.ItemChanged{Item: id})
	return nil
}

// keep stores a token that exists nowhere else.
func (r *Rotator) keep(ctx context.Context, name secret.Name, fresh secret.Text) error {
	var err error
	for n := range storeTries {
		if err = r.deps.Secrets.Set(ctx, name, fresh); err == nil {
			return nil
		}
		if slept := r.deps.Clock.Sleep(ctx, storePauses.Delay(n)); slept != nil {
			break
		}
	}
	return err
}

// settle finds out whether the token that is kept still opens the bank. It returns
// nil if that is known and noted; otherwise Resume asks again.
func (r *Rotator) settle(ctx context.Context, id core.ItemID, cause error) error {
	access, err := r.deps.Secrets.Get(ctx, secret.TokenName(r.deps.Env, id))
	if fault.Is(err, fault.SecretMissing) {
		return r.lose(id, err)
	}
	if err != nil {
		return fmt.Errorf("rotate: read the token: %w", err)
	}
	_, err = r.deps.Bank.Item(ctx, access)
	switch {
	case fault.Is(err, fault.Gone) && fault.Describe(cause).Code == "ITEM_NOT_FOUND":
		return r.end(id, func(i *core.Item) { i.Status = core.Gone })
	case fault.Is(err, fault.Gone):
		return r.lose(id, err)
	case err != nil && !fault.Is(err, fault.SignIn, fault.Consent, fault.BankSite):
		return fmt.Errorf("rotate: ask the bank: %w", err)
	}
	return r.end(id, func(*core.Item) {})
}

// lose notes that the access is lost.
func (r *Rotator) lose(id core.ItemID, why error) error {
	now, about := r.deps.Clock.Now(), fault.Describe(why)
	return r.end(id, func(i *core.Item) {
		i.Status = core.Gone
		i.Sync.LastTry = now
		i.Sync.Trouble = core.Trouble{Kind: fault.Gone, Code: CodeTokenLost, RequestID: about.RequestID}
	})
}

// Resume settles the changes that were under way when the program ended.
func (r *Rotator) Resume(ctx context.Context) error {
	items, err := r.deps.Repo.Items()
	if err != nil {
		return fmt.Errorf("rotate: resume: %w", err)
	}
	var errs []error
	for _, i := range items {
		if !i.Rotating.IsZero() {
			errs = append(errs, r.resume(ctx, i.ID))
		}
	}
	return errors.Join(errs...)
}

func (r *Rotator) resume(ctx context.Context, id core.ItemID) error {
	release, err := r.deps.Syncer.Hold(ctx, id)
	if err != nil {
		return fmt.Errorf("rotate: resume: %w", err)
	}
	defer release()
	return r.settle(ctx, id, nil)
}
