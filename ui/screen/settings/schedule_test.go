package settings_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"bankbook/core/fault"
	"bankbook/core/schedule"
	"bankbook/ui/kit"
	"bankbook/ui/screen/settings"
)

// switches returns the switches on the page, from top to bottom.
func (b *bench) switches() []*kit.Switch {
	b.t.Helper()
	var found []*kit.Switch
	for _, o := range test.LaidOutObjects(b.canvas().Content()) {
		if s, ok := o.(*kit.Switch); ok {
			found = append(found, s)
		}
	}
	return found
}

func (b *bench) flip(n int) {
	b.t.Helper()
	b.switches()[n].Tapped(nil)
	b.settle()
}

func plan(change func(*schedule.Plan)) string {
	p := schedule.Default()
	change(&p)
	return "plan " + p.Pack()
}

func TestSchedule(t *testing.T) {
	b := newBench(t, nil)
	b.shows("Sync by itself", "Every 6 hours", "Next sync in 3 h.", "Also on battery", "Also on a metered network", "Notify me when a bank needs me")
	for i, on := range []bool{true, false, true} {
		if got := b.switches()[i].On(); got != on {
			t.Errorf("switch %d is %t", i, got)
		}
	}
	b.flip(1)
	b.came(plan(func(p *schedule.Plan) { p.OnMetered = true }))
	b.outlook.Plan, b.asked = schedule.Default(), nil
	b.Load()
	b.settle()
	b.flip(0)
	b.flip(2)
	b.came(plan(func(p *schedule.Plan) { p.OnBattery = false }), plan(func(p *schedule.Plan) { p.OnBattery, p.Notify = false, false }))
	b.outlook.Plan, b.asked = schedule.Default(), nil
	b.Load()
	b.settle()
	b.tap("Every 6 hours", "Never")
	b.came(plan(func(p *schedule.Plan) { p.Every = 0 }))
	b.shows("Banks are synced when you ask for it.")
	if s := b.switches(); !s[0].Disabled() || !s[1].Disabled() || s[2].Disabled() {
		t.Error("without a schedule battery and network mean nothing, and notices do")
	}
}

func TestScheduleThatCannotBeKept(t *testing.T) {
	b := newBench(t, nil)
	b.err = fault.New("set", fault.DiskFull, nil)
	b.flip(0)
	if len(b.reported) != 1 || !b.switches()[0].On() {
		t.Errorf("reported %v, the switch is %t", b.reported, b.switches()[0].On())
	}
}

func TestScheduleShowsWhatThereIs(t *testing.T) {
	b := newBench(t, func(b *bench, _ *settings.Deps) {
		b.outlook = schedule.Outlook{Plan: schedule.Plan{Every: 90 * time.Minute}, Sync: now, Quiet: schedule.ForBattery}
		b.metered = false
	})
	b.shows("Every 90 min", "Waits until the computer is plugged in.")
	b.hides("Also on a metered network")
	b = newBench(t, func(_ *bench, d *settings.Deps) { d.ReviewCopy = true })
	b.hides("Sync by itself")
	b = newBench(t, func(_ *bench, d *settings.Deps) { d.Schedule = nil })
	b.hides("Sync by itself")
}
