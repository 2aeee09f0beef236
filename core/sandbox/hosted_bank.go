package sandbox

import (
	"bankbook/core/sandbox/journey"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/web"
)

// way returns what the way through Link depends on at the institution. That of
// none is the zero one.
func (i *institution) way(l *link) journey.Bank {
	if i == nil {
		return journey.Bank{}
	}
	ways := i.methods()
	return journey.Bank{
		ID: i.ID, Health: i.state(), OAuth: i.OAuth, Masked: !ways.InstantAuth && (ways.InstantMatch || ways.Automated),
		Deposits: !ways.InstantAuth && ways.InstantMicro, Lacks: len(i.lacks(l.Products)) > 0,
	}
}

// The banks that stand for something (PLAID §5). The one with a PIN is our own
// choice: Plaid does not say which of its banks asks for one.
const (
	appBank = "ins_132241"
	qrBank  = "ins_117181"
	pinBank = "ins_109509"
)

// state is the health in the words of the journey.
func (i *institution) state() journey.Health {
	switch {
	case i.Unsupported:
		return journey.Retired
	case i.Health == down:
		return journey.Down
	case i.Health == degraded:
		return journey.Degraded
	}
	return journey.Healthy
}

// pin returns the PIN that the institution asks for, or "".
func (i *institution) pin() string {
	if i.ID == pinBank {
		return people.GoodPin
	}
	return ""
}

// reached says whether the institution is reached through its app.
func (i *institution) reached() string {
	switch i.ID {
	case appBank:
		return "app"
	case qrBank:
		return "qr"
	}
	return ""
}

// shown returns the institution as the pages show it.
func (i *institution) shown() web.Bank {
	if i == nil {
		return web.Bank{}
	}
	b := web.Bank{ID: i.ID, Name: i.Name, Colour: i.Colour}
	switch i.country() {
	case "CA":
		b.Country = "Canada"
	case "GB":
		b.Country = "United Kingdom"
	}
	switch i.state() {
	case journey.Down:
		b.State = "Not answering at the moment"
	case journey.Degraded:
		b.State = "Slow at the moment"
	}
	return b
}
