package people

import (
	"slices"
	"strings"
)

// The account types that are a custom user's alone.
const (
	payroll = "payroll"
	other   = "other"
)

// subtypes are those of every account type (Plaid's account type schema); the
// first is the usual one.
var subtypes = map[string][]string{
	Depository: strings.Split("checking, savings, hsa, cd, money market, paypal, prepaid, cash management, ebt, limited purpose checking", ", "),
	Credit:     strings.Split("credit card, paypal", ", "),
	Loan: strings.Split("loan, auto, business, commercial, construction, consumer, home equity, mortgage, overdraft, line of credit, "+
		"student, other", ", "),
	Investment: strings.Split("brokerage, 529, 401a, 401k, 403B, 457b, cash isa, crypto exchange, education savings account, fhsa, "+
		"fixed annuity, gic, health reimbursement arrangement, hsa, ira, isa, keogh, lif, life insurance, line of credit, lira, lrif, "+
		"lrsp, mutual fund, non-custodial wallet, non-taxable brokerage account, other, other annuity, other insurance, pension, prif, "+
		"profit sharing plan, qshr, rdsp, resp, retirement, rlif, roth, roth 401k, roth 403B, roth 457b, roth pension, "+
		"roth profit sharing plan, roth thrift savings plan, rrif, rrsp, sarsep, sep ira, simple ira, sipp, stock plan, "+
		"thrift savings plan, tfsa, trust, ugma, utma, variable annuity", ", "),
	payroll: {"payroll"},
	other:   {"other"},
}

// typeOf returns an account type of a subtype, or "".
func typeOf(subtype string) string {
	for _, kind := range [...]string{Depository, Credit, Loan, Investment, payroll, other} {
		if slices.Contains(subtypes[kind], subtype) {
			return kind
		}
	}
	return ""
}
