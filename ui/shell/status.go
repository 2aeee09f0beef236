package shell

import (
	"context"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/ui/run"
	"bankbook/ui/say"
)

// statusSource is what the sidebar and the header read.
type statusSource interface {
	Items() ([]core.Item, error)
	Months() ([]core.MonthCount, error)
}

// status knows what the sidebar and the header show around every screen: whose
// data it is, how many banks need the person, how many transactions there are,
// and how fresh they are. All methods belong to the UI thread.
type status struct {
	now     func() time.Time
	loader  run.Loader[facts]
	facts   facts
	running map[core.ItemID]bool
	// asked says that all banks have been asked to sync and none has begun yet.
	asked bool
	// review says that the data is a reviewer's copy, which no bank can be reached
	// from.
	review  bool
	changed func()
}

// facts is what is read.
type facts struct {
	items []core.Item
	// profiles are all that there are, and accounts how many each has.
	profiles []core.Profile
	accounts map[core.ProfileID]int
	rows     int
}

func newStatus(r run.Runner, now func() time.Time, sv Services, changed func()) *status {
	s := &status{now: now, running: map[core.ItemID]bool{}, changed: changed}
	s.loader = run.Loader[facts]{
		Runner: r,
		Fetch:  func(context.Context) (facts, error) { return readFacts(sv.Repository, sv.Profiles) },
		Show: func(f facts, err error) {
			// The screen reads the same source and shows the fault.
			if err == nil {
				s.facts = f
				s.changed()
			}
		},
	}
	return s
}

func readFacts(src statusSource, profiles Profiles) (facts, error) {
	var f facts
	var err error
	if f.items, err = src.Items(); err != nil {
		return facts{}, err
	}
	if f.profiles, f.accounts, err = profiles.All(); err != nil {
		return facts{}, err
	}
	months, err := src.Months()
	for _, m := range months {
		f.rows += m.Rows
	}
	return f, err
}

func (s *status) handle(e event.Event) {
	switch e := e.(type) {
	case event.SyncProgress:
		s.progress(e)
	case event.ItemChanged, event.AccountsChanged, event.TransactionsChanged, event.ProfilesChanged:
		s.loader.Load()
	}
}

func (s *status) progress(p event.SyncProgress) {
	s.asked = false
	if p.Running == s.running[p.Item] {
		return
	}
	if p.Running {
		s.running[p.Item] = true
	} else {
		delete(s.running, p.Item)
		s.loader.Load()
	}
	s.changed()
}

// alerts counts the banks that need the person.
func (s *status) alerts() int {
	n := 0
	for _, i := range s.facts.items {
		if say.Attention(i, s.now()) != "" {
			n++
		}
	}
	return n
}

// syncing reports whether any sync runs or has been asked for.
func (s *status) syncing() bool { return s.asked || len(s.running) > 0 }

// syncable counts the banks that a sync can reach.
func (s *status) syncable() int {
	n := 0
	for _, i := range s.facts.items {
		if i.Syncs() && !s.review {
			n++
		}
	}
	return n
}

// offline reports whether the last try of some bank did not get through.
func (s *status) offline() bool {
	for _, i := range s.facts.items {
		if i.Syncs() && i.Sync.Trouble.Kind == fault.Network {
			return true
		}
	}
	return false
}

// last returns since when everything that can be fresh is at least as fresh as
// it is: the oldest last success of the banks that a sync can reach.
func (s *status) last() time.Time {
	var last time.Time
	for _, i := range s.facts.items {
		if !i.Syncs() {
			continue
		}
		at := i.Sync.LastSuccess
		if at.IsZero() {
			return at
		}
		if last.IsZero() || at.Before(last) {
			last = at
		}
	}
	return last
}

// line returns the header's words about freshness, and their tone.
func (s *status) line() (string, say.Tone) {
	switch {
	case s.review:
		return "Copy for review, without access to banks", say.Neutral
	case s.syncing():
		return say.SyncingBanks(max(len(s.running), 1), max(s.syncable(), 1)), say.Neutral
	case len(s.facts.items) == 0:
		return "Nothing to sync yet", say.Neutral
	case s.syncable() == 0:
		return "No bank to sync", say.Neutral
	case s.offline():
		return say.Offline(s.last(), s.now()), say.Warning
	}
	return say.SyncedAgo(s.last(), s.now()), say.Neutral
}
