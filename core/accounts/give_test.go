package accounts_test

import (
	"testing"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/input"
)

// TestGiveAndTakeBack gives an account with everything that it is the first choice
// for to another profile, and takes it back as it was.
func TestGiveAndTakeBack(t *testing.T) {
	for name, c := range map[string]struct {
		account      core.AccountID
		view, to     core.ProfileID
		inThemselves bool // the view shows it wherever it is
	}{
		"from its bank's owner":  {"savings", "me", "shop", false},
		"to its bank's owner":    {"side", "shop", "me", false},
		"among all profiles":     {"savings", "", "shop", true},
		"to whose it is already": {"savings", "me", "me", true},
	} {
		d := newDesk(t)
		d.World.Change(c.account, func(a *core.Account) {
			a.Choices.Primary, a.Choices.Nickname = core.Primary{Deposits: true, Withdrawals: true}, "Rainy day"
			a.ACH = core.ACHAccount{Status: core.Verified, Primary: true}
		})
		before := d.World.Account(c.account)
		g, err := d.Give(d.View(c.view), c.account, c.to)
		must(t, err)
		given, err := d.Get(d.View(c.to), c.account)
		if err != nil || given.Owner() != c.to || given.Title() != "Rainy day" {
			t.Errorf("%s: given %+v, %v", name, given, err)
		}
		if _, err := d.Get(d.View(c.view), c.account); (err == nil) != c.inThemselves {
			t.Errorf("%s: it is seen by its former owner: %v", name, err)
		}
		must(t, d.TakeBack(d.View(c.view), g))
		if after := d.World.Account(c.account); after != before {
			t.Errorf("%s: before %+v, after %+v", name, before, after)
		}
		if n := len(d.World.Journal()); n != 2 || d.Told[n-1] != event.Event(event.AccountsChanged{Item: before.Item}) {
			t.Errorf("%s: recorded %+v, told %v", name, d.World.Journal(), d.Told)
		}
	}
}

// TestTakingBackTakesNothingFromOthers lets other accounts become what it was.
func TestTakingBackTakesNothingFromOthers(t *testing.T) {
	both := core.Primary{Deposits: true, Withdrawals: true}
	numbers := func(primary bool) core.ACHAccount { return core.ACHAccount{Status: core.Verified, Primary: primary} }
	for name, c := range map[string]struct {
		meanwhile func(*desk)
		want      core.Primary
		numbers   bool
	}{
		"nothing": {func(*desk) {}, both, true},
		"another is that for deposits": {func(d *desk) {
			d.World.Change("checking", func(a *core.Account) { a.Choices.Primary.Deposits = true })
		}, core.Primary{Withdrawals: true}, true},
		"other numbers are": {func(d *desk) {
			d.World.Change("checking", func(a *core.Account) { a.ACH = numbers(true) })
		}, both, false},
		"those of another profile are": {func(d *desk) {
			d.World.Change("till", func(a *core.Account) { a.ACH, a.Choices.Primary = numbers(true), both })
		}, both, true},
		"its numbers are gone": {func(d *desk) {
			d.World.Change("savings", func(a *core.Account) { a.ACH = core.ACHAccount{} })
		}, both, false},
		"it is stopped": {func(d *desk) {
			d.World.Change("savings", func(a *core.Account) { a.Choices.Status = core.Stopped })
		}, core.Primary{}, false},
		"its bank does not share it": {func(d *desk) {
			d.World.Change("savings", func(a *core.Account) { a.Unshared = true })
		}, core.Primary{}, true},
	} {
		d := newDesk(t)
		d.World.Change("savings", func(a *core.Account) { a.Choices.Primary, a.ACH = both, numbers(true) })
		g, err := d.Give(d.View("me"), "savings", "shop")
		must(t, err)
		c.meanwhile(d)
		must(t, d.TakeBack(d.View("me"), g))
		a := d.World.Account("savings")
		if a.Choices.Profile != "" || a.Choices.Primary != c.want || a.ACH.Primary != c.numbers {
			t.Errorf("%s: %+v, %+v", name, a.Choices, a.ACH)
		}
	}
}

func TestWhatCannotBeTakenBack(t *testing.T) {
	give := func(d *desk) accounts.Given {
		g, err := d.Give(d.View("me"), "savings", "shop")
		must(t, err)
		return g
	}
	d := newDesk(t)
	g := give(d)
	if err := d.TakeBack(d.View("shop"), g); !fault.Is(err, fault.NotFound) {
		t.Errorf("by whom it was given to: %v", err)
	}
	d.World.Change("savings", func(a *core.Account) { a.Choices.Profile = "old" })
	if err := d.TakeBack(d.View("me"), g); !fault.Is(err, fault.NotFound) {
		t.Errorf("one that was given away further: %v", err)
	}
	if _, err := d.Give(d.View("me"), "checking", "old"); len(input.Problems(err)) != 1 {
		t.Errorf("to an archived profile: %v", err)
	}
	if a := d.World.Account("checking"); a.Choices.Profile != "" {
		t.Errorf("it was given all the same: %+v", a.Choices)
	}
}
