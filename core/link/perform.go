package link

import (
	"context"
	"slices"
	"time"

	"bankbook/core"
)

// carryThrough bounds an effect that goes on although the driver closes.
const carryThrough = time.Minute

// do performs one effect for the committed session and returns the event that
// it ends with; nil means that the session rests.
func (r *runner) do(ctx context.Context, effect Effect) Event {
	s := r.snapshot()
	switch effect := effect.(type) {
	case CreateLink:
		return r.createLink(ctx, s)
	case MakeInstantly:
		return r.makeInstantly(ctx, s)
	case OpenBrowser:
		r.openBrowser(s)
		return nil
	case Poll:
		return r.poll(ctx, s)
	case Pause:
		return r.pause(ctx)
	case FindTwins:
		return r.findTwins(s)
	case Exchange:
		return r.exchange(ctx, s, effect.Again)
	case Fetch:
		return r.fetch(ctx, s)
	case Sync:
		return r.sync(ctx, s)
	case Revoke:
		return r.revoke(ctx, s)
	}
	return nil
}

func stumbled(err error) Event { return Stumbled{Trouble: core.TroubleOf(err)} }

func (r *runner) makeInstantly(ctx context.Context, s Session) Event {
	if len(r.instant.Products) == 0 {
		r.instant.Products = []core.Product{core.Transactions}
		if s.Options.Numbers {
			r.instant.Products = append(r.instant.Products, core.Auth)
		}
	}
	public, err := r.d.deps.Instant.InstantLink(ctx, r.instant)
	if err != nil {
		return stumbled(err)
	}
	return InstantMade{Candidate: Candidate{
		Public:      public,
		Institution: core.Institution{ID: r.instant.Institution},
		FoundAt:     r.d.deps.Clock.Now(),
	}}
}

// openBrowser shows the page beside everything else, because it may take as
// long as the browser lives. Close does not wait for it.
func (r *runner) openBrowser(s Session) {
	if !SafeURL(r.d.deps.Env, s.URL) {
		r.post(BrowserFailed{})
		return
	}
	go func() {
		if r.d.deps.OpenURL(s.URL) != nil {
			r.post(BrowserFailed{})
		}
	}()
}

func (r *runner) poll(ctx context.Context, s Session) Event {
	pause := pollPauses.Delay(r.polls)
	if r.d.deps.Clock.Now().After(s.Expires) {
		pause = latePause
	}
	r.polls++
	if err := r.doze(ctx, pause); err != nil {
		return PollFailed{Trouble: core.TroubleOf(err)}
	}
	asked := r.takeAsked()
	status, err := r.d.deps.Bank.LinkStatus(ctx, s.Token)
	if err != nil {
		return PollFailed{At: r.d.deps.Clock.Now(), Trouble: core.TroubleOf(err)}
	}
	return Polled{At: r.d.deps.Clock.Now(), Status: status, Asked: asked}
}

// pause waits before another try, or rests after the last one.
func (r *runner) pause(ctx context.Context) Event {
	if r.retries == maxRetries {
		return nil
	}
	tries := r.retries + 1
	if err := r.doze(ctx, retryPauses.Delay(r.retries)); err != nil {
		return stumbled(err)
	}
	r.retries = tries
	return Retried{}
}

func (r *runner) findTwins(s Session) Event {
	items, err := r.d.deps.Repo.Items()
	if err != nil {
		return stumbled(err)
	}
	accounts, err := r.d.deps.Repo.Accounts()
	if err != nil {
		return stumbled(err)
	}
	items = slices.DeleteFunc(items, func(i core.Item) bool { return i.Profile != s.Options.Profile || !canSignIn(i) })
	return TwinsFound{Twins: twins(s.Found[s.Next], items, accounts)}
}

// sync gets the history of all Items of the session, and tells of the trouble
// that leaves the most to do: one that may be over later before one that is
// the Item's own affair.
func (r *runner) sync(ctx context.Context, s Session) Event {
	items := s.Items
	if s.Purpose.Updates() {
		items = []core.ItemID{s.Repairs}
	}
	var troubles []core.Trouble
	for _, item := range items {
		if err := r.d.deps.Syncer.FirstSync(ctx, item); err != nil {
			troubles = append(troubles, core.TroubleOf(err))
		}
	}
	if len(troubles) == 0 {
		return Synced{}
	}
	worst := max(0, slices.IndexFunc(troubles, func(t core.Trouble) bool { return !endsLinking(t.Kind) }))
	return Stumbled{Trouble: troubles[worst]}
}
