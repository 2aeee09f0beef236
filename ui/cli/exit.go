package cli

import "bankbook/core/fault"

// The exit codes; exitCodesText describes them, and doc.go says the same.
const (
	exitOK = iota
	exitInternal
	exitUsage
	exitKeys
	exitUnreachable
	exitUser
	exitVault
	exitKeychain
	exitNotLinked
	exitNoScreen
	exitInterrupted
)

// exitCodesText is what people are told about the exit codes.
const exitCodesText = `0  done
1  a mistake in Bankbook, or an error with no code of its own
2  the command or its input is wrong
3  the provider refuses the keys, or there are none, as in a copy for a reviewer
4  the provider or the bank cannot be reached, is out of order or answers nonsense
5  the bank wants the user: sign in again, or give consent; or it has ended the connection
6  the data cannot be used: in use, newer, foreign, damaged, unreadable, disk full, no backup, occupied
7  the keychain cannot be used: missing, locked, no answer, or a secret is not in it; or a passphrase is needed or wrong
8  linking ended without a bank: left, expired, called off
9  no display for the window, or no browser
10 interrupted`

// exitCode returns the code for an error.
func exitCode(err error) int {
	switch fault.KindOf(err) {
	case fault.None:
		return exitOK
	case fault.Invalid, fault.NotFound, fault.ByHand, fault.Shared:
		return exitUsage
	case fault.Keys, fault.NoKeys, fault.ReviewCopy:
		return exitKeys
	case fault.Network, fault.RateLimit, fault.BankDown, fault.NotReady, fault.Nonsense, fault.Unsupported, fault.Refused, fault.Mutation, fault.StaleCursor:
		return exitUnreachable
	case fault.SignIn, fault.Consent, fault.BankSite, fault.Gone:
		return exitUser
	case fault.VaultInUse, fault.VaultNewer, fault.VaultForeign, fault.VaultDamaged, fault.VaultKey, fault.VaultReplaced,
		fault.PracticeDamaged, fault.PracticeInUse, fault.LockboxDamaged, fault.BackupDamaged, fault.Occupied,
		fault.Unreadable, fault.DiskFull:
		return exitVault
	case fault.KeychainMissing, fault.KeychainLocked, fault.KeychainTimeout, fault.KeychainLied, fault.SecretMissing,
		fault.Locked, fault.Passphrase:
		return exitKeychain
	case fault.Expired:
		return exitNotLinked
	case fault.NoDisplay, fault.NoBrowser:
		return exitNoScreen
	case fault.Canceled, fault.Interrupted:
		return exitInterrupted
	}
	return exitInternal
}
