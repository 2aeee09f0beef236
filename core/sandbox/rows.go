package sandbox

import (
	"cmp"
	"strconv"
	"strings"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/ledger"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

// rowOptions are what a client can choose about the rows.
type rowOptions struct {
	// originals adds the statement's own line, second writes categories of the
	// second version of Plaid's taxonomy.
	originals, second bool
}

// rowOptionFields are the options in a request. Those that Plaid has retired are
// taken and change nothing: what they ask for is always there.
type rowOptionFields struct {
	Originals bool   `json:"include_original_description"`
	Category  bool   `json:"include_personal_finance_category"`
	Beta      bool   `json:"include_personal_finance_category_beta"`
	Logo      bool   `json:"include_logo_and_counterparty_beta"`
	Version   string `json:"personal_finance_category_version"`
}

// The versions of Plaid's personal finance taxonomy. The first is given to who
// does not choose: it is the one that clients of any age know.
const (
	firstTaxonomy  = "v1"
	secondTaxonomy = "v2"
)

func (o *rowOptionFields) checkVersion() error {
	switch o.Version {
	case "", firstTaxonomy, secondTaxonomy:
		return nil
	}
	return wire.Field("options.personal_finance_category_version", "must be one of v1, v2")
}

func (o *rowOptionFields) options() rowOptions {
	return rowOptions{originals: o.Originals, second: o.Version == secondTaxonomy}
}

// rowWriter writes rows of the ledger as Plaid writes transactions. It is for
// one answer, and remembers what comes again and again: ids, days and payees.
type rowWriter struct {
	rowOptions
	item       *item
	key        ident.Keyring
	ids        *ident.Series
	turns      turns
	accounts   map[ledger.Account]string
	entities   map[string]*string
	dates      map[ledger.Day]*string
	currencies map[string]currency
	payees     map[*ledger.Payee]*spelling
}

// currency is the code of a currency: one of the two is nil.
type currency struct{ iso, unofficial *string }

func newRowWriter(key ident.Keyring, it *item, o rowOptions) *rowWriter {
	return &rowWriter{
		rowOptions: o, item: it, key: key, ids: key.Series("transaction", it.ID), turns: it.turns(),
		accounts: map[ledger.Account]string{}, entities: map[string]*string{}, dates: map[ledger.Day]*string{},
		currencies: map[string]currency{}, payees: map[*ledger.Payee]*spelling{},
	}
}

// memoised returns the value of a key, which is made if it is not there yet.
func memoised[K comparable, V any](known map[K]V, key K, make func(K) V) V {
	v, there := known[key]
	if !there {
		v = make(key)
		known[key] = v
	}
	return v
}

// id returns the transaction_id of a row.
func (w *rowWriter) id(r *ledger.Row) string { return w.idAt(r, r.Stage) }

// idAt returns the transaction_id that a row's movement has at a stage.
func (w *rowWriter) idAt(r *ledger.Row, stage ledger.Stage) string {
	return w.idOf(r, stage, w.turns[string(r.Account)])
}

// idOf returns the transaction_id that a row's movement had when its account had got
// another id so many times.
func (w *rowWriter) idOf(r *ledger.Row, stage ledger.Stage, turn int) string {
	if turn == 0 {
		return w.ids.ID(r.Key, "#", string(stage))
	}
	return w.ids.ID(r.Key, "#", string(stage), "#", strconv.Itoa(turn))
}

// removed tells of a row that is gone, by the ids that it had.
func (w *rowWriter) removed(c change) removedTransaction {
	r := c.before
	return removedTransaction{w.idOf(r, r.Stage, c.turn), accountID(w.key, w.item.ID, string(r.Account), c.turn)}
}

func (w *rowWriter) account(code ledger.Account) string {
	return memoised(w.accounts, code, func(code ledger.Account) string { return w.item.accountID(w.key, string(code)) })
}

// entity returns the same id for the same name everywhere.
func (w *rowWriter) entity(name string) *string {
	return memoised(w.entities, name, func(name string) *string { return wire.OrNull(ident.Keyring("entity").ID(name)) })
}

func (w *rowWriter) date(d ledger.Day) *string {
	return memoised(w.dates, d, func(d ledger.Day) *string { return wire.OrNull(d.String()) })
}

// currency returns the code of an amount's currency. An amount without one is in
// the currency of the bank.
func (w *rowWriter) currency(m ledger.Money) currency {
	return memoised(w.currencies, m.Currency, func(code string) currency {
		code = cmp.Or(code, w.item.bank().currency())
		if people.Official(code) {
			return currency{iso: &code}
		}
		return currency{unofficial: &code}
	})
}

// The confidence that Plaid states in what it has made of a description.
const (
	sure   = "VERY_HIGH"
	unsure = "LOW"
)

func (w *rowWriter) write(r *ledger.Row) Transaction {
	money, payee := w.currency(r.Amount), w.payee(r.Payee)
	t := Transaction{
		ID: w.id(r), AccountID: w.account(r.Account), Amount: decimal(r.Amount), Currency: money.iso, UnofficialCurrency: money.unofficial,
		Category: payee.category, CategoryID: payee.categoryID, CheckNumber: wire.OrNull(r.Check),
		Date: *w.date(r.Date), Channel: string(r.Payee.Channel), Pending: r.Stage == ledger.Pending, Type: payee.kind,
	}
	if r.Check == "" { // nobody knows when a cheque was written
		t.Authorized = w.date(ledger.DayOf(r.Paid))
	}
	payee.describe(&t, r)
	if r.WasPending && !r.Settled.Before(w.item.Created) {
		t.PendingID = wire.OrNull(w.idAt(r, ledger.Pending))
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

// spelling is what transactions tell of a payee.
type spelling struct {
	category                []string
	categoryID              *string
	kind                    string
	known, raw              *Category
	parties                 []Counterparty
	payment                 PaymentMeta
	merchant, site, partyID *string
}

func (w *rowWriter) payee(p *ledger.Payee) *spelling { return memoised(w.payees, p, w.spell) }

func (w *rowWriter) spell(p *ledger.Payee) *spelling {
	s := &spelling{
		category: p.Legacy.Levels(), categoryID: wire.OrNull(p.Legacy.ID), kind: transactionType(p.Channel),
		known: w.category(p, sure), raw: w.category(p, unsure), parties: []Counterparty{}, payment: payment(p),
	}
	if p.Via != "" {
		s.parties = append(s.parties, w.counterparty(p.Via, viaType(p.Via), ""))
	}
	if p.Kind != "" {
		s.parties = append(s.parties, w.counterparty(p.Merchant, p.Kind, p.Website))
	}
	if p.Kind == "merchant" {
		s.merchant, s.site, s.partyID = wire.OrNull(p.Merchant), wire.OrNull(p.Website), w.entity(p.Merchant)
	}
	return s
}

// describe tells who is on the other side. While the merchant is not known yet,
// there is only the bank's own line.
func (s *spelling) describe(t *Transaction, r *ledger.Row) {
	if r.Raw {
		t.Name, t.PersonalCategory, t.Counterparties = original(r), s.raw, []Counterparty{}
		return
	}
	t.Name, t.PersonalCategory, t.Counterparties, t.Payment = r.Payee.Name, s.known, s.parties, s.payment
	t.MerchantName, t.Website, t.MerchantEntity = s.merchant, s.site, s.partyID
}

// category returns the payee's personal finance category.
func (w *rowWriter) category(p *ledger.Payee, confidence string) *Category {
	version := firstTaxonomy
	if w.second {
		version = secondTaxonomy
	}
	primary, detailed := p.Category(w.second)
	return &Category{primary, detailed, confidence, version}
}

func (w *rowWriter) counterparty(name, kind, site string) Counterparty {
	return Counterparty{Name: name, Type: kind, Entity: w.entity(name), Website: wire.OrNull(site), Confidence: wire.OrNull(sure)}
}

func viaType(via string) string {
	if via == "Square" {
		return "payment_terminal"
	}
	return "marketplace"
}

// payment returns the details that come with a payroll or a transfer.
func payment(p *ledger.Payee) PaymentMeta {
	switch p.Kind {
	case "income_source":
		return PaymentMeta{ByOrderOf: wire.OrNull(strings.ToUpper(p.Merchant)), Method: wire.OrNull("ACH"), PPD: wire.OrNull("9111111101")}
	case "payment_app":
		return PaymentMeta{Processor: &p.Merchant}
	}
	return PaymentMeta{}
}

// original is the statement's own line.
func original(r *ledger.Row) string {
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
