package core

import "bankbook/core/fault"

// After returns the state of a bank connection after a contact that ended with
// a fault of the given kind; fault.None is success. Faults that say nothing
// about the connection itself, such as a network that is down, leave the state
// as it was.
func (s ItemStatus) After(kind fault.Kind) ItemStatus {
	switch kind {
	case fault.None:
		return Connected
	case fault.SignIn:
		return SignInNeeded
	case fault.Consent:
		return ConsentNeeded
	case fault.Gone:
		return Gone
	}
	return s
}
