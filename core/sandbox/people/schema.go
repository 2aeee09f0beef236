package people

import (
	"regexp"
	"strings"

	"bankbook/core/sandbox/ledger"
)

// The custom user's schema, as Plaid publishes it (OpenAPI: UserCustomPassword
// and what it leads to; plaid.com/docs/sandbox/user-custom).
var customShape = object(map[string]shape{
	"version":           versionShape,
	"seed":              text,
	"override_accounts": list(accountShape),
	"mfa": object(map[string]shape{
		"type":                    oneOf("device", "selections", "questions"),
		"question_rounds":         count(1, maxAsked),
		"questions_per_round":     count(1, maxAsked),
		"selection_rounds":        count(1, maxAsked),
		"selections_per_question": count(2, maxAsked),
	}),
	"recaptcha": oneOf("good", "bad"),
	"force_error": oneOf("INSTITUTION_NOT_RESPONDING", "INSTITUTION_NO_LONGER_SUPPORTED", "INVALID_CREDENTIALS", "INVALID_MFA",
		"ITEM_LOCKED", "ITEM_LOGIN_REQUIRED", "ITEM_NOT_SUPPORTED", "INVALID_LINK_TOKEN", "MFA_NOT_SUPPORTED", "NO_ACCOUNTS",
		"PLAID_ERROR", "USER_INPUT_TIMEOUT", "USER_SETUP_REQUIRED"),
})

// maxAsked is the most rounds, and the most questions in a round.
const maxAsked = 9

var accountShape = object(map[string]shape{
	"type":                       oneOf(Investment, Credit, Depository, Loan, payroll, other),
	"subtype":                    text,
	"starting_balance":           number,
	"force_available_balance":    number,
	"has_null_available_balance": flag,
	"currency":                   currencyShape,
	"meta": object(map[string]shape{
		"name":          text,
		"official_name": text,
		"limit":         number,
		"mask":          matching(regexp.MustCompile(`^$|^[A-Za-z0-9]{2,4}$`), "empty or 2 to 4 letters and digits"),
	}),
	"numbers": object(map[string]shape{
		"account":            matching(regexp.MustCompile(`^[0-9A-Za-z]{0,34}$`), "at most 34 letters and digits"),
		"ach_routing":        routingShape,
		"ach_wire_routing":   routingShape,
		"eft_institution":    matching(regexp.MustCompile(`^[0-9]{3}$`), "3 digits"),
		"eft_branch":         matching(regexp.MustCompile(`^[0-9]{5}$`), "5 digits"),
		"international_bic":  matching(regexp.MustCompile(`^[A-Z0-9]{8}([A-Z0-9]{3})?$`), "8 or 11 capital letters and digits"),
		"international_iban": matching(regexp.MustCompile(`^[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}$`), "an IBAN without spaces"),
		"bacs_sort_code":     matching(regexp.MustCompile(`^[0-9]{6}$`), "6 digits"),
	}),
	"transactions": list(object(map[string]shape{
		"date_transacted": date,
		"date_posted":     date,
		"amount":          number,
		"description":     text,
		"currency":        currencyShape,
	})),
	"identity":     identityShape,
	"liability":    liabilityShape,
	"inflow_model": inflowShape,
	"holdings": oneOrMore(object(map[string]shape{
		"institution_price":       number,
		"institution_price_as_of": date,
		"cost_basis":              number,
		"quantity":                number,
		"currency":                text,
		"security":                securityShape,
	})),
	"investment_transactions": oneOrMore(object(map[string]shape{
		"date":     date,
		"name":     text,
		"quantity": number,
		"price":    number,
		"fees":     number,
		"type":     oneOf("buy", "sell", "cash", "fee", "transfer", "cancel"),
		"currency": text,
		"security": securityShape,
	})),
	"income": object(map[string]shape{"paystubs": list(paystubShape), "w2s": list(w2Shape)}),
})

var identityShape = object(map[string]shape{
	"names":         list(text),
	"phone_numbers": list(contactShape("home", "work", "office", "mobile", "mobile1", "other")),
	"emails":        list(contactShape("primary", "secondary", "other")),
	"addresses":     list(addressShape),
})

func contactShape(kinds ...string) shape {
	return object(map[string]shape{"data": text, "primary": flag, "type": oneOf(kinds...)})
}

var (
	addressShape = object(map[string]shape{"data": placeShape, "primary": flag})
	placeShape   = object(map[string]shape{"street": text, "city": text, "region": text, "postal_code": text, "country": text})
)

var liabilityShape = object(map[string]shape{
	"type":                   oneOf("credit", "student"),
	"purchase_apr":           number,
	"cash_apr":               number,
	"balance_transfer_apr":   number,
	"special_apr":            number,
	"last_payment_amount":    number,
	"minimum_payment_amount": number,
	"is_overdue":             flag,
	"origination_date":       date,
	"principal":              number,
	"nominal_apr":            number,
	"interest_capitalization_grace_period_months": count(0, maxMonths),
	"repayment_model": object(map[string]shape{
		"type": oneOf("standard"), "non_repayment_months": count(0, maxMonths), "repayment_months": count(0, maxMonths),
	}),
	"expected_payoff_date": date,
	"guarantor":            text,
	"is_federal":           flag,
	"loan_name":            text,
	"loan_status": object(map[string]shape{
		"end_date": date,
		"type": oneOf("cancelled", "charged off", "claim", "consolidated", "deferment", "delinquent", "discharged", "extension",
			"forbearance", "in grace", "in military", "in school", "not fully disbursed", "other", "paid in full", "refunded",
			"repayment", "transferred", "pending idr"),
	}),
	"payment_reference_number": text,
	"pslf_status": object(map[string]shape{
		"estimated_eligibility_date": date, "payments_made": count(0, maxMonths), "payments_remaining": count(0, maxMonths),
	}),
	"repayment_plan_description": text,
	"repayment_plan_type": oneOf("extended graduated", "extended standard", "graduated", "income-contingent repayment",
		"income-based repayment", "income-sensitive repayment", "interest only", "interest-only", "other", "pay as you earn",
		"revised pay as you earn", "standard", "saving on a valuable education"),
	"sequence_number":  text,
	"servicer_address": addressShape,
})

// maxMonths is the longest life of a loan, in months.
const maxMonths = 1200

var inflowShape = object(map[string]shape{
	"type":                   oneOf("none", string(ledger.FixedSum), string(ledger.WholeBalance), string(ledger.InterestOnly)),
	"income_amount":          number,
	"payment_day_of_month":   dayOfMonthShape,
	"transaction_name":       text,
	"statement_day_of_month": dayOfMonthShape,
})

var securityShape = object(map[string]shape{
	"isin": text, "cusip": text, "sedol": text, "name": text, "ticker_symbol": text, "currency": text,
})

// versionShape wants "1" or "2"; files with a number are about.
func versionShape(path string, v any) error {
	if n, ok := whole(v); ok && (n == 1 || n == 2) {
		return nil
	}
	return oneOf("1", "2")(path, v)
}

// dayOfMonthShape wants what dayOfMonth reads.
func dayOfMonthShape(path string, v any) error {
	if v == nil {
		return nil
	}
	if _, ok := dayOfMonth(v); !ok {
		return wrong(path, `must be a number from 1 to 28, or "last"`)
	}
	return nil
}

var currencyCode = regexp.MustCompile(`^[A-Z0-9]{2,8}$`)

func currencyShape(path string, v any) error {
	return matching(currencyCode, "a currency code in capital letters, such as USD")(path, v)
}

// routingShape wants a routing number with a right check digit.
func routingShape(path string, v any) error {
	s, ok := v.(string)
	if v == nil || ok && ValidRouting(s) {
		return nil
	}
	return wrong(path, "must be a valid routing number of 9 digits")
}

// ValidRouting reports whether s is an ABA routing number: nine digits, and the
// last makes the weighted sum a multiple of ten.
func ValidRouting(s string) bool {
	weights := [...]int{3, 7, 1}
	if len(s) != 9 || strings.Trim(s, "0123456789") != "" {
		return false
	}
	sum := 0
	for i, c := range s {
		sum += int(c-'0') * weights[i%len(weights)]
	}
	return sum%10 == 0
}
