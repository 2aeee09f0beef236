package profile_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/profile"
)

// world is a vault, and what ends its banks.
type world struct {
	profiles []core.Profile
	items    []core.Item
	accounts []core.Account
	asked    []core.ItemID
	undone   []core.ItemID
	told     map[core.ItemID]bool
	err      error
	changes  int
}

func (w *world) Profiles() ([]core.Profile, error) { return slices.Clone(w.profiles), w.err }
func (w *world) Items() ([]core.Item, error)       { return w.items, w.err }

func (w *world) PutProfile(p core.Profile) error {
	if w.err != nil {
		return w.err
	}
	at := slices.IndexFunc(w.profiles, func(have core.Profile) bool { return have.ID == p.ID })
	if at < 0 {
		w.profiles = append(w.profiles, p)
		return nil
	}
	w.profiles[at] = p
	return nil
}

func (w *world) RemoveProfile(id core.ProfileID) error {
	w.profiles = slices.DeleteFunc(w.profiles, func(p core.Profile) bool { return p.ID == id })
	return w.err
}

func (w *world) UpdateAccounts(change func([]core.Account) error) error { return change(w.accounts) }

func (w *world) Ask(id core.ItemID, _ bool) error {
	if w.told[id] {
		return fault.New("test", fault.Invalid, nil)
	}
	w.asked = append(w.asked, id)
	return nil
}

func (w *world) Undo(id core.ItemID) error {
	if w.told[id] {
		return fault.New("test", fault.Invalid, nil)
	}
	w.undone = append(w.undone, id)
	return nil
}

func newWorld() (*world, *profile.Keeper) {
	w := &world{
		profiles: []core.Profile{{ID: "me", Name: "Household", Kind: core.Person}, {ID: "shop", Name: "Juniper Bakery", Kind: core.Business}},
		items:    []core.Item{{ID: "mine", Profile: "me"}, {ID: "theirs", Profile: "shop"}, {ID: "more", Profile: "shop"}},
		accounts: []core.Account{{ID: "a", Item: "mine", Choices: core.AccountChoices{Profile: "shop", Primary: core.Primary{Deposits: true}}}},
		told:     map[core.ItemID]bool{},
	}
	bus := &event.Bus{}
	bus.Subscribe(func(event.Event) { w.changes++ })
	return w, profile.New(profile.Deps{
		Repo: w, Banks: w, Events: bus, Clock: clock.System{}, NewID: func() core.ProfileID { return "new" },
	})
}

func (w *world) profile(id core.ProfileID) (core.Profile, bool) {
	at := slices.IndexFunc(w.profiles, func(p core.Profile) bool { return p.ID == id })
	if at < 0 {
		return core.Profile{}, false
	}
	return w.profiles[at], true
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		name, want string
		why        error
	}{
		{"  A   client ", "A client", nil},
		{"JUNIPER bakery", "", profile.ErrTaken},
		{" \t ", "", profile.ErrNoName},
		{"", "", profile.ErrNoName},
		{strings.Repeat("ä", profile.MaxName), strings.Repeat("ä", profile.MaxName), nil},
		{strings.Repeat("a", profile.MaxName+1), "", profile.ErrLongName},
		{"a\x00b", "", profile.ErrName},
		{"a\u202eb", "", profile.ErrName},
		{"a\xffb", "", profile.ErrName},
	} {
		w, k := newWorld()
		before := len(w.profiles)
		p, err := k.Create(c.name, core.Person)
		if !errors.Is(err, c.why) || c.why != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v, want %v", c.name, err, c.why)
		}
		if c.why != nil && (len(w.profiles) != before || w.changes != 0) {
			t.Errorf("%q: something was kept", c.name)
		}
		if kept, _ := w.profile("new"); c.why == nil && (p != kept || kept.Name != c.want || w.changes != 1) {
			t.Errorf("%q: kept %+v", c.name, kept)
		}
	}
	w, k := newWorld()
	if _, err := k.Create("A client", "alien"); !errors.Is(err, profile.ErrKind) || len(w.profiles) != 2 {
		t.Errorf("a kind that there is not: %v", err)
	}
}

func TestChange(t *testing.T) {
	w, k := newWorld()
	if _, err := k.Change("shop", "juniper BAKERY", core.Employer); err != nil {
		t.Errorf("its own name in other letters: %v", err)
	}
	if p, _ := w.profile("shop"); p.Name != "juniper BAKERY" || p.Kind != core.Employer {
		t.Errorf("kept %+v", p)
	}
	if _, err := k.Change("shop", "household", core.Business); !errors.Is(err, profile.ErrTaken) {
		t.Errorf("another's name: %v", err)
	}
	if _, err := k.Change("nobody", "Name", core.Business); !fault.Is(err, fault.NotFound) {
		t.Errorf("nobody: %v", err)
	}
}

func TestArchive(t *testing.T) {
	w, k := newWorld()
	for range 2 {
		if err := k.Archive("shop"); err != nil {
			t.Fatal(err)
		}
	}
	if err := k.Archive("me"); !errors.Is(err, profile.ErrLast) {
		t.Errorf("the last one: %v", err)
	}
	if err := k.Delete("me"); !errors.Is(err, profile.ErrLast) || len(w.asked) != 0 {
		t.Errorf("deleting the last one: %v", err)
	}
	if err := k.Restore("shop"); err != nil {
		t.Fatal(err)
	}
	if p, _ := w.profile("shop"); p.Archived {
		t.Error("still archived")
	}
	if err := k.Archive("nobody"); !fault.Is(err, fault.NotFound) {
		t.Errorf("nobody: %v", err)
	}
}

func TestDelete(t *testing.T) {
	w, k := newWorld()
	if err := k.Delete("shop"); err != nil {
		t.Fatal(err)
	}
	if p, _ := w.profile("shop"); p.Leaving.IsZero() || !slices.Equal(w.asked, []core.ItemID{"theirs", "more"}) {
		t.Errorf("profile %+v, asked %v", p, w.asked)
	}
	for name, err := range map[string]error{
		"archive": k.Archive("shop"), "delete": k.Delete("shop"), "change": second(k.Change("shop", "x", core.Person)),
		"archive the other": k.Archive("me"),
	} {
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s while it is being deleted: %v", name, err)
		}
	}
	if removed, err := k.Sweep(t.Context()); err != nil || len(removed) != 0 {
		t.Errorf("removed %v with its banks, %v", removed, err)
	}
	w.items = w.items[:1]
	removed, err := k.Sweep(t.Context())
	if err != nil || len(removed) != 1 || removed[0].Name != "Juniper Bakery" {
		t.Errorf("removed %v, %v", removed, err)
	}
	if _, there := w.profile("shop"); there || w.accounts[0].Choices != (core.AccountChoices{}) {
		t.Errorf("left: %v, %+v", w.profiles, w.accounts)
	}
}

func second[T any](_ T, err error) error { return err }

func TestUndoDelete(t *testing.T) {
	w, k := newWorld()
	if err := k.Delete("shop"); err != nil {
		t.Fatal(err)
	}
	if err := k.UndoDelete("shop"); err != nil || !slices.Equal(w.undone, []core.ItemID{"theirs", "more"}) {
		t.Errorf("undone %v, %v", w.undone, err)
	}
	if p, _ := w.profile("shop"); !p.Leaving.IsZero() {
		t.Error("still being deleted")
	}
	if err := k.Delete("shop"); err != nil {
		t.Fatal(err)
	}
	w.told["theirs"], w.undone = true, nil
	if err := k.UndoDelete("shop"); !errors.Is(err, profile.ErrLeaving) || !slices.Equal(w.undone, []core.ItemID{"more"}) {
		t.Errorf("undone too late %v, %v", w.undone, err)
	}
	if p, _ := w.profile("shop"); !p.Leaving.IsZero() {
		t.Error("the rest is still being deleted")
	}
	if err := k.UndoDelete("nobody"); !fault.Is(err, fault.NotFound) {
		t.Errorf("nobody: %v", err)
	}
}

func TestFaultsChangeNothing(t *testing.T) {
	w, k := newWorld()
	w.err = errors.New("disk")
	for name, err := range map[string]error{
		"create": second(k.Create("A", core.Person)), "change": second(k.Change("me", "A", core.Person)),
		"archive": k.Archive("me"), "restore": k.Restore("me"), "delete": k.Delete("me"), "undo": k.UndoDelete("me"),
		"sweep": second(k.Sweep(t.Context())),
	} {
		if !errors.Is(err, w.err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if w.changes != 0 || len(w.asked) != 0 || w.profiles[0].Leaving != (time.Time{}) {
		t.Error("something happened all the same")
	}
}
