package sandbox

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/big"
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/transfer"
	"bankbook/core/sandbox/wire"
)

// desk returns where money is moved, with everything that is due having happened.
// It is called within store.change.
func (s *Server) desk(st *state) *transfer.Desk {
	now := s.now()
	if st.Transfer == nil {
		st.Transfer = transfer.New(now)
	}
	return st.Transfer.At(s.world(st, now))
}

// moveMoney runs fn at the desk, and keeps what it does.
func (s *Server) moveMoney(fn func(*transfer.Desk) error) error {
	return s.store.change(func(st *state) error { return fn(s.desk(st)) })
}

// viewMoney runs fn on what is known of moved money, after everything has happened
// that is due. fn must not change it, nor keep any part of it.
func (s *Server) viewMoney(fn func(*transfer.State) error) (err error) {
	behind := false
	s.store.read(func(st *state) {
		behind = st.Transfer == nil || st.Transfer.Behind(s.world(st, s.now()))
		if !behind {
			err = fn(st.Transfer)
		}
	})
	if behind {
		return s.moveMoney(func(d *transfer.Desk) error { return fn(d.State) })
	}
	return err
}

func (s *Server) world(st *state, now time.Time) transfer.World {
	return transfer.World{
		Now: now, Limits: transfer.Standard(), Banking: s.cfg.SettleTransfers,
		Facts: st.factsOf,
	}
}

// factsOf tells what was known of an account at an instant.
func (st *state) factsOf(a transfer.Account, at time.Time) transfer.Facts {
	it := st.item(a.Item)
	if it == nil || !it.Removed.IsZero() && !at.Before(it.Removed) {
		return transfer.Facts{Gone: true}
	}
	facts := transfer.Facts{LoginRequired: it.trouble(at) != nil, Manual: it.byHand()}
	for _, code := range it.Accounts {
		if it.wasID(st.Key, code, a.ID) {
			facts.Balance = balanceOf(it.person().Account(code))
		}
	}
	return facts
}

// balanceOf returns what can be taken from an account: the available balance, or
// the current one where the bank does not tell it.
func balanceOf(a *people.Account) transfer.Cents {
	text := a.Available
	if text == "" {
		text = a.Current
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return 0
	}
	r.Mul(r, big.NewRat(100, 1))
	return transfer.Cents(new(big.Int).Quo(r.Num(), r.Denom()).Int64())
}

// payer is the account that money is moved to or from.
type payer struct {
	Token   string `json:"access_token"`
	Account string `json:"account_id"`
}

// resolve returns the account of p, if money can be moved to and from it. The
// user agrees to Transfer together with Auth: both are about the numbers.
func (s *Server) resolve(p payer) (transfer.Account, *people.Account, error) {
	it, key, err := s.itemOf(p.Token)
	switch {
	case err != nil:
		return transfer.Account{}, nil, err
	case !it.consents("transfer") && !it.consents("auth"):
		return transfer.Account{}, nil, wire.Consent("transfer")
	case len(it.bank().lacks([]string{"transfer"})) > 0:
		return transfer.Account{}, nil, wire.ProductsNotSupported("transfer")
	}
	account, err := it.movable(key, p.Account, s.now())
	return transfer.Account{Item: it.ID, ID: p.Account}, account, err
}

// movable returns the account of an id, if its numbers are known.
func (i *item) movable(key ident.Keyring, id string, now time.Time) (*people.Account, error) {
	var found *people.Account
	numbers := false
	for _, code := range i.Accounts {
		a := i.person().Account(code)
		numbers = numbers || a.HasNumbers()
		if i.accountID(key, code) == id {
			found = a
		}
	}
	switch {
	case found == nil:
		return nil, wire.AccountID()
	case !numbers:
		return nil, wire.NoAuthAccounts()
	case !i.tellsNumbers(found):
		return nil, wire.TransferAccount()
	case i.Verification != nil && !i.Verification.Ready(now):
		return nil, wire.NotReady()
	}
	return found, nil
}

// bill adds Transfer to the products of an Item that is used for it. One that wants
// a sign-in keeps its own until then.
func (s *Server) bill(token string) error {
	it, _, err := s.itemOf(token)
	if err != nil || it.trouble(s.now()) != nil || !it.consents("transfer") {
		return err
	}
	_, _, err = s.use(token, "transfer")
	return err
}

// keyUse returns the use of an idempotency key with a request. An access token
// that was replaced in the meantime makes no other request of it.
func keyUse(scope, key string, req any) (transfer.KeyUse, error) {
	raw, err := json.Marshal(req)
	if err != nil {
		return transfer.KeyUse{}, fmt.Errorf("sandbox: digest of a request: %w", err)
	}
	return transfer.KeyUse{Scope: scope, Key: key, Digest: fmt.Sprintf("%x", sha256.Sum256(raw))}, nil
}

// amountOf reads an amount, which is a decimal string.
func amountOf(field, text string) (transfer.Cents, error) {
	amount, ok := transfer.ParseAmount(text)
	if !ok {
		return 0, wire.Field(field, "must be a decimal string with two digits of precision")
	}
	return amount, nil
}

// onlyOne refuses what the practice bank's customer does not have: other customers
// on whose behalf money is moved, and origination accounts of the old kind.
func onlyOne(originator, origination string) error {
	switch {
	case originator != "":
		return wire.Originator()
	case origination != "":
		return wire.Field("origination_account_id", "does not exist")
	}
	return nil
}

// pageRequest is the part of a list that a request asks for.
type pageRequest struct {
	From   string `json:"start_date"`
	To     string `json:"end_date"`
	Count  *int   `json:"count"`
	Offset int    `json:"offset"`
}

// listedCount is how much of a list is given if nothing is said.
const listedCount = 25

func (p pageRequest) page() (out transfer.Page, err error) {
	out = transfer.Page{Offset: p.Offset, Count: listedCount}
	if p.Count != nil {
		out.Count = *p.Count
	}
	if out.From, err = instantOf("start_date", p.From); err != nil {
		return out, err
	}
	out.To, err = instantOf("end_date", p.To)
	return out, err
}

// instantOf reads an instant; "" is zero.
func instantOf(field, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, wire.Field(field, "must be a datetime in RFC 3339 format")
	}
	return t.UTC(), nil
}

// mine reports whether filters by customer, origination account and funding
// account let anything through: here is one customer with one funding account.
func mine(st *transfer.State, originator, origination, funding string) bool {
	return originator == "" && origination == "" && (funding == "" || funding == st.Funding)
}
