package say

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/recovery"
	"bankbook/core/secret"
)

// PassphraseRule says what a new passphrase has to be like.
func PassphraseRule() string {
	return "At least " + Number(secret.MinPassphrase) + " characters. A few words that only you would put together are best."
}

// NewPassphrase returns what is wrong with a new passphrase and with its
// repetition, "" for what is right.
func NewPassphrase(first, again string) (wrong, differs string) {
	switch err := secret.CheckPassphrase(secret.New(first)); {
	case first == "":
		return "Choose a passphrase", ""
	case err != nil:
		n := secret.MinPassphrase - utf8.RuneCountInString(first)
		return Number(n) + " more " + Noun("character").For(n) + ", please", ""
	case again == "":
		return "", "Type it once more"
	case first != again:
		return "", "The two are not the same"
	}
	return "", ""
}

// MistypedKey says what is wrong with a recovery key that cannot be one.
func MistypedKey(err error) string {
	var m recovery.Mistyped
	if !errors.As(err, &m) || m.Group < 1 || m.Group > len(ordinals()) {
		return "A recovery key has 40 letters and digits, in eight groups"
	}
	return "The " + ordinals()[m.Group-1] + " group is not what was printed"
}

func ordinals() []string {
	return []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"}
}

// RecoverySheet is what is printed of a recovery key.
func RecoverySheet(key string, env core.Environment, at time.Time) string {
	groups := strings.Split(key, "-")
	half := (len(groups) + 1) / 2
	return "BANKBOOK RECOVERY KEY\n\n" +
		"    " + strings.Join(groups[:half], "   ") + "\n    " + strings.Join(groups[half:], "   ") + "\n\n" +
		"For: " + Environment(env) + "\nMade: " + FullDay(core.DateOf(at)) + "\n\n" +
		"It opens your data when the passphrase or the keychain is lost: choose\n" +
		"“Use recovery key” where Bankbook asks for the passphrase. Capital letters,\n" +
		"spaces and hyphens do not matter.\n\n" +
		"Whoever has this key and a copy of your data can read everything. Print this\n" +
		"page, keep it where you keep important papers, and delete the file.\n"
}

// NoKeychain returns what to tell a person before the first start if the
// keychain cannot be used: there is a choice then that a fault does not offer.
func NoKeychain(err error) Message {
	m := Fault(err)
	if fault.Is(err, fault.KeychainMissing) {
		m.Sentence, m.Hint = "This computer has no keychain that could keep bank access. Choose what takes its place.", ""
	}
	return m
}
