// Package scope tells what belongs to a profile. Every service that is given the
// id of an item or an account asks here first; what belongs to another profile is
// not there (fault.NotFound), as if it had never been.
//
// An account belongs to the profile that the person has chosen for it, or else to
// its item's. An item is in the profile that it was linked for, and in those of
// its accounts; only the first may end it.
//
// All profiles together are a view to look at: nothing new is made in it.
package scope
