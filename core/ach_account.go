package core

import "time"

// ACHAccount is the credential layer of a bank account: what is known of its
// routing and account number. The numbers themselves are in the secret store.
// The zero ACHAccount says that there are none.
type ACHAccount struct {
	Status Verification
	// From is where the numbers come from.
	From ConnectionType
	// Tokenized says that the bank gave a stand-in for the real account number
	// (PLAID §3.3): never to be shown as the real one.
	Tokenized bool
	Kind      ACHKind
	// RoutingLast4 and NumberLast4 are the ends of the numbers. RoutingLast4 is ""
	// for numbers that the first programs kept.
	RoutingLast4, NumberLast4 string
	// Owner is the account holder's name, or "".
	Owner string
	// Nickname stands in the place of the account's; "" is none.
	Nickname string
	// Primary says that these numbers are the first choice of their profile.
	Primary bool
	// Added is when the numbers were kept, Changed when Status did last.
	Added, Changed time.Time
}

// Exists reports whether anything is known of the numbers: there are some, or the
// bank says how far their verification is.
func (a ACHAccount) Exists() bool { return a.Status != NoNumbers }

// HasNumbers reports whether the numbers are in the secret store.
func (a ACHAccount) HasNumbers() bool { return a.NumberLast4 != "" }

// AwaitsNumbers reports whether the bank has verified numbers that are not here
// yet.
func (a ACHAccount) AwaitsNumbers() bool {
	return a.Status == Verified && a.From != ByHand && !a.HasNumbers()
}

// after returns what to keep of what the bank says now of numbers, and of what was
// kept before. Without numbers the bank tells a status at most: then the numbers
// stay, and those that were entered by hand are not the bank's to judge. The same
// numbers go on as Verification.MayBecome says.
func (a ACHAccount) after(old ACHAccount) ACHAccount {
	switch {
	case !a.Exists(), !a.HasNumbers() && old.From == ByHand:
		return old
	case !a.HasNumbers() && old.HasNumbers():
		status, changed := a.Status, a.Changed
		a = old
		a.Status, a.Changed = status, changed
	}
	a.Owner, a.Nickname, a.Primary = old.Owner, old.Nickname, old.Primary
	if old.Exists() {
		a.Added = old.Added
	}
	if a.SameNumbers(old) && (a.Status == old.Status || !old.Status.MayBecome(a.Status)) {
		a.Status, a.Changed = old.Status, old.Changed
	}
	return a
}

// Verification says whether it is known that routing and account number lead to
// the account that they are kept for.
type Verification string

// The states of a verification.
const (
	// NoNumbers means that there is nothing to verify.
	NoNumbers Verification = ""
	// Unverified numbers were entered by hand.
	Unverified Verification = "unverified"
	// VerifyPending means that small deposits are under way or have arrived.
	VerifyPending Verification = "pending"
	// Verified numbers were given by the bank, or proved by small deposits.
	Verified Verification = "verified"
	// VerifyFailed means that the deposits were told wrong too often.
	VerifyFailed Verification = "failed"
	// VerifyExpired means that nobody told the deposits in time.
	VerifyExpired Verification = "expired"
)

// MayBecome reports whether the verification of the same numbers can go from v to
// next. What is verified stays so: an answer that comes late takes nothing back.
// Other numbers begin anew, as Unverified or, from the bank, Verified.
func (v Verification) MayBecome(next Verification) bool {
	if v == next {
		return true
	}
	switch v {
	case Unverified:
		return next == VerifyPending || next == Verified
	case VerifyPending:
		return next == Verified || next == VerifyFailed || next == VerifyExpired
	case VerifyFailed, VerifyExpired:
		return next == VerifyPending // the deposits are sent again
	}
	return false
}

// Verifications lists the states of numbers that are there.
func Verifications() []Verification {
	return []Verification{Unverified, VerifyPending, Verified, VerifyFailed, VerifyExpired}
}

// SameNumbers reports whether two records seem to be of the same numbers: from the
// same place, with the same ends.
func (a ACHAccount) SameNumbers(b ACHAccount) bool {
	return a.Exists() && b.Exists() && a.From == b.From && a.NumberLast4 == b.NumberLast4 && a.RoutingLast4 == b.RoutingLast4
}

// ACHKind is what sort of account ACH files call it.
type ACHKind string

// The kinds of account in ACH files.
const (
	Checking ACHKind = "checking"
	Savings  ACHKind = "savings"
)

// ACHKindOf tells from Plaid's subtype what ACH files call an account.
func ACHKindOf(subtype string) ACHKind {
	if subtype == "savings" || subtype == "money market" || subtype == "cd" {
		return Savings
	}
	return Checking
}
