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
	Payee   Payee
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

// Name returns the key of the row: that of the movement and its stage.
func (r Row) Name() string { return r.Key + "#" + string(r.Stage) }

// Same reports whether r and s, rows of one movement, would read the same.
func (r Row) Same(s Row) bool {
	return r.Stage == s.Stage && r.Amount == s.Amount && r.Date == s.Date && r.Raw == s.Raw
}

// At returns what is seen of m at t, and whether anything is. A refresh posts
// what has been pending for a day; refreshes lists their instants in order.
func (m *Movement) At(t time.Time, refreshes []time.Time) (Row, bool) {
	if t.Before(m.Shown) {
		return Row{}, false
	}
	settled := m.settled(refreshes)
	if settled.IsZero() || t.Before(settled) {
		if !m.Dropped.IsZero() && !t.Before(m.Dropped) {
			return Row{}, false
		}
		return Row{Movement: m, Stage: Pending, Amount: m.Hold, Date: DayOf(m.Paid), Raw: true}, true
	}
	return Row{
		Movement:   m,
		Stage:      Posted,
		Amount:     m.Final,
		Date:       DayOf(settled),
		WasPending: !m.AtOnce,
		Raw:        !m.Corrected.IsZero() && t.Before(m.Corrected),
	}, true
}

// settled returns when m is posted, given that a refresh can bring it forward.
func (m *Movement) settled(refreshes []time.Time) time.Time {
	if m.Settled.IsZero() || m.AtOnce {
		return m.Settled
	}
	ripe := m.Shown.Add(hoursPerDay * time.Hour)
	i, _ := slices.BinarySearchFunc(refreshes, ripe, time.Time.Compare)
	if i < len(refreshes) && refreshes[i].Before(m.Settled) {
		return refreshes[i]
	}
	return m.Settled
}
