package sandbox

import (
	"fmt"
	"strings"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/verify"
	"bankbook/core/sandbox/wire"
)

type authResponse struct {
	Accounts  []wireAccount `json:"accounts"`
	Numbers   authNumbers   `json:"numbers"`
	Item      wireItem      `json:"item"`
	RequestID string        `json:"request_id"`
}

type authNumbers struct {
	ACH           []achNumber           `json:"ach"`
	EFT           []eftNumber           `json:"eft"`
	International []internationalNumber `json:"international"`
	BACS          []bacsNumber          `json:"bacs"`
}

type achNumber struct {
	Account   string  `json:"account_id"`
	Number    string  `json:"account"`
	Routing   string  `json:"routing"`
	Wire      *string `json:"wire_routing"`
	Tokenized bool    `json:"is_tokenized_account_number"`
	In        bool    `json:"can_transfer_in"`
	Out       bool    `json:"can_transfer_out"`
}

type eftNumber struct {
	Account     string `json:"account_id"`
	Number      string `json:"account"`
	Institution string `json:"institution"`
	Branch      string `json:"branch"`
}

type internationalNumber struct {
	Account string `json:"account_id"`
	IBAN    string `json:"iban"`
	BIC     string `json:"bic"`
}

type bacsNumber struct {
	Account  string `json:"account_id"`
	Number   string `json:"account"`
	SortCode string `json:"sort_code"`
}

// authGet answers /auth/get.
func (s *Server) authGet(id string, req accountsRequest) (resp authResponse, err error) {
	it, key, err := s.use(req.Token, "auth")
	if err != nil {
		return resp, err
	}
	accounts, err := it.choose(key, req.Options.IDs, it.tellsNumbers)
	switch {
	case err != nil:
		return resp, err
	case len(accounts) == 0:
		return resp, wire.NoAuthAccounts()
	case it.Verification != nil && !it.Verification.Ready(s.now()):
		return resp, wire.NotReady()
	}
	it.tellVerified(accounts, s.now())
	return authResponse{Accounts: accounts, Numbers: it.numbers(key, accounts), Item: it.wire(), RequestID: id}, nil
}

// tellsNumbers reports whether /auth/get tells the numbers of an account. Where
// they were entered, it is the one account that they are of.
func (i *item) tellsNumbers(a *people.Account) bool {
	return a.HasNumbers() && (i.Verification == nil || i.Verification.Account == a.Code)
}

// The numbers that /auth/get tells (PLAID §5). An account's number is the prefix
// and its mask.
const (
	defaultACH    = "011401533"
	defaultWire   = "021000021"
	canadianBank  = "021"
	canadianPlace = "01140"
	britishPrefix = "3192"
	britishSort   = "601613"
	britishIBAN   = "GB29NWBK"
	britishBIC    = "NWBKGB21"
)

// numbers returns the accounts' numbers: those that they have themselves, or
// else of the kind of the bank's country.
func (i *item) numbers(key ident.Keyring, accounts []wireAccount) authNumbers {
	n := authNumbers{ACH: []achNumber{}, EFT: []eftNumber{}, International: []internationalNumber{}, BACS: []bacsNumber{}}
	for _, a := range accounts {
		if n.addOwn(a) {
			continue
		}
		switch i.bank().country() {
		case "GB":
			number := britishPrefix + a.account.Mask
			n.BACS = append(n.BACS, bacsNumber{a.ID, number, britishSort})
			n.International = append(n.International, internationalNumber{a.ID, britishIBAN + britishSort + number, britishBIC})
		case "CA":
			n.EFT = append(n.EFT, eftNumber{a.ID, verify.NumberOf(a.account), canadianBank, canadianPlace})
		default:
			n.ACH = append(n.ACH, i.ach(key, a))
		}
	}
	return n
}

// addOwn adds the numbers of a custom user that are of another country than the
// United States. It reports whether there are any.
func (n *authNumbers) addOwn(a wireAccount) bool {
	own, found := a.account.Numbers, false
	if own.EFTBranch != "" {
		n.EFT, found = append(n.EFT, eftNumber{a.ID, verify.NumberOf(a.account), own.EFTInstitution, own.EFTBranch}), true
	}
	if own.IBAN != "" {
		n.International, found = append(n.International, internationalNumber{a.ID, own.IBAN, own.BIC}), true
	}
	if own.SortCode != "" {
		n.BACS, found = append(n.BACS, bacsNumber{a.ID, verify.NumberOf(a.account), own.SortCode}), true
	}
	return found && own.Routing == ""
}

// ach returns the account's numbers in the United States.
func (i *item) ach(key ident.Keyring, a wireAccount) achNumber {
	own := a.account.Numbers
	n := achNumber{Account: a.ID, Number: verify.NumberOf(a.account), Routing: defaultACH, Wire: wire.OrNull(defaultWire), In: true, Out: true}
	if own.Routing != "" {
		n.Routing, n.Wire = own.Routing, wire.OrNull(own.Wire)
	}
	if own.Wire != "" {
		n.Wire = wire.OrNull(own.Wire)
	}
	switch v := i.Verification; {
	case v != nil && v.Method.ByHand():
		n.Routing, n.Wire = v.Routing, nil
	case v != nil:
		n.Routing = v.Routing
	case i.bank().Tokenized:
		n.Number, n.Tokenized = token(key, accountID(key, i.ID, a.account.Code, 0)), true
	}
	return n
}

// token returns a number that stands for an account's own in one Item alone. It is made
// of the account's first id.
func token(key ident.Keyring, accountID string) string {
	var b strings.Builder
	const bytes = 6
	for _, c := range key.Sum("number", accountID)[:bytes] {
		fmt.Fprintf(&b, "%03d", c)
	}
	return b.String()[1:]
}
