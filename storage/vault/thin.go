package vault

import (
	"fmt"
	"time"

	"bankbook/core"
)

// superfluous lists the snapshots, given the newest first, that may go. What
// stays is the last one of each of the last 7 days that have any, of the last 4
// weeks and of the last 12 months, and the last one before a migration. Days are
// those of UTC.
func superfluous(list []core.Snapshot) []core.Snapshot {
	keeps := []*keeper{
		{room: 7, period: func(t time.Time) string { return t.Format(time.DateOnly) }},
		{room: 4, period: func(t time.Time) string { year, week := t.ISOWeek(); return fmt.Sprint(year, " ", week) }},
		{room: 12, period: func(t time.Time) string { return t.Format("2006-01") }},
	}
	migration := keeper{room: 1, period: func(time.Time) string { return Migration }}
	var rest []core.Snapshot
	for _, s := range list {
		kept := s.Reason == Migration && migration.keep(s)
		for _, k := range keeps {
			kept = k.keep(s) || kept
		}
		if !kept {
			rest = append(rest, s)
		}
	}
	return rest
}

// keeper keeps the first snapshot that it sees of each period, while there is
// room.
type keeper struct {
	room   int
	period func(time.Time) string
	last   string
}

func (k *keeper) keep(s core.Snapshot) bool {
	period := k.period(s.Taken.UTC())
	if k.room == 0 || period == k.last {
		return false
	}
	k.room, k.last = k.room-1, period
	return true
}
