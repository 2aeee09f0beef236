package core

import "time"

// ProfileKind says what sort of owner a profile is.
type ProfileKind string

// The kinds of profile.
const (
	Person   ProfileKind = "person"
	Employer ProfileKind = "employer"
	Carrier  ProfileKind = "carrier"
	Business ProfileKind = "business"
)

// Profile is who owns the data: a person, or a business the user keeps books
// for. Every item belongs to one.
type Profile struct {
	ID   ProfileID
	Name string
	Kind ProfileKind
	// Archived profiles are only looked at: their banks are not synced, and nothing
	// new is made in them.
	Archived bool
	// Leaving is set while the profile is being deleted, once its banks are gone.
	Leaving time.Time
}

// ProfileKinds lists the kinds of profile in the order in which they are offered.
func ProfileKinds() []ProfileKind { return []ProfileKind{Person, Business, Employer, Carrier} }
