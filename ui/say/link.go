package say

import "bankbook/core"

// TwoWaysBack is said of a redirect URI and an Android package at the same time.
const TwoWaysBack = "Give a redirect URI or an Android package, not both."

// RedirectURI returns what is wrong with a redirect URI, "" if err is nil.
func RedirectURI(err error) string {
	if err == nil {
		return ""
	}
	return "Enter an https address without anything behind a question mark. In a sandbox, http on localhost will do."
}

// AndroidPackage returns what is wrong with the name of an Android package, "" if err
// is nil.
func AndroidPackage(err error) string {
	if err == nil {
		return ""
	}
	return "Enter a package name such as org.example.app."
}

// Verification returns how far account numbers are, "" where there are none.
func Verification(a core.ACHAccount) string {
	switch a.Status {
	case core.Unverified:
		return "Unverified"
	case core.VerifyPending:
		return "Deposit sent"
	case core.Verified:
		return "Verified"
	case core.VerifyFailed:
		return "Failed"
	case core.VerifyExpired:
		return "Expired"
	}
	return ""
}
