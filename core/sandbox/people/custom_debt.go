package people

import (
	"cmp"
	"encoding/json"
	"strconv"
)

type liabilityConfig struct {
	Type            string         `json:"type"`
	Purchase        json.Number    `json:"purchase_apr"`
	Cash            json.Number    `json:"cash_apr"`
	BalanceTransfer json.Number    `json:"balance_transfer_apr"`
	Special         json.Number    `json:"special_apr"`
	LastPayment     json.Number    `json:"last_payment_amount"`
	LeastPaying     json.Number    `json:"minimum_payment_amount"`
	Overdue         *bool          `json:"is_overdue"`
	Originated      string         `json:"origination_date"`
	Principal       json.Number    `json:"principal"`
	Rate            json.Number    `json:"nominal_apr"`
	Grace           json.Number    `json:"interest_capitalization_grace_period_months"`
	Model           *modelConfig   `json:"repayment_model"`
	Ends            string         `json:"expected_payoff_date"`
	Guarantor       string         `json:"guarantor"`
	Federal         *bool          `json:"is_federal"`
	Name            string         `json:"loan_name"`
	Status          *statusConfig  `json:"loan_status"`
	Reference       string         `json:"payment_reference_number"`
	Forgiveness     *pslfConfig    `json:"pslf_status"`
	PlanText        string         `json:"repayment_plan_description"`
	PlanKind        string         `json:"repayment_plan_type"`
	Sequence        string         `json:"sequence_number"`
	Servicer        *addressConfig `json:"servicer_address"`
}

type modelConfig struct {
	Type string      `json:"type"`
	Wait json.Number `json:"non_repayment_months"`
	Pay  json.Number `json:"repayment_months"`
}

type statusConfig struct {
	Ends string `json:"end_date"`
	Type string `json:"type"`
}

type pslfConfig struct {
	On   string `json:"estimated_eligibility_date"`
	Made *int   `json:"payments_made"`
	Left *int   `json:"payments_remaining"`
}

// checkLiability wants a debt that fits the account, and no field of another
// kind of debt.
func (a *accountConfig) checkLiability(path string) error {
	l := a.Liability
	if l == nil {
		return nil
	}
	path += ".liability"
	wants := map[string]string{Credit: "credit", Loan: "student"}[a.Type]
	switch {
	case l.Type == "" && (l.cardField() != "" || l.studentField() != ""):
		return wrong(path+".type", "is missing")
	case l.Type == "":
		return nil
	case l.Type != wants || a.Type == Loan && a.Subtype != "student":
		return wrong(path+".type", "%q does not fit a %s account of subtype %s", l.Type, a.Type, a.Subtype)
	case l.Type == "credit" && l.studentField() != "":
		return wrong(path+"."+l.studentField(), "can only be set if type is student")
	case l.Type == "student" && l.cardField() != "":
		return wrong(path+"."+l.cardField(), "can only be set if type is credit")
	}
	return nil
}

// named is a field of a configuration, and whether it is set.
type named struct {
	name string
	set  bool
}

// first returns the name of the first field that is set, or "".
func first(fields ...named) string {
	for _, f := range fields {
		if f.set {
			return f.name
		}
	}
	return ""
}

// cardField returns a field that only cards have, or "".
func (l *liabilityConfig) cardField() string {
	return first(
		named{"purchase_apr", l.Purchase != ""}, named{"cash_apr", l.Cash != ""},
		named{"balance_transfer_apr", l.BalanceTransfer != ""}, named{"special_apr", l.Special != ""},
		named{"last_payment_amount", l.LastPayment != ""},
	)
}

// studentField returns a field that only student loans have, or "".
func (l *liabilityConfig) studentField() string {
	return first(
		named{"origination_date", l.Originated != ""}, named{"principal", l.Principal != ""}, named{"nominal_apr", l.Rate != ""},
		named{"interest_capitalization_grace_period_months", l.Grace != ""},
		named{"repayment_model", l.Model != nil && *l.Model != modelConfig{}},
		named{"expected_payoff_date", l.Ends != ""}, named{"guarantor", l.Guarantor != ""}, named{"is_federal", l.Federal != nil},
		named{"loan_name", l.Name != ""}, named{"loan_status", l.Status != nil && *l.Status != statusConfig{}},
		named{"payment_reference_number", l.Reference != ""}, named{"pslf_status", l.Forgiveness != nil && *l.Forgiveness != pslfConfig{}},
		named{"repayment_plan_description", l.PlanText != ""}, named{"repayment_plan_type", l.PlanKind != ""},
		named{"sequence_number", l.Sequence != ""},
	)
}

// debt returns what is known of the account's debt: the usual, as far as the
// configuration says nothing else.
func (a *accountConfig) debt(made *Account) *Liability {
	d := usualDebt(made)
	l := a.Liability
	if d == nil || l == nil || l.Type == "" {
		return d
	}
	if d.Card != nil {
		l.applyTo(d.Card)
		d.Card.LastStatement = made.Current
	}
	if d.Student != nil {
		l.applyToLoan(d.Student)
	}
	return d
}

func (l *liabilityConfig) applyTo(d *CardDebt) {
	d.APRs = nil
	for _, apr := range []APR{
		{Rate: l.BalanceTransfer.String(), Kind: "balance_transfer_apr"},
		{Rate: l.Cash.String(), Kind: "cash_apr"},
		{Rate: l.Purchase.String(), Kind: "purchase_apr"},
		{Rate: l.Special.String(), Kind: "special"},
	} {
		if apr.Rate != "" {
			d.APRs = append(d.APRs, apr)
		}
	}
	d.LastPayment = cmp.Or(l.LastPayment.String(), d.LastPayment)
	d.LeastPaying = cmp.Or(l.LeastPaying.String(), d.LeastPaying)
	d.Overdue = l.Overdue != nil && *l.Overdue
}

func (l *liabilityConfig) applyToLoan(d *StudentDebt) {
	d.Name, d.Guarantor = cmp.Or(l.Name, d.Name), cmp.Or(l.Guarantor, d.Guarantor)
	d.Sequence, d.Reference = cmp.Or(l.Sequence, d.Sequence), cmp.Or(l.Reference, d.Reference)
	d.Principal, d.Rate = cmp.Or(l.Principal.String(), d.Principal), cmp.Or(l.Rate.String(), d.Rate)
	d.LeastPaying = cmp.Or(l.LeastPaying.String(), d.LeastPaying)
	d.PlanKind, d.PlanText = cmp.Or(l.PlanKind, d.PlanKind), cmp.Or(l.PlanText, d.PlanText)
	if d.PlanKind == "interest only" {
		d.PlanKind = "interest-only" // the configuration and the answer spell it differently
	}
	d.Overdue = l.Overdue != nil && *l.Overdue
	if l.Originated != "" {
		d.Originated, d.Disbursed = l.Originated, []string{l.Originated}
	}
	d.Ends = cmp.Or(l.Ends, l.payoff(), d.Ends)
	if l.Status != nil {
		d.Status, d.StatusEnds = cmp.Or(l.Status.Type, d.Status), cmp.Or(l.Status.Ends, d.StatusEnds)
	}
	if f := l.Forgiveness; f != nil && *f != (pslfConfig{}) {
		d.EligibleOn, d.PaymentsMade, d.PaymentsLeft = f.On, f.Made, f.Left
	}
	if l.Servicer != nil && l.Servicer.Place != nil {
		d.Servicer = *l.Servicer.Place
	}
}

// payoff returns when the loan is paid off by its repayment model, or "".
func (l *liabilityConfig) payoff() string {
	if l.Model == nil || l.Originated == "" || l.Model.Pay == "" {
		return ""
	}
	wait, _ := strconv.Atoi(l.Model.Wait.String()) // both were counted before
	pay, _ := strconv.Atoi(l.Model.Pay.String())
	return dayOf(l.Originated).At(0).AddDate(0, wait+pay, 0).Format("2006-01-02")
}
