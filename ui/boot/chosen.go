package boot

import (
	"crypto/rand"
	"slices"

	"bankbook/core"
)

// profileSetting is the name of the setting that holds the profile chosen last.
const profileSetting = "profile"

// chosenProfile returns the profile that was chosen last, or else the first that is
// not put away. In a new vault it makes one.
func (s *Services) chosenProfile() (core.Profile, error) {
	profiles, err := s.Vault.Profiles()
	if err != nil {
		return core.Profile{}, err
	}
	profiles = slices.DeleteFunc(profiles, func(p core.Profile) bool { return !p.Leaving.IsZero() })
	if len(profiles) == 0 {
		// The id is what Plaid hears of the person, so it says nothing about them.
		first := core.Profile{ID: core.ProfileID(rand.Text()), Name: "Household", Kind: core.Person}
		return first, s.Vault.PutProfile(first)
	}
	id, _, err := s.Vault.Setting(profileSetting)
	if err != nil {
		return core.Profile{}, err
	}
	at := slices.IndexFunc(profiles, func(p core.Profile) bool { return string(p.ID) == id })
	if at < 0 {
		at = max(0, slices.IndexFunc(profiles, func(p core.Profile) bool { return !p.Archived }))
	}
	return profiles[at], nil
}

// allProfiles is kept in the place of a profile's id for all of them together.
const allProfiles = "*"

// Chosen returns the profile that was chosen last; "" is all profiles together.
func (s *Services) Chosen() (core.ProfileID, error) {
	id, _, err := s.Vault.Setting(profileSetting)
	if err != nil || id == allProfiles {
		return "", err
	}
	p, err := s.chosenProfile()
	return p.ID, err
}

// Choose remembers the profile for the next start; "" is all profiles together.
func (s *Services) Choose(id core.ProfileID) error {
	if id == "" {
		id = allProfiles
	}
	return s.Vault.PutSetting(profileSetting, string(id))
}
