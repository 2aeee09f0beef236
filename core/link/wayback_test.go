package link_test

import (
	"testing"
	"testing/synctest"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
)

// The ways back of these tests.
var (
	byAddress = core.WayBack{RedirectURI: "https://example.org/back"}
	byApp     = core.WayBack{AndroidPackage: "org.example.app"}
)

func TestWayBack(t *testing.T) {
	for name, u := range allUpdates() {
		bubble(t, name, func(t *testing.T) { wayGiven(t, u) })
		bubble(t, name+", wrong", func(t *testing.T) { wayWrong(t, u) })
	}
	bubble(t, "that a bank was linked with", wayOfTheLink)
	bubble(t, "of a visit in vain is not remembered", wayInVain)
	bubble(t, "that is not allowed any more", wayNotAllowed)
	bubble(t, "that is another wants another page", wayOfAnotherPage)
}

// lastAsked is the way back of the last page.
func (w *world) lastAsked() core.WayBack { return w.bank.asked[len(w.bank.asked)-1].WayBack }

func (w *world) remembered(t *testing.T) core.WayBack {
	t.Helper()
	item, err := w.repo.Item(theItem)
	if err != nil {
		t.Fatal(err)
	}
	return item.Back
}

// wayGiven does an update with a way back, and then a repair without one.
func wayGiven(t *testing.T, u update) {
	w := u.ready(t)
	l := w.live(t, newGate())
	id, err := u.begin(l, t, byAddress)
	if err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Done)
	if w.lastAsked() != byAddress || w.remembered(t) != byAddress {
		t.Errorf("asked with %+v, remembered %+v", w.lastAsked(), w.remembered(t))
	}
	pages := len(w.bank.asked)
	l.finish(t, l.mustRepair(t, theItem), link.Done)
	if len(w.bank.asked) != pages+1 || w.lastAsked() != byAddress {
		t.Errorf("asked again with %+v", w.lastAsked())
	}
}

func wayWrong(t *testing.T, u update) {
	w := u.ready(t)
	l := w.live(t, newGate())
	pages := len(w.bank.asked)
	for name, way := range map[string]core.WayBack{
		"no web address": {RedirectURI: "example.org"},
		"no package":     {AndroidPackage: "app"},
		"both":           {RedirectURI: byAddress.RedirectURI, AndroidPackage: byApp.AndroidPackage},
	} {
		if _, err := u.begin(l, t, way); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(l.Active()) != 0 || len(w.bank.asked) != pages {
		t.Errorf("begun: %+v", l.Active())
	}
}

func wayOfTheLink(t *testing.T) {
	w := newWorld()
	l := w.live(t, newGate())
	o := wanted
	o.WayBack = byApp
	id, err := l.Begin(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Done)
	l.finish(t, l.mustRepair(t, theItem), link.Done)
	if len(w.bank.asked) != 2 || w.lastAsked() != byApp {
		t.Errorf("asked %+v", w.bank.asked)
	}
}

func wayInVain(t *testing.T) {
	u := allUpdates()["accounts under other ids"]
	w := u.ready(t)
	w.bank.exit = &left
	l := w.live(t, newGate())
	id, err := u.begin(l, t, byAddress)
	if err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Exited)
	if w.lastAsked() != byAddress || w.remembered(t) != none {
		t.Errorf("asked with %+v, remembered %+v", w.lastAsked(), w.remembered(t))
	}
}

// What is remembered is left out where it is refused; what was given just now is not.
func wayNotAllowed(t *testing.T) {
	u := allUpdates()["accounts under other ids"]
	w := u.ready(t)
	w.bank.updates = nil
	l := w.live(t, newGate())
	id, err := l.Repair(t.Context(), theItem, byAddress)
	if err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Done)
	w.bank.refusesWays = true
	l.finish(t, l.mustRepair(t, theItem), link.Done)
	if asked := w.bank.asked; asked[len(asked)-2].WayBack != byAddress || w.lastAsked() != none {
		t.Errorf("asked %+v", asked)
	}
	if id, err = l.Repair(t.Context(), theItem, byApp); err != nil {
		t.Fatal(err)
	}
	if s := l.finish(t, id, link.Failed); s.Trouble.Kind != fault.Refused || w.lastAsked() != byApp || w.remembered(t) != byAddress {
		t.Errorf("ended %s (%+v), asked with %+v, remembered %+v", s.Stage, s.Trouble, w.lastAsked(), w.remembered(t))
	}
}

func wayOfAnotherPage(t *testing.T) {
	w := allUpdates()["accounts under other ids"].ready(t)
	w.bank.never = true
	l := w.live(t, newGate())
	begin := func(way core.WayBack) core.LinkID {
		t.Helper()
		id, err := l.Repair(t.Context(), theItem, way)
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		return id
	}
	first := begin(byAddress)
	if nothing, same, other := begin(none), begin(byAddress), begin(byApp); nothing != first || same != first || other == first || w.lastAsked() != byApp {
		t.Errorf("%s, then %s, %s and %s; asked with %+v", first, nothing, same, other, w.lastAsked())
	}
	for _, s := range l.Active() {
		if err := l.Cancel(s.ID); err != nil {
			t.Fatal(err)
		}
	}
}
