package secret

import (
	"fmt"
	"unicode/utf8"

	"bankbook/core/fault"
)

// MinPassphrase is the fewest characters of a passphrase that seals a file.
// Whoever has a copy of the file can try passphrases for as long as they like,
// so it is more than the eight of a login.
const MinPassphrase = 10

// CheckPassphrase returns fault.Invalid for a new passphrase that is too short.
func CheckPassphrase(passphrase Text) error {
	if n := utf8.RuneCountInString(passphrase.Reveal()); n < MinPassphrase {
		return fault.New("passphrase", fault.Invalid, fmt.Errorf("%d characters are too few, it takes %d", n, MinPassphrase))
	}
	return nil
}
