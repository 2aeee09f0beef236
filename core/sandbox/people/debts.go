package people

// usualDebt returns what is known of a debt if nothing else is said, or nil for
// an account that is none. The figures are those of Plaid's own sandbox.
func usualDebt(a *Account) *Liability {
	switch {
	case a.Type == Credit && (a.Subtype == "credit card" || a.Subtype == "paypal"):
		return &Liability{Card: usualCard()}
	case a.Type == Loan && a.Subtype == "student":
		return &Liability{Student: usualStudent()}
	case a.Type == Loan && a.Subtype == "mortgage":
		return &Liability{Mortgage: usualMortgage()}
	}
	return nil
}

func usualCard() *CardDebt {
	return &CardDebt{
		APRs: []APR{
			{"15.24", "balance_transfer_apr", "1562.32", "130.22"},
			{"27.95", "cash_apr", "56.22", "14.81"},
			{"12.5", "purchase_apr", "157.01", "25.66"},
			{"0", "special", "1000", "0"},
		},
		LastPayment: "168.25", LastStatement: "1708.77", LeastPaying: "20", Day: 28,
	}
}

func usualStudent() *StudentDebt {
	made, left := 200, 160
	return &StudentDebt{
		Name: "Consolidation", Number: "4277075694", Guarantor: "DEPT OF ED", Sequence: "1", Reference: "4277075694",
		Originated: "2002-08-28", Ends: "2032-07-28", Principal: "25000", Rate: "5.25", LastPayment: "138.05", LeastPaying: "25",
		LastStatement: "1708.77", OutstandingInterest: "6227.36", YTDInterest: "280.55", YTDPrincipal: "271.65",
		Status: "repayment", StatusEnds: "2032-07-28", PlanKind: "standard", PlanText: "Standard Repayment",
		EligibleOn: "2021-01-01", PaymentsMade: &made, PaymentsLeft: &left, Disbursed: []string{"2002-08-28"},
		Servicer: place("123 Relaxation Road", "San Matias", "CA", "99415"), Day: 28,
	}
}

func usualMortgage() *MortgageDebt {
	return &MortgageDebt{
		Number: "3120194154", Kind: "conventional", Term: "30 year", Originated: "2015-08-01", Ends: "2045-07-31",
		Principal: "425000", Rate: "3.99", RateKind: "fixed", LastPayment: "3141.54", NextPayment: "3141.54", LateFee: "25",
		PastDue: "2304", Escrow: "3141.54", YTDInterest: "12300.4", YTDPrincipal: "12340.5", PMI: true, PrepaymentPenalty: true,
		Property: place("2992 Cameron Road", "Malakoff", "NY", "14236"), Day: 1,
	}
}
