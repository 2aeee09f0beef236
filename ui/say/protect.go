package say

import "bankbook/core"

// What the command line asks for and says about passphrases.
const (
	// AskPassphrase asks for the passphrase of locked data.
	AskPassphrase = "Passphrase: "
	// AskNewPassphrase asks for a new one, and AskAgain for it once more.
	AskNewPassphrase = "New passphrase: "
	AskAgain         = "The same again: "
	// AskRecoveryKey asks for the key on paper.
	AskRecoveryKey = "Recovery key: "
	// NotTheSame is said when the two differ.
	NotTheSame = "The two are not the same."
	// RecoveryKeyNote goes with a new recovery key.
	RecoveryKeyNote = "Write it down or print it, and keep it where you keep papers. It is shown this once, and opens your data without keychain or passphrase."
	// RecoveryKeyGone is said after the recovery key was removed.
	RecoveryKeyGone = "There is no recovery key any more."
	// PassphraseChanged is said after the passphrase was changed.
	PassphraseChanged = "The passphrase is changed."
)

// Protector returns what protects data, for a table.
func Protector(p core.Protector) string {
	switch p {
	case core.ByKeychain:
		return "The system’s keychain"
	case core.ByPassphrase:
		return "Your passphrase"
	case core.ThisSessionOnly:
		return "Nothing is kept after this session"
	}
	return string(p)
}

// HasRecoveryKey says whether there is a recovery key.
func HasRecoveryKey(has bool) string {
	if has {
		return "Yes, on your paper"
	}
	return "None"
}
