// Package profile makes, changes and removes profiles: whose data is kept.
package profile

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
)

// MaxName is how many characters a name may have.
const MaxName = 60

// Reasons for a fault of kind Invalid, each about the field it names.
var (
	ErrNoName   = errors.New("a profile needs a name")
	ErrLongName = errors.New("the name is too long")
	ErrName     = errors.New("the name has characters that cannot be shown")
	ErrTaken    = errors.New("another profile has this name")
	ErrKind     = errors.New("there is no such kind of profile")
	// ErrLast is about no field: one profile that is not archived has to stay.
	ErrLast = errors.New("it is the last profile")
	// ErrLeaving means that the profile's banks have been told already.
	ErrLeaving = errors.New("the profile is being deleted")
)

// Repo is what the Keeper needs of the vault.
type Repo interface {
	Profiles() ([]core.Profile, error)
	PutProfile(core.Profile) error
	RemoveProfile(core.ProfileID) error
	Items() ([]core.Item, error)
	UpdateAccounts(func([]core.Account) error) error
}

// Banks ends the connections of a profile.
type Banks interface {
	Ask(id core.ItemID, keep bool) error
	Undo(id core.ItemID) error
}

// Deps are the parts that a Keeper works with.
type Deps struct {
	Repo   Repo
	Banks  Banks
	Events *event.Bus
	Clock  clock.Clock
	// NewID makes up an id; nil means random ones, which say nothing of the person:
	// Plaid hears them.
	NewID func() core.ProfileID
}

// Keeper keeps the profiles.
type Keeper struct{ deps Deps }

// New returns a Keeper.
func New(deps Deps) *Keeper {
	if deps.NewID == nil {
		deps.NewID = func() core.ProfileID { return core.ProfileID(rand.Text()) }
	}
	return &Keeper{deps: deps}
}

// List returns the profiles by name.
func (k *Keeper) List() ([]core.Profile, error) { return k.deps.Repo.Profiles() }

// CheckName returns a name as it is kept, or why it cannot be: one of the reasons
// of this package, as a fault of kind Invalid. self is the profile that has it, "" for a new one.
func CheckName(name string, self core.ProfileID, all []core.Profile) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	taken := func(p core.Profile) bool { return p.ID != self && strings.EqualFold(p.Name, name) }
	unfit := func(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) }
	var why error
	switch {
	case name == "":
		why = ErrNoName
	case utf8.RuneCountInString(name) > MaxName:
		why = ErrLongName
	case strings.ContainsFunc(name, unfit):
		why = ErrName
	case slices.ContainsFunc(all, taken):
		why = ErrTaken
	default:
		return name, nil
	}
	return "", fault.New("profile: name", fault.Invalid, why)
}

// Create makes a profile.
func (k *Keeper) Create(name string, kind core.ProfileKind) (core.Profile, error) {
	all, err := k.deps.Repo.Profiles()
	if err != nil {
		return core.Profile{}, fmt.Errorf("profile: create: %w", err)
	}
	p := core.Profile{ID: k.deps.NewID(), Kind: kind}
	return p, k.put(&p, name, all)
}

// put checks a profile and keeps it under a name.
func (k *Keeper) put(p *core.Profile, name string, all []core.Profile) (err error) {
	if p.Name, err = CheckName(name, p.ID, all); err != nil {
		return err
	}
	if !slices.Contains(core.ProfileKinds(), p.Kind) {
		return fault.New("profile: kind", fault.Invalid, ErrKind)
	}
	return k.keep(*p)
}

func (k *Keeper) keep(p core.Profile) error {
	if err := k.deps.Repo.PutProfile(p); err != nil {
		return fmt.Errorf("profile: keep: %w", err)
	}
	k.deps.Events.Publish(event.ProfilesChanged{})
	return nil
}

// Change gives a profile a name and a kind.
func (k *Keeper) Change(id core.ProfileID, name string, kind core.ProfileKind) (core.Profile, error) {
	p, all, err := k.find(id)
	if err != nil {
		return core.Profile{}, err
	}
	p.Kind = kind
	return p, k.put(&p, name, all)
}

// Archive puts a profile away: it can still be looked at. The last one that is not
// archived cannot be.
func (k *Keeper) Archive(id core.ProfileID) error {
	p, all, err := k.find(id)
	if err != nil || p.Archived {
		return err
	}
	if !others(id, all) {
		return fault.New("profile: archive", fault.Invalid, ErrLast)
	}
	p.Archived = true
	return k.keep(p)
}

// Restore takes a profile out of the archive.
func (k *Keeper) Restore(id core.ProfileID) error {
	p, _, err := k.find(id)
	if err != nil || !p.Archived {
		return err
	}
	p.Archived = false
	return k.keep(p)
}

// others reports whether there is another profile to work in.
func others(id core.ProfileID, all []core.Profile) bool {
	return slices.ContainsFunc(all, func(p core.Profile) bool { return p.ID != id && !p.Archived && p.Leaving.IsZero() })
}

func (k *Keeper) find(id core.ProfileID) (core.Profile, []core.Profile, error) {
	all, err := k.deps.Repo.Profiles()
	if err != nil {
		return core.Profile{}, nil, fmt.Errorf("profile: find: %w", err)
	}
	at := slices.IndexFunc(all, func(p core.Profile) bool { return p.ID == id })
	switch {
	case at < 0:
		return core.Profile{}, nil, fault.New("profile: find", fault.NotFound, nil)
	case !all[at].Leaving.IsZero():
		return core.Profile{}, nil, fault.New("profile: find", fault.Invalid, ErrLeaving)
	}
	return all[at], all, nil
}

// Delete notes that a profile is to be deleted with all of its banks: their
// connections are ended first, and Sweep does the rest once they have. Accounts of
// other profiles' banks that it owns go back to the profile of their bank. The last
// profile that is not archived cannot be deleted.
func (k *Keeper) Delete(id core.ProfileID) error {
	p, all, err := k.find(id)
	if err != nil {
		return err
	}
	if !others(id, all) {
		return fault.New("profile: delete", fault.Invalid, ErrLast)
	}
	p.Leaving = k.deps.Clock.Now()
	if err := k.keep(p); err != nil {
		return err
	}
	return k.each(id, func(item core.ItemID) error { return k.deps.Banks.Ask(item, false) })
}

// UndoDelete takes back what Delete has noted. Banks whose provider has been told
// already end all the same; then it is Invalid for ErrLeaving, and the profile stays
// with the others.
func (k *Keeper) UndoDelete(id core.ProfileID) error {
	all, err := k.deps.Repo.Profiles()
	if err != nil {
		return fmt.Errorf("profile: undo: %w", err)
	}
	at := slices.IndexFunc(all, func(p core.Profile) bool { return p.ID == id })
	if at < 0 {
		return fault.New("profile: undo", fault.NotFound, nil)
	}
	p := all[at]
	p.Leaving = core.Profile{}.Leaving
	if err := k.keep(p); err != nil {
		return err
	}
	late := false
	err = k.each(id, func(item core.ItemID) error {
		err := k.deps.Banks.Undo(item)
		if fault.Is(err, fault.Invalid) {
			late = true
			return nil
		}
		return err
	})
	if err == nil && late {
		err = fault.New("profile: undo", fault.Invalid, ErrLeaving)
	}
	return err
}

func (k *Keeper) each(id core.ProfileID, do func(core.ItemID) error) error {
	items, err := k.deps.Repo.Items()
	if err != nil {
		return fmt.Errorf("profile: banks: %w", err)
	}
	var errs []error
	for _, i := range items {
		if i.Profile == id {
			errs = append(errs, do(i.ID))
		}
	}
	return errors.Join(errs...)
}

// Sweep removes the profiles that are to be deleted and have no bank left, and
// asks again for the end of those that have. It returns what it has removed.
func (k *Keeper) Sweep(ctx context.Context) ([]core.Profile, error) {
	all, err := k.deps.Repo.Profiles()
	if err != nil {
		return nil, fmt.Errorf("profile: sweep: %w", err)
	}
	var removed []core.Profile
	for _, p := range all {
		if p.Leaving.IsZero() || ctx.Err() != nil {
			continue
		}
		gone, err := k.remove(p.ID)
		if err != nil {
			return removed, fmt.Errorf("profile: sweep: %w", err)
		}
		if gone {
			removed = append(removed, p)
		}
	}
	if len(removed) > 0 {
		k.deps.Events.Publish(event.ProfilesChanged{})
	}
	return removed, nil
}

// remove removes a profile if it has no bank left.
func (k *Keeper) remove(id core.ProfileID) (bool, error) {
	left := false
	err := k.each(id, func(item core.ItemID) error {
		left = true
		err := k.deps.Banks.Ask(item, false)
		if fault.Is(err, fault.Invalid) {
			return nil // it is on its way
		}
		return err
	})
	if err != nil || left {
		return false, err
	}
	err = k.deps.Repo.UpdateAccounts(func(all []core.Account) error {
		for i := range all {
			if all[i].Choices.Profile == id {
				all[i].Choices.Profile, all[i].Choices.Primary = "", core.Primary{}
			}
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	return true, k.deps.Repo.RemoveProfile(id)
}
