package link

import "bankbook/core/fault"

// Codes that stand in a session's or candidate's Trouble beside the provider's
// own, so that a person can be told exactly what is lost.
const (
	// CodeAccessLost means that the sign-in was made, but the access that it
	// gave could not be kept: the bank has to be linked again. Kind Expired.
	CodeAccessLost = "LINK_ACCESS_LOST"
	// CodeSignInLapsed means that the sign-in was not taken up in time and has
	// lapsed (PLAID §2.1: 30 minutes). Nothing was made. Kind Expired.
	CodeSignInLapsed = "LINK_SIGN_IN_LAPSED"
	// CodeInterrupted means that the program ended before anything was asked
	// for. Nothing was made. Kind Canceled.
	CodeInterrupted = "LINK_INTERRUPTED"
	// CodeUnsafeURL means that the provider's page is not at an address that
	// may be opened. Kind Nonsense.
	CodeUnsafeURL = "LINK_URL_UNSAFE"
)

// passes reports whether a fault may well be over when the same thing is tried
// again a little later, without anybody doing anything.
func passes(kind fault.Kind) bool {
	switch kind {
	case fault.Network, fault.RateLimit, fault.BankDown, fault.NotReady, fault.Nonsense, fault.Mutation:
		return true
	}
	return false
}

// noAccess reports whether a fault means that an access token is worth nothing
// or is not there, so that trying again is in vain.
func noAccess(kind fault.Kind) bool {
	return kind == fault.Gone || kind == fault.SecretMissing
}

// endsLinking reports whether a failed first sync is no longer the link
// session's affair: the Item is in the vault, and what is wrong with it is
// shown and mended there. After other faults the session stays resumable.
func endsLinking(kind fault.Kind) bool {
	switch kind {
	case fault.SignIn, fault.Consent, fault.BankSite, fault.Gone, fault.Unsupported, fault.Refused,
		fault.NotFound, fault.SecretMissing:
		return true
	}
	return false
}
