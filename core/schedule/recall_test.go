package schedule_test

import (
	"context"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/schedule"
)

// standing is a clock that stands.
type standing struct{ clock.System }

func (standing) Now() time.Time { return now }

// past is a log, the last entry first. It counts what is read of it.
type past struct {
	entries []core.Activity
	read    int
}

func (p *past) Activity(_ uint64, fn func(core.Activity) bool) error {
	for _, a := range p.entries {
		p.read++
		if !fn(a) {
			break
		}
	}
	return nil
}

func TestHowOftenABankWasTriedBeforeTheStart(t *testing.T) {
	const h, m = time.Hour, time.Minute
	try := func(item core.ItemID, at time.Time, kind fault.Kind, auto bool) core.Activity {
		return core.Activity{At: at, Action: core.SyncedBank, Item: item, Auto: auto, Trouble: core.Trouble{Kind: kind}}
	}
	vain := func(at time.Duration) core.Activity { return try("item", ago(at), fault.BankDown, true) }
	down := item(core.Connected, ago(30*h), ago(5*m), fault.BankDown)
	works := item(core.Connected, ago(5*m), ago(5*m), "")
	later := item(core.Connected, time.Time{}, ago(5*m), fault.BankDown)
	later.LinkedAt = ago(30 * h)
	old := try("item", ago(40*h), fault.BankDown, true)
	for name, c := range map[string]struct {
		bank core.Item
		log  []core.Activity
		// in is when it is due, and read how much of the log is looked at.
		in   time.Duration
		read int
	}{
		"never":                {down, nil, 10 * m, 0},
		"three times":          {down, []core.Activity{vain(5 * m), vain(35 * m), vain(50 * m)}, 55 * m, 3},
		"before it worked":     {down, []core.Activity{vain(5 * m), vain(35 * m), old, old, old}, 25 * m, 3},
		"before it was linked": {later, []core.Activity{vain(5 * m), vain(35 * m), old, old, old}, 25 * m, 3},
		"by the person":        {down, []core.Activity{vain(5 * m), try("item", ago(m), fault.BankDown, false), vain(35 * m)}, 25 * m, 3},
		"another bank":         {down, []core.Activity{vain(5 * m), try("other", ago(m), fault.BankDown, true)}, 10 * m, 2},
		"other deeds":          {down, []core.Activity{vain(5 * m), {At: ago(90 * h), Action: core.CheckedBank, Item: "item", Auto: true, Trouble: down.Sync.Trouble}, vain(35 * m)}, 25 * m, 3},
		"by a clock put back":  {down, []core.Activity{try("item", ago(-90*h), fault.BankDown, true), vain(5 * m)}, 10 * m, 2},
		"one that works":       {works, []core.Activity{vain(5 * m), vain(35 * m)}, 5*h + 55*m, 0},
	} {
		log := &past{entries: c.log}
		d := schedule.New(schedule.Deps{
			Items: func() ([]core.Item, error) { return []core.Item{c.bank}, nil },
			Plan:  func() (schedule.Plan, error) { return schedule.Plan{Every: 6 * h}, nil },
			Past:  log, Clock: standing{}, Events: &event.Bus{},
			Power: func(context.Context) schedule.Power { return schedule.Power{} },
		})
		for range 2 { // the log is read once
			list, err := d.Upcoming()
			if err != nil || len(list) != 1 {
				t.Fatalf("%s: %v, %v", name, list, err)
			}
			if in := list[0].At.Sub(now); in < c.in || in > c.in+15*m {
				t.Errorf("%s: due in %v, want %v and a little", name, in, c.in)
			}
		}
		if log.read != c.read {
			t.Errorf("%s: read %d entries, want %d", name, log.read, c.read)
		}
	}
}
