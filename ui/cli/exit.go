package cli

import "bankbook/core/fault"

// The exit codes; doc.go describes them.
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

// exitCode returns the code for an error.
func exitCode(err error) int {
	switch fault.KindOf(err) {
	case fault.None:
		return exitOK
	case fault.Invalid, fault.NotFound:
		return exitUsage
	case fault.Keys, fault.NoKeys:
		return exitKeys
	case fault.Network, fault.RateLimit, fault.BankDown, fault.NotReady, fault.Nonsense, fault.Unsupported, fault.Refused, fault.Mutation, fault.StaleCursor:
		return exitUnreachable
	case fault.SignIn, fault.Consent, fault.BankSite, fault.Gone:
		return exitUser
	case fault.VaultInUse, fault.VaultNewer, fault.VaultForeign, fault.VaultDamaged, fault.VaultKey, fault.VaultReplaced, fault.Unreadable, fault.DiskFull:
		return exitVault
	case fault.KeychainMissing, fault.KeychainLocked, fault.KeychainTimeout, fault.KeychainLied, fault.SecretMissing:
		return exitKeychain
	case fault.Expired:
		return exitNotLinked
	case fault.NoDisplay, fault.NoBrowser:
		return exitNoScreen
	case fault.Canceled:
		return exitInterrupted
	}
	return exitInternal
}
