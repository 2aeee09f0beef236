package core

import "time"

// Protector says where the master key of a vault, and the secrets that belong
// to it, are kept.
type Protector string

// The protectors.
const (
	// ByKeychain means the operating system's keychain.
	ByKeychain Protector = "keychain"
	// ByPassphrase means a file beside the vault, sealed under a passphrase.
	ByPassphrase Protector = "passphrase"
	// ThisSessionOnly means nowhere: the vault cannot be opened again once the
	// program has ended.
	ThisSessionOnly Protector = "session"
)

// Protection is how a vault is protected at present.
type Protection struct {
	Protector Protector
	// RecoveryKey says that there is a recovery key that a person has noted down.
	RecoveryKey bool
	// LockAfter is after how long without a person's hand Bankbook locks itself;
	// 0 means never.
	LockAfter time.Duration
}

// VaultReport is what a whole reading of a vault has come to, every record
// opened and compared with what is told of it elsewhere.
type VaultReport struct {
	Commit                          uint64
	Profiles, Items, Accounts, Rows int
	Bytes                           int64
	Checked                         time.Time
}

// Upkeep is when a vault was looked after last; a zero time is never.
type Upkeep struct {
	// Checked is when all of it was read and nothing was wrong.
	Checked time.Time
	// BackedUp is when the newest backup was made that brings it back with the
	// access to banks.
	BackedUp time.Time
}

// Snapshot is a copy of a vault of some day, verified when it was made.
type Snapshot struct {
	Path   string
	Taken  time.Time
	Commit uint64
	Bytes  int64
	// Reason is "daily", "migration" or "asked".
	Reason string
}

// RecoveredFrom says what a damaged vault has been replaced with.
type RecoveredFrom string

// What a damaged vault can be replaced with, the least loss first.
const (
	// FromItself is the last state, whole: what was damaged did not belong to it.
	FromItself RecoveredFrom = "itself"
	// FromLastCommit is the state before the very last change.
	FromLastCommit RecoveredFrom = "commit"
	// FromSnapshot is the last snapshot that is whole.
	FromSnapshot RecoveredFrom = "snapshot"
	// FromSalvage is the banks and accounts that could still be read; their
	// transactions have to be fetched again.
	FromSalvage RecoveredFrom = "salvage"
)

// Recovery tells what has become of a damaged vault.
type Recovery struct {
	// From is "" if the vault turned out to be whole; nothing was touched then.
	From RecoveredFrom
	// Quarantine is where the damaged file has been put.
	Quarantine string
	// Since is when what is here now was written: what came later is lost, or
	// has to be fetched again. It is zero if that is not known, or nothing is lost.
	Since  time.Time
	Report VaultReport
}

// RolledBack tells that a vault is older than when Bankbook saw it last, as
// after somebody has put back a copy of the file.
type RolledBack struct{ Commit, Seen uint64 }

// FolderRisk tells why a folder is a risky place for a vault.
type FolderRisk struct {
	// Network says that the folder is on another machine.
	Network bool
	// Service is the name of the program that keeps the folder in step with other
	// machines, such as "Dropbox", or "".
	Service string
	// Conflicts are the names of files beside the vault that such a service makes
	// when two machines have written it.
	Conflicts []string
}

// None reports whether there is no risk.
func (r FolderRisk) None() bool { return !r.Network && r.Service == "" && len(r.Conflicts) == 0 }
