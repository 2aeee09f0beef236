package activity_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
)

var errBroken = fault.New("log: add", fault.DiskFull, nil)

// log is a log in memory.
type log struct {
	notes
	list []core.Activity
	read int
	err  error
}

func (l *log) AddActivity(a core.Activity) (core.Activity, error) {
	if l.err != nil {
		return a, l.err
	}
	a.Seq = uint64(len(l.list)) + 1
	l.list = append(l.list, a)
	return a, nil
}

func (l *log) Activity(before uint64, fn func(core.Activity) bool) error {
	for _, a := range slices.Backward(l.list) {
		if before > 0 && a.Seq >= before {
			continue
		}
		l.read++
		if !fn(a) {
			return nil
		}
	}
	return l.err
}

// notes are settings in memory.
type notes struct{ text string }

func (n *notes) Setting(string) (string, bool, error) { return n.text, n.text != "", nil }

func (n *notes) PutSetting(_, text string) error {
	n.text = text
	return nil
}

// at is a clock that stands.
type at struct {
	clock.System
	now time.Time
}

func (c *at) Now() time.Time { return c.now }

// bench is a recorder with all that it told.
type bench struct {
	*activity.Recorder
	log    *log
	clock  *at
	events []event.Event
	failed []error
}

func newBench() *bench {
	b := &bench{log: &log{}, clock: &at{now: time.Date(2026, 11, 18, 12, 0, 0, 0, time.Local).UTC()}}
	bus := &event.Bus{}
	bus.Subscribe(func(e event.Event) { b.events = append(b.events, e) })
	b.Recorder = activity.New(activity.Deps{
		Log: b.log, Events: bus, Clock: b.clock, Failed: func(err error) { b.failed = append(b.failed, err) },
	})
	return b
}

func TestAnEntryTellsWhenHowAndByWhichRequest(t *testing.T) {
	b := newBench()
	asked, _ := bank.WithReceipt(t.Context())
	bank.Answered(asked, "answered")
	refused := &fault.Error{Op: "t", Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", RequestID: "refused", Err: errors.New("a text of the bank's")}
	for _, tt := range []struct {
		ctx  context.Context
		err  error
		want core.Activity
	}{
		{t.Context(), nil, core.Activity{}},
		{asked, nil, core.Activity{RequestID: "answered"}},
		{t.Context(), refused, core.Activity{
			Trouble: core.Trouble{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", RequestID: "refused"}, RequestID: "refused",
		}},
	} {
		b.Did(tt.ctx, core.Activity{Action: core.CheckedBank, Subject: "Bank"}, tt.err)
		tt.want.Action, tt.want.Subject, tt.want.At, tt.want.Seq = core.CheckedBank, "Bank", b.clock.now, uint64(len(b.log.list))
		if got := b.log.list[len(b.log.list)-1]; got != tt.want {
			t.Errorf("wrote %+v, want %+v", got, tt.want)
		}
	}
	told := func(seq uint64) event.Event { return event.ActivityAdded{Seq: seq, Action: core.CheckedBank} }
	if want := []event.Event{told(1), told(2), told(3)}; !slices.Equal(b.events, want) {
		t.Errorf("told %v", b.events)
	}
	earlier := b.clock.now.Add(-time.Hour)
	b.Did(t.Context(), core.Activity{Action: core.RefusedKey, At: earlier}, nil)
	if got := b.log.list[3].At; !got.Equal(earlier) {
		t.Errorf("an entry of %v is of %v", earlier, got)
	}
}

func TestALostEntryIsToldOnce(t *testing.T) {
	b := newBench()
	b.log.err = errBroken
	for range 3 {
		b.Did(t.Context(), core.Activity{Action: core.BackedUp}, nil)
	}
	if len(b.failed) != 3 || len(b.events) != 1 || b.events[0] != (event.ActivityLost{Err: errBroken}) {
		t.Errorf("failed %v, told %v", b.failed, b.events)
	}
	b = newBench()
	b.log.err = fault.New("log: add", fault.VaultDamaged, nil)
	b.Did(t.Context(), core.Activity{Action: core.CheckedVault}, b.log.err)
	if len(b.failed) != 1 || len(b.events) != 0 {
		t.Errorf("of a damaged vault: failed %v, told %v", b.failed, b.events)
	}
}

func TestWhatIsNoNewsIsNotWritten(t *testing.T) {
	quiet := func(item core.ItemID) core.Activity { return core.Activity{Action: core.SyncedBank, Item: item} }
	busy := core.Activity{Action: core.SyncedBank, Item: "a", Count: core.SyncCount{Added: 1}}
	stopped := fault.New("t", fault.Canceled, nil)
	b := newBench()
	for i, tt := range []struct {
		entry core.Activity
		err   error
		later time.Duration
		want  bool
	}{
		{quiet("a"), nil, 0, true},
		{quiet("a"), nil, time.Minute, false},
		{quiet("b"), nil, 0, true},
		{quiet("a"), nil, 0, false}, // what another bank did between changes nothing
		{quiet("a"), errBroken, 0, true},
		{quiet("a"), nil, 0, true}, // it works again
		{busy, nil, 0, true},
		{quiet("a"), nil, 0, true},
		{quiet("a"), nil, 13 * time.Hour, true}, // another day
		{quiet("a"), stopped, 0, false},
		{busy, stopped, 0, true},
		{core.Activity{Action: core.ChangedProtector}, fault.New("t", fault.Invalid, nil), 0, false},
		{core.Activity{Action: core.CheckedBank, Item: "a"}, nil, 0, true},
		{core.Activity{Action: core.CheckedBank, Item: "a"}, nil, 0, true},
	} {
		b.clock.now = b.clock.now.Add(tt.later)
		before := len(b.log.list)
		b.Did(t.Context(), tt.entry, tt.err)
		if got := len(b.log.list) > before; got != tt.want {
			t.Errorf("entry %d: written is %v", i, got)
		}
	}
}

func TestFilters(t *testing.T) {
	at := time.Date(2026, 11, 18, 3, 0, 0, 0, time.UTC) // the evening of the 17th where it is read
	a := core.Activity{
		At: at, Profile: "p", Action: core.SyncedBank, Item: "i", Subject: "First Platypus Bank",
		Trouble: core.Trouble{Kind: fault.SignIn}, RequestID: "Wd7KfR1sXu9eNqB",
	}
	reading := activity.Reading{
		Words: func(core.Activity) string { return "Synced bank" }, Zone: time.FixedZone("EST", -5*60*60),
	}
	day := core.NewDate(2026, 11, 17)
	for _, tt := range []struct {
		name string
		f    activity.Filter
		want bool
	}{
		{"nothing", activity.Filter{}, true},
		{"profile", activity.Filter{Profiles: []core.ProfileID{"q", "p"}}, true},
		{"another profile", activity.Filter{Profiles: []core.ProfileID{"q"}}, false},
		{"action", activity.Filter{Actions: []core.Action{core.SyncedBank}}, true},
		{"another action", activity.Filter{Actions: []core.Action{core.LinkedBank}}, false},
		{"outcome", activity.Filter{Outcome: activity.Failed}, true},
		{"another outcome", activity.Filter{Outcome: activity.Done}, false},
		{"day", activity.Filter{From: day, To: day}, true},
		{"from the next day", activity.Filter{From: day + 1}, false},
		{"to the day before", activity.Filter{To: day - 1}, false},
		{"bank", activity.Filter{Item: "i"}, true},
		{"another bank", activity.Filter{Item: "j"}, false},
		{"words", activity.Filter{Text: "platypus  SYNCED wd7k"}, true},
		{"a word too many", activity.Filter{Text: "platypus linked"}, false},
	} {
		if got := tt.f.Match(a, reading); got != tt.want {
			t.Errorf("%s: match is %v", tt.name, got)
		}
		if tt.f.IsZero() != (tt.name == "nothing") {
			t.Errorf("%s: zero is %v", tt.name, tt.f.IsZero())
		}
	}
}

func TestOutcomes(t *testing.T) {
	for kind, want := range map[fault.Kind]activity.Outcome{
		fault.None: activity.Done, fault.SignIn: activity.Failed, fault.Passphrase: activity.Refused, fault.Canceled: activity.Stopped,
	} {
		a := core.Activity{Action: core.ChangedProtector, Trouble: core.Trouble{Kind: kind}}
		if got := activity.OutcomeOf(a); got != want {
			t.Errorf("%q is %s, want %s", kind, got, want)
		}
	}
	if got := activity.OutcomeOf(core.Activity{Action: core.RefusedKey}); got != activity.Refused {
		t.Errorf("a refused key is %s", got)
	}
}

func TestPagesReadNoFurtherThanTheyMust(t *testing.T) {
	l := &log{}
	for i := range 1000 {
		_, err := l.AddActivity(core.Activity{Action: core.SyncedBank, Item: core.ItemID(fmt.Sprint(i % 2))})
		if err != nil {
			t.Fatal(err)
		}
	}
	f := activity.Filter{Item: "1"}
	var got []uint64
	before := uint64(0)
	for range 3 {
		page, err := activity.FindPage(4, activity.Find(t.Context(), l, f, activity.Reading{}, before))
		if err != nil || !page.More || len(page.Entries) != 4 {
			t.Fatalf("page %+v, %v", page, err)
		}
		for _, a := range page.Entries {
			got = append(got, a.Seq)
		}
		before = got[len(got)-1]
	}
	if want := []uint64{1000, 998, 996, 994, 992, 990, 988, 986, 984, 982, 980, 978}; !slices.Equal(got, want) {
		t.Errorf("found %v", got)
	}
	if l.read > 40 {
		t.Errorf("read %d entries for three pages", l.read)
	}
	if n, err := activity.Count(activity.Find(t.Context(), l, f, activity.Reading{}, 0)); n != 500 || err != nil {
		t.Errorf("counted %d, %v", n, err)
	}
	page, err := activity.FindPage(4, activity.Find(t.Context(), l, f, activity.Reading{}, 4))
	if err != nil || page.More || len(page.Entries) != 1 {
		t.Errorf("the last page is %+v, %v", page, err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := activity.Count(activity.Find(over, l, f, activity.Reading{}, 0)); !fault.Is(err, fault.Canceled) {
		t.Errorf("without anybody to wait: %v", err)
	}
	l.err = errBroken
	if _, err := activity.Count(activity.Find(t.Context(), l, f, activity.Reading{}, 0)); !errors.Is(err, errBroken) {
		t.Errorf("of a broken log: %v", err)
	}
}
