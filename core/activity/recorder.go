package activity

import (
	"context"
	"sync"
	"sync/atomic"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
)

// Log is what the recorder needs of the vault.
type Log interface {
	History
	Notes
	// AddActivity puts an entry at the end, and returns it with its number.
	AddActivity(core.Activity) (core.Activity, error)
}

// Deps are the parts a Recorder works with. All are required.
type Deps struct {
	Log    Log
	Events *event.Bus
	Clock  clock.Clock
	// Failed hears why an entry could not be written.
	Failed func(error)
}

// Recorder writes the log. It is safe for concurrent use.
type Recorder struct {
	deps Deps
	// mu is held while an entry is written, and guards begun.
	mu sync.Mutex
	// begun are the deeds under way, by the numbers that deeds counts.
	begun map[uint64]core.Activity
	deeds uint64
	// lost says that somebody has been told that entries get lost.
	lost atomic.Bool
}

// New returns a Recorder.
func New(deps Deps) *Recorder { return &Recorder{deps: deps, begun: map[uint64]core.Activity{}} }

// Did writes that something was done, or that err kept it from being done. It
// fills in when, unless the entry says so, the trouble, and the last request that
// the receipt of ctx or else err tells of.
//
// What is no news is not written: input that cannot be used, a stop that changed
// nothing, and a sync that brought nothing if the bank's entry before is such a
// sync of the same day.
func (r *Recorder) Did(ctx context.Context, entry core.Activity, err error) {
	entry.Trouble = core.TroubleOf(err)
	if entry.RequestID == "" {
		entry.RequestID = bank.ReceiptOf(ctx).Last()
	}
	if entry.RequestID == "" {
		entry.RequestID = entry.Trouble.RequestID
	}
	r.Add(entry)
}

// Add is Did for an entry that has its trouble and its request already.
func (r *Recorder) Add(entry core.Activity) {
	if entry.At.IsZero() {
		entry.At = r.deps.Clock.Now()
	}
	if isIdle(entry) {
		return
	}
	seq, err := r.write(entry)
	switch {
	case err != nil:
		r.deps.Failed(err)
		r.tellLost(err)
	case seq > 0:
		r.deps.Events.Publish(event.ActivityAdded{Seq: seq, Action: entry.Action})
	}
}

// write returns the entry's number, 0 if it is no news.
func (r *Recorder) write(entry core.Activity) (seq uint64, err error) {
	r.mu.Lock()
	defer r.mu.Unlock() // what the entry before is has to hold until this one is written
	if isQuiet(entry) {
		again, err := r.isAgain(entry)
		if err != nil || again {
			return 0, err
		}
	}
	added, err := r.deps.Log.AddActivity(entry)
	return added.Seq, err
}

// tellLost tells once that entries get lost. That a vault is damaged, and takes
// nothing more, is told by others.
func (r *Recorder) tellLost(err error) {
	if fault.Is(err, fault.VaultDamaged) || r.lost.Swap(true) {
		return
	}
	r.deps.Events.Publish(event.ActivityLost{Err: err})
}

// isIdle reports whether an entry would tell of nothing.
func isIdle(a core.Activity) bool {
	switch a.Trouble.Kind {
	case fault.Invalid:
		return true
	case fault.Canceled:
		return a.Count == core.SyncCount{}
	}
	return false
}

// isQuiet reports whether an entry is of a sync that brought nothing.
func isQuiet(a core.Activity) bool {
	return a.Action == core.SyncedBank && a.Count == core.SyncCount{} && a.Trouble.Kind == fault.None
}

// isAgain reports whether the entry before of the same bank is as quiet, of the
// same day.
func (r *Recorder) isAgain(entry core.Activity) (again bool, err error) {
	day := core.DateOf(entry.At.Local())
	err = r.deps.Log.Activity(0, func(a core.Activity) bool {
		same := a.Item == entry.Item
		today := core.DateOf(a.At.Local()) == day
		again = same && today && isQuiet(a)
		return today && !same
	})
	return again, err
}
