package people

import (
	"regexp"
	"strconv"
	"strings"

	"bankbook/core/sandbox/ledger"
)

// Known returns the person of a user name other than CustomUser, or nil. It
// knows nobody's password. "" is user_good, as in the records of Items.
func Known(user string) *Person {
	switch user {
	case "", GoodUser:
		return Good()
	case "user_transactions_dynamic":
		return &Person{User: user, Accounts: goodAccounts(), Life: ledger.DynamicLife}
	}
	for i := range personas {
		if personas[i].user == user {
			return personas[i].person()
		}
	}
	if prisms.MatchString(user) {
		p := Known("user_bank_income")
		p.User = user
		return p
	}
	return counted(user)
}

// prisms are eight more customers with incomes, who are alike here.
var prisms = regexp.MustCompile(`^user_prism_[1-8]$`)

// The customers of any size: user_transactions_<N> has N transactions.
const countedPrefix = "user_transactions_"

// counted returns the customer with as many transactions as the name says.
func counted(user string) *Person {
	digits, ours := strings.CutPrefix(user, countedPrefix)
	n, err := strconv.Atoi(digits)
	if !ours || err != nil || n < 1 || n > ledger.MaxScale || strconv.Itoa(n) != digits {
		return nil
	}
	p := &Person{User: user, Life: ledger.ScaleLife(n)}
	for _, a := range goodAccounts() {
		switch ledger.Account(a.Code) {
		case ledger.Checking, ledger.Savings, ledger.CreditCard:
			p.Accounts = append(p.Accounts, a)
		}
	}
	return p
}

// persona is a customer as the table of personas has it.
type persona struct {
	user     string
	life     ledger.Life
	owner    func() Owner
	accounts []Account
}

func (p *persona) person() *Person {
	out := &Person{User: p.user, Life: p.life}
	for _, a := range p.accounts {
		a.Owners = []Owner{p.owner()}
		a.Liability = usualDebt(&a)
		out.Accounts = append(out.Accounts, a)
	}
	return out
}

// personas are the customers whom any password lets in (PLAID §5).
var personas = [...]persona{
	{"user_yuppie", ledger.YuppieLife, yuppie, []Account{
		{Code: "checking", Name: "Everyday Checking", Official: "Platypus Premier Checking", Mask: "4021", Type: Depository, Subtype: "checking", Available: "3184.27", Current: "3241.89"},
		{Code: "savings", Name: "High-Yield Savings", Official: "Platypus High-Yield Savings", Mask: "4039", Type: Depository, Subtype: "savings", Available: "18250.4", Current: "18250.4"},
		{Code: "credit", Name: "Travel Rewards Card", Official: "Platypus Sapphire Travel Rewards", Mask: "7718", Type: Credit, Subtype: "credit card", Available: "12311.55", Current: "2688.45", Limit: "15000"},
		{Code: "student", Name: "Student Loan", Official: "Direct Unsubsidized Stafford Loan", Mask: "5530", Type: Loan, Subtype: "student", Current: "31420.16"},
		{Code: "401k", Name: "401(k)", Official: "Employer 401(k) Plan", Mask: "9004", Type: Investment, Subtype: "401k", Current: "46812.73"},
	}},
	{"user_small_business", ledger.SmallBusinessLife, merchant, []Account{
		{Code: "checking", Name: "Business Checking", Official: "Platypus Business Complete Checking", Mask: "6101", Type: Depository, Subtype: "checking", Available: "28417.05", Current: "29102.33", Business: true},
		{Code: "savings", Name: "Business Savings", Official: "Platypus Business Reserve Savings", Mask: "6119", Type: Depository, Subtype: "savings", Available: "40000", Current: "40000", Business: true},
		{Code: "business", Name: "Business Credit Card", Official: "Platypus Business Cash Card", Mask: "8842", Type: Credit, Subtype: "credit card", Available: "20613.62", Current: "4386.38", Limit: "25000", Business: true},
	}},
	{"user_ewa_user", ledger.EWALife, earner, []Account{
		{Code: "checking", Name: "Free Checking", Official: "Platypus Free Checking", Mask: "2207", Type: Depository, Subtype: "checking", Available: "64.18", Current: "91.4"},
		{Code: "savings", Name: "Savings", Official: "Platypus Starter Savings", Mask: "2215", Type: Depository, Subtype: "savings", Available: "25.07", Current: "25.07"},
	}},
	{"user_bank_income", ledger.BankIncomeLife, worker, []Account{
		{Code: "checking", Name: "Plaid Checking", Official: "Plaid Gold Standard 0% Interest Checking", Mask: "0000", Type: Depository, Subtype: "checking", Available: "2410.66", Current: "2475.91"},
		{Code: "savings", Name: "Plaid Saving", Official: "Plaid Silver Standard 0.1% Interest Saving", Mask: "1111", Type: Depository, Subtype: "savings", Available: "5120", Current: "5120"},
	}},
	{"user_credit_profile_excellent", ledger.YuppieLife, worker, []Account{
		{Code: "checking", Name: "Plaid Checking", Official: "Plaid Gold Standard 0% Interest Checking", Mask: "0000", Type: Depository, Subtype: "checking", Available: "14280.5", Current: "14330.5"},
		{Code: "savings", Name: "Plaid Saving", Official: "Plaid Silver Standard 0.1% Interest Saving", Mask: "1111", Type: Depository, Subtype: "savings", Available: "52000", Current: "52000"},
		{Code: "credit", Name: "Plaid Credit Card", Official: "Plaid Diamond 12.5% APR Interest Credit Card", Mask: "3333", Type: Credit, Subtype: "credit card", Available: "19410", Current: "590", Limit: "20000"},
	}},
	{"user_credit_profile_good", ledger.BankIncomeLife, worker, []Account{
		{Code: "checking", Name: "Plaid Checking", Official: "Plaid Gold Standard 0% Interest Checking", Mask: "0000", Type: Depository, Subtype: "checking", Available: "1310.2", Current: "1344.95"},
		{Code: "savings", Name: "Plaid Saving", Official: "Plaid Silver Standard 0.1% Interest Saving", Mask: "1111", Type: Depository, Subtype: "savings", Available: "890", Current: "890"},
	}},
	{"user_credit_profile_poor", ledger.EWALife, earner, []Account{
		{Code: "checking", Name: "Plaid Checking", Official: "Plaid Gold Standard 0% Interest Checking", Mask: "0000", Type: Depository, Subtype: "checking", Available: "-41.3", Current: "12.7"},
		{Code: "savings", Name: "Plaid Saving", Official: "Plaid Silver Standard 0.1% Interest Saving", Mask: "1111", Type: Depository, Subtype: "savings", Available: "3.02", Current: "3.02"},
	}},
	{"user_credit_bonus", ledger.BankIncomeLife, worker, []Account{
		{Code: "checking", Name: "Plaid Checking", Official: "Plaid Gold Standard 0% Interest Checking", Mask: "0000", Type: Depository, Subtype: "checking", Available: "6120.75", Current: "6120.75"},
		{Code: "savings", Name: "Plaid Saving", Official: "Plaid Silver Standard 0.1% Interest Saving", Mask: "1111", Type: Depository, Subtype: "savings", Available: "11250", Current: "11250"},
	}},
	{"user_credit_joint_account", ledger.BankIncomeLife, couple, []Account{
		{Code: "checking", Name: "Plaid Checking", Official: "Plaid Gold Standard 0% Interest Checking", Mask: "0000", Type: Depository, Subtype: "checking", Available: "4880.1", Current: "4932.6"},
		{Code: "savings", Name: "Plaid Saving", Official: "Plaid Silver Standard 0.1% Interest Saving", Mask: "1111", Type: Depository, Subtype: "savings", Available: "7400", Current: "7400"},
	}},
	{"user_limited_purpose_checking", ledger.NoLife, worker, []Account{
		{Code: "checking", Name: "Rent Account", Official: "Platypus Limited Purpose Checking", Mask: "3310", Type: Depository, Subtype: "limited purpose checking", Available: "1450", Current: "1450"},
	}},
}
