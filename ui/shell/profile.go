package shell

import (
	"context"

	"bankbook/core"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
	"bankbook/ui/sheet"
)

// Profiles makes, changes and removes profiles. All of it runs on a worker.
type Profiles interface {
	// All returns every profile by name, and how many accounts each has.
	All() ([]core.Profile, map[core.ProfileID]int, error)
	Create(name string, kind core.ProfileKind) (core.Profile, error)
	Change(id core.ProfileID, name string, kind core.ProfileKind) (core.Profile, error)
	Archive(id core.ProfileID) error
	Restore(id core.ProfileID) error
	// Delete asks for the profile to be deleted with all of its banks. UndoDelete
	// takes that back as long as no bank has been told.
	Delete(id core.ProfileID) error
	UndoDelete(id core.ProfileID) error
}

// profileMenuWidth is the width of the list of profiles.
const profileMenuWidth = 264

// openProfiles opens the list of profiles.
func (w *window) openProfiles() {
	spec := kit.MenuSpec{Width: profileMenuWidth, OnClosed: func() { w.sidebar.profile.SetOpen(false) }}
	spec.Items = append(spec.Items, kit.MenuItem{Text: "Profiles"})
	next := w.nextProfile()
	var away []kit.MenuItem
	for _, p := range w.status.facts.profiles {
		item := kit.MenuItem{
			Text: p.Name, Note: say.ProfileNote(p, w.status.facts.accounts[p.ID]), Avatar: string(p.ID),
			Checked: p.ID == w.services.Profile, OnTap: func() { w.choose(p.ID) },
		}
		if p.ID == next && !item.Checked {
			item.Keys = shortcutWords("P")
		}
		if p.Archived {
			away = append(away, item)
			continue
		}
		spec.Items = append(spec.Items, item)
	}
	if len(away) > 0 {
		spec.Items = append(append(spec.Items, kit.MenuItem{}, kit.MenuItem{Text: "Archived"}), away...)
	}
	spec.Items = append(spec.Items, kit.MenuItem{})
	if len(w.status.facts.profiles) > 1 {
		spec.Items = append(spec.Items, kit.MenuItem{
			Text: "All profiles together", Icon: look.IconOverview, Checked: w.services.Profile == "", OnTap: func() { w.choose("") },
		})
	}
	spec.Items = append(spec.Items, kit.MenuItem{Text: "New profile…", Icon: look.IconPlus, OnTap: w.newProfile})
	if p, ok := w.profile(); ok {
		spec.Items = append(spec.Items, kit.MenuItem{Text: "Edit this profile…", Icon: look.IconSettings, OnTap: func() { w.editProfile(p) }})
	}
	w.sidebar.profile.SetOpen(true)
	kit.ShowMenu(w.sidebar.profile, spec)
}

// profile returns the profile that is shown; ok is false for all together.
func (w *window) profile() (p core.Profile, ok bool) {
	for _, p := range w.status.facts.profiles {
		if p.ID == w.services.Profile {
			return p, true
		}
	}
	return core.Profile{}, false
}

// choose shows another profile.
func (w *window) choose(id core.ProfileID) {
	if id == w.services.Profile {
		return
	}
	w.shell.resume = w.belonging()
	w.services.ChooseProfile(id)
}

// belonging is the place that another profile has too.
func (w *window) belonging() Route {
	switch w.stay().(type) {
	case Banks:
		return Banks{}
	case Transactions:
		return Transactions{}
	case Settings:
		return Settings{}
	}
	return Overview{}
}

// nextProfile returns the profile in use behind the one that is shown; itself if
// there is no other.
func (w *window) nextProfile() core.ProfileID {
	var inUse []core.ProfileID
	at := -1
	for _, p := range w.status.facts.profiles {
		if p.Archived || !p.Leaving.IsZero() {
			continue
		}
		if p.ID == w.services.Profile {
			at = len(inUse)
		}
		inUse = append(inUse, p.ID)
	}
	if len(inUse) == 0 {
		return w.services.Profile
	}
	return inUse[(at+1)%len(inUse)]
}

func (w *window) newProfile() {
	sheet.Profile(w.shell.host(), sheet.ProfileSpec{
		Save: func(_ context.Context, name string, kind core.ProfileKind) (core.Profile, error) {
			return w.services.Profiles.Create(name, kind)
		},
		Saved: func(p core.Profile) { w.choose(p.ID) },
	})
}

func (w *window) editProfile(p core.Profile) {
	spec := sheet.ProfileSpec{
		Profile: p,
		Save: func(_ context.Context, name string, kind core.ProfileKind) (core.Profile, error) {
			return w.services.Profiles.Change(p.ID, name, kind)
		},
		Saved: func(core.Profile) { w.status.loader.Load() },
	}
	if p.Archived {
		spec.Archive = func() { w.work(func() error { return w.services.Profiles.Restore(p.ID) }, nil) }
	} else if w.nextProfile() != p.ID {
		spec.Archive = func() { w.archive(p) }
	}
	if w.nextProfile() != p.ID {
		spec.Delete = func() { w.askDelete(p) }
	}
	sheet.Profile(w.shell.host(), spec)
}

// work does something short on a worker, and reports its fault.
func (w *window) work(do func() error, done func()) {
	w.shell.deps.Runner.Go(func(context.Context) {
		err := do()
		w.shell.deps.Runner.UI(func() {
			if err != nil {
				w.shell.Report(err)
				return
			}
			if done != nil {
				done()
			}
		})
	})
}

// archive puts a profile away and shows the next one.
func (w *window) archive(p core.Profile) {
	next := w.nextProfile()
	profiles := w.services.Profiles
	w.work(func() error { return profiles.Archive(p.ID) }, func() {
		w.shell.undo(p.Name+" archived", func() error { return profiles.Restore(p.ID) })
		w.choose(next)
	})
}

// askDelete says what goes with a profile, and has it deleted if the person still
// wants to.
func (w *window) askDelete(p core.Profile) {
	profiles, next := w.services.Profiles, w.nextProfile()
	accounts := "Its banks, accounts and transactions are deleted from this computer."
	if n := w.status.facts.accounts[p.ID]; n > 0 {
		accounts = "Its banks, " + say.Count(n, say.Account) + " and all of their transactions are deleted from this computer."
	}
	body := kit.VBox(12,
		sheet.Point(look.IconTrash, accounts),
		sheet.Point(look.IconKey, "Plaid is told to end the connections. Bank access and account numbers are deleted."),
		sheet.Point(look.IconUndo, "You have a few seconds to undo this. After that it can’t be undone."),
	)
	if w.services.Environment.RealMoney() {
		body.Add(sheet.Point(look.IconBanknote, "On Plaid’s trial plan removed banks still count towards its limit."))
	}
	sheet.Confirm(w.shell.host(), sheet.Spec{Title: "Delete " + p.Name + "?", Deed: "Delete profile", Kind: kit.Filled, Body: body},
		func(context.Context) error { return profiles.Delete(p.ID) },
		func() {
			w.shell.undo(p.Name+" is being deleted", func() error { return profiles.UndoDelete(p.ID) })
			w.choose(next)
		})
}

// undo says that something has been done, and offers to take it back.
func (s *Shell) undo(text string, back func() error) {
	s.toasts.Post(kit.ToastSpec{Text: text, Action: "Undo", OnTap: func() {
		s.deps.Runner.Go(func(context.Context) {
			if err := back(); err != nil {
				s.deps.Runner.UI(func() { s.Report(err) })
			}
		})
	}})
}
