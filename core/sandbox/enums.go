package sandbox

import (
	"strings"

	"bankbook/core/sandbox/people"
)

// The values that Plaid accepts in requests (OpenAPI: CountryCode, Products, and
// the subtypes of the account filters).
var (
	countryCodes = list("US, GB, ES, NL, FR, IE, CA, DE, IT, PL, DK, NO, SE, EE, LT, LV, PT, BE, AT, FI")
	languages    = list("da, nl, en, et, fr, de, hi, it, lv, lt, no, pl, pt, ro, es, sv, vi")
	allProducts  = list("assets, auth, balance, balance_plus, beacon, identity, identity_match, investments, investments_auth, " +
		"liabilities, payment_initiation, identity_verification, transactions, credit_details, income, " +
		"income_verification, standing_orders, transfer, employment, recurring_transactions, transactions_refresh, " +
		"signal, statements, processor_payments, processor_identity, profile, cra_base_report, cra_income_insights, " +
		"cra_partner_insights, cra_network_insights, cra_cashflow_insights, cra_monitoring, cra_lend_score, " +
		"cra_plaid_credit_score, layer, pay_by_bank, protect_linked_bank, protect_transactions, deposit_switch")

	filterSubtypes = map[string][]string{
		people.Depository: list("checking, savings, hsa, cd, money market, paypal, prepaid, cash management, ebt, limited purpose checking, " +
			"all"),
		people.Credit: list("credit card, paypal, all"),
		people.Loan: list("auto, business, commercial, construction, consumer, home equity, loan, mortgage, overdraft, line of credit, " +
			"student, other, all"),
		people.Investment: list("529, 401a, 401k, 403B, 457b, brokerage, cash isa, crypto exchange, education savings account, fhsa, " +
			"fixed annuity, gic, health reimbursement arrangement, hsa, ira, isa, keogh, lif, life insurance, " +
			"line of credit, lira, lrif, lrsp, mutual fund, non-custodial wallet, non-taxable brokerage account, other, " +
			"other annuity, other insurance, pension, prif, profit sharing plan, qshr, rdsp, resp, retirement, rlif, roth, " +
			"roth 401k, roth 403B, roth 457b, roth pension, roth profit sharing plan, roth thrift savings plan, rrif, " +
			"rrsp, sarsep, sep ira, simple ira, sipp, stock plan, thrift savings plan, tfsa, trust, ugma, utma, " +
			"variable annuity, all"),
		"other": list("other, all"),
	}
)

func list(s string) []string { return strings.Split(s, ", ") }
