package scope_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/scope"
)

type repo struct {
	profiles []core.Profile
	items    []core.Item
	accounts []core.Account
	err      error
}

func (r repo) Profiles() ([]core.Profile, error) { return r.profiles, r.err }
func (r repo) Items() ([]core.Item, error)       { return r.items, r.err }
func (r repo) Accounts() ([]core.Account, error) { return r.accounts, r.err }

// world has two profiles: a bank of each, and one of "me" with an account that
// belongs to "shop".
func world() repo {
	return repo{
		profiles: []core.Profile{{ID: "me"}, {ID: "shop"}, {ID: "old", Archived: true}, {ID: "going", Leaving: time.Unix(1, 0)}},
		items:    []core.Item{{ID: "mine", Profile: "me"}, {ID: "theirs", Profile: "shop"}, {ID: "mixed", Profile: "me"}},
		accounts: []core.Account{
			{ID: "my-1", Item: "mine"},
			{ID: "their-1", Item: "theirs"},
			{ID: "my-2", Item: "mixed"},
			{ID: "their-2", Item: "mixed", Choices: core.AccountChoices{Profile: "shop"}},
		},
	}
}

func ids[T any, ID ~string](list []T, id func(T) ID) []string {
	var out []string
	for _, one := range list {
		out = append(out, string(id(one)))
	}
	return out
}

func itemID(i core.Item) core.ItemID          { return i.ID }
func accountID(a core.Account) core.AccountID { return a.ID }

func TestViews(t *testing.T) {
	for _, c := range []struct {
		profile         core.ProfileID
		items, accounts []string
		own             []string
	}{
		{"me", []string{"mine", "mixed"}, []string{"my-1", "my-2"}, []string{"mine", "mixed"}},
		{"shop", []string{"theirs", "mixed"}, []string{"their-1", "their-2"}, []string{"theirs"}},
		{"nobody", nil, nil, nil},
		{"", []string{"mine", "theirs", "mixed"}, []string{"my-1", "their-1", "my-2", "their-2"}, []string{"mine", "theirs", "mixed"}},
	} {
		v := scope.Of(world(), c.profile)
		items, err := v.Items()
		if got := ids(items, itemID); err != nil || !slices.Equal(got, c.items) {
			t.Errorf("%q: items %v, %v", c.profile, got, err)
		}
		accounts, err := v.Accounts()
		if got := ids(accounts, accountID); err != nil || !slices.Equal(got, c.accounts) {
			t.Errorf("%q: accounts %v, %v", c.profile, got, err)
		}
		owns, err := v.Owns()
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range world().accounts {
			got, item, err := v.Account(a.ID)
			inside := slices.Contains(c.accounts, string(a.ID))
			if inside != (err == nil) || !inside && !fault.Is(err, fault.NotFound) || owns(a.ID) != inside {
				t.Errorf("%q: account %s: %v", c.profile, a.ID, err)
			}
			if inside && (got.ID != a.ID || item.ID != a.Item) {
				t.Errorf("%q: account %s is %s of %s", c.profile, a.ID, got.ID, item.ID)
			}
		}
		for _, i := range world().items {
			_, err := v.Item(i.ID)
			if inside := slices.Contains(c.items, string(i.ID)); inside != (err == nil) || !inside && !fault.Is(err, fault.NotFound) {
				t.Errorf("%q: item %s: %v", c.profile, i.ID, err)
			}
			_, err = v.Own(i.ID)
			if own := slices.Contains(c.own, string(i.ID)); own != (err == nil) || !own && !fault.Is(err, fault.NotFound) {
				t.Errorf("%q: own item %s: %v", c.profile, i.ID, err)
			}
		}
	}
}

func TestTarget(t *testing.T) {
	for _, c := range []struct {
		view, wanted, want core.ProfileID
		kind               fault.Kind
	}{
		{"me", "", "me", fault.None},
		{"me", "me", "me", fault.None},
		{"me", "shop", "", fault.NotFound},
		{"", "shop", "shop", fault.None},
		{"", "", "", fault.Invalid},
		{"", "nobody", "", fault.NotFound},
		{"old", "", "", fault.Invalid},
		{"", "going", "", fault.Invalid},
	} {
		got, err := scope.Of(world(), c.view).Target(c.wanted)
		if got.ID != c.want || fault.KindOf(err) != c.kind {
			t.Errorf("%q for %q: %q, %v", c.wanted, c.view, got.ID, err)
		}
	}
}

func TestFaultsArePassedOn(t *testing.T) {
	r := world()
	r.err = errors.New("disk")
	v := scope.Of(r, "me")
	_, items := v.Items()
	_, accounts := v.Accounts()
	_, profiles := v.Profiles()
	_, item := v.Item("mine")
	_, own := v.Own("mine")
	_, _, account := v.Account("my-1")
	_, owns := v.Owns()
	_, target := v.Target("")
	for i, err := range []error{items, accounts, profiles, item, own, account, owns, target} {
		if !errors.Is(err, r.err) {
			t.Errorf("%d: %v", i, err)
		}
	}
}
