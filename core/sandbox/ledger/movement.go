package ledger

import (
	"slices"
	"time"
)

// Account is one of the customer's accounts, by what it is. The values are part
// of stored state and of every generated history: they never change.
type Account string

// The accounts that have transactions.
const (
	Checking       Account = "checking"
	Savings        Account = "savings"
	CD             Account = "cd"
	CreditCard     Account = "credit"
	MoneyMarket    Account = "moneymarket"
	StudentLoan    Account = "student"
	Mortgage       Account = "mortgage"
	HSA            Account = "hsa"
	CashManagement Account = "cash"
	BusinessCard   Account = "business"
)

// Money is an amount in the smallest unit of its currency: cents for USD, whole
// yen for JPY. Positive is money out of the account.
type Money struct {
	Minor    int64
	Currency string
}

// Exponent returns the number of decimals of the amount's currency.
func (m Money) Exponent() int {
	if m.Currency == "JPY" {
		return 0
	}
	return 2
}

// Stage is where a movement is in its life.
type Stage string

// The stages in which a movement can be seen.
const (
	Pending Stage = "pending"
	Posted  Stage = "posted"
)

// Movement is one payment, refund or transfer with its whole life.
type Movement struct {
	// Key names the movement within its Book, for ever.
	Key     string
	Account Account
	// Payee is shared with other movements.
	Payee *Payee
	// Reference fills what a bank adds to a description: city, store, trace.
	Reference string
	// Check is the number of a paper cheque, or "".
	Check string
	// Paid is when the customer paid; Shown is when the bank first shows it.
	Paid, Shown time.Time
	// AtOnce says that it is posted when it is shown, and never pending.
	AtOnce bool
	// Settled is when it is posted, or zero if it never is.
	Settled time.Time
	// Dropped is when a pending movement vanishes unposted, or zero.
	Dropped time.Time
	// Corrected is when the bank puts the merchant's name right, or zero.
	Corrected time.Time
	// Hold is the pending amount, Final the posted one.
	Hold, Final Money
	// After is how many refreshes came before it, or with it: it is not there
	// earlier, and none of them posts it.
	After int
	// Soon says that the next refresh posts it; else one a day later does.
	Soon bool
	// Number is its place, from one, among what was written into the Item by
	// hand, or zero.
	Number int
	// Booked is the posting day if it is not that of Settled, or zero.
	Booked Day
	// Raise is how refreshes make the posted amount dearer.
	Raise Raise
}

// Raise adds a dollar with the refresh of the number First, counted from zero,
// and with each Every-th one after it. With Every zero nothing is added.
type Raise struct{ First, Every int }

// dollars returns how many there are after so many refreshes.
func (r Raise) dollars(refreshes int) int64 {
	if r.Every == 0 || refreshes <= r.First {
		return 0
	}
	return int64((refreshes-1-r.First)/r.Every + 1)
}

// Moment is what the bank had been asked until an instant.
type Moment struct {
	At time.Time
	// Refreshes are the instants of the refreshes until then, in order.
	Refreshes []time.Time
	// Written is how many entries had been written into the Item by hand.
	Written int
}

// Row is what can be seen of a movement at one instant.
type Row struct {
	*Movement
	Stage  Stage
	Amount Money
	// Date is the posting day, or the day of payment while pending.
	Date Day
	// WasPending says that it was shown as pending before it was posted.
	WasPending bool
	// Raw says that the merchant is not known yet.
	Raw bool
}

// Same reports whether r and s, rows of one movement, would read the same.
func (r Row) Same(s Row) bool {
	return r.Stage == s.Stage && r.Amount == s.Amount && r.Date == s.Date && r.Raw == s.Raw
}

// At returns what is seen of m at a moment, and whether anything is.
func (m *Movement) At(now Moment) (Row, bool) {
	t := now.At
	if t.Before(m.Shown) || m.After > len(now.Refreshes) || m.Number > now.Written {
		return Row{}, false
	}
	settled := m.settled(now.Refreshes)
	if settled.IsZero() || t.Before(settled) {
		if !m.Dropped.IsZero() && !t.Before(m.Dropped) {
			return Row{}, false
		}
		return Row{Movement: m, Stage: Pending, Amount: m.Hold, Date: DayOf(m.Paid), Raw: true}, true
	}
	row := Row{
		Movement:   m,
		Stage:      Posted,
		Amount:     m.Final,
		Date:       m.Booked,
		WasPending: !m.AtOnce,
		Raw:        !m.Corrected.IsZero() && t.Before(m.Corrected),
	}
	row.Amount.Minor += 100 * m.Raise.dollars(len(now.Refreshes))
	if row.Date == 0 {
		row.Date = DayOf(settled)
	}
	return row, true
}

// settled returns when m is posted, given that a refresh can bring it forward:
// one that finds it pending for a day, or the next one if it is to be soon.
func (m *Movement) settled(refreshes []time.Time) time.Time {
	if m.Settled.IsZero() || m.AtOnce {
		return m.Settled
	}
	ripe := m.Shown
	if !m.Soon {
		ripe = ripe.Add(hoursPerDay * time.Hour)
	}
	later := refreshes[m.After:]
	i, _ := slices.BinarySearchFunc(later, ripe, time.Time.Compare)
	if i < len(later) && later[i].Before(m.Settled) {
		return later[i]
	}
	return m.Settled
}
