package sandbox

import (
	"strings"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/ledger"
	"bankbook/core/sandbox/wire"
)

// rowWriter writes rows of the ledger as Plaid writes transactions.
type rowWriter struct {
	key       ident.Keyring
	item      *item
	originals bool
}

// id returns the transaction_id of a row, by the row's name.
func (w rowWriter) id(name string) string { return w.key.ID("transaction", w.item.ID, name) }

func (w rowWriter) account(r *ledger.Row) string {
	return accountID(w.key, w.item.ID, string(r.Account))
}

// The confidence that Plaid states in what it has made of a description.
const (
	sure   = "VERY_HIGH"
	unsure = "LOW"
)

func (w rowWriter) write(r ledger.Row) Transaction {
	t := Transaction{
		ID: w.id(r.Name()), AccountID: w.account(&r), Amount: decimal(r.Amount), Currency: &r.Amount.Currency,
		Category: r.Payee.Legacy.Levels(), CategoryID: wire.OrNull(r.Payee.Legacy.ID), CheckNumber: wire.OrNull(r.Check),
		Counterparties: []Counterparty{}, Date: r.Date.String(), Name: r.Payee.Name,
		Channel: string(r.Payee.Channel), Pending: r.Stage == ledger.Pending, Type: transactionType(r.Payee.Channel),
	}
	if r.Check == "" { // nobody knows when a cheque was written
		t.Authorized = wire.OrNull(ledger.DayOf(r.Paid).String())
	}
	w.describe(&t, r)
	if r.WasPending && !r.Settled.Before(w.item.Created) {
		t.PendingID = wire.OrNull(w.id(r.Key + "#" + string(ledger.Pending)))
	}
	if w.originals {
		t.OriginalDescription = wire.OrNull(original(r))
	}
	if place, known := r.Place(); known {
		t.Location = Location{
			City: &place.City, Region: &place.Region, Postal: &place.Postal, Country: &place.Country,
			Lat: &place.Lat, Lon: &place.Lon, Store: &place.Store,
		}
	}
	return t
}

// describe tells who is on the other side. While the merchant is not known yet,
// there is only the bank's own line.
func (w rowWriter) describe(t *Transaction, r ledger.Row) {
	p := r.Payee
	t.PersonalCategory = &Category{p.Primary(), p.Detailed, sure}
	if r.Raw {
		t.Name, t.PersonalCategory.Confidence = original(r), unsure
		return
	}
	t.Payment = payment(r)
	if p.Via != "" {
		t.Counterparties = append(t.Counterparties, w.counterparty(p.Via, viaType(p.Via), ""))
	}
	if p.Kind == "" {
		return
	}
	t.Counterparties = append(t.Counterparties, w.counterparty(p.Merchant, p.Kind, p.Website))
	if p.Kind == "merchant" {
		t.MerchantName, t.Website = wire.OrNull(p.Merchant), wire.OrNull(p.Website)
		t.MerchantEntity = t.Counterparties[len(t.Counterparties)-1].Entity
	}
}

// counterparty has the same entity id for the same name everywhere.
func (w rowWriter) counterparty(name, kind, site string) Counterparty {
	return Counterparty{
		Name: name, Type: kind, Entity: wire.OrNull(ident.Keyring("entity").ID(name)), Website: wire.OrNull(site), Confidence: wire.OrNull(sure),
	}
}

func viaType(via string) string {
	if via == "Square" {
		return "payment_terminal"
	}
	return "marketplace"
}

// payment returns the details that come with a payroll or a transfer.
func payment(r ledger.Row) PaymentMeta {
	switch r.Payee.Kind {
	case "income_source":
		return PaymentMeta{ByOrderOf: wire.OrNull(strings.ToUpper(r.Payee.Merchant)), Method: wire.OrNull("ACH"), PPD: wire.OrNull("9111111101")}
	case "payment_app":
		return PaymentMeta{Processor: &r.Payee.Merchant}
	}
	return PaymentMeta{}
}

// original is the statement's own line.
func original(r ledger.Row) string {
	if r.Reference == "" {
		return r.Payee.Raw
	}
	return r.Payee.Raw + " " + r.Reference
}

func transactionType(c ledger.Channel) string {
	switch c {
	case ledger.Online:
		return "digital"
	case ledger.InStore:
		return "place"
	}
	return "special"
}
