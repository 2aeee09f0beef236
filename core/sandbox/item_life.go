package sandbox

import (
	"time"

	"bankbook/core/sandbox/wire"
)

// How long an Item lives without its user. Plaid's sandbox breaks every Item
// after 30 days (PLAID §3.1); a consent lasts 180 days in Europe, and a year at
// the American institutions that have the user give it on their own pages.
const (
	itemLife        = 30 * 24 * time.Hour
	europeanConsent = 180 * 24 * time.Hour
	americanConsent = 365 * 24 * time.Hour
	consentNotice   = 7 * 24 * time.Hour
)

// signedIn says that the user has signed in at the bank: the Item is healthy,
// and its time begins anew.
func (s *Server) signedIn(it *item) {
	now := s.now()
	it.LoginRequired, it.Breaks, it.ConsentEnds = false, time.Time{}, time.Time{}
	inst := institutionByID(it.Institution)
	if inst == nil {
		return // numbers entered by hand: there is nowhere to sign in
	}
	if !s.cfg.KeepItems {
		it.Breaks = now.Add(itemLife)
	}
	switch {
	case !inst.american():
		it.ConsentEnds = now.Add(europeanConsent)
	case inst.OAuth:
		it.ConsentEnds = now.Add(americanConsent)
	}
}

// american reports whether Plaid's rules of the United States and Canada hold.
func (i *institution) american() bool { return i.country() == "US" || i.country() == "CA" }

// trouble is the one rule about whether an Item can be used at an instant: it
// returns why not, or nil.
func (i *item) trouble(now time.Time) *wire.Error {
	if at := i.failsAt(); i.LoginRequired || !at.IsZero() && !now.Before(at) {
		return wire.Login()
	}
	return nil
}

// failsAt returns when the Item stops working by itself, or zero.
func (i *item) failsAt() time.Time {
	if i.Breaks.IsZero() || !i.ConsentEnds.IsZero() && i.ConsentEnds.Before(i.Breaks) {
		return i.ConsentEnds
	}
	return i.Breaks
}
