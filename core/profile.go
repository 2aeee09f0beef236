package core

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
}
