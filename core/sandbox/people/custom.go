package people

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"bankbook/core/sandbox/ledger"
)

// The limits of a custom user (plaid.com/docs/sandbox/user-custom).
const (
	maxConfig       = 55 << 10
	maxAccounts     = 10
	maxTransactions = 250
)

// Custom returns the custom user of a configuration. An error says which part
// of the configuration is wrong, and why. The same configuration always leads to
// the same person.
func Custom(raw json.RawMessage) (*Person, error) {
	tree, err := decodeTree(raw)
	if err != nil {
		return nil, err
	}
	if err := customShape(root, tree); err != nil {
		return nil, err
	}
	known, err := json.Marshal(tree)
	if err != nil {
		return nil, err
	}
	var c config
	if err := json.Unmarshal(known, &c); err != nil {
		return nil, errors.New("it cannot be read: " + err.Error())
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	return c.person(raw, tree)
}

// decodeTree reads one JSON object and nothing after it.
func decodeTree(raw []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		return nil, fmt.Errorf("it is not JSON: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("it is not JSON: there is something after its end")
	}
	if tree == nil {
		return nil, errors.New("it must be an object")
	}
	return tree, nil
}

// config is the configuration of a custom user, after its shape was checked.
type config struct {
	Seed      string          `json:"seed"`
	Accounts  []accountConfig `json:"override_accounts"`
	MFA       *mfaConfig      `json:"mfa"`
	Recaptcha string          `json:"recaptcha"`
	Error     string          `json:"force_error"`
}

type accountConfig struct {
	Type         string              `json:"type"`
	Subtype      string              `json:"subtype"`
	Starting     json.Number         `json:"starting_balance"`
	Available    json.Number         `json:"force_available_balance"`
	NoAvailable  bool                `json:"has_null_available_balance"`
	Currency     string              `json:"currency"`
	Meta         metaConfig          `json:"meta"`
	Numbers      numbersConfig       `json:"numbers"`
	Transactions []transactionConfig `json:"transactions"`
	Identity     *identityConfig     `json:"identity"`
	Liability    *liabilityConfig    `json:"liability"`
	Inflow       *inflowConfig       `json:"inflow_model"`
}

type metaConfig struct {
	Name     string      `json:"name"`
	Official string      `json:"official_name"`
	Limit    json.Number `json:"limit"`
	Mask     *string     `json:"mask"`
}

type numbersConfig struct {
	Account        string `json:"account"`
	Routing        string `json:"ach_routing"`
	Wire           string `json:"ach_wire_routing"`
	EFTInstitution string `json:"eft_institution"`
	EFTBranch      string `json:"eft_branch"`
	BIC            string `json:"international_bic"`
	IBAN           string `json:"international_iban"`
	SortCode       string `json:"bacs_sort_code"`
}

type transactionConfig struct {
	Transacted  string      `json:"date_transacted"`
	Posted      string      `json:"date_posted"`
	Amount      json.Number `json:"amount"`
	Description string      `json:"description"`
	Currency    string      `json:"currency"`
}

type identityConfig struct {
	Names     []string        `json:"names"`
	Phones    []Contact       `json:"phone_numbers"`
	Emails    []Contact       `json:"emails"`
	Addresses []addressConfig `json:"addresses"`
}

type addressConfig struct {
	Place   *Place `json:"data"`
	Primary bool   `json:"primary"`
}

type inflowConfig struct {
	Type      string      `json:"type"`
	Amount    json.Number `json:"income_amount"`
	Day       any         `json:"payment_day_of_month"`
	Name      string      `json:"transaction_name"`
	Statement any         `json:"statement_day_of_month"`
}

// person builds the custom user.
func (c *config) person(raw json.RawMessage, tree any) (*Person, error) {
	p := &Person{User: CustomUser, Custom: bytes.Clone(raw), Life: ledger.NoLife, Login: c.login()}
	accounts := c.Accounts
	if len(accounts) == 0 {
		accounts = []accountConfig{{Type: Depository, Subtype: "checking"}, {Type: Depository, Subtype: "savings"}}
	}
	b := builder{person: p, dice: diceOf(c.Seed, tree), owner: c.owner()}
	for i := range accounts {
		if err := b.add(i, &accounts[i]); err != nil {
			return nil, err
		}
	}
	return p, nil
}
