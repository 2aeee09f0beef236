package say

import "bankbook/core"

// TwoWaysBack is said of a redirect URI and an Android package at the same time.
const TwoWaysBack = "Give a redirect URI or an Android package, not both."

// HasNumbers and NothingToVerify are said of a bank that has no need of what is asked.
const (
	HasNumbers      = "This bank gives account numbers already."
	NothingToVerify = "No account of this bank waits for the code of a small deposit."
)

// RedirectURI returns what is wrong with a redirect URI, "" if err is nil.
func RedirectURI(err error) string {
	if err == nil {
		return ""
	}
	return "Enter an https address without ? and #."
}

// AndroidPackage returns what is wrong with the name of an Android package, "" if err
// is nil.
func AndroidPackage(err error) string {
	if err == nil {
		return ""
	}
	return "Enter a package name such as org.example.app."
}

// CameBack says that the bank knows accounts by other ids than before.
func CameBack(accounts ...core.Account) (sentence, more string) {
	if len(accounts) == 1 {
		return AccountName(accounts[0]) + " came back as another account.",
			"The bank names it anew, so it begins anew here. What it had so far stays with the earlier one, which is no longer shared."
	}
	return Sentence(Count(len(accounts), Account)) + " came back as others.",
		"The bank names them anew, so they begin anew here. What they had so far stays with the earlier ones, which are no longer shared."
}
