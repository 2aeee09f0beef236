package people

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"bankbook/core/sandbox/ledger"
)

// check looks at what the shape alone does not say.
func (c *config) check() error {
	if n := len(c.Accounts); n > maxAccounts {
		return fmt.Errorf("override_accounts has %d accounts, at most %d are supported", n, maxAccounts)
	}
	total := 0
	for i := range c.Accounts {
		if err := c.Accounts[i].check(fmt.Sprintf("override_accounts[%d]", i)); err != nil {
			return err
		}
		total += len(c.Accounts[i].Transactions)
	}
	if total > maxTransactions {
		return fmt.Errorf("override_accounts have %d transactions, at most %d are supported", total, maxTransactions)
	}
	if c.MFA != nil && c.MFA.Type == "questions" && (c.MFA.Rounds == 0 || c.MFA.PerRound == 0) {
		return errors.New("mfa needs question_rounds and questions_per_round for questions")
	}
	return nil
}

func (a *accountConfig) check(path string) error {
	a.complete()
	if !slices.Contains(subtypes[a.Type], a.Subtype) {
		return wrong(path+".subtype", "%q is not a subtype of %s", a.Subtype, a.Type)
	}
	if a.Available != "" && a.NoAvailable {
		return wrong(path, "has both force_available_balance and has_null_available_balance")
	}
	for _, err := range []error{a.Numbers.check(path + ".numbers"), a.checkTransactions(path), a.checkLiability(path), a.Inflow.check(path + ".inflow_model")} {
		if err != nil {
			return err
		}
	}
	return nil
}

// complete gives an account a type and a subtype if it has none: the usual ones.
func (a *accountConfig) complete() {
	if a.Type == "" {
		a.Type = typeOf(a.Subtype)
	}
	if a.Type == "" {
		a.Type = Depository
	}
	if a.Subtype == "" {
		a.Subtype = subtypes[a.Type][0]
	}
}

func (n *numbersConfig) check(path string) error {
	switch {
	case (n.EFTInstitution == "") != (n.EFTBranch == ""):
		return wrong(path, "needs eft_institution and eft_branch together")
	case (n.BIC == "") != (n.IBAN == ""):
		return wrong(path, "needs international_bic and international_iban together")
	}
	return nil
}

// checkTransactions drops entries that are null all over, as in Plaid's template.
func (a *accountConfig) checkTransactions(path string) error {
	a.Transactions = slices.DeleteFunc(a.Transactions, func(t transactionConfig) bool { return t == transactionConfig{} })
	for i, t := range a.Transactions {
		for _, f := range []struct{ name, value string }{
			{"date_transacted", t.Transacted}, {"date_posted", t.Posted}, {"amount", t.Amount.String()}, {"description", t.Description},
		} {
			if f.value == "" {
				return wrong(fmt.Sprintf("%s.transactions[%d].%s", path, i, f.name), "is missing")
			}
		}
	}
	return nil
}

// check wants what a kind of inflow needs.
func (m *inflowConfig) check(path string) error {
	if m == nil || m.Type == "" || m.Type == "none" {
		return nil
	}
	switch {
	case m.Type == string(ledger.FixedSum) && m.Amount == "":
		return wrong(path+".income_amount", "is missing")
	case m.Day == nil:
		return wrong(path+".payment_day_of_month", "is missing")
	case m.Name == "":
		return wrong(path+".transaction_name", "is missing")
	case m.Type != string(ledger.FixedSum) && m.Statement == nil:
		return wrong(path+".statement_day_of_month", "is missing")
	}
	return nil
}

// lastDay is how a configuration names the last day of a month, for which the
// number is 0.
const lastDay = "last"

// dayOfMonth reads a day of the month: a number from 1 to 28, also as a string,
// or the last one.
func dayOfMonth(v any) (day int, ok bool) {
	var digits string
	switch v := v.(type) {
	case string:
		if v == lastDay {
			return 0, true
		}
		digits = v
	case json.Number:
		digits = v.String()
	case float64:
		digits = strconv.FormatFloat(v, 'f', -1, 64)
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && n >= 1 && n <= 28
}
