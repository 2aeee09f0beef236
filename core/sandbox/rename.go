package sandbox

import (
	"slices"
	"strconv"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/wire"
)

// renaming is an account that has got another id, with all its transactions: from its
// Choice-th choice of accounts on, as a moment counts them.
type renaming struct {
	Account string `json:"account"`
	Choice  int    `json:"choice"`
}

// turns says how often accounts have got another id, by their codes.
type turns map[string]int

// turnsAt returns how often the accounts had got another id at m; nil if none had.
func (i *item) turnsAt(m moment) turns {
	var t turns
	for _, r := range i.Renamed {
		if r.Choice > m.choices {
			break
		}
		if t == nil {
			t = turns{}
		}
		t[r.Account]++
	}
	return t
}

// turns returns how often the accounts have got another id by now.
func (i *item) turns() turns { return i.turnsAt(moment{choices: len(i.Chosen)}) }

// rename gives the accounts that a tester has chosen for it other ids. What a client
// has read until then is still known by the ids of that time.
func (i *item) rename() {
	if len(i.Renames) == 0 {
		return
	}
	i.Chosen = append(i.Chosen, i.Accounts)
	for _, code := range i.Renames {
		i.Renamed = append(i.Renamed, renaming{code, len(i.Chosen)})
	}
	i.Renames = nil
}

// accountID returns the account_id of an Item's account at present.
func (i *item) accountID(key ident.Keyring, code string) string {
	return accountID(key, i.ID, code, i.turns()[code])
}

// accountID returns the account_id of an Item's account that has got another one so
// many times.
func accountID(key ident.Keyring, item, code string, turn int) string {
	if turn == 0 {
		return key.ID("account", item, code)
	}
	return key.ID("account", item, code, strconv.Itoa(turn))
}

// wasID reports whether an id is an account's, or was.
func (i *item) wasID(key ident.Keyring, code, id string) bool {
	for turn := range i.turns()[code] + 1 {
		if accountID(key, i.ID, code, turn) == id {
			return true
		}
	}
	return false
}

type renameRequest struct {
	Item     string   `json:"item_id"`
	Accounts []string `json:"account_ids"`
}

type renameResponse struct {
	Accounts  []string `json:"account_ids"`
	RequestID string   `json:"request_id"`
}

// renameAccounts answers /practice/accounts/rename: the Item's accounts, or some of
// them, come back under other ids when their user has signed in or chosen them anew,
// as it can happen at Plaid (PLAID §3.2). It returns their ids until then.
func (s *Server) renameAccounts(id string, req renameRequest) (renameResponse, error) {
	resp := renameResponse{Accounts: []string{}, RequestID: id}
	err := s.store.change(func(st *state) error {
		it := st.item(req.Item)
		if it == nil || !it.Removed.IsZero() {
			return wire.Field("item_id", "must be the id of an Item that is there")
		}
		it.Renames = nil
		for _, code := range it.Accounts {
			if own := it.accountID(st.Key, code); req.Accounts == nil || slices.Contains(req.Accounts, own) {
				it.Renames, resp.Accounts = append(it.Renames, code), append(resp.Accounts, own)
			}
		}
		if req.Accounts != nil && len(resp.Accounts) != len(req.Accounts) {
			return wire.AccountID()
		}
		return nil
	})
	return resp, err
}
