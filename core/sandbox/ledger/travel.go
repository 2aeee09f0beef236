package ledger

import (
	"fmt"
	"time"
)

// journey is a week abroad in a month of every year, paid by credit card.
type journey struct {
	key      string
	month    time.Month
	start    int
	nights   int
	currency string
	payees   []spend
}

// spend is something paid on a journey, in the smallest unit of its currency.
type spend struct {
	payee  Payee
	lo, hi int64
}

// trip writes the journey of the month, if there is one: a few payments a day
// in the country's currency, and the bank's fee at the end.
func (w *writer) trip(m month) {
	for _, j := range w.plan.journeys {
		if j.month == m.calendar() {
			w.journey(j, m)
		}
	}
}

func (w *writer) journey(j journey, m month) {
	for n := range j.nights {
		day := m.day(j.start) + Day(n)
		r := w.dice(j.key, int(day))
		for i := range 1 + r.IntN(3) {
			s := &j.payees[r.IntN(len(j.payees))]
			amount := Money{between(r, s.lo, s.hi), j.currency}
			p := payment{fmt.Sprintf("%s.%d.%d", j.key, day, i), CreditCard, day, &s.payee, amount}.byCard(r)
			p.Reference = "" // the towns are those at home
			w.add(p)
		}
	}
	last := m.day(j.start) + Day(j.nights)
	fee := w.money(between(w.dice(j.key+".fee", int(m)), 695, 1_810))
	w.add(payment{fmt.Sprintf("%s.%d.fee", j.key, m), CreditCard, last, &foreignFeePayee, fee}.booked())
}

// abroad reports whether the customer is on a journey.
func (w *writer) abroad(d Day) bool {
	for _, j := range w.plan.journeys {
		first := d.month().day(j.start)
		if j.month == d.month().calendar() && d >= first && d < first+Day(j.nights) {
			return true
		}
	}
	return false
}

// town is a place where the customer shops.
type town struct {
	statement, city, region, postal string
	lat, lon                        float64
}

var towns = [...]town{
	{"SAN FRANCISCO CA", "San Francisco", "CA", "94103", 37.7726, -122.4099},
	{"OAKLAND CA", "Oakland", "CA", "94607", 37.8044, -122.2712},
	{"BERKELEY CA", "Berkeley", "CA", "94704", 37.8660, -122.2590},
	{"DALY CITY CA", "Daly City", "CA", "94014", 37.6879, -122.4702},
}

// Place is where something was bought.
type Place struct {
	City, Region, Postal, Country, Store string
	Lat, Lon                             float64
}

// Place returns where m was paid, and whether that is known.
func (m *Movement) Place() (Place, bool) {
	if m.Payee.Channel != InStore || len(m.Reference) < 6 {
		return Place{}, false
	}
	for _, t := range towns {
		if m.Reference[6:] == t.statement {
			return Place{t.city, t.region, t.postal, "US", m.Reference[1:5], t.lat, t.lon}, true
		}
	}
	return Place{}, false
}
