package sandbox

import (
	"slices"
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/match"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/verify"
	"bankbook/core/sandbox/wire"
)

func (s *Server) accountRoutes() routes {
	return routes{
		"/accounts/get":                         serve(s.accountsGet),
		"/accounts/balance/get":                 serve(s.balanceGet),
		"/auth/get":                             serve(s.authGet),
		"/identity/get":                         serve(s.identityGet),
		"/identity/match":                       serve(s.identityMatch),
		"/liabilities/get":                      serve(s.liabilitiesGet),
		"/sandbox/item/set_verification_status": serve(s.setVerification),
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
func (s *Server) accountsGet(id string, req accountsRequest) (resp accountsResponse, err error) {
	it, key, err := s.use(req.Token, "")
	if err != nil {
		return resp, err
	}
	accounts, err := s.accounts(&it, key, req.Options.IDs)
	return accountsResponse{Accounts: accounts, Item: it.wire(), RequestID: id}, err
}

// accounts returns the Item's accounts, or those of the given ids. An Item
// without any is an error.
func (s *Server) accounts(it *item, key ident.Keyring, ids []string) ([]wireAccount, error) {
	if len(it.Accounts) == 0 {
		return nil, wire.NoAccounts()
	}
	accounts, err := it.choose(key, ids, func(*people.Account) bool { return true })
	it.tellVerified(accounts, s.now())
	return accounts, err
}

// choose returns the Item's accounts that fit, or those of the given ids, which
// must all be the Item's own.
func (i *item) choose(key ident.Keyring, ids []string, fits func(*people.Account) bool) ([]wireAccount, error) {
	out, known := []wireAccount{}, 0
	bank, person := i.bank(), i.person()
	for _, code := range i.Accounts {
		a, id := person.Account(code), i.accountID(key, code)
		if ids != nil && !slices.Contains(ids, id) {
			continue
		}
		known++
		if !fits(a) {
			continue
		}
		w := shapeAccount(a, id, bank.currency())
		if bank != nil && bank.Tokenized && a.Type == people.Depository {
			w.Persistent = persistentID(key, i, code)
		}
		out = append(out, w)
	}
	if ids != nil && known != len(ids) {
		return nil, wire.AccountID()
	}
	return out, nil
}

// persistentID names an account across Items: by the bank and whose it is.
func persistentID(key ident.Keyring, i *item, code string) string {
	return key.ID("persistent", i.Institution, i.User, string(i.Custom), code)
}

// tellVerified adds to the accounts how the verification of their numbers is.
func (i *item) tellVerified(accounts []wireAccount, now time.Time) {
	if i.Verification == nil {
		return
	}
	for n := range accounts {
		a := &accounts[n]
		if a.account.Code != i.Verification.Account {
			continue
		}
		a.Status, a.HolderName = i.Verification.Status(now), i.Verification.Name
		if i.Verification.Method == verify.Database {
			a.Insights = insights(i.Verification)
		}
	}
}

// knownHolder is who owns the account that a database knows (Plaid's page on
// testing Auth).
const knownHolder = "John Smith"

// insights returns what the database says of the numbers.
func insights(v *verify.State) *databaseFacts {
	facts := &databaseFacts{Format: "valid"}
	switch v.Set {
	case verify.DatabasePassed:
		facts.Network = networkFacts{Match: true, Verified: true}
		if v.Name != "" {
			score := match.Names(v.Name, knownHolder).Score
			facts.Name = &score
		}
	case verify.DatabaseFailed:
		facts.Format = "invalid"
	}
	return facts
}
