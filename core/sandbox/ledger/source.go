package ledger

import "time"

// Source is where movements come from: the history of one customer in numbered
// parts, the oldest first. A part is the same whenever it is asked for, and what
// is in it is not to be changed.
type Source interface {
	// Parts returns the first and the last part of those that hold whatever is
	// paid, or changes, from one day to another, both included. If there is none,
	// last is less than first.
	Parts(from, to Day) (first, last int)
	// Part returns the movements of a part in the order of payment.
	Part(n int) []*Movement
}

// Life is a way of living: which history a Book has. The values are part of
// stored state: they never change.
type Life string

// The lives. There is one more for every number of transactions: see ScaleLife.
const (
	// GoodLife is that of user_good: salary, rent, twelve accounts.
	GoodLife Life = ""
	// DynamicLife is that of user_transactions_dynamic: it moves with every refresh.
	DynamicLife Life = "dynamic"
	// YuppieLife is that of user_yuppie: young, affluent, in the city.
	YuppieLife Life = "yuppie"
	// SmallBusinessLife is that of user_small_business.
	SmallBusinessLife Life = "small-business"
	// EWALife is that of user_ewa_user: gigs, and wages paid in advance.
	EWALife Life = "ewa"
	// BankIncomeLife is that of user_bank_income: several incomes.
	BankIncomeLife Life = "bank-income"
	// NoLife has no movements of its own.
	NoLife Life = "none"
)

// Same returns a book of the same movements as b, equal for all that have them.
func (b Book) Same() Book {
	if _, scale := b.Life.scale(); scale || b.Life == DynamicLife || planOf(b.Life).days > 0 {
		return b
	}
	b.Opened, b.Days = time.Time{}, 0
	return b
}

// Sources returns where the movements of the book's life come from.
func (b Book) Sources() []Source {
	if n, scale := b.Life.scale(); scale {
		return []Source{newScaled(b, n)}
	}
	switch b.Life {
	case NoLife:
		return nil
	case DynamicLife:
		return []Source{dynamic{b}, diary{b}}
	}
	return []Source{diary{b}}
}

// diary is the part of a life that follows the calendar.
type diary struct{ book Book }

// diaryDays is how many days a part of a diary has.
const diaryDays = 32

// changeDays is how many days after its payment a movement of a diary changes
// for the last time: five until it is posted, two until its merchant is put right.
const changeDays = 8

// Parts implements Source.
func (d diary) Parts(from, to Day) (first, last int) {
	return floor(int(from-changeDays), diaryDays), floor(int(to), diaryDays)
}

// Part implements Source.
func (d diary) Part(n int) []*Movement {
	return d.book.Movements(Day(n*diaryDays), Day((n+1)*diaryDays-1))
}

// floor divides and rounds down.
func floor(n, by int) int {
	q := n / by
	if n%by < 0 {
		q--
	}
	return q
}
