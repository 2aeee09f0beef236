package schedule

import (
	"hash/fnv"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/fault"
)

// Deed is what is done for an Item.
type Deed string

// The deeds.
const (
	// Nothing means that the person has to do something first, or has asked for
	// nothing.
	Nothing Deed = ""
	// Sync brings it up to date.
	Sync Deed = "sync"
	// Check only asks how its connection stands.
	Check Deed = "check"
)

// Due is what is to be done next for an Item, and when.
type Due struct {
	Item core.ItemID
	Deed Deed
	// At is when; it can be past. It says nothing if there is nothing to do.
	At time.Time
}

// Memory is what is known of an Item beyond what is kept of it.
type Memory struct {
	// Failures counts the tries of the schedule that failed in a row, or were stopped,
	// and Tried is when the last one was.
	Failures int
	Tried    time.Time
	// Keys is when the person's keys may have changed last.
	Keys time.Time
}

const (
	day = 24 * time.Hour
	// apart is the time over which banks are spread that would be due together.
	apart = 15 * time.Minute
)

// retries lie between tries to sync a bank that could not be reached; patience is
// that after the provider asked for it.
var (
	retries  = clock.Backoff{First: 15 * time.Minute, Most: day}
	patience = clock.Backoff{First: time.Hour, Most: day}
)

// Next tells what is due for an Item. Only what Item says of itself counts: who has
// put its profile away does not ask.
func (p Plan) Next(i core.Item, m Memory, now time.Time) Due {
	due := p.next(i, m, now)
	if m.Failures > 0 && !m.Keys.After(m.Tried) {
		// Also where the try could not be kept, or was stopped by the person.
		if soonest := m.Tried.Add(retries.Delay(m.Failures - 1)); due.At.Before(soonest) {
			due.At = soonest
		}
	}
	return due
}

func (p Plan) next(i core.Item, m Memory, now time.Time) Due {
	due := Due{Item: i.ID}
	if p.Every == 0 || i.Manual() || !i.Leaving.IsZero() || i.Status == core.Gone {
		return due
	}
	// A clock that was put back would keep things from being due for as long.
	success, try := notAfter(i.Sync.LastSuccess, now), notAfter(i.Sync.LastTry, now)
	if i.Status == core.SignInNeeded || i.Status == core.ConsentNeeded {
		return after(due, Check, try, day)
	}
	switch kind := i.Sync.Trouble.Kind; {
	case kind == fault.None:
		return after(due, Sync, success, p.Every)
	case kind == fault.Keys, kind == fault.NoKeys:
		if m.Keys.After(try) {
			return after(due, Sync, m.Keys, 0)
		}
		return due
	case kind == fault.RateLimit:
		return after(due, Sync, try, patience.Delay(m.Failures-1))
	case passes(kind):
		return after(due, Sync, try, retries.Delay(m.Failures-1))
	}
	return after(due, Sync, try, day)
}

// passes reports whether a fault goes away without anybody's doing.
func passes(kind fault.Kind) bool {
	switch kind {
	case fault.Network, fault.BankDown, fault.NotReady, fault.Mutation, fault.Nonsense,
		fault.KeychainLocked, fault.KeychainTimeout, fault.DiskFull:
		return true
	}
	return false
}

// after is a pause after an instant, and a little more, so that not all banks begin
// at once. What was never done is due now.
func after(due Due, deed Deed, from time.Time, pause time.Duration) Due {
	due.Deed = deed
	if from.IsZero() {
		return due
	}
	due.At = from.Add(pause + spread(due.Item, min(pause/10, apart)))
	return due
}

// spread is a part of most that is always the same for an Item.
func spread(item core.ItemID, most time.Duration) time.Duration {
	const parts = 1024
	h := fnv.New32a()
	_, _ = h.Write([]byte(item)) // a hash takes everything
	return most / parts * time.Duration(h.Sum32()%parts)
}

// notAfter returns an instant, or never if it is not past yet.
func notAfter(at, now time.Time) time.Time {
	if at.After(now.Add(time.Minute)) {
		return time.Time{}
	}
	return at
}
