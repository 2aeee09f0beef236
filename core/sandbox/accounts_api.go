package sandbox

import (
	"slices"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

func (s *Server) accountRoutes() routes {
	return routes{
		"/accounts/get":         serve(s.accountsGet),
		"/accounts/balance/get": serve(s.balanceGet),
		"/auth/get":             serve(s.authGet),
	}
}

type accountsRequest struct {
	Token   string         `json:"access_token"`
	Options accountsChoice `json:"options"`
}

type accountsChoice struct {
	IDs []string `json:"account_ids"`
}

type accountsResponse struct {
	Accounts  []wireAccount `json:"accounts"`
	Item      wireItem      `json:"item"`
	RequestID string        `json:"request_id"`
}

// accountsGet answers /accounts/get.
func (s *Server) accountsGet(id string, req accountsRequest) (accountsResponse, error) {
	it, key, err := s.use(req.Token, "")
	if err != nil {
		return accountsResponse{}, err
	}
	return accountsOf(id, &it, key, req.Options)
}

// balanceGet answers /accounts/balance/get: the same, with the time.
func (s *Server) balanceGet(id string, req accountsRequest) (accountsResponse, error) {
	resp, err := s.accountsGet(id, req)
	now := wire.Stamp(s.now())
	for i := range resp.Accounts {
		resp.Accounts[i].Balances.Updated = &now
	}
	return resp, err
}

func accountsOf(id string, it *item, key ident.Keyring, choice accountsChoice) (accountsResponse, error) {
	accounts, err := it.choose(key, choice.IDs, func(*people.Account) bool { return true })
	return accountsResponse{Accounts: accounts, Item: it.wire(), RequestID: id}, err
}

// choose returns the Item's accounts that fit, or those of the given ids, which
// must all be the Item's own.
func (i *item) choose(key ident.Keyring, ids []string, fits func(*people.Account) bool) ([]wireAccount, error) {
	out, known := []wireAccount{}, 0
	currency := institutionByID(i.Institution).currency()
	person := i.person()
	for _, code := range i.Accounts {
		a, id := person.Account(code), accountID(key, i.ID, code)
		if ids != nil && !slices.Contains(ids, id) {
			continue
		}
		known++
		if fits(a) {
			out = append(out, shapeAccount(a, id, currency))
		}
	}
	if ids != nil && known != len(ids) {
		return nil, wire.AccountID()
	}
	return out, nil
}

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
	Account   string `json:"account_id"`
	Number    string `json:"account"`
	Routing   string `json:"routing"`
	Wire      string `json:"wire_routing"`
	Tokenized bool   `json:"is_tokenized_account_number"`
	In        bool   `json:"can_transfer_in"`
	Out       bool   `json:"can_transfer_out"`
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
	accounts, err := it.choose(key, req.Options.IDs, (*people.Account).HasNumbers)
	if err != nil {
		return resp, err
	}
	if len(accounts) == 0 {
		return resp, wire.NoAuthAccounts()
	}
	return authResponse{Accounts: accounts, Numbers: it.numbers(accounts), Item: it.wire(), RequestID: id}, nil
}

// The numbers that /auth/get tells (PLAID §5). An account's number is the prefix
// and its mask.
const (
	numberPrefix  = "111122223333"
	defaultACH    = "011401533"
	defaultWire   = "021000021"
	canadianBank  = "021"
	canadianPlace = "01140"
	britishPrefix = "3192"
	britishSort   = "601613"
)

// numbers returns the accounts' numbers, of the kind of the bank's country.
func (i *item) numbers(accounts []wireAccount) authNumbers {
	n := authNumbers{ACH: []achNumber{}, EFT: []eftNumber{}, International: []internationalNumber{}, BACS: []bacsNumber{}}
	for _, a := range accounts {
		switch institutionByID(i.Institution).country() {
		case "GB":
			n.BACS = append(n.BACS, bacsNumber{a.ID, britishPrefix + *a.Mask, britishSort})
		case "CA":
			n.EFT = append(n.EFT, eftNumber{a.ID, numberPrefix + *a.Mask, canadianBank, canadianPlace})
		default:
			n.ACH = append(n.ACH, achNumber{
				Account: a.ID, Number: numberPrefix + *a.Mask, Routing: defaultACH, Wire: defaultWire, In: true, Out: true,
			})
		}
	}
	return n
}
