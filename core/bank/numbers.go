package bank

import (
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// numbersVersion begins every entry that Pack makes.
const numbersVersion = "numbers-1"

// Pack returns the numbers in the form in which they lie in the secret store,
// under secret.NumbersName of their account.
func (n Numbers) Pack() secret.Text {
	kind := "real"
	if n.Tokenized {
		kind = "tokenized"
	}
	return secret.New(strings.Join([]string{
		numbersVersion, n.Routing.Reveal(), n.Number.Reveal(), n.Wire.Reveal(), kind,
	}, "\n"))
}

// ACH returns what the vault keeps of numbers that the bank has given: they lead to
// their account.
func (n Numbers) ACH(kind core.ACHKind, at time.Time) core.ACHAccount {
	return core.ACHAccount{
		Status: core.Verified, From: core.ByPlaid, Tokenized: n.Tokenized, Kind: kind,
		RoutingLast4: n.Routing.Last4(), NumberLast4: n.Number.Tail(), Added: at, Changed: at,
	}
}

// UnpackNumbers reads what Pack made for the given account. Anything else is a
// fault of kind SecretMissing, whose text holds nothing of the entry.
func UnpackNumbers(account core.AccountID, packed secret.Text) (Numbers, error) {
	lines := strings.Split(packed.Reveal(), "\n")
	if len(lines) != 5 || lines[0] != numbersVersion {
		return Numbers{}, fault.New("bank: unpack numbers", fault.SecretMissing, nil)
	}
	return Numbers{
		Account:   account,
		Routing:   secret.New(lines[1]),
		Number:    secret.New(lines[2]),
		Wire:      secret.New(lines[3]),
		Tokenized: lines[4] == "tokenized",
	}, nil
}
