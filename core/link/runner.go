package link

import (
	"cmp"
	"context"
	"reflect"
	"sync"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/event"
)

// The pauses.
var (
	// pollPauses lie between looks at a page (PLAID §2.1), latePause once the page
	// has expired and only a visit under way can still end.
	pollPauses = clock.Backoff{First: 2 * time.Second, Most: 10 * time.Second}
	latePause  = time.Minute
	// retryPauses lie before trying again by itself, maxRetries times in a stage.
	retryPauses = clock.Backoff{First: 2 * time.Second, Most: time.Minute}
	maxRetries  = 8
)

// runner is one session's goroutine. Events are handled one after another;
// an effect that only waits gives way when an event comes in.
type runner struct {
	d       *Driver
	instant bank.InstantRequest

	// What stands here belongs to the goroutine. held is a grant that is not in
	// the secret store yet, unsaved an event whose outcome could not be
	// committed; requestID is that of the last answer, polls and retries count for
	// the pauses.
	held      *bank.Grant
	unsaved   Event
	requestID string
	polls     int
	retries   int

	mu      sync.Mutex
	session Session
	// inbox holds events from outside; busy is false while nothing is being done
	// and none is there.
	inbox []Event
	busy  bool
	// changed is closed, and replaced, whenever something here changes.
	changed chan struct{}
	// performing is the effect under way, and interrupt ends it.
	performing Effect
	interrupt  context.CancelFunc
	// poked makes the present pause, or else the next one, end at once; asked says
	// that somebody outside did that, and has not been answered.
	poked bool
	asked bool
	wake  context.CancelFunc
}

// newRunner returns a runner that will handle first. After a start of the
// program it looks at the page at once: the user may long have been done.
func newRunner(d *Driver, s Session, instant bank.InstantRequest, first Event) *runner {
	_, resumed := first.(Resumed)
	return &runner{
		d: d, session: s, instant: instant, inbox: []Event{first}, busy: true, poked: resumed,
		changed: make(chan struct{}),
	}
}

// run handles events until the session is over or the driver closes.
func (r *runner) run() {
	for {
		e, ok := r.next()
		if !ok {
			return
		}
		r.retries = 0
		for e != nil {
			e = r.perform(r.apply(e))
		}
		if s := r.snapshot(); s.Stage.Over() {
			r.d.retire(s.ID)
			return
		}
	}
}

// next waits for an event from outside. While there is none, the session
// rests.
func (r *runner) next() (Event, bool) {
	for r.d.ctx.Err() == nil {
		r.mu.Lock()
		if len(r.inbox) > 0 {
			e := r.inbox[0]
			r.inbox = r.inbox[1:]
			r.mu.Unlock()
			return e, true
		}
		if r.busy {
			r.busy = false
			r.announce()
		}
		changed := r.changed
		r.mu.Unlock()
		select {
		case <-changed:
		case <-r.d.ctx.Done():
		}
	}
	return nil, false
}

// announce wakes all who watch the runner. The caller holds r.mu.
func (r *runner) announce() {
	close(r.changed)
	r.changed = make(chan struct{})
}

// post hands the runner an event, and interrupts what must give way to it.
func (r *runner) post(e Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.inbox = append(r.inbox, e)
	r.busy = true
	if r.interrupt != nil && yields(r.performing, e) {
		r.interrupt()
	}
	r.announce()
}

// yields reports whether an effect gives way to an event from outside. Polling
// gives way to anything, because every event in Waiting leads back to it.
// Exchange and Revoke go on in spite of it, and are heard out.
func yields(effect Effect, e Event) bool {
	_, canceled := e.(Canceled)
	_, retried := e.(Retried)
	switch effect.(type) {
	case Poll:
		return true
	case Pause:
		return canceled || retried
	}
	return canceled
}

// snapshot returns the session.
func (r *runner) snapshot() Session {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.session
}

// settled returns the session, and nil if nothing moves in it by itself or
// else what will be closed at the next change.
func (r *runner) settled() (Session, <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.busy || r.session.Stage.Over() {
		return r.session, nil
	}
	return r.session, r.changed
}

// apply takes an event to its outcome, commits that, and returns what is to be
// done. If the commit fails nothing is done: the session stays as it was, shows
// the trouble, and Retried applies the event again.
func (r *runner) apply(e Event) []Effect {
	before := r.snapshot()
	if _, retried := e.(Retried); retried && r.unsaved != nil {
		e = r.unsaved
	}
	after, effects := Next(before, e)
	if reflect.DeepEqual(before, after) {
		return effects
	}
	after.Updated = r.d.deps.Clock.Now()
	if after.Stage != before.Stage && r.requestID != "" {
		after.RequestID = r.requestID
	}
	if err := r.d.deps.Repo.PutSession(after); err != nil {
		before.Trouble = core.TroubleOf(err)
		r.unsaved = e
		r.become(before)
		return nil
	}
	if before.Stage != after.Stage {
		r.polls, r.retries = 0, 0
	}
	r.unsaved = nil
	r.become(after)
	return effects
}

// become shows the session and tells of it.
func (r *runner) become(s Session) {
	r.mu.Lock()
	r.session = s
	r.announce()
	r.mu.Unlock()
	r.d.deps.Events.Publish(event.LinkChanged{Session: s.ID})
}

// perform does the effects in turn and returns the event that they end with,
// or nil if there is none, or if one gave way: then what comes in next leads on.
func (r *runner) perform(effects []Effect) Event {
	for _, effect := range effects {
		ctx, leave := r.enter(effect)
		if ctx == nil {
			return nil
		}
		ctx, receipt := bank.WithReceipt(ctx)
		e := r.do(ctx, effect)
		r.requestID = cmp.Or(receipt.Last(), r.requestID)
		interrupted := ctx.Err() != nil
		leave()
		if interrupted && failed(e) {
			return nil
		}
		if e != nil {
			return e
		}
	}
	return nil
}

// enter makes an effect the one under way. It returns no context if the effect
// has to give way before it begins.
func (r *runner) enter(effect Effect) (context.Context, func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.inbox {
		if yields(effect, e) {
			return nil, nil
		}
	}
	if r.d.ctx.Err() != nil {
		return nil, nil
	}
	ctx, interrupt := context.WithCancel(r.d.ctx)
	r.performing, r.interrupt = effect, interrupt
	return ctx, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.performing, r.interrupt = nil, nil
		interrupt()
	}
}

func failed(e Event) bool {
	switch e.(type) {
	case Stumbled, PollFailed:
		return true
	}
	return false
}

// takeAsked reports whether somebody waits for a look at the page, and forgets it.
func (r *runner) takeAsked() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	asked := r.asked
	r.asked = false
	return asked
}

// poke ends the present or the next pause at once.
func (r *runner) poke() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.poked, r.asked = true, true
	if r.wake != nil {
		r.wake()
	}
}

// doze waits for d, or until poked. It returns an error if ctx ends.
func (r *runner) doze(ctx context.Context, d time.Duration) error {
	nap, wake := context.WithCancel(ctx)
	defer wake()
	r.mu.Lock()
	if r.poked {
		wake()
	}
	r.wake = wake
	r.mu.Unlock()
	_ = r.d.deps.Clock.Sleep(nap, d) // ended early is what poke is for; ctx tells the rest
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.poked {
		r.polls = 0
	}
	r.poked, r.wake = false, nil
	return ctx.Err()
}
