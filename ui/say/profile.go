package say

import (
	"errors"

	"bankbook/core"
	"bankbook/core/profile"
)

// ProfileKind returns what sort of owner a profile is: "Personal".
func ProfileKind(k core.ProfileKind) string {
	switch k {
	case core.Person:
		return "Personal"
	case core.Business:
		return "Business"
	case core.Employer:
		return "Employer"
	case core.Carrier:
		return "Carrier"
	}
	return sentenceCase(string(k))
}

// ProfileNote returns what stands below a profile's name: "Business, 7 accounts".
func ProfileNote(p core.Profile, accounts int) string {
	if !p.Leaving.IsZero() {
		return "Being deleted"
	}
	return ProfileKind(p.Kind) + ", " + Count(accounts, Account)
}

// ProfileState returns what is special about a profile in a list, "" for nothing.
func ProfileState(p core.Profile, chosen bool) string {
	switch {
	case !p.Leaving.IsZero():
		return "being deleted"
	case p.Archived:
		return "archived"
	case chosen:
		return "chosen"
	}
	return ""
}

// AllProfiles is what all profiles together are called.
const AllProfiles = "All profiles"

// ProfileProblem returns the sentence for a name or kind that cannot be kept, ""
// for any other fault.
func ProfileProblem(err error) string {
	switch {
	case errors.Is(err, profile.ErrNoName):
		return "Type a name"
	case errors.Is(err, profile.ErrLongName):
		return "At most " + Number(profile.MaxName) + " characters"
	case errors.Is(err, profile.ErrName):
		return "Letters, digits and punctuation only"
	case errors.Is(err, profile.ErrTaken):
		return "Another profile has this name"
	case errors.Is(err, profile.ErrKind):
		return "One of person, business, employer, carrier"
	case errors.Is(err, profile.ErrLast):
		return "This is the only profile in use. Make another one first."
	case errors.Is(err, profile.ErrLeaving):
		return "This profile is being deleted, and some of its banks are gone already."
	}
	return ""
}
