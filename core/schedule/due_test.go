package schedule_test

import (
	"math"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/schedule"
)

var now = time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)

func ago(d time.Duration) time.Time { return now.Add(-d) }

// synced is an Item whose last try was a success, or failed with a kind.
func item(status core.ItemStatus, success, try time.Time, kind fault.Kind) core.Item {
	return core.Item{ID: "item", Status: status, Sync: core.SyncState{
		LastSuccess: success, LastTry: try, Trouble: core.Trouble{Kind: kind},
	}}
}

func TestWhatIsDue(t *testing.T) {
	const h, m = time.Hour, time.Minute
	plan := schedule.Plan{Every: 6 * h}
	failed := func(kind fault.Kind) core.Item { return item(core.Connected, ago(10*h), ago(0), kind) }
	for _, tt := range []struct {
		name string
		item core.Item
		mem  schedule.Memory
		deed schedule.Deed
		// in is when, and up to slack later; a
		// negative one is past.
		in, slack time.Duration
	}{
		{name: "after a success", item: item(core.Connected, ago(2*h), ago(2*h), ""), deed: schedule.Sync, in: 4 * h, slack: 15 * m},
		{name: "long ago", item: item(core.Connected, ago(50*h), ago(50*h), ""), deed: schedule.Sync, in: -44 * h, slack: 15 * m},
		{name: "mended by a check", item: item(core.Connected, ago(50*h), ago(0), ""), deed: schedule.Sync, in: -44 * h, slack: 15 * m},
		{name: "after the clock was put back", item: item(core.Connected, ago(-50*h), ago(-50*h), ""), deed: schedule.Sync, in: math.MinInt64},
		{name: "the network, once", item: failed(fault.Network), mem: mem(1, 0), deed: schedule.Sync, in: 15 * m, slack: 2 * m},
		{name: "the network, before the start", item: failed(fault.Network), deed: schedule.Sync, in: 15 * m, slack: 2 * m},
		{name: "the bank, again", item: failed(fault.BankDown), mem: mem(3, 0), deed: schedule.Sync, in: h, slack: 6 * m},
		{name: "the bank, for days", item: failed(fault.BankDown), mem: mem(40, 0), deed: schedule.Sync, in: 24 * h, slack: 15 * m},
		{name: "the provider asked to wait", item: failed(fault.RateLimit), mem: mem(1, 0), deed: schedule.Sync, in: h, slack: 6 * m},
		{name: "what a program cannot mend", item: failed(fault.Refused), mem: mem(1, 0), deed: schedule.Sync, in: 24 * h, slack: 15 * m},
		{name: "refused keys", item: failed(fault.Keys), mem: mem(1, 0)},
		{name: "no keys", item: failed(fault.NoKeys)},
		{
			name: "other keys", item: item(core.Connected, ago(10*h), ago(h), fault.Keys), deed: schedule.Sync, in: -m,
			mem: schedule.Memory{Failures: 2, Tried: ago(h), Keys: ago(m)},
		},
		{name: "stopped by the person", item: item(core.Connected, ago(10*h), ago(10*h), ""), mem: mem(1, 0), deed: schedule.Sync, in: 15 * m},
		{name: "sign-in", item: item(core.SignInNeeded, ago(90*h), ago(h), fault.SignIn), deed: schedule.Check, in: 23 * h, slack: 15 * m},
		{name: "consent", item: item(core.ConsentNeeded, ago(90*h), ago(30*h), fault.Consent), deed: schedule.Check, in: -6 * h, slack: 15 * m},
		{name: "gone", item: item(core.Gone, ago(90*h), ago(90*h), fault.Gone)},
		{name: "by hand", item: core.Item{ID: "item", Connection: core.ByHand}},
		{name: "leaving", item: core.Item{ID: "item", Status: core.Connected, Leaving: core.Leaving{Since: now}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := plan.Next(tt.item, tt.mem, now)
			if got.Deed != tt.deed || got.Item != "item" {
				t.Fatalf("due is %+v", got)
			}
			if tt.deed == schedule.Nothing {
				return
			}
			if in := got.At.Sub(now); in < tt.in || in > tt.in+tt.slack {
				t.Errorf("due in %v, want %v to %v", in, tt.in, tt.in+tt.slack)
			}
			never := schedule.Plan{}
			if got := never.Next(tt.item, tt.mem, now); got.Deed != schedule.Nothing {
				t.Errorf("with no schedule: %+v", got)
			}
		})
	}
	if got := plan.Next(core.Item{ID: "new", Status: core.Connected}, schedule.Memory{}, now); got.Deed != schedule.Sync || got.At.After(now) {
		t.Errorf("a new bank is due %+v", got)
	}
}

func mem(failures int, since time.Duration) schedule.Memory {
	return schedule.Memory{Failures: failures, Tried: ago(since), Keys: ago(100 * time.Hour)}
}

func TestNotAllBanksBeginAtOnce(t *testing.T) {
	at := map[time.Time]bool{}
	for _, id := range []core.ItemID{"a", "b", "c", "d", "e", "f", "g", "h"} {
		i := item(core.Connected, now, now, "")
		i.ID = id
		due := schedule.Default().Next(i, schedule.Memory{}, now)
		if again := schedule.Default().Next(i, schedule.Memory{}, now); again != due {
			t.Errorf("%v, then %v", due, again)
		}
		at[due.At.Truncate(time.Second)] = true
	}
	if len(at) < 6 {
		t.Errorf("eight banks are due at %d times", len(at))
	}
}

func TestPlansAreKept(t *testing.T) {
	for _, p := range []schedule.Plan{
		schedule.Default(), {}, {Every: time.Hour, OnBattery: true, OnMetered: true}, {Every: 24 * time.Hour, Notify: true},
	} {
		if got := schedule.Unpack(p.Pack()); got != p {
			t.Errorf("%+v became %+v", p, got)
		}
	}
	for _, text := range []string{"", "{", `{"every_seconds":-5}`, `{"every_seconds":60}`, `{"every_seconds":"x"}`, `[]`} {
		if got := schedule.Unpack(text); got != schedule.Default() {
			t.Errorf("%q is %+v", text, got)
		}
	}
}

func TestHowOftenAsAPersonTypesIt(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"never": 0, "15m": 15 * time.Minute, "90m": 90 * time.Minute, "6h": 6 * time.Hour, "1d": 24 * time.Hour, "31d": 31 * 24 * time.Hour,
	} {
		if got, err := schedule.ParseEvery(text); got != want || err != nil {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "0", "0d", "-1d", "5m", "32d", "999999999999d", "d", "6", "6x", "1d2h", "-6h", "Never"} {
		if got, err := schedule.ParseEvery(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
}

func TestQuiet(t *testing.T) {
	for _, tt := range []struct {
		plan schedule.Plan
		now  schedule.Power
		want schedule.Quiet
	}{
		{schedule.Plan{}, schedule.Power{}, schedule.NotQuiet},
		{schedule.Plan{}, schedule.Power{Battery: true, Metered: true}, schedule.ForBattery},
		{schedule.Plan{OnBattery: true}, schedule.Power{Battery: true, Metered: true}, schedule.ForMetered},
		{schedule.Plan{OnMetered: true}, schedule.Power{Metered: true}, schedule.NotQuiet},
	} {
		if got := tt.plan.Quiet(tt.now); got != tt.want {
			t.Errorf("%+v in %+v is quiet %q", tt.plan, tt.now, got)
		}
	}
}
