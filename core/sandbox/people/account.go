package people

import "slices"

// The types of account.
const (
	Depository = "depository"
	Credit     = "credit"
	Loan       = "loan"
	Investment = "investment"
)

// Account is an account and everything that Plaid tells about it.
type Account struct {
	// Code names the account within the Person, for ever.
	Code string
	// Official and Mask are null if they are "".
	Name, Official, Mask, Type, Subtype string
	// Available, Current and Limit are JSON numbers; "" is null.
	Available, Current, Limit string
	// Currency is "" for that of the institution. One that is not of ISO 4217 is
	// told as unofficial.
	Currency string
	Business bool
	Numbers  Numbers
	Owners   []Owner
	// Liability is nil for an account that is no debt.
	Liability *Liability
}

// Passes reports whether the filters let a through. Without filters all pass;
// with filters a type that is not named does not.
func (a *Account) Passes(filters map[string]Filter) bool {
	if len(filters) == 0 {
		return true
	}
	f, named := filters[a.Type]
	return named && (slices.Contains(f.Subtypes, "all") || slices.Contains(f.Subtypes, a.Subtype))
}

// HasNumbers reports whether /auth/get tells the numbers of a.
func (a *Account) HasNumbers() bool {
	if a.Type != Depository {
		return false
	}
	switch a.Subtype {
	case "checking", "savings", "cash management":
		return true
	}
	return false
}

// HasHistory reports whether a appears in /transactions/sync: investments don't.
func (a *Account) HasHistory() bool { return a.Type != Investment }

// Numbers are those of an account, as far as they are not the institution's
// usual ones: "" stands for the usual.
type Numbers struct {
	Account, Routing, Wire string
	// EFTInstitution and EFTBranch are of Canada.
	EFTInstitution, EFTBranch string
	// BIC and IBAN are of international transfers, SortCode is of Britain.
	BIC, IBAN, SortCode string
}

// Owner is somebody whom an account belongs to, as the bank knows them.
type Owner struct {
	Names          []string
	Phones, Emails []Contact
	Addresses      []Address
}

// Contact is a phone number or an email address; Kind is Plaid's type of it.
type Contact struct {
	Data    string `json:"data"`
	Primary bool   `json:"primary"`
	Kind    string `json:"type"`
}

// Address is where an owner lives.
type Address struct {
	Place   Place `json:"data"`
	Primary bool  `json:"primary"`
}

// Place is a postal address.
type Place struct {
	Street  string  `json:"street"`
	City    *string `json:"city"`
	Region  *string `json:"region"`
	Postal  *string `json:"postal_code"`
	Country *string `json:"country"`
}
