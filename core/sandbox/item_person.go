package sandbox

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/verify"
	"bankbook/core/sandbox/wire"
)

// person returns whose login it is.
func (i *item) person() *people.Person {
	if i.who != nil {
		return i.who
	}
	p, err := i.recall()
	if err != nil { // a record that was read is one that could be recalled
		return &people.Person{}
	}
	return p
}

// recall finds out whose login the record is of.
func (i *item) recall() (*people.Person, error) {
	switch {
	case i.byHand():
		return people.ByHand(verify.HandCode, i.Verification.Subtype, i.Verification.Mask, i.Verification.Seen()), nil
	case i.Custom != nil:
		p, err := people.Custom(i.Custom)
		if err == nil {
			p.Denominate(i.bank().currency())
		}
		return p, err
	}
	if p := people.Known(i.User); p != nil {
		return p, nil
	}
	return nil, errors.New("an item is of an unknown user")
}

// belongTo makes a new Item that of a person, with some of the accounts.
func (i *item) belongTo(p *people.Person, codes []string) {
	i.User, i.Custom, i.Accounts = p.User, p.Custom, codes
	if p.Custom != nil {
		p.Denominate(i.bank().currency())
		i.who = p
	}
}

// plainItem is an item without the way in which it is read.
type plainItem item

// UnmarshalJSON reads a record. A custom user is made of the configuration then,
// once.
func (i *item) UnmarshalJSON(raw []byte) error {
	if err := json.Unmarshal(raw, (*plainItem)(i)); err != nil {
		return err
	}
	switch {
	case i.byHand():
		return nil
	case i.bank() == nil:
		return errors.New("an item is of an unknown institution")
	case i.Custom == nil && (i.User == "" || i.User == people.GoodUser):
		return nil // which is most of them
	}
	p, err := i.recall()
	if err == nil && i.Custom != nil {
		i.who = p
	}
	return err
}

// bank returns the Item's institution, or nil if its numbers were entered by
// hand.
func (i *item) bank() *institution { return institutionByID(i.Institution) }

// byHand reports whether the Item was made of numbers, without a bank.
func (i *item) byHand() bool { return i.Verification != nil && i.Verification.Method.ByHand() }

// authMethod returns how the numbers were found out, or nil if nobody asked.
func (i *item) authMethod() *string {
	switch {
	case i.Verification != nil:
		return wire.OrNull(string(i.Verification.Method))
	case slices.Contains(i.Products, "auth") || slices.Contains(i.Products, "transfer"):
		return wire.OrNull(string(i.bank().usualMethod()))
	}
	return nil
}

// verified returns the account's status at an instant: "" for an account whose
// numbers are not in doubt.
func (i *item) verified(code string, now time.Time) verify.Status {
	if i.Verification == nil || i.Verification.Account != code {
		return verify.NotNeeded
	}
	return i.Verification.Status(now)
}
