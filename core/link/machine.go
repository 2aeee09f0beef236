package link

import (
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// How long things stay good.
const (
	// stale is the age from which a session that never got its page is not
	// taken up again: the user has long gone on to something else.
	stale = 30 * time.Minute
	// readable is how long the provider still tells of a page that has expired
	// (PLAID §0).
	readable = 6 * time.Hour
)

// step is what an event makes of a session.
type step struct {
	Session
	effects []Effect
}

// Next returns what an event makes of a session, and what is then to be done.
// The effects may be performed only once the session has been committed. Next
// changes nothing in s, and nothing at all happens to a session that is over.
func Next(s Session, e Event) (Session, []Effect) {
	next := step{Session: s}
	switch s.Stage {
	case Preparing:
		next.preparing(e)
	case Waiting:
		next.waiting(e)
	case Deciding:
		next.deciding(e)
	case Exchanging:
		next.exchanging(e)
	case Fetching:
		if s.Purpose.Updates() {
			next.checking(e)
		} else {
			next.fetching(e)
		}
	case Syncing:
		next.syncing(e)
	}
	if next.Stage.Over() && !s.Stage.Over() {
		next.forgetTokens()
	}
	return next.Session, next.effects
}

// enter moves on to a stage with a clean slate.
func (s *step) enter(stage Stage, effects ...Effect) {
	s.Stage, s.Trouble, s.effects = stage, core.Trouble{}, effects
}

// end moves on to a stage in which nothing more happens.
func (s *step) end(stage Stage, why core.Trouble) {
	s.enter(stage)
	s.Trouble = why
}

// stumble notes a trouble and, if it may pass, tries again later. Otherwise
// the session waits for Retried.
func (s *step) stumble(why core.Trouble) {
	s.Trouble, s.effects = why, nil
	if passes(why.Kind) {
		s.effects = []Effect{Pause{}}
	}
}

func (s *step) preparing(e Event) {
	instant := s.Purpose == Instant
	switch e := e.(type) {
	case Begun:
		s.effects = []Effect{CreateLink{}}
		if instant {
			s.effects = []Effect{MakeInstantly{}}
		}
	case Resumed:
		s.prepareAgain(e.At)
	case LinkMade:
		if !instant {
			s.enter(Waiting, OpenBrowser{}, Poll{})
			s.Token, s.URL, s.Expires = e.Link.Token, e.Link.URL, e.Link.Expires
		}
	case InstantMade:
		if instant {
			s.Found = []Candidate{e.Candidate}
			s.takeUp()
		}
	case Stumbled:
		s.end(Failed, e.Trouble)
	case Canceled:
		s.end(Discarded, core.Trouble{})
	}
}

// prepareAgain takes up a session that has not got its page. An instant one
// cannot go on: the password it was to use is not kept.
func (s *step) prepareAgain(now time.Time) {
	switch {
	case s.Purpose == Instant:
		s.end(Failed, core.Trouble{Kind: fault.Canceled, Code: CodeInterrupted})
	case now.Sub(s.Updated) > stale:
		s.end(Expired, core.Trouble{})
	default:
		s.effects = []Effect{CreateLink{}}
	}
}

// waiting keeps polling whatever happens, until something leads out of it.
func (s *step) waiting(e Event) {
	s.effects = []Effect{Poll{}}
	switch e := e.(type) {
	case Polled:
		s.polled(e)
	case PollFailed:
		s.Trouble = e.Trouble
		if e.Trouble.Kind == fault.Expired || e.At.After(s.Expires.Add(readable)) {
			s.end(Expired, e.Trouble)
		}
	case BrowserFailed:
		s.NoBrowser = true
	case OpenedAgain:
		s.NoBrowser = false
		s.effects = []Effect{OpenBrowser{}, Poll{}}
	case Canceled:
		s.end(Discarded, core.Trouble{})
	}
}

func (s *step) polled(e Polled) {
	s.Trouble = core.Trouble{}
	seen := look(e.Status, e.At)
	switch {
	case s.Purpose.Updates() && (seen.done || seen.exit != nil):
		if seen.exit != nil {
			s.Exit = *seen.exit
		}
		s.enter(Fetching, Fetch{})
	case !s.Purpose.Updates() && len(seen.found) > 0 && !s.mayFindMore(e, seen):
		s.Found = seen.found
		s.takeUp()
	case seen.exit != nil:
		s.end(Exited, core.Trouble{})
		s.Exit = *seen.exit
	case !s.Purpose.Updates() && seen.done && !seen.open:
		s.end(Exited, core.Trouble{})
	case e.At.After(s.Expires) && !seen.open, e.At.After(s.Expires.Add(readable)):
		s.end(Expired, core.Trouble{})
	}
}

// mayFindMore reports whether the user, who may link several banks, is still at it.
// Those linked so far are taken up when the user says so, or the page has expired.
func (s *step) mayFindMore(e Polled, seen sight) bool {
	return s.Options.Several && seen.open && !e.Asked && !e.At.After(s.Expires)
}

// takeUp begins with the next candidate, or settles the session if there is
// none.
func (s *step) takeUp() {
	for s.Next < len(s.Found) && s.Found[s.Next].Decided == Drop {
		s.Next++
	}
	switch {
	case s.Next < len(s.Found):
		s.enter(Deciding, FindTwins{})
	case len(s.Items) > 0:
		s.enter(Syncing, Sync{})
	default:
		s.settle(core.Trouble{})
	}
}

// settle ends a session that has no candidate and no sync left, unless the
// user wants to repair a bank instead: then it becomes that repair.
func (s *step) settle(why core.Trouble) {
	lost := slices.IndexFunc(s.Found, func(c Candidate) bool { return c.Trouble.Kind != fault.None })
	switch {
	case !s.Purpose.Updates() && s.Repairs != "":
		s.enter(Preparing, CreateLink{})
		s.Purpose, s.Token, s.URL, s.Expires = Repair, secret.Text{}, "", time.Time{}
	case lost >= 0:
		s.end(Failed, s.Found[lost].Trouble)
	case len(s.Items) > 0 || s.Purpose.Updates():
		s.end(Done, why)
	default:
		s.end(Discarded, core.Trouble{})
	}
}

func (s *step) deciding(e Event) {
	switch e := e.(type) {
	case TwinsFound:
		s.Trouble = core.Trouble{}
		if len(e.Twins) == 0 {
			s.enter(Exchanging, Exchange{})
			return
		}
		s.candidate().Twins = slices.Clone(e.Twins)
	case Decided:
		if len(s.Found[s.Next].Twins) > 0 {
			s.decide(e)
		}
	case Resumed, Retried:
		s.effects = []Effect{FindTwins{}}
	case Stumbled:
		s.stumble(e.Trouble)
	case Canceled:
		s.dropRest()
		s.takeUp()
	}
}

func (s *step) decide(e Decided) {
	switch e.Decision {
	case Second:
		s.candidate().Decided = Second
		s.enter(Exchanging, Exchange{})
	case Drop:
		s.candidate().Decided = Drop
		s.takeUp()
	case RepairInstead:
		s.candidate().Decided = RepairInstead
		s.Repairs = e.Item
		s.Next++
		s.takeUp()
	}
}

func (s *step) exchanging(e Event) {
	switch e := e.(type) {
	case Granted:
		s.enter(Fetching, s.going(Fetch{})...)
		s.pushItem(e.Item)
	case Resumed, Retried:
		s.effects = s.going(Exchange{Again: true})
	case Stumbled:
		if e.Trouble.Kind == fault.Expired && !s.dropped() {
			s.lose(e.Trouble, e.Again)
			return
		}
		s.stumble(e.Trouble)
	case Canceled:
		s.dropRest()
		s.effects = []Effect{Revoke{}}
	case Revoked:
		if s.dropped() {
			s.takeUp()
		}
	}
}

func (s *step) fetching(e Event) {
	switch e := e.(type) {
	case Fetched:
		s.Next++
		s.takeUp()
	case Resumed, Retried:
		s.effects = s.going(Fetch{})
	case Stumbled:
		if noAccess(e.Trouble.Kind) && !s.dropped() {
			s.popItem()
			s.lose(e.Trouble, true)
			return
		}
		s.stumble(e.Trouble)
	case Canceled:
		s.dropRest()
		s.effects = []Effect{Revoke{}}
	case Revoked:
		if s.dropped() {
			s.popItem()
			s.takeUp()
		}
	}
}

func (s *step) syncing(e Event) {
	switch e := e.(type) {
	case Synced:
		s.settle(core.Trouble{})
	case Stumbled:
		if endsLinking(e.Trouble.Kind) {
			s.settle(e.Trouble)
			return
		}
		s.Trouble = e.Trouble
	case Resumed, Retried:
		s.effects = []Effect{Sync{}}
	case Canceled:
		s.Repairs = s.repairsUnlessNew()
		s.settle(core.Trouble{Kind: fault.Canceled})
	}
}

// candidate returns the current candidate for writing, in a list of its own.
func (s *step) candidate() *Candidate {
	s.Found = slices.Clone(s.Found)
	return &s.Found[s.Next]
}

// lose gives the current candidate up and goes on with the next. again says
// that its public token had been exchanged, or may have been.
func (s *step) lose(why core.Trouble, again bool) {
	code := CodeSignInLapsed
	if again {
		code = CodeAccessLost
	}
	s.candidate().Trouble = core.Trouble{Kind: fault.Expired, Code: code, RequestID: why.RequestID}
	s.Next++
	s.takeUp()
}

// dropRest marks the candidates that are not in the vault as called off, so
// that a program started again knows it.
func (s *step) dropRest() {
	s.Found = slices.Clone(s.Found)
	for i := s.Next; i < len(s.Found); i++ {
		s.Found[i].Decided = Drop
	}
	s.Repairs = s.repairsUnlessNew()
}

// repairsUnlessNew forgets a repair that was wished for but not begun.
func (s *step) repairsUnlessNew() core.ItemID {
	if s.Purpose.Updates() {
		return s.Repairs
	}
	return ""
}

// dropped reports whether the current candidate has been called off.
func (s *step) dropped() bool { return s.Found[s.Next].Decided == Drop }

// going returns the effect that leads on, or Revoke if the candidate has been
// called off.
func (s *step) going(on Effect) []Effect {
	if s.dropped() {
		on = Revoke{}
	}
	return []Effect{on}
}

// pushItem puts an Item at the end of the list, where the current one is.
func (s *step) pushItem(item core.ItemID) {
	others := slices.DeleteFunc(slices.Clone(s.Items), func(id core.ItemID) bool { return id == item })
	s.Items = append(others, item)
}

// popItem takes the Item that is not in the vault off the list.
func (s *step) popItem() {
	s.Items = slices.Clone(s.Items[:max(0, len(s.Items)-1)])
}

// forgetTokens wipes what only a session under way needs.
func (s *step) forgetTokens() {
	s.Token, s.URL = secret.Text{}, ""
	s.Found = slices.Clone(s.Found)
	for i := range s.Found {
		s.Found[i].Public = secret.Text{}
	}
}
