package link

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// Bank is what linking needs of the bank-data provider.
type Bank interface {
	bank.Linker
	bank.Items
	// Accounts returns the accounts with the balances the provider has at hand.
	Accounts(ctx context.Context, access secret.Text) ([]core.Account, error)
	// Numbers returns routing and account numbers of the accounts that have them.
	Numbers(ctx context.Context, access secret.Text) ([]bank.Numbers, error)
	Institution(ctx context.Context, id core.InstitutionID) (core.Institution, error)
}

// Repo is what linking needs of the vault. What is not there is a fault of
// kind NotFound.
type Repo interface {
	Items() ([]core.Item, error)
	Item(id core.ItemID) (core.Item, error)
	Accounts() ([]core.Account, error)
	AccountsOf(item core.ItemID) ([]core.Account, error)
	PutItemAndAccounts(item core.Item, accounts []core.Account) error
	RemoveItem(id core.ItemID) error

	PutSession(s Session) error
	Session(id core.LinkID) (Session, error)
	Sessions() ([]Session, error)
	DeleteSession(id core.LinkID) error
}

// Syncer is what linking needs of the syncer.
type Syncer interface {
	// FirstSync syncs an Item until it has all of its history.
	FirstSync(ctx context.Context, item core.ItemID) error
	// Stop ends a sync of the Item, if there is one.
	Stop(item core.ItemID)
}

// Deps are the parts a Driver works with. All but the last three are required.
type Deps struct {
	Bank    Bank
	Secrets secret.Store
	Repo    Repo
	Syncer  Syncer
	Events  *event.Bus
	Clock   clock.Clock
	Env     core.Environment
	// OpenURL shows a page in the system's browser. It can take as long as the
	// browser lives. Only pages that pass SafeURL are handed to it.
	OpenURL func(page string) error
	// Instant links test banks; nil where there are none.
	Instant bank.InstantLinker
	// CompletionURI returns where the browser is sent at the end of a session,
	// "" for nowhere; nil means nowhere. Whoever listens there calls CheckNow.
	CompletionURI func(core.LinkID) string
	// NewID makes up a session's id; nil means random ones.
	NewID func() core.LinkID
}

// Driver runs link sessions. Each has a goroutine of its own until it is over.
// A Driver is safe for concurrent use.
type Driver struct {
	deps   Deps
	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu      sync.Mutex
	closed  bool
	runners map[core.LinkID]*runner
}

// NewDriver returns a Driver whose sessions run until ctx ends or Close is called;
// they go on when a later Driver resumes them.
func NewDriver(ctx context.Context, deps Deps) *Driver {
	if deps.CompletionURI == nil {
		deps.CompletionURI = func(core.LinkID) string { return "" }
	}
	if deps.NewID == nil {
		deps.NewID = func() core.LinkID { return core.LinkID(rand.Text()) }
	}
	d := &Driver{deps: deps, runners: map[core.LinkID]*runner{}}
	d.ctx, d.cancel = context.WithCancel(ctx)
	return d
}

// Close stops all sessions where they are and returns when they have stopped.
// An exchange under way is waited for, because its answer cannot be had again;
// a browser is not.
func (d *Driver) Close() {
	d.mu.Lock()
	d.closed = true
	d.mu.Unlock()
	d.cancel()
	d.wg.Wait()
}

// Begin starts linking a bank and returns at once, when the session is in the
// vault.
func (d *Driver) Begin(ctx context.Context, options Options) (core.LinkID, error) {
	if err := options.check(d.deps.Env); err != nil {
		return "", err
	}
	return d.begin(ctx, Session{Purpose: New, Options: options}, bank.InstantRequest{})
}

// Instant starts linking a test bank without a browser. The history depth is
// the options'.
func (d *Driver) Instant(ctx context.Context, options Options, req bank.InstantRequest) (core.LinkID, error) {
	if err := options.check(d.deps.Env); err != nil {
		return "", err
	}
	if d.deps.Instant == nil {
		return "", fault.New("link: instant", fault.Unsupported, nil)
	}
	req.HistoryDays = options.HistoryDays
	return d.begin(ctx, Session{Purpose: Instant, Options: options}, req)
}

func (d *Driver) begin(ctx context.Context, s Session, instant bank.InstantRequest) (core.LinkID, error) {
	if ctx.Err() != nil || d.ctx.Err() != nil {
		return "", fault.New("link: begin", fault.Canceled, nil)
	}
	now := d.deps.Clock.Now()
	s.ID, s.Stage, s.Created, s.Updated = d.deps.NewID(), Preparing, now, now
	if err := d.deps.Repo.PutSession(s); err != nil {
		return "", fmt.Errorf("link: begin: %w", err)
	}
	d.deps.Events.Publish(event.LinkChanged{Session: s.ID})
	return s.ID, d.launch(s, instant, Begun{})
}

// launch gives a session a goroutine, unless it has one.
func (d *Driver) launch(s Session, instant bank.InstantRequest, first Event) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed || d.ctx.Err() != nil {
		return fault.New("link: driver is closed", fault.Canceled, nil)
	}
	if d.runners[s.ID] != nil {
		return nil
	}
	r := newRunner(d, s, instant, first)
	d.runners[s.ID] = r
	d.wg.Go(r.run)
	return nil
}

// Resume takes up every session that is not over, after a start of the
// program, and deletes those that have long been over. One that cannot be
// deleted does not keep the others from going on.
func (d *Driver) Resume(ctx context.Context) error {
	sessions, err := d.deps.Repo.Sessions()
	if err != nil {
		return fmt.Errorf("link: resume: %w", err)
	}
	now := d.deps.Clock.Now()
	var errs []error
	for _, s := range sessions {
		if ctx.Err() != nil {
			return fault.New("link: resume", fault.Canceled, ctx.Err())
		}
		if err := d.takeUp(s, now); err != nil {
			errs = append(errs, fmt.Errorf("link: resume: %w", err))
		}
	}
	return errors.Join(errs...)
}

// takeUp gives a kept session its goroutine again, or forgets it.
func (d *Driver) takeUp(s Session, now time.Time) error {
	switch {
	case !s.Stage.Over():
		return d.launch(s, bank.InstantRequest{}, Resumed{At: now})
	case now.After(forgetAt(s)):
		return d.deps.Repo.DeleteSession(s.ID)
	}
	return nil
}

// forgetAt returns when a session that is over is of no more interest.
func forgetAt(s Session) time.Time {
	last := s.Updated
	if s.Expires.After(last) {
		last = s.Expires
	}
	return last.Add(readable)
}

// OpenAgain shows the page of a waiting session in the browser again.
func (d *Driver) OpenAgain(id core.LinkID) error {
	return d.tell(id, OpenedAgain{}, Waiting)
}

// CheckNow asks the provider at once what has happened on the page, or tries
// again at once what is pausing: the user says that they are done, or the
// browser came to the completion address. It does nothing if the session waits
// for neither.
func (d *Driver) CheckNow(id core.LinkID) {
	if r := d.runner(id); r != nil {
		r.poke()
	}
}

// Decide gives the user's word on the current candidate's twins. A session can
// repair one bank; RepairInstead for a second one is a fault of kind Invalid.
func (d *Driver) Decide(id core.LinkID, decision Decision) error {
	s, err := d.Session(id)
	if err != nil {
		return err
	}
	if s.Stage != Deciding || len(s.Found[s.Next].Twins) == 0 {
		return fault.New("link: decide: nothing to decide", fault.Invalid, nil)
	}
	word := Decided{Decision: decision}
	switch decision {
	case Second, Drop:
	case RepairInstead:
		if word.Item, err = d.itemOf(s.Found[s.Next].Twins[0]); err != nil {
			return err
		}
		if s.Repairs != "" && s.Repairs != word.Item {
			return fault.New("link: decide: a second repair", fault.Invalid, nil)
		}
	default:
		return fault.New("link: decide: no such decision", fault.Invalid, nil)
	}
	return d.tell(id, word, Deciding)
}

// Retry tries again what stumbled.
func (d *Driver) Retry(id core.LinkID) error {
	return d.tell(id, Retried{}, Deciding, Exchanging, Fetching, Syncing, Waiting, Preparing)
}

// Cancel calls a session off. It returns at once; what was already made is
// given back to the provider in the background. In the stage Syncing the Item
// stays, and only the sync stops.
func (d *Driver) Cancel(id core.LinkID) error {
	return d.tell(id, Canceled{}, Preparing, Waiting, Deciding, Exchanging, Fetching, Syncing)
}

// tell posts a user's event to a session that is in one of the stages.
func (d *Driver) tell(id core.LinkID, e Event, stages ...Stage) error {
	s, err := d.Session(id)
	if err != nil {
		return err
	}
	r := d.runner(id)
	if r == nil || !slices.Contains(stages, s.Stage) {
		return fault.New("link: not in the stage "+string(s.Stage), fault.Invalid, nil)
	}
	r.post(e)
	return nil
}

// Session returns a session as it is now. Its Trouble can be that of the vault
// itself, which then is not in the vault.
func (d *Driver) Session(id core.LinkID) (Session, error) {
	if r := d.runner(id); r != nil {
		return r.snapshot(), nil
	}
	s, err := d.deps.Repo.Session(id)
	if err != nil {
		return Session{}, fmt.Errorf("link: session: %w", err)
	}
	return s, nil
}

// Active returns the sessions that are not over, the oldest first.
func (d *Driver) Active() []Session {
	d.mu.Lock()
	defer d.mu.Unlock()
	var active []Session
	for _, r := range d.runners {
		if s := r.snapshot(); !s.Stage.Over() {
			active = append(active, s)
		}
	}
	slices.SortFunc(active, func(a, b Session) int { return a.Created.Compare(b.Created) })
	return active
}

// Wait returns a session as soon as nothing moves in it without the user: it
// is over, waits for a decision, or has stumbled and waits for Retry.
func (d *Driver) Wait(ctx context.Context, id core.LinkID) (Session, error) {
	for {
		r := d.runner(id)
		if r == nil {
			return d.Session(id)
		}
		s, changed := r.settled()
		if changed == nil {
			return s, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return s, fault.New("link: wait", fault.KindOf(ctx.Err()), ctx.Err())
		case <-d.ctx.Done():
			return s, fault.New("link: wait", fault.Canceled, d.ctx.Err())
		}
	}
}

func (d *Driver) runner(id core.LinkID) *runner {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.runners[id]
}

// retire forgets a runner whose session is over.
func (d *Driver) retire(id core.LinkID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.runners, id)
}

func (d *Driver) itemOf(account core.AccountID) (core.ItemID, error) {
	accounts, err := d.deps.Repo.Accounts()
	if err != nil {
		return "", fmt.Errorf("link: decide: %w", err)
	}
	for _, a := range accounts {
		if a.ID == account {
			return a.Item, nil
		}
	}
	return "", fault.New("link: decide: twin", fault.NotFound, nil)
}
