package ledger

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// dynamic is what user_transactions_dynamic begins with: fifty payments of the
// last weeks, the newest of them pending (PLAID §5). The next refresh posts what
// is pending, and every refresh makes one posted amount a dollar dearer. The
// payments that recur are in the life's diary.
type dynamic struct{ book Book }

// The payments that the dynamic life begins with.
const (
	dynamicCount   = 50
	dynamicPending = 8
	dynamicDays    = 28
)

// Parts implements Source: there is one part, and every refresh changes it.
func (d dynamic) Parts(Day, Day) (first, last int) { return 0, 0 }

// Part implements Source.
func (d dynamic) Part(int) []*Movement {
	w := &writer{book: d.book}
	out := make([]*Movement, 0, dynamicCount)
	for i := range dynamicCount {
		out = append(out, w.beginning(i))
	}
	return out
}

// beginning returns the i-th payment of the beginning, the oldest first.
func (w *writer) beginning(i int) *Movement {
	r := w.dice("dynamic", i)
	h := &dynamicHabits[i%len(dynamicHabits)]
	key := fmt.Sprintf("dynamic.%d", i)
	opened := w.book.Opened
	posted := dynamicCount - dynamicPending
	if i >= posted {
		return w.waiting(payment{key, h.account, DayOf(opened), &h.payee, w.money(between(r, h.lo, h.hi))}, dynamicCount-i, r)
	}
	// From four weeks before to five days before, so that all have been posted.
	day := DayOf(opened) - dynamicDays + Day(i*(dynamicDays-5)/posted)
	m := payment{key, h.account, day, &h.payee, w.money(between(r, h.lo, h.hi))}.byCard(r)
	m.Raise = Raise{First: (i * 5) % posted, Every: posted}
	return m
}

// waiting returns a payment of the last hours before the Item was made.
func (w *writer) waiting(p payment, hours int, r *rand.Rand) *Movement {
	m := p.byCard(r)
	m.Paid = w.book.Opened.Add(-time.Duration(hours) * time.Hour)
	m.Shown, m.Settled, m.Soon = m.Paid, (DayOf(w.book.Opened) + freshDays).At(nightRun), true
	return m
}

// dynamicHabits are what the fifty payments are for, in turn.
var dynamicHabits = [...]habit{
	{account: CreditCard, lo: 1_850, hi: 9_200, payee: shop("SAFEWAY", "Safeway", "FOOD_AND_DRINK_GROCERIES", "safeway.com")},
	{account: Checking, lo: 433, hi: 433, payee: shop("STARBUCKS STORE", "Starbucks", "FOOD_AND_DRINK_COFFEE", "starbucks.com")},
	{account: CreditCard, lo: 633, hi: 2_940, payee: web("UBER 063015 SF**POOL**", "Uber", "TRANSPORTATION_TAXIS_AND_RIDE_SHARES", "uber.com")},
	{account: CreditCard, lo: 899, hi: 11_900, payee: web("AMZN MKTP US", "Amazon", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES", "amazon.com")},
	{account: Checking, lo: 1_200, hi: 1_200, payee: shop("MCDONALD'S", "McDonald's", "FOOD_AND_DRINK_FAST_FOOD", "mcdonalds.com")},
	{account: Savings, lo: -6_000, hi: -1_000, payee: fromChecking},
	{account: CreditCard, lo: 3_150, hi: 6_480, payee: shop("CHEVRON", "Chevron", "TRANSPORTATION_GAS", "chevron.com")},
	{account: Checking, lo: 650, hi: 4_800, payee: shop("WALGREENS", "Walgreens", "MEDICAL_PHARMACIES_AND_SUPPLEMENTS", "walgreens.com")},
	{account: CreditCard, lo: 2_800, hi: 9_600, payee: shop("TRATTORIA LA SIRENA", "Trattoria La Sirena", "FOOD_AND_DRINK_RESTAURANT", "")},
	{account: Checking, lo: 1_200, hi: 6_500, payee: bank("VENMO PAYMENT", "TRANSFER_OUT_ACCOUNT_TRANSFER", legacyPayPal).from("payment_app", "Venmo")},
}

// dynamicPlan is what recurs, for six months.
var dynamicPlan = plan{
	days: 182,
	bills: []bill{
		{key: "rent", account: Checking, day: 1, lo: 145_000, hi: 145_000, payee: landlord},
		{key: "electricity", account: Checking, day: 8, lo: 6_120, hi: 8_940, payee: powerCompany},
		{key: "phone", account: Checking, day: 18, lo: 4_500, hi: 4_500, payee: phoneCompany},
		{key: "cardpaid", account: Checking, day: 22, lo: 48_000, hi: 92_000, payee: cardPayoff, other: CreditCard, otherSide: cardThanks},
		{key: "tosavings", account: Checking, day: 16, lo: 25_000, hi: 25_000, payee: toSavings, other: Savings, otherSide: fromChecking},
		{key: "interest", account: Savings, day: 31, lo: -422, hi: -422, payee: interestPaid},
	},
	rhythms: []rhythm{
		{key: "salary", account: Checking, every: 14, phase: 1, lo: -184_733, hi: -184_733, payee: employer},
	},
	subscriptions: []subscription{
		{key: "netflix", account: CreditCard, day: 4, minor: 1_549, payee: web("NETFLIX.COM", "Netflix", "ENTERTAINMENT_TV_AND_MOVIES", "netflix.com")},
		{key: "gym", account: CreditCard, day: 2, minor: 7_850, payee: shop("TOUCHSTONE CLIMBING", "Touchstone Climbing", "PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS", "touchstoneclimbing.com")},
	},
}
