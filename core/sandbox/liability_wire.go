package sandbox

import (
	"encoding/json"

	"bankbook/core/sandbox/people"
)

type wireCard struct {
	Account       string       `json:"account_id"`
	APRs          []wireAPR    `json:"aprs"`
	Overdue       bool         `json:"is_overdue"`
	LastPayment   *json.Number `json:"last_payment_amount"`
	LastPaid      *string      `json:"last_payment_date"`
	LastStatement *string      `json:"last_statement_issue_date"`
	Statement     *json.Number `json:"last_statement_balance"`
	Least         *json.Number `json:"minimum_payment_amount"`
	Due           *string      `json:"next_payment_due_date"`
}

type wireAPR struct {
	Rate    *json.Number `json:"apr_percentage"`
	Kind    string       `json:"apr_type"`
	Subject *json.Number `json:"balance_subject_to_apr"`
	Charge  *json.Number `json:"interest_charge_amount"`
}

type wireStudent struct {
	Account       string        `json:"account_id"`
	Number        *string       `json:"account_number"`
	Disbursed     []string      `json:"disbursement_dates"`
	Ends          *string       `json:"expected_payoff_date"`
	Guarantor     *string       `json:"guarantor"`
	Rate          *json.Number  `json:"interest_rate_percentage"`
	Overdue       bool          `json:"is_overdue"`
	LastPayment   *json.Number  `json:"last_payment_amount"`
	LastPaid      *string       `json:"last_payment_date"`
	LastStatement *string       `json:"last_statement_issue_date"`
	Statement     *json.Number  `json:"last_statement_balance"`
	Name          *string       `json:"loan_name"`
	Status        wireLoanState `json:"loan_status"`
	Least         *json.Number  `json:"minimum_payment_amount"`
	Due           *string       `json:"next_payment_due_date"`
	Originated    *string       `json:"origination_date"`
	Principal     *json.Number  `json:"origination_principal_amount"`
	Interest      *json.Number  `json:"outstanding_interest_amount"`
	Reference     *string       `json:"payment_reference_number"`
	Forgiveness   wirePSLF      `json:"pslf_status"`
	Plan          wirePlan      `json:"repayment_plan"`
	Sequence      *string       `json:"sequence_number"`
	Servicer      people.Place  `json:"servicer_address"`
	YTDInterest   *json.Number  `json:"ytd_interest_paid"`
	YTDPrincipal  *json.Number  `json:"ytd_principal_paid"`
}

type wireLoanState struct {
	Ends *string `json:"end_date"`
	Kind *string `json:"type"`
}

type wirePSLF struct {
	On   *string `json:"estimated_eligibility_date"`
	Made *int    `json:"payments_made"`
	Left *int    `json:"payments_remaining"`
}

type wirePlan struct {
	Text *string `json:"description"`
	Kind *string `json:"type"`
}

type wireMortgage struct {
	Account      string       `json:"account_id"`
	Number       *string      `json:"account_number"`
	LateFee      *json.Number `json:"current_late_fee"`
	Escrow       *json.Number `json:"escrow_balance"`
	PMI          bool         `json:"has_pmi"`
	Penalty      bool         `json:"has_prepayment_penalty"`
	Rate         wireRate     `json:"interest_rate"`
	LastPayment  *json.Number `json:"last_payment_amount"`
	LastPaid     *string      `json:"last_payment_date"`
	Kind         *string      `json:"loan_type_description"`
	Term         *string      `json:"loan_term"`
	Ends         *string      `json:"maturity_date"`
	NextPayment  *json.Number `json:"next_monthly_payment"`
	Due          *string      `json:"next_payment_due_date"`
	Originated   *string      `json:"origination_date"`
	Principal    *json.Number `json:"origination_principal_amount"`
	PastDue      *json.Number `json:"past_due_amount"`
	Property     people.Place `json:"property_address"`
	YTDInterest  *json.Number `json:"ytd_interest_paid"`
	YTDPrincipal *json.Number `json:"ytd_principal_paid"`
}

type wireRate struct {
	Percentage *json.Number `json:"percentage"`
	Kind       *string      `json:"type"`
}
