package shell_test

import (
	"slices"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/profile"
	"bankbook/ui/shell"
	"bankbook/ui/uitest"
)

// owners are the profiles of the bakery's computer.
type owners struct{ *bench }

func (o owners) All() ([]core.Profile, map[core.ProfileID]int, error) {
	return slices.Clone(o.bakery.profiles), map[core.ProfileID]int{"juniper": 7, "household": 4}, o.bakery.err
}

func (o owners) Create(name string, kind core.ProfileKind) (core.Profile, error) {
	o.bakery.say("create " + name + " " + string(kind))
	name, err := profile.CheckName(name, "", o.bakery.profiles)
	if err != nil {
		return core.Profile{}, err
	}
	p := core.Profile{ID: core.ProfileID(strings.ToLower(name)), Name: name, Kind: kind}
	o.bakery.profiles = append(o.bakery.profiles, p)
	return p, nil
}

func (o owners) Change(id core.ProfileID, name string, kind core.ProfileKind) (core.Profile, error) {
	o.bakery.say("change " + string(id) + " " + name + " " + string(kind))
	for i, p := range o.bakery.profiles {
		if p.ID == id {
			o.bakery.profiles[i].Name, o.bakery.profiles[i].Kind = name, kind
			return o.bakery.profiles[i], nil
		}
	}
	return core.Profile{}, fault.New("test", fault.NotFound, nil)
}

func (o owners) set(what string, id core.ProfileID) error {
	o.bakery.say(what + " " + string(id))
	return nil
}

func (o owners) Archive(id core.ProfileID) error    { return o.set("archive", id) }
func (o owners) Restore(id core.ProfileID) error    { return o.set("restore", id) }
func (o owners) Delete(id core.ProfileID) error     { return o.set("delete", id) }
func (o owners) UndoDelete(id core.ProfileID) error { return o.set("undo delete", id) }

// openMenu opens the list of profiles.
func (b *bench) openMenu(name string) {
	b.t.Helper()
	b.tap(name)
}

func TestProfileMenu(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.openMenu("Juniper Bakery LLC")
	b.shows("Profiles", "Business, 7 accounts", "Household", "Personal, 4 accounts", "All profiles together", "New profile…", "Edit this profile…")
	b.tap("Household")
	if !slices.Equal(b.chosen, []core.ProfileID{"household"}) {
		t.Errorf("chosen %q", b.chosen)
	}
	b.openMenu("Household")
	b.tap("All profiles together")
	b.shows("All profiles")
	b.openMenu("All profiles")
	if uitest.Shows(b.canvas(), "Edit this profile…") {
		t.Error("all profiles together can be edited")
	}
}

func TestSwitchingKeepsThePlace(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.Go(shell.Banks{})
	b.settle()
	b.openMenu("Juniper Bakery LLC")
	b.tap("Household")
	if title := b.window.Title(); !strings.HasPrefix(title, "Banks") {
		t.Errorf("at %q", title)
	}
	b.Go(shell.LinkBank{})
	b.settle()
	b.openMenu("Household")
	b.tap("Juniper Bakery LLC")
	if title := b.window.Title(); !strings.HasPrefix(title, "Overview") {
		t.Errorf("a link for one profile is shown to another: %q", title)
	}
}

func TestNewProfile(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.openMenu("Juniper Bakery LLC")
	b.tap("New profile…")
	b.tap("Make profile")
	b.shows("Type a name")
	uitest.Type(t, b.canvas(), "Name", "household")
	b.tap("Make profile")
	b.shows("Another profile has this name")
	uitest.Type(t, b.canvas(), "Name", "Corner Market")
	b.tap("Business")
	b.tap("Make profile")
	if got := b.chosen; len(got) != 1 || got[0] != "corner market" {
		t.Errorf("chosen %q", got)
	}
}

func TestEditProfile(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	edit := func() {
		t.Helper()
		b.openMenu(b.bakery.profiles[0].Name)
		b.tap("Edit this profile…")
	}
	edit()
	b.tap("Carrier")
	b.tap("Save")
	edit()
	b.tap("Archive")
	b.shows("Juniper Bakery LLC archived", "Undo")
	b.tap("Undo")
	b.openMenu("Household")
	b.tap("Juniper Bakery LLC")
	edit()
	b.tap("Delete…")
	b.shows("Delete Juniper Bakery LLC?", "7 accounts", "can’t be undone")
	b.tap("Delete profile")
	b.shows("Juniper Bakery LLC is being deleted")
	b.tap("Undo")
	want := []string{"change juniper Juniper Bakery LLC carrier", "archive juniper", "restore juniper", "delete juniper", "undo delete juniper"}
	got := slices.DeleteFunc(b.bakery.asked, func(s string) bool { return !strings.Contains(s, "juniper") })
	if !slices.Equal(got, want) {
		t.Errorf("asked %q, want %q", got, want)
	}
	if !slices.Equal(b.chosen, []core.ProfileID{"household", "juniper", "household"}) {
		t.Errorf("chosen %q", b.chosen)
	}
}

func TestTheOnlyProfileStays(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.bakery.profiles = b.bakery.profiles[:1]
	b.ready(core.Practice)
	b.openMenu("Juniper Bakery LLC")
	if uitest.Shows(b.canvas(), "All profiles together") {
		t.Error("one profile is offered together")
	}
	b.tap("Edit this profile…")
	for _, words := range []string{"Archive", "Delete…"} {
		if uitest.Shows(b.canvas(), words) {
			t.Errorf("%s is offered for the only profile", words)
		}
	}
}

func TestArchivedProfilesAreApart(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.bakery.profiles[1].Archived = true
	b.ready(core.Practice)
	b.openMenu("Juniper Bakery LLC")
	b.shows("Archived", "Household")
	b.tap("Household")
	b.openMenu("Household")
	b.tap("Edit this profile…")
	b.tap("Take out of the archive")
	if heard := b.bakery.asked; !slices.Contains(heard, "restore household") {
		t.Errorf("asked %q", heard)
	}
}
