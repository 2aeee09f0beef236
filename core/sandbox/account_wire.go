package sandbox

import (
	"encoding/json"

	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/verify"
	"bankbook/core/sandbox/wire"
)

// wireAccount is Plaid's AccountBase.
type wireAccount struct {
	ID         string         `json:"account_id"`
	Balances   wireBalance    `json:"balances"`
	Mask       *string        `json:"mask"`
	Name       string         `json:"name"`
	Official   *string        `json:"official_name"`
	Type       string         `json:"type"`
	Subtype    string         `json:"subtype"`
	Holder     string         `json:"holder_category"`
	Persistent string         `json:"persistent_account_id,omitempty"`
	Status     verify.Status  `json:"verification_status,omitempty"`
	HolderName string         `json:"verification_name,omitempty"`
	Insights   *databaseFacts `json:"verification_insights,omitempty"`

	account *people.Account
}

type wireBalance struct {
	Available  *json.Number `json:"available"`
	Current    *json.Number `json:"current"`
	Limit      *json.Number `json:"limit"`
	Currency   *string      `json:"iso_currency_code"`
	Unofficial *string      `json:"unofficial_currency_code"`
	Updated    *string      `json:"last_updated_datetime,omitempty"`
}

// databaseFacts are what is known of numbers that were verified by a database.
type databaseFacts struct {
	Name    *int         `json:"name_match_score"`
	Network networkFacts `json:"network_status"`
	Returns returnFacts  `json:"previous_returns"`
	Format  string       `json:"account_number_format"`
}

type networkFacts struct {
	Match    bool `json:"has_numbers_match"`
	Verified bool `json:"is_numbers_match_verified"`
}

type returnFacts struct {
	Administrative bool `json:"has_previous_administrative_return"`
}

// shapeAccount writes an account as Plaid does.
func shapeAccount(a *people.Account, id, currency string) wireAccount {
	holder := "personal"
	if a.Business {
		holder = "business"
	}
	if a.Currency != "" {
		currency = a.Currency
	}
	w := wireAccount{
		ID: id, Mask: wire.OrNull(a.Mask), Name: a.Name, Official: wire.OrNull(a.Official), Type: a.Type, Subtype: a.Subtype, Holder: holder,
		Balances: wireBalance{Available: number(a.Available), Current: number(a.Current), Limit: number(a.Limit)}, account: a,
	}
	if people.Official(currency) {
		w.Balances.Currency = &currency
	} else {
		w.Balances.Unofficial = &currency
	}
	return w
}

func number(s string) *json.Number {
	if s == "" {
		return nil
	}
	n := json.Number(s)
	return &n
}
