package transfer

import (
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/wire"
)

// Kind is the direction of a transfer, seen from the customer.
type Kind string

// The kinds (OpenAPI, TransferType).
const (
	Debit  Kind = "debit"
	Credit Kind = "credit"
)

// Proposal is a transfer that somebody wants to make.
type Proposal struct {
	Account Account `json:"account"`
	Ledger  string  `json:"ledger"`
	Kind    Kind    `json:"kind"`
	Network Network `json:"network"`
	Amount  Cents   `json:"amount"`
	// Class is the ACH class, or "" on other networks.
	Class string `json:"class,omitempty"`
	User  User   `json:"user"`
	// Source is what a credit is paid from, in Plaid's old words.
	Source string `json:"source,omitempty"`
	// Message goes to the beneficiary of a wire.
	Message string `json:"message,omitempty"`
}

// User is who holds the account, as the client says.
type User struct {
	Name    string  `json:"name"`
	Phone   string  `json:"phone,omitempty"`
	Email   string  `json:"email,omitempty"`
	Address Address `json:"address,omitzero"`
}

// Address is where a User lives.
type Address struct {
	Street, City, Region, Postal, Country string `json:",omitempty"`
}

// Decision is the outcome of an authorization.
type Decision string

// The decisions (OpenAPI, TransferAuthorizationDecision).
const (
	Approved       Decision = "approved"
	Declined       Decision = "declined"
	ActionRequired Decision = "user_action_required"
)

// Verdict is a decision with its reason; Code is "" if there is none to give.
type Verdict struct {
	Decision Decision `json:"decision"`
	Code     string   `json:"code,omitempty"`
	Text     string   `json:"text,omitempty"`
}

// Authorization is a Proposal with what was decided about it.
type Authorization struct {
	ID      string    `json:"id"`
	Created time.Time `json:"created"`
	Clock   string    `json:"clock,omitempty"`
	Proposal
	Verdict
	Cancelled bool `json:"cancelled,omitempty"`
	// Transfer is the one that was made with it, or "".
	Transfer string `json:"transfer,omitempty"`
}

// authorizationLife is how long an authorization can be used.
const authorizationLife = time.Hour

func (d *Desk) expired(a *Authorization) bool {
	return !d.time(a.Clock).Before(a.Created.Add(authorizationLife))
}

// Authorize decides about a proposal.
func (d *Desk) Authorize(p Proposal, clock string, key KeyUse) (*Authorization, error) {
	if id, err := d.recall(key); id != "" || err != nil {
		return d.Authorization(id), err
	}
	if err := d.knowsClock(clock); err != nil {
		return nil, err
	}
	if err := d.check(&p); err != nil {
		return nil, err
	}
	a := d.authorize(p, clock, d.time(clock))
	if a.Decision != ActionRequired { // it may be tried again with the same key
		d.remember(key, a.ID)
	}
	return a, nil
}

func (d *Desk) authorize(p Proposal, clock string, at time.Time) *Authorization {
	a := &Authorization{ID: ident.NewUUID(), Created: at, Clock: clock, Proposal: p, Verdict: d.decide(&p, clock, at)}
	d.Authorizations = append(d.Authorizations, a)
	return a
}

// check refuses what no bank could do, and fills what was left out.
func (d *Desk) check(p *Proposal) error {
	l := d.Ledger(p.Ledger)
	switch {
	case l == nil:
		return wire.Field("ledger_id", "does not exist")
	case p.Amount <= 0:
		return wire.Field("amount", "must be greater than 0.00")
	case p.Amount > p.Network.limit():
		return wire.NetworkLimit(string(p.Network), p.Network.limit().String())
	case p.Source != "" && p.Kind == Debit:
		return wire.Field("credit_funds_source", "is only valid for credit transfers")
	}
	p.Ledger = l.ID
	if p.Source == "" && p.Kind == Credit {
		p.Source = "sweep"
	}
	return p.checkClass()
}

// checkClass looks at what fits the network: ACH entries have a class, and only
// they can be debits.
func (p *Proposal) checkClass() error {
	switch {
	case !p.Network.isACH() && p.Kind == Debit:
		return wire.Field("type", "must be credit for the network "+string(p.Network))
	case !p.Network.isACH():
		p.Class = ""
	case p.Class == "":
		return wire.Missing("ach_class")
	case p.Kind == Credit && p.Class != "ccd" && p.Class != "ppd":
		return wire.ACHClass()
	}
	return nil
}

// decide follows Plaid's description of its sandbox (PLAID §5): a debit by what is
// in the account, a credit by what is in the ledger.
func (d *Desk) decide(p *Proposal, clock string, at time.Time) Verdict {
	facts := d.facts(p.Account, clock, at)
	visible := p.Kind == Debit && !facts.Manual && !facts.Migrated
	switch {
	case facts.LoginRequired:
		return Verdict{ActionRequired, "ITEM_LOGIN_REQUIRED", "The Item's login has to be repaired before the transfer can be assessed."}
	case p.Kind == Credit && p.Amount > d.Ledger(p.Ledger).Available:
		return Verdict{Declined, "NSF", "The available balance of the ledger does not cover the transfer."}
	case visible && facts.Balance == 0:
		return Verdict{Declined, "RISK", "Transaction is high-risk."}
	case visible && p.Amount > facts.Balance:
		return Verdict{Declined, "NSF", "Transaction likely to result in a return due to insufficient funds."}
	}
	if which := d.overLimit(p, at); which != "" {
		return Verdict{Declined, "TRANSFER_LIMIT_REACHED", "The " + which + " limit for " + string(p.Kind) + " transfers is reached."}
	}
	switch {
	case facts.Migrated:
		return Verdict{Approved, "MIGRATED_ACCOUNT_ITEM", "The account was brought along; only limited information is available."}
	case facts.Manual:
		return Verdict{Approved, "MANUALLY_VERIFIED_ITEM", "The account was entered by hand; only limited information is available."}
	}
	return Verdict{Decision: Approved}
}

// facts returns what was known of an account at an instant. A test clock tells
// nothing of the World: there it is what is known now.
func (d *Desk) facts(a Account, clock string, at time.Time) Facts {
	if clock != "" {
		at = d.Now
	}
	return d.Facts(a, at)
}

// CancelAuthorization gives up an authorization that was not used.
func (d *Desk) CancelAuthorization(id string) error {
	a := d.Authorization(id)
	switch {
	case a == nil:
		return wire.Field("authorization_id", "does not exist")
	case a.Transfer != "":
		return wire.Field("authorization_id", "was already used to create a transfer")
	case a.Cancelled:
		return wire.Field("authorization_id", "was already cancelled")
	}
	a.Cancelled = true
	return nil
}
