package activity_test

import (
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/event"
	"bankbook/core/fault"
)

// restarted is the recorder of the next program on the same log.
func (b *bench) restarted(t *testing.T) *bench {
	t.Helper()
	next := newBench()
	next.log.list, next.log.notes = b.log.list, b.log.notes
	bus := &event.Bus{}
	bus.Subscribe(func(e event.Event) { next.events = append(next.events, e) })
	next.Recorder = activity.New(activity.Deps{Log: next.log, Events: bus, Clock: next.clock, Failed: func(err error) { t.Error(err) }})
	if err := next.Resume(); err != nil {
		t.Fatal(err)
	}
	return next
}

func TestWhatAKilledProgramHadBegunIsTold(t *testing.T) {
	stop := core.Activity{Action: core.StoppedAccount, Item: "bank", Account: "checking", Profile: "me", Subject: "Checking ••0000"}
	for name, c := range map[string]struct {
		kill func(b *bench)
		// want is how the entries end.
		want []activity.Outcome
	}{
		"before it began":   {func(*bench) {}, nil},
		"while it was done": {func(b *bench) { b.Begin(stop) }, []activity.Outcome{activity.Interrupted}},
		"when it was told": {func(b *bench) {
			b.Begin(stop)
			b.Did(t.Context(), stop, nil)
		}, []activity.Outcome{activity.Done}},
		"when it had ended": {func(b *bench) {
			ended := b.Begin(stop)
			b.Did(t.Context(), stop, nil)
			ended()
		}, []activity.Outcome{activity.Done}},
		"when it had been refused": {func(b *bench) { b.Begin(stop)() }, nil},
		"when the account had got another profile": {func(b *bench) {
			b.Begin(stop)
			moved := stop
			moved.Profile = "shop"
			b.Did(t.Context(), moved, nil)
		}, []activity.Outcome{activity.Done}},
		"while it was done again": {func(b *bench) {
			b.Did(t.Context(), stop, nil)
			b.clock.now = b.clock.now.Add(time.Minute)
			b.Begin(stop)
		}, []activity.Outcome{activity.Done, activity.Interrupted}},
		"while two were done": {func(b *bench) {
			other := stop
			other.Account = "savings"
			b.Begin(stop)
			b.Begin(other)
			b.Did(t.Context(), other, nil)
		}, []activity.Outcome{activity.Done, activity.Interrupted}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench()
			c.kill(b)
			next := b.restarted(t)
			if len(next.log.list) != len(c.want) {
				t.Fatalf("the log has %+v", next.log.list)
			}
			for i, a := range next.log.list {
				if activity.OutcomeOf(a) != c.want[i] || a.Subject != stop.Subject {
					t.Errorf("entry %d is %+v, want %s", i, a, c.want[i])
				}
			}
			if again := next.restarted(t); len(again.log.list) != len(c.want) {
				t.Errorf("told again: %+v", again.log.list)
			}
		})
	}
}

func TestNotesThatCannotBeReadAreAFault(t *testing.T) {
	b := newBench()
	b.log.text = "no list"
	if err := b.Resume(); !fault.Is(err, fault.VaultDamaged) {
		t.Errorf("resumed: %v", err)
	}
}
