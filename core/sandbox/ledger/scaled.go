package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// MaxScale is the largest number of transactions that ScaleLife offers.
const MaxScale = 1_000_000

const scalePrefix = "scale:"

// ScaleLife is the life of a customer with exactly n transactions, spread evenly
// over the days before the Item was made. Nothing more comes by itself.
func ScaleLife(n int) Life { return Life(scalePrefix + strconv.Itoa(n)) }

// scale returns how many transactions a ScaleLife has, and whether it is one.
func (l Life) scale() (int, bool) {
	digits, scale := strings.CutPrefix(string(l), scalePrefix)
	n, err := strconv.Atoi(digits)
	return n, scale && err == nil && n >= 1 && n <= MaxScale
}

// scaled is a ScaleLife. Its movements are numbered by time, and each is made
// from its number alone.
type scaled struct {
	// count movements are on the days from first on.
	count, days int
	first       Day
	currency    string
	key         uint64
}

func newScaled(b Book, count int) scaled {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %q scale", b.Seed, b.Bank))
	days := max(b.Days, 1)
	return scaled{count, days, DayOf(b.Opened) - Day(days), b.Currency, binary.LittleEndian.Uint64(sum[:])}
}

// The sizes of a ScaleLife.
const (
	scaledPart = 256
	// scaledDays is how many days after its payment a movement changes last.
	scaledDays = 5
)

// Parts implements Source.
func (s scaled) Parts(from, to Day) (first, last int) {
	start, end := s.until(from-scaledDays), s.until(to+1)
	if start >= end {
		return 0, -1
	}
	return start / scaledPart, (end - 1) / scaledPart
}

// until returns how many movements were paid before a day.
func (s scaled) until(d Day) int {
	days := min(max(int(d-s.first), 0), s.days)
	return (days*s.count + s.days - 1) / s.days
}

// Part implements Source.
func (s scaled) Part(n int) []*Movement {
	start, end := n*scaledPart, min((n+1)*scaledPart, s.count)
	movements, out := make([]Movement, end-start), make([]*Movement, end-start)
	for i := range movements {
		out[i] = &movements[i]
		s.write(out[i], start+i)
	}
	return out
}

// write makes the movement of a number.
func (s scaled) write(m *Movement, n int) {
	r := noise{s.key + uint64(n)}
	h := &scaledHabits[r.below(len(scaledHabits))]
	day := s.first + Day(n*s.days/s.count)
	// From eight in the morning to ten at night, the later the higher the number.
	paid := 8*60 + n*s.days%s.count*(14*60)/s.count
	amount := Money{h.lo + int64(r.below(int(h.hi-h.lo)+1)), s.currency}
	*m = Movement{
		Key: "row." + strconv.Itoa(n), Account: h.account, Payee: &h.payee, Paid: day.At(paid), Shown: day.At(paid),
		Settled: (day + 1 + Day(r.below(3))).At(nightRun), Hold: amount, Final: amount,
	}
	switch h.payee.Channel {
	case InStore:
		m.Reference = storeReference(r.below(10_000), r.below(len(towns)))
	case Online:
		m.Reference = digits(r.below(100_000_000), 8)
	case Other:
		m.AtOnce, m.Settled = true, m.Shown
	}
	switch roll := r.below(100); {
	case h.style == tipped:
		m.Final.Minor += m.Hold.Minor * int64(15+roll%8) / 100
	case roll < 4 && !m.AtOnce:
		m.Corrected = m.Settled.AddDate(0, 0, 1)
	}
}

// noise is a small generator of random numbers (SplitMix64): a movement needs a
// handful, and math/rand's take longer to seed than to draw.
type noise struct{ state uint64 }

// below returns a number from 0 to n-1.
func (r *noise) below(n int) int {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	z ^= z >> 31
	return int((z >> 33) % uint64(n))
}

// scaledHabits are what the transactions of a ScaleLife are for.
var scaledHabits = [...]habit{
	{account: CreditCard, lo: 1_850, hi: 14_200, payee: shop("SAFEWAY", "Safeway", "FOOD_AND_DRINK_GROCERIES", "safeway.com")},
	{account: CreditCard, lo: 433, hi: 1_266, payee: shop("STARBUCKS STORE", "Starbucks", "FOOD_AND_DRINK_COFFEE", "starbucks.com")},
	{account: Checking, lo: 720, hi: 5_900, payee: shop("TRADER JOE'S", "Trader Joe's", "FOOD_AND_DRINK_GROCERIES", "traderjoes.com")},
	{account: CreditCard, lo: 540, hi: 3_633, payee: web("UBER 063015 SF**POOL**", "Uber", "TRANSPORTATION_TAXIS_AND_RIDE_SHARES", "uber.com").named("Uber 063015 SF**POOL**")},
	{account: CreditCard, lo: 2_800, hi: 9_600, payee: shop("TRATTORIA LA SIRENA", "Trattoria La Sirena", "FOOD_AND_DRINK_RESTAURANT", ""), style: tipped},
	{account: Checking, lo: 980, hi: 2_150, payee: shop("KFC", "KFC", "FOOD_AND_DRINK_FAST_FOOD", "kfc.com")},
	{account: CreditCard, lo: 899, hi: 11_900, payee: web("AMZN MKTP US", "Amazon", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES", "amazon.com")},
	{account: CreditCard, lo: 3_150, hi: 6_480, payee: shop("CHEVRON", "Chevron", "TRANSPORTATION_GAS", "chevron.com")},
	{account: Checking, lo: -5_500, hi: -900, payee: bank("VENMO CASHOUT", "TRANSFER_IN_ACCOUNT_TRANSFER", legacyPayPal).from("payment_app", "Venmo")},
	{account: CreditCard, lo: 1_800, hi: 16_500, payee: shop("WM SUPERCENTER", "Walmart", "GENERAL_MERCHANDISE_SUPERSTORES", "walmart.com")},
	{account: Checking, lo: 650, hi: 4_800, payee: shop("WALGREENS", "Walgreens", "MEDICAL_PHARMACIES_AND_SUPPLEMENTS", "walgreens.com")},
	{account: Savings, lo: -25_000, hi: -1_000, payee: fromChecking},
	{account: CreditCard, lo: 990, hi: 4_600, payee: shop("MOE'S BOOKS", "Moe's Books", "GENERAL_MERCHANDISE_BOOKSTORES_AND_NEWSSTANDS", "moesbooks.com")},
	{account: Checking, lo: -284_733, hi: -184_733, payee: employer},
	{account: CreditCard, lo: 1_900, hi: 5_400, payee: web("DD DOORDASH BURGERKIN", "Burger King", "FOOD_AND_DRINK_FAST_FOOD", "burgerking.com").via("DoorDash").named("Dd Doordash Burgerkin"), style: tipped},
	{account: Checking, lo: 4_000, hi: 20_000, payee: bank("ATM WITHDRAWAL", "TRANSFER_OUT_WITHDRAWAL", legacyATM)},
}
