package overview

import (
	"cmp"
	"slices"

	"bankbook/core"
	"bankbook/core/money"
)

// flowMonths is how many months the cash flow shows, this one included.
const flowMonths = 12

// spendRows is how many categories of spending are shown.
const spendRows = 4

// Plaid's primary categories that move money instead of earning or spending it.
const (
	transferIn  = "TRANSFER_IN"
	transferOut = "TRANSFER_OUT"
	loanPayment = "LOAN_PAYMENTS"
)

// Sums are the totals over all accounts of the main currency.
type Sums struct {
	// Cash is what cash accounts hold, Owed what cards and loans are owed
	// (positive), Net what is left of everything, with investments. Each is
	// unknown if a sum does not fit.
	Cash, Owed, Net money.Optional
	CashAccounts    int
	Cards, Loans    int
	// Invested is what investment accounts add to Net.
	Invested money.Amount
	// ThisMonth is the cash flow of this month so far.
	ThisMonth money.Amount
	// Unknown counts accounts whose balance the bank leaves out.
	Unknown int
	// Others are the sums of the currencies that are left out.
	Others []money.Amount
}

// Flow is the cash flow of one month. In is positive, Out negative or zero.
type Flow struct {
	Month   core.Month
	In, Out money.Amount
}

// Net returns what the month added.
func (f Flow) Net() money.Amount { return plus(f.In, f.Out) }

// Spend is what was spent in one category, as a positive amount.
type Spend struct {
	Category string
	Amount   money.Amount
}

func sums(accounts []core.Account, c money.Currency, flow []Flow) Sums {
	zero := money.Known(money.Of(0, c))
	s := Sums{Cash: zero, Owed: zero, Net: zero, Invested: zero.Amount, ThisMonth: flow[len(flow)-1].Net()}
	others := map[money.Currency]money.Optional{}
	for _, a := range accounts {
		worth := a.Worth()
		switch {
		case !worth.Known:
			s.Unknown++
		case worth.Amount.Currency != c:
			sum := others[worth.Amount.Currency]
			sum.Known, sum.Amount.Currency = true, worth.Amount.Currency
			others[worth.Amount.Currency] = add(sum, worth.Amount)
		default:
			s.take(a, worth.Amount)
		}
	}
	for _, o := range others {
		if o.Known {
			s.Others = append(s.Others, o.Amount)
		}
	}
	slices.SortFunc(s.Others, func(a, b money.Amount) int { return cmp.Compare(a.Currency, b.Currency) })
	return s
}

// take adds one account of the main currency.
func (s *Sums) take(a core.Account, worth money.Amount) {
	s.Net = add(s.Net, worth)
	switch a.Type {
	case core.Credit:
		s.Cards++
		s.Owed = add(s.Owed, worth.Neg())
	case core.Loan:
		s.Loans++
		s.Owed = add(s.Owed, worth.Neg())
	case core.Investment:
		s.Invested = plus(s.Invested, worth)
	default:
		s.CashAccounts++
		s.Cash = add(s.Cash, worth)
	}
}

// cashFlow returns the last twelve months, the oldest first.
func cashFlow(totals []core.Total, accounts []core.Account, c money.Currency, now core.Month) []Flow {
	flow := make([]Flow, flowMonths)
	first := now - flowMonths + 1
	for i := range flow {
		flow[i] = Flow{Month: first + core.Month(i), In: money.Of(0, c), Out: money.Of(0, c)}
	}
	counts := inCashFlow(accounts)
	for _, t := range totals {
		if t.Currency != c || t.Month < first || t.Month > now || !counts(t) {
			continue
		}
		f := &flow[t.Month-first]
		f.In = plus(f.In, money.Of(t.In, c))
		f.Out = plus(f.Out, money.Of(t.Out, c))
	}
	return flow
}

// inCashFlow returns which totals count; see the package's comment.
func inCashFlow(accounts []core.Account) func(core.Total) bool {
	cash := map[core.AccountID]bool{}
	for _, a := range accounts {
		if a.Type == core.Depository {
			cash[a.ID] = true
		}
	}
	return func(t core.Total) bool {
		switch {
		case t.Category == transferIn || t.Category == transferOut:
			return false
		case len(cash) == 0:
			return t.Category != loanPayment
		}
		return cash[t.Account]
	}
}

// spending returns the categories of most spending in a month, the largest
// first.
func spending(totals []core.Total, c money.Currency, month core.Month) []Spend {
	sum := map[string]money.Amount{}
	for _, t := range totals {
		if t.Month != month || t.Currency != c {
			continue
		}
		switch t.Category {
		case transferIn, transferOut, loanPayment:
			continue
		}
		spent := plus(money.Of(t.In, c), money.Of(t.Out, c)).Neg()
		sum[t.Category] = plus(money.Of(sum[t.Category].Minor, c), spent)
	}
	var list []Spend
	for category, amount := range sum {
		if amount.Sign() > 0 {
			list = append(list, Spend{Category: category, Amount: amount})
		}
	}
	slices.SortFunc(list, func(a, b Spend) int {
		return cmp.Or(cmp.Compare(b.Amount.Minor, a.Amount.Minor), cmp.Compare(a.Category, b.Category))
	})
	return list[:min(len(list), spendRows)]
}

// add returns sum + a, unknown if that does not fit.
func add(sum money.Optional, a money.Amount) money.Optional {
	if !sum.Known {
		return sum
	}
	total, err := sum.Amount.Add(a)
	if err != nil {
		return money.Optional{}
	}
	return money.Known(total)
}

// plus returns a + b of one currency, and a if the sum does not fit: a bar of a
// chart that is beyond 64 bits of cents is not worth an error.
func plus(a, b money.Amount) money.Amount {
	sum, err := a.Add(b)
	if err != nil {
		return a
	}
	return sum
}
