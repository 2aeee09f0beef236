package sandbox

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"bankbook/core/sandbox/ledger"
	"bankbook/core/sandbox/wire"
)

// Transaction is a transaction as Plaid writes it. Amount is positive for money
// out of the account.
type Transaction struct {
	AccountID           string         `json:"account_id"`
	AccountOwner        *string        `json:"account_owner"`
	Amount              json.Number    `json:"amount"`
	Currency            *string        `json:"iso_currency_code"`
	UnofficialCurrency  *string        `json:"unofficial_currency_code"`
	Category            []string       `json:"category"`
	CategoryID          *string        `json:"category_id"`
	CheckNumber         *string        `json:"check_number"`
	Counterparties      []Counterparty `json:"counterparties"`
	Date                string         `json:"date"`
	DateTime            *string        `json:"datetime"`
	Authorized          *string        `json:"authorized_date"`
	AuthorizedAt        *string        `json:"authorized_datetime"`
	Location            Location       `json:"location"`
	Name                string         `json:"name"`
	MerchantName        *string        `json:"merchant_name"`
	MerchantEntity      *string        `json:"merchant_entity_id"`
	Logo                *string        `json:"logo_url"`
	Website             *string        `json:"website"`
	OriginalDescription *string        `json:"original_description"`
	Payment             PaymentMeta    `json:"payment_meta"`
	Channel             string         `json:"payment_channel"`
	Pending             bool           `json:"pending"`
	PendingID           *string        `json:"pending_transaction_id"`
	PersonalCategory    *Category      `json:"personal_finance_category"`
	ID                  string         `json:"transaction_id"`
	Code                *string        `json:"transaction_code"`
	Type                string         `json:"transaction_type"`
}

// Counterparty is one that the money goes to, comes from or passes through.
type Counterparty struct {
	Name       string  `json:"name"`
	Type       string  `json:"type"`
	Entity     *string `json:"entity_id"`
	Website    *string `json:"website"`
	Logo       *string `json:"logo_url"`
	Confidence *string `json:"confidence_level"`
}

// Location is where the customer paid, as far as it is known.
type Location struct {
	Address *string  `json:"address"`
	City    *string  `json:"city"`
	Region  *string  `json:"region"`
	Postal  *string  `json:"postal_code"`
	Country *string  `json:"country"`
	Lat     *float64 `json:"lat"`
	Lon     *float64 `json:"lon"`
	Store   *string  `json:"store_number"`
}

// PaymentMeta are the details of a transfer between banks.
type PaymentMeta struct {
	ByOrderOf *string `json:"by_order_of"`
	Payee     *string `json:"payee"`
	Payer     *string `json:"payer"`
	Method    *string `json:"payment_method"`
	Processor *string `json:"payment_processor"`
	PPD       *string `json:"ppd_id"`
	Reason    *string `json:"reason"`
	Reference *string `json:"reference_number"`
}

// Category is Plaid's personal finance category.
type Category struct {
	Primary    string `json:"primary"`
	Detailed   string `json:"detailed"`
	Confidence string `json:"confidence_level"`
	Version    string `json:"version"`
}

// wireItem is Plaid's Item; Created to Scopes are given by /item/get only.
type wireItem struct {
	ID              string      `json:"item_id"`
	Institution     *string     `json:"institution_id"`
	InstitutionName *string     `json:"institution_name"`
	Webhook         *string     `json:"webhook"`
	AuthMethod      *string     `json:"auth_method"`
	Error           *wire.Error `json:"error"`
	Available       []string    `json:"available_products"`
	Billed          []string    `json:"billed_products"`
	Products        []string    `json:"products"`
	Consented       []string    `json:"consented_products"`
	ConsentEnds     *string     `json:"consent_expiration_time"`
	Update          string      `json:"update_type"`

	Created string   `json:"created_at,omitempty"`
	Cases   []string `json:"consented_use_cases,omitempty"`
	Scopes  []string `json:"consented_data_scopes,omitempty"`
}

// decimal writes an amount as a JSON number with the currency's decimals.
func decimal(m ledger.Money) json.Number {
	exp := m.Exponent()
	b := make([]byte, 0, 24)
	minor := m.Minor
	if minor < 0 {
		b, minor = append(b, '-'), -minor
	}
	start := len(b)
	b = strconv.AppendInt(b, minor, 10)
	for len(b)-start <= exp { // a digit before the point
		b = slices.Insert(b, start, '0')
	}
	b = slices.Insert(b, len(b)-exp, '.')
	return json.Number(strings.TrimSuffix(strings.TrimRight(string(b), "0"), "."))
}
