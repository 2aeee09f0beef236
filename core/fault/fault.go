// Package fault sorts every error that can reach a person into a small closed
// set of kinds. It holds no wording (ui/say has that) and no secret: an Error
// carries the operation, the kind, the provider's error code and the request
// id, and wraps the cause.
package fault

import (
	"context"
	"errors"
)

// Kind is what went wrong, as far as the next step differs.
type Kind string

// The kinds. Those up to Nonsense come from the bank-data provider.
const (
	// None is the kind of no error.
	None Kind = ""
	// Internal is a mistake in Bankbook.
	Internal Kind = "internal"
	// Canceled means that somebody asked for the stop.
	Canceled Kind = "canceled"
	// Interrupted means that the program ended while something was done, and nobody
	// knows how far it came.
	Interrupted Kind = "interrupted"
	// Network means that the provider could not be reached, or not in time.
	Network Kind = "network"
	// RateLimit means too many requests; later will do.
	RateLimit Kind = "rate_limit"
	// BankDown means that the institution or the provider is out of order.
	BankDown Kind = "bank_down"
	// SignIn means that the bank wants the user to sign in again.
	SignIn Kind = "sign_in"
	// Consent means that the user has to allow access, or accounts, again.
	Consent Kind = "consent"
	// BankSite means that the user has something to do on the bank's own site.
	BankSite Kind = "bank_site"
	// Keys means that the provider refuses the person's keys.
	Keys Kind = "keys"
	// NoKeys means that no keys have been given for this environment.
	NoKeys Kind = "no_keys"
	// Gone means that the item no longer exists at the provider.
	Gone Kind = "gone"
	// Expired means that a link token or public token is no longer valid.
	Expired Kind = "expired"
	// NotReady means that the provider is still preparing the data.
	NotReady Kind = "not_ready"
	// Unsupported means that this bank or these keys cannot do it.
	Unsupported Kind = "unsupported"
	// Mutation means that data changed while it was being paged through.
	Mutation Kind = "mutation"
	// StaleCursor means that a sync cursor is not valid for its item.
	StaleCursor Kind = "stale_cursor"
	// Refused means that the provider refuses the request as wrong.
	Refused Kind = "refused"
	// Nonsense means an answer that is not one: cut, empty, too long, no JSON.
	Nonsense Kind = "nonsense"

	// KeychainMissing means that this machine has no keychain.
	KeychainMissing Kind = "keychain_missing"
	// KeychainLocked means that the keychain is locked or access was denied.
	KeychainLocked Kind = "keychain_locked"
	// KeychainTimeout means that the keychain did not answer in time.
	KeychainTimeout Kind = "keychain_timeout"
	// KeychainLied means that a write or delete was reported but not done.
	KeychainLied Kind = "keychain_lied"
	// SecretMissing means that an entry is not in the keychain.
	SecretMissing Kind = "secret_missing"

	// Locked means that a passphrase is needed first.
	Locked Kind = "locked"
	// Passphrase means that a passphrase, or a recovery key, is not the right one.
	Passphrase Kind = "passphrase"
	// LockboxDamaged means that the file of secrets is not what was written.
	LockboxDamaged Kind = "lockbox_damaged"

	// VaultInUse means that another Bankbook has the vault open.
	VaultInUse Kind = "vault_in_use"
	// VaultNewer means that a newer Bankbook wrote the vault.
	VaultNewer Kind = "vault_newer"
	// VaultForeign means that the file is not a vault, or not this environment's.
	VaultForeign Kind = "vault_foreign"
	// VaultDamaged means that the vault's contents are not what was written.
	VaultDamaged Kind = "vault_damaged"
	// VaultKey means that the key at hand does not open the vault.
	VaultKey Kind = "vault_key"
	// VaultReplaced means that the file was exchanged while it was open.
	VaultReplaced Kind = "vault_replaced"
	// PracticeDamaged means that the practice bank's own file is not what it wrote.
	PracticeDamaged Kind = "practice_damaged"
	// PracticeInUse means that another practice bank has that file open.
	PracticeInUse Kind = "practice_in_use"
	// BackupDamaged means that a file is no backup, or not whole.
	BackupDamaged Kind = "backup_damaged"
	// ReviewCopy means that this is a copy for a reviewer, without access to banks.
	ReviewCopy Kind = "review_copy"
	// Occupied means that something is already there that must not be replaced.
	Occupied Kind = "occupied"
	// Unreadable means that a file or folder cannot be read or written.
	Unreadable Kind = "unreadable"
	// DiskFull means that there is no room left.
	DiskFull Kind = "disk_full"

	// NoBrowser means that no browser could be opened.
	NoBrowser Kind = "no_browser"
	// NoDisplay means that there is no screen to open a window on.
	NoDisplay Kind = "no_display"
	// ByHand means that no bank can be asked: the person keeps it themselves.
	ByHand Kind = "by_hand"
	// Shared means that a bank shares an account, and would bring it back.
	Shared Kind = "shared"
	// NotFound means that what was asked for does not exist.
	NotFound Kind = "not_found"
	// Invalid means that the user's input cannot be used.
	Invalid Kind = "invalid"
)

// Kinds lists every kind but None, so that a test can see that each has its
// sentence.
func Kinds() []Kind {
	return []Kind{
		Internal, Canceled, Interrupted, Network, RateLimit, BankDown, SignIn, Consent, BankSite, Keys, NoKeys, Gone, Expired,
		NotReady, Unsupported, Mutation, StaleCursor, Refused, Nonsense,
		KeychainMissing, KeychainLocked, KeychainTimeout, KeychainLied, SecretMissing,
		Locked, Passphrase, LockboxDamaged,
		VaultInUse, VaultNewer, VaultForeign, VaultDamaged, VaultKey, VaultReplaced, PracticeDamaged, PracticeInUse,
		BackupDamaged, ReviewCopy, Occupied, Unreadable, DiskFull,
		NoBrowser, NoDisplay, ByHand, Shared, NotFound, Invalid,
	}
}

// Error is an error with its kind.
type Error struct {
	// Op is the operation that failed, in the form "link: exchange".
	Op   string
	Kind Kind
	// Code is the provider's own error code, or "".
	Code string
	// RequestID identifies the request to the provider's support, or "".
	RequestID string
	// Err is the cause, or nil.
	Err error
}

// New returns an Error of the given kind around a cause, which can be nil.
func New(op string, kind Kind, cause error) *Error {
	return &Error{Op: op, Kind: kind, Err: cause}
}

// Error returns operation, kind, code and cause, for logs and developers.
func (e *Error) Error() string {
	s := e.Op + ": " + string(e.Kind)
	if e.Code != "" {
		s += " (" + e.Code + ")"
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Description is what can be told of an error without its text.
type Description struct {
	Kind      Kind
	Code      string
	RequestID string
}

// Describe sorts any error: an Error anywhere in the chain by its own kind, an
// ended context as Canceled or Network, everything else as Internal. The
// outermost Error decides.
func Describe(err error) Description {
	var e *Error
	switch {
	case err == nil:
		return Description{}
	case errors.As(err, &e):
		return Description{Kind: e.Kind, Code: e.Code, RequestID: e.RequestID}
	case errors.Is(err, context.Canceled):
		return Description{Kind: Canceled}
	case errors.Is(err, context.DeadlineExceeded):
		return Description{Kind: Network}
	}
	return Description{Kind: Internal}
}

// KindOf returns the kind of any error.
func KindOf(err error) Kind { return Describe(err).Kind }

// Is reports whether err is of one of the kinds.
func Is(err error, kinds ...Kind) bool {
	got := KindOf(err)
	for _, k := range kinds {
		if got == k {
			return true
		}
	}
	return false
}
