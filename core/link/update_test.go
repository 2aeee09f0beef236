package link_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
)

// updates are the situations of sessions about an Item that is there, and of those
// that may find several.
func updates() []situation {
	var all []situation
	for _, purpose := range []link.Purpose{link.Accounts, link.Products, link.Verify} {
		of := func(s *link.Session) { repair(s); s.Purpose = purpose }
		all = append(all,
			situation{string(purpose) + " waiting", session(link.Waiting, of), map[string]string{
				"": "waiting Poll", "opened again": "waiting OpenBrowser Poll", "polled result": "fetching Fetch",
				"polled exit": "fetching Fetch", "polled finish": "fetching Fetch", "polled late": "expired",
				"polled very late": "expired", "poll failed": "waiting Poll !network",
				"poll failed late": "expired !network", "poll lapsed": "expired !expired", "canceled": "discarded",
			}},
			situation{string(purpose) + " checking", session(link.Fetching, of), map[string]string{
				"fetched": "syncing Sync", "unchanged": "exited", "still broken": "failed !sign_in",
				"resumed": "fetching Fetch", "resumed late": "fetching Fetch", "retried": "fetching Fetch", "canceled": "discarded",
				"stumbled network": "fetching Pause !network", "stumbled keychain": "fetching !keychain_locked",
				"stumbled lapsed": "fetching !expired", "stumbled again": "fetching !expired",
				"stumbled gone": "failed !gone", "stumbled sign-in": "fetching !sign_in",
			}},
			situation{string(purpose) + " syncing", session(link.Syncing, of), syncing("done")},
		)
	}
	return append(all, situation{"waiting for several", session(link.Waiting, func(s *link.Session) { s.Options.Several = true }), map[string]string{
		"": "waiting Poll", "opened again": "waiting OpenBrowser Poll", "polled result": "deciding FindTwins",
		"polled first late": "deciding FindTwins", "polled first on asking": "deciding FindTwins",
		"polled exit": "exited", "polled finish": "exited", "polled late": "expired", "polled very late": "expired",
		"poll failed": "waiting Poll !network", "poll failed late": "expired !network", "poll lapsed": "expired !expired",
		"canceled": "discarded",
	}})
}

// update is one of the ways to change an Item that is there: what is asked for, what
// the person does about it, and what then is in the vault and on the session.
type update struct {
	before func(*world, *fakeItem)
	begin  func(*life, *testing.T, core.WayBack) (core.LinkID, error)
	does   func(*fakeItem)
	asked  bank.LinkRequest
	moved  []link.Move
	check  func(core.Item, []core.Account) bool
}

const theItem core.ItemID = "item-1"

// none is no way back of one's own.
var none core.WayBack

func allUpdates() map[string]update {
	change := func(l *life, t *testing.T, way core.WayBack) (core.LinkID, error) {
		return l.ChangeAccounts(t.Context(), theItem, way)
	}
	access := secret.New("access-1")
	return map[string]update{
		"accounts added and taken away": {
			begin: change,
			does: func(i *fakeItem) {
				i.accounts = []core.Account{{ID: "savings", Name: "Savings", Mask: "1111", Type: core.Depository}}
			},
			asked: bank.LinkRequest{User: "profile", Access: access, SelectAccounts: true},
			check: func(_ core.Item, a []core.Account) bool {
				return len(a) == 2 && a[0].ID == "savings" && !a[0].Unshared && a[1].ID == "account-1" && a[1].Unshared
			},
		},
		"accounts under other ids": {
			begin: change,
			does: func(i *fakeItem) {
				i.accounts = slices.Clone(i.accounts)
				i.accounts[0].ID = "account-1b"
			},
			asked: bank.LinkRequest{User: "profile", Access: access, SelectAccounts: true},
			moved: []link.Move{{Old: "account-1", New: "account-1b"}},
			check: func(_ core.Item, a []core.Account) bool {
				return len(a) == 2 && a[1].ID == "account-1" && a[1].Unshared
			},
		},
		"account numbers": {
			before: func(w *world, i *fakeItem) {
				i.unasked = true
				w.forgetNumbers()
			},
			begin: func(l *life, t *testing.T, way core.WayBack) (core.LinkID, error) {
				return l.AddProducts(t.Context(), theItem, []core.Product{core.Auth}, way)
			},
			does:  func(i *fakeItem) { i.unasked = false },
			asked: bank.LinkRequest{User: "profile", Access: access, Additional: []core.Product{core.Auth}},
			check: func(i core.Item, a []core.Account) bool {
				return i.Has(core.Auth) && i.Has(core.Transactions) && a[0].ACH.NumberLast4 == "0000"
			},
		},
		"a small deposit": {
			before: func(w *world, i *fakeItem) {
				i.accounts = slices.Clone(i.accounts)
				i.accounts[0].Item, i.accounts[0].ACH = theItem, core.ACHAccount{Status: core.VerifyPending, From: core.ByPlaid}
				w.forgetNumbers()
				_ = w.repo.PutAccounts(theItem, i.accounts)
			},
			begin: func(l *life, t *testing.T, way core.WayBack) (core.LinkID, error) {
				return l.Verify(t.Context(), theItem, "account-1", way)
			},
			does: func(i *fakeItem) {
				i.accounts = slices.Clone(i.accounts)
				i.accounts[0].ACH.Status = core.Verified
			},
			asked: bank.LinkRequest{User: "profile", Access: access},
			check: func(_ core.Item, a []core.Account) bool {
				return a[0].ACH.Status == core.Verified && a[0].ACH.NumberLast4 == "0000"
			},
		},
	}
}

// forgetNumbers takes the numbers of the Item out of the vault and the secret store.
func (w *world) forgetNumbers() {
	item, _ := w.repo.Item(theItem)
	item.Products = []core.Product{core.Transactions}
	accounts, _ := w.repo.AccountsOf(theItem)
	for i := range accounts {
		accounts[i].ACH = core.ACHAccount{}
		_ = w.secrets.Delete(context.Background(), secret.NumbersName(w.env, accounts[i].ID))
	}
	_ = w.repo.RemoveItem(theItem)
	_ = w.repo.PutItemAndAccounts(item, accounts)
}

// ready returns a world with a linked bank that the update is about.
func (u update) ready(t *testing.T) *world {
	t.Helper()
	w := newWorld()
	l := w.live(t, newGate())
	l.link(t)
	l.Close()
	there := w.bank.items["access-1"]
	if u.before != nil {
		u.before(w, there)
	}
	w.bank.updates = u.does
	return w
}

// done sees that the update has come to its end as it should.
func (u update) done(t *testing.T, w *world, s link.Session) {
	t.Helper()
	item, err := w.repo.Item(theItem)
	if err != nil {
		t.Fatal(err)
	}
	accounts, err := w.repo.AccountsOf(theItem)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case s.Stage != link.Done || !u.check(item, accounts):
		t.Fatalf("ended %s (%+v) with %+v and %+v", s.Stage, s.Trouble, item, accounts)
	case !slices.Equal(s.Moved, u.moved):
		t.Errorf("moved %v, want %v", s.Moved, u.moved)
	case len(w.bank.live()) != 1 || len(s.Items) != 0:
		t.Errorf("it made another item")
	}
}

func TestUpdates(t *testing.T) {
	for name, u := range allUpdates() {
		bubble(t, name, func(t *testing.T) {
			w := u.ready(t)
			l := w.live(t, newGate())
			id, err := u.begin(l, t, none)
			if err != nil {
				t.Fatal(err)
			}
			if again, err := u.begin(l, t, none); err != nil || again != id {
				t.Errorf("begun twice: %s, then %s, %v", id, again, err)
			}
			u.done(t, w, l.finish(t, id, link.Done))
			if asked := w.bank.asked[len(w.bank.asked)-1]; !reflect.DeepEqual(asked, u.asked) {
				t.Errorf("asked for %+v, want %+v", asked, u.asked)
			}
		})
	}
}

// TestUpdatesKilledAnywhere kills the program at every crossing of an update, and
// lets it start again.
func TestUpdatesKilledAnywhere(t *testing.T) {
	for name, u := range allUpdates() {
		var names []string
		bubble(t, name+", no harm", func(t *testing.T) {
			l := u.ready(t).live(t, newGate())
			id, err := u.begin(l, t, none)
			if err != nil {
				t.Fatal(err)
			}
			l.spend(t, id)
			names = l.gate.names
		})
		for n, crossing := range names {
			bubble(t, fmt.Sprintf("%s, %d %s", name, n, crossing), func(t *testing.T) {
				w := u.ready(t)
				l := w.live(t, newGate().killAt(n))
				if id, err := u.begin(l, t, none); err == nil {
					l.spend(t, id)
				}
				for _, s := range w.afterlife(t) {
					if s.Purpose.Updates() {
						u.done(t, w, s)
					}
				}
			})
		}
	}
}

// left is how all of them end if the person leaves the page.
func TestUpdatesLeft(t *testing.T) {
	for name, u := range allUpdates() {
		bubble(t, name, func(t *testing.T) {
			w := u.ready(t)
			w.bank.exit = &left
			before, err := w.repo.AccountsOf(theItem)
			if err != nil {
				t.Fatal(err)
			}
			l := w.live(t, newGate())
			id, err := u.begin(l, t, none)
			if err != nil {
				t.Fatal(err)
			}
			l.finish(t, id, link.Exited)
			if now, err := w.repo.AccountsOf(theItem); err != nil || !reflect.DeepEqual(now, before) {
				t.Errorf("accounts are %+v, were %+v", now, before)
			}
		})
	}
}

func TestUpdatesThatCameToNothing(t *testing.T) {
	bubble(t, "the bank has no numbers", numbersUnsupported)
	bubble(t, "numbers that are being got ready are no failure", numbersNotReady)
	bubble(t, "the code was wrong too often", codeWrong)
	bubble(t, "an account that went away left after all", accountsLeftAfterAll)
	bubble(t, "refused before anything begins", updatesRefused)
}

// run does the update and returns its session, which ends in the given stage.
func (u update) run(t *testing.T, w *world, end link.Stage) link.Session {
	t.Helper()
	l := w.live(t, newGate())
	id, err := u.begin(l, t, none)
	if err != nil {
		t.Fatal(err)
	}
	return l.finish(t, id, end)
}

func numbersUnsupported(t *testing.T) {
	u := allUpdates()["account numbers"]
	w := u.ready(t)
	w.bank.failing.numbers, w.bank.updates = fault.Unsupported, nil
	if s := u.run(t, w, link.Failed); s.Trouble.Kind != fault.Unsupported {
		t.Errorf("trouble %+v", s.Trouble)
	}
	if item, _ := w.repo.Item(theItem); item.Has(core.Auth) {
		t.Error("the item is said to have numbers")
	}
}

func numbersNotReady(t *testing.T) {
	u := allUpdates()["account numbers"]
	w := u.ready(t)
	w.bank.failing.numbers = fault.NotReady
	u.run(t, w, link.Done)
	if item, _ := w.repo.Item(theItem); !item.Has(core.Auth) {
		t.Error("the item does not say that it will have numbers")
	}
}

func codeWrong(t *testing.T) {
	u := allUpdates()["a small deposit"]
	w := u.ready(t)
	w.bank.updates = func(i *fakeItem) {
		i.accounts = slices.Clone(i.accounts)
		i.accounts[0].ACH.Status = core.VerifyFailed
	}
	if s := u.run(t, w, link.Failed); s.Trouble.Code != "TOO_MANY_VERIFICATION_ATTEMPTS" {
		t.Errorf("trouble %+v", s.Trouble)
	}
	if a, _ := w.repo.AccountsOf(theItem); a[0].ACH.Status != core.VerifyFailed {
		t.Errorf("the vault says %+v", a[0].ACH)
	}
}

// A page can look abandoned and have worked (PLAID §7).
func accountsLeftAfterAll(t *testing.T) {
	u := allUpdates()["accounts added and taken away"]
	w := u.ready(t)
	w.bank.exit = &left
	w.bank.items["access-1"].accounts = []core.Account{{ID: "savings", Name: "Savings"}}
	u.run(t, w, link.Done)
}

func updatesRefused(t *testing.T) {
	w := allUpdates()["account numbers"].ready(t)
	l := w.live(t, newGate())
	if err := w.repo.PutItem(core.Item{ID: "by hand", Connection: core.ByHand}); err != nil {
		t.Fatal(err)
	}
	if err := w.repo.PutItem(core.Item{ID: "leaving", Leaving: core.Leaving{Since: time.Now()}}); err != nil {
		t.Fatal(err)
	}
	auth := []core.Product{core.Auth}
	for name, c := range map[string]struct {
		begin func() (core.LinkID, error)
		want  fault.Kind
	}{
		"accounts of nothing":     {func() (core.LinkID, error) { return l.ChangeAccounts(t.Context(), "nothing", none) }, fault.NotFound},
		"products of nothing":     {func() (core.LinkID, error) { return l.AddProducts(t.Context(), "nothing", auth, none) }, fault.NotFound},
		"verification of nothing": {func() (core.LinkID, error) { return l.Verify(t.Context(), "nothing", "account-1", none) }, fault.NotFound},
		"no products":             {func() (core.LinkID, error) { return l.AddProducts(t.Context(), theItem, nil, none) }, fault.Invalid},
		"products that are there": {func() (core.LinkID, error) {
			return l.AddProducts(t.Context(), theItem, []core.Product{core.Transactions}, none)
		}, fault.Invalid},
		"another's account":            {func() (core.LinkID, error) { return l.Verify(t.Context(), theItem, "another", none) }, fault.NotFound},
		"an account without a deposit": {func() (core.LinkID, error) { return l.Verify(t.Context(), theItem, "account-1", none) }, fault.Invalid},
		"accounts kept by hand":        {func() (core.LinkID, error) { return l.ChangeAccounts(t.Context(), "by hand", none) }, fault.Invalid},
		"a bank that leaves":           {func() (core.LinkID, error) { return l.Repair(t.Context(), "leaving", none) }, fault.Invalid},
	} {
		if _, err := c.begin(); !fault.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if active := l.Active(); len(active) != 0 {
		t.Errorf("begun: %+v", active)
	}
}
