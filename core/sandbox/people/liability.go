package people

// Liability is what is known of a debt: one of the three.
type Liability struct {
	Card     *CardDebt
	Student  *StudentDebt
	Mortgage *MortgageDebt
}

// CardDebt is what is owed on a credit card. Amounts and rates are JSON numbers;
// "" is null.
type CardDebt struct {
	APRs                                    []APR
	LastPayment, LastStatement, LeastPaying string
	Overdue                                 bool
	// Day is the day of the month of the statement.
	Day int
}

// APR is a yearly rate, in percent, and what it is asked for.
type APR struct {
	Rate, Kind, Subject, Charge string
}

// StudentDebt is a student loan. Amounts and rates are JSON numbers, days are
// written as Plaid writes them; "" is null.
type StudentDebt struct {
	Name, Number, Guarantor, Sequence, Reference             string
	Originated, Ends                                         string
	Principal, Rate, LastPayment, LeastPaying, LastStatement string
	OutstandingInterest, YTDInterest, YTDPrincipal           string
	Status, StatusEnds                                       string
	PlanKind, PlanText                                       string
	EligibleOn                                               string
	PaymentsMade, PaymentsLeft                               *int
	Disbursed                                                []string
	Overdue                                                  bool
	Servicer                                                 Place
	// Day is the day of the month of the payment.
	Day int
}

// MortgageDebt is a loan on a house. Amounts and rates are JSON numbers, days
// are written as Plaid writes them; "" is null.
type MortgageDebt struct {
	Number, Kind, Term                         string
	Originated, Ends                           string
	Principal, Rate, RateKind                  string
	LastPayment, NextPayment, LateFee, PastDue string
	Escrow, YTDInterest, YTDPrincipal          string
	PMI, PrepaymentPenalty                     bool
	Property                                   Place
	// Day is the day of the month of the payment.
	Day int
}

// Pays reports whether a payment is expected.
func (d *StudentDebt) Pays() bool {
	switch d.Status {
	case "deferment", "in school", "consolidated", "paid in full", "transferred":
		return false
	}
	return true
}
