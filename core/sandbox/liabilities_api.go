package sandbox

import (
	"time"

	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

type liabilitiesResponse struct {
	Accounts    []wireAccount `json:"accounts"`
	Item        wireItem      `json:"item"`
	Liabilities liabilities   `json:"liabilities"`
	RequestID   string        `json:"request_id"`
}

// liabilities are the debts by their kinds; a kind that there is none of is
// null.
type liabilities struct {
	Credit   []wireCard     `json:"credit"`
	Mortgage []wireMortgage `json:"mortgage"`
	Student  []wireStudent  `json:"student"`
}

// liabilitiesGet answers /liabilities/get.
func (s *Server) liabilitiesGet(id string, req accountsRequest) (resp liabilitiesResponse, err error) {
	it, key, err := s.use(req.Token, "liabilities")
	if err != nil {
		return resp, err
	}
	accounts, err := s.accounts(&it, key, req.Options.IDs)
	if err != nil {
		return resp, err
	}
	resp = liabilitiesResponse{Accounts: accounts, Item: it.wire(), RequestID: id}
	for _, a := range accounts {
		resp.Liabilities.add(a.ID, a.account.Liability, s.now())
	}
	if l := resp.Liabilities; l.Credit == nil && l.Mortgage == nil && l.Student == nil {
		return resp, wire.NoLiabilityAccounts()
	}
	return resp, nil
}

func (l *liabilities) add(account string, d *people.Liability, now time.Time) {
	switch {
	case d == nil:
	case d.Card != nil:
		l.Credit = append(l.Credit, shapeCard(account, d.Card, now))
	case d.Student != nil:
		l.Student = append(l.Student, shapeStudent(account, d.Student, now))
	case d.Mortgage != nil:
		l.Mortgage = append(l.Mortgage, shapeMortgage(account, d.Mortgage, now))
	}
}

// The days from a statement to when it was paid before, and to when it is due.
const (
	paidBefore = 6
	dueAfter   = 25
)

func shapeCard(account string, d *people.CardDebt, now time.Time) wireCard {
	statement := lastOn(d.Day, now)
	w := wireCard{
		Account: account, APRs: []wireAPR{}, Overdue: d.Overdue, LastPayment: number(d.LastPayment), LastPaid: day(statement.AddDate(0, 0, -paidBefore)),
		LastStatement: day(statement), Statement: number(d.LastStatement), Least: number(d.LeastPaying), Due: day(statement.AddDate(0, 0, dueAfter)),
	}
	for _, a := range d.APRs {
		w.APRs = append(w.APRs, wireAPR{number(a.Rate), a.Kind, number(a.Subject), number(a.Charge)})
	}
	return w
}

func shapeStudent(account string, d *people.StudentDebt, now time.Time) wireStudent {
	last := lastOn(d.Day, now)
	w := wireStudent{
		Account: account, Number: wire.OrNull(d.Number), Disbursed: d.Disbursed, Ends: wire.OrNull(d.Ends), Guarantor: wire.OrNull(d.Guarantor),
		Rate: number(d.Rate), Overdue: d.Overdue, LastPayment: number(d.LastPayment), LastPaid: day(last.AddDate(0, 0, -paidBefore)),
		LastStatement: day(last), Statement: number(d.LastStatement), Name: wire.OrNull(d.Name),
		Status: wireLoanState{wire.OrNull(d.StatusEnds), wire.OrNull(d.Status)}, Least: number(d.LeastPaying),
		Originated: wire.OrNull(d.Originated), Principal: number(d.Principal), Interest: number(d.OutstandingInterest),
		Reference: wire.OrNull(d.Reference), Forgiveness: wirePSLF{wire.OrNull(d.EligibleOn), d.PaymentsMade, d.PaymentsLeft},
		Plan: wirePlan{wire.OrNull(d.PlanText), wire.OrNull(d.PlanKind)}, Sequence: wire.OrNull(d.Sequence), Servicer: d.Servicer,
		YTDInterest: number(d.YTDInterest), YTDPrincipal: number(d.YTDPrincipal),
	}
	if d.Pays() {
		w.Due = day(last.AddDate(0, 1, 0))
	}
	return w
}

func shapeMortgage(account string, d *people.MortgageDebt, now time.Time) wireMortgage {
	last := lastOn(d.Day, now)
	return wireMortgage{
		Account: account, Number: wire.OrNull(d.Number), LateFee: number(d.LateFee), Escrow: number(d.Escrow), PMI: d.PMI, Penalty: d.PrepaymentPenalty,
		Rate: wireRate{number(d.Rate), wire.OrNull(d.RateKind)}, LastPayment: number(d.LastPayment), LastPaid: day(last), Kind: wire.OrNull(d.Kind),
		Term: wire.OrNull(d.Term), Ends: wire.OrNull(d.Ends), NextPayment: number(d.NextPayment), Due: day(last.AddDate(0, 1, 0)),
		Originated: wire.OrNull(d.Originated), Principal: number(d.Principal), PastDue: number(d.PastDue), Property: d.Property,
		YTDInterest: number(d.YTDInterest), YTDPrincipal: number(d.YTDPrincipal),
	}
}

// lastOn returns the last day with that number in its month, from 1 to 28, that
// is not after now.
func lastOn(number int, now time.Time) time.Time {
	at := time.Date(now.Year(), now.Month(), number, 0, 0, 0, 0, time.UTC)
	if at.After(now) {
		at = at.AddDate(0, -1, 0)
	}
	return at
}

func day(at time.Time) *string { return wire.OrNull(at.Format(time.DateOnly)) }
