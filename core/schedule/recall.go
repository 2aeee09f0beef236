package schedule

import (
	"time"

	"bankbook/core"
	"bankbook/core/fault"
)

// History is the log of what was done.
type History interface {
	// Activity hands the entries to fn, the last one first, until fn returns false.
	// before is the number of an entry to begin in front of; 0 is the end.
	Activity(before uint64, fn func(core.Activity) bool) error
}

// recall finds out of the log how often the schedule has tried in vain since a bank
// worked last: what a program that has ended meanwhile knew of it. Banks that work
// are not looked for.
func recall(items []core.Item, log History, now time.Time) (map[core.ItemID]Memory, error) {
	worked, oldest := failing(items)
	tries := map[core.ItemID]Memory{}
	if len(worked) == 0 {
		return tries, nil
	}
	err := log.Activity(0, func(a core.Activity) bool {
		if a.Action != core.SyncedBank {
			return true
		}
		since, fails := worked[a.Item]
		if fails && a.Auto && a.Trouble.Kind != fault.None && a.At.After(since) && !notAfter(a.At, now).IsZero() {
			m := tries[a.Item]
			if m.Failures++; m.Failures == 1 {
				m.Tried = a.At
			}
			tries[a.Item] = m
		}
		return a.At.After(oldest)
	})
	return tries, err
}

// failing tells since when banks do not work whose last try failed, and the earliest
// of these times.
func failing(items []core.Item) (worked map[core.ItemID]time.Time, oldest time.Time) {
	worked = map[core.ItemID]time.Time{}
	for _, i := range items {
		if i.Sync.Trouble.Kind == fault.None {
			continue
		}
		since := i.Sync.LastSuccess
		if since.Before(i.LinkedAt) {
			since = i.LinkedAt
		}
		if len(worked) == 0 || since.Before(oldest) {
			oldest = since
		}
		worked[i.ID] = since
	}
	return worked, oldest
}
