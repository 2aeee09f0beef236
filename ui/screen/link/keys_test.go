package link_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/ui/run"
	screen "bankbook/ui/screen/link"
	"bankbook/ui/uitest"
)

// withKeys is the form for a new bank with these keys.
func withKeys(t *testing.T, env core.Environment, keys func() (core.KeyFacts, error)) *shown {
	t.Helper()
	b := &bench{driver: &driver{session: link.Session{}}, queue: run.NewQueue()}
	t.Cleanup(b.queue.Close)
	b.Model = screen.New(screen.Deps{
		Runner: b.queue, Now: func() time.Time { return now }, Environment: env, Driver: b.driver, Source: source{},
		Keys: func(context.Context) (core.KeyFacts, error) { return keys() },
	})
	v := &shown{bench: b, t: t, view: screen.NewView(b.Model)}
	v.window = uitest.Window(t, v.view.Content(), fyne.NewSize(1072, 744), uitest.Light)
	return v
}

// What a bank costs is said from the first moment, and how many of a plan are used
// as soon as that is known.
func TestCostIsSaidBeforeTheBrowserOpens(t *testing.T) {
	facts := core.KeyFacts{Env: core.Production, Made: 3}
	v := withKeys(t, core.Production, func() (core.KeyFacts, error) { return facts, nil })
	v.shows("Plaid may charge for this bank for as long as it is linked.")
	v.shows("For deposits and payments. Plaid may charge for this once for each bank.")
	v.hides("A Trial plan")
	v.Show()
	v.settle()
	v.shows("Plaid may charge for this bank for as long as it is linked. A Trial plan allows ten banks for life; 3 used here.")
	facts.Made, facts.Trial = 10, core.OnTrial
	v.Show()
	v.settle()
	v.shows("All ten banks of your Trial plan are used, so Plaid may refuse another one.")
	facts.Made, facts.Trial = 4, core.OnTrial
	v.Handle(event.KeysChanged{})
	v.settle()
	v.shows("This uses one of the ten banks that your Trial plan allows for life; 4 used so far.")
	for _, env := range []core.Environment{core.Practice, core.Sandbox} {
		v = withKeys(t, env, func() (core.KeyFacts, error) { return core.KeyFacts{Env: env, Made: 3}, nil })
		v.Show()
		v.settle()
		v.hides("Plaid may charge")
	}
}

// Keys that do not allow numbers leave nothing to ask, and nothing is asked for.
func TestNumbersThatKeysDoNotAllow(t *testing.T) {
	check := core.KeyCheck{Tested: now, Works: true, Products: []core.Product{core.Transactions}}
	v := withKeys(t, core.Sandbox, func() (core.KeyFacts, error) { return core.KeyFacts{Env: core.Sandbox, Check: check}, nil })
	v.hides("Your keys don’t allow")
	v.Show()
	v.settle()
	v.shows("Your keys don’t allow Plaid’s product Auth, which account numbers come from.", "Not available")
	v.Begin()
	v.settle()
	if v.driver.options.HistoryDays == 0 || v.driver.options.Numbers {
		t.Errorf("it begins with %+v", v.driver.options)
	}
}

func TestKeysThatCannotBeRead(t *testing.T) {
	v := withKeys(t, core.Sandbox, func() (core.KeyFacts, error) {
		return core.KeyFacts{}, fault.New("read", fault.Unreadable, nil)
	})
	v.Show()
	v.settle()
	v.shows("Bankbook can’t read or write a file in its data folder.")
}
