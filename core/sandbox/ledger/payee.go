package ledger

import "strings"

// Payee is who is on the other side, in the words of the statement and in the
// words that Plaid makes of it.
type Payee struct {
	// Raw is the statement's line; Name is Plaid's cleaned one.
	Raw, Name string
	// Merchant is the merchant's own name, or "".
	Merchant string
	// Detailed is Plaid's detailed personal finance category, in the taxonomy's
	// first version; Newer is that of the second, or "" if it is the same.
	Detailed, Newer string
	Legacy          Legacy
	Channel         Channel
	// Website is the merchant's, or "".
	Website string
	// Kind is Plaid's counterparty type, or "" if there is no counterparty.
	Kind string
	// Via is the payment app or marketplace in between, or "".
	Via string
}

// Channel is Plaid's payment_channel.
type Channel string

// The channels.
const (
	Online  Channel = "online"
	InStore Channel = "in store"
	Other   Channel = "other"
)

// levelMark stands between the levels of a path.
const levelMark = " / "

// Legacy is Plaid's older category: an id and the path to it.
type Legacy struct {
	ID   string
	Path string
}

// Levels returns the path as a list.
func (l Legacy) Levels() []string {
	if l.Path == "" {
		return nil
	}
	return strings.Split(l.Path, levelMark)
}

// Category returns the primary and the detailed category in a version of the
// taxonomy.
func (p Payee) Category(second bool) (primary, detailed string) {
	detailed = p.Detailed
	if newer := secondOf[detailed]; second && newer != "" {
		detailed = newer
	}
	if second && p.Newer != "" {
		detailed = p.Newer
	}
	for _, primary := range primaries {
		if len(detailed) > len(primary) && detailed[len(primary)] == '_' && detailed[:len(primary)] == primary {
			return primary, detailed
		}
	}
	return "", detailed
}

// primaries are those of Plaid's personal finance taxonomy: sixteen in the first
// version, and LOAN_DISBURSEMENTS in the second.
var primaries = [...]string{
	"INCOME", "TRANSFER_IN", "TRANSFER_OUT", "LOAN_PAYMENTS", "BANK_FEES", "ENTERTAINMENT", "FOOD_AND_DRINK",
	"GENERAL_MERCHANDISE", "HOME_IMPROVEMENT", "MEDICAL", "PERSONAL_CARE", "GENERAL_SERVICES",
	"GOVERNMENT_AND_NON_PROFIT", "TRANSPORTATION", "TRAVEL", "RENT_AND_UTILITIES", "LOAN_DISBURSEMENTS",
}

// secondOf has the categories that are called otherwise in the second version.
var secondOf = map[string]string{
	"INCOME_WAGES":                        "INCOME_SALARY",
	"INCOME_OTHER_INCOME":                 "INCOME_OTHER",
	"TRANSFER_IN_CASH_ADVANCES_AND_LOANS": "LOAN_DISBURSEMENTS_OTHER_DISBURSEMENT",
}

// shop returns a merchant that takes cards in its shops.
func shop(raw, merchant, detailed, site string) Payee {
	return Payee{
		Raw: raw, Name: merchant, Merchant: merchant, Detailed: detailed, Legacy: legacyOf[detailed],
		Channel: InStore, Website: site, Kind: "merchant",
	}
}

// web returns a merchant that sells online.
func web(raw, merchant, detailed, site string) Payee {
	p := shop(raw, merchant, detailed, site)
	p.Channel = Online
	return p
}

// bank returns an entry of the bank's own, or a transfer: no merchant.
func bank(raw, detailed string, legacy Legacy) Payee {
	return Payee{Raw: raw, Name: raw, Detailed: detailed, Legacy: legacy, Channel: Other}
}

// named returns p with another cleaned name than the merchant's.
func (p Payee) named(name string) Payee {
	p.Name = name
	return p
}

// via returns p with somebody in between.
func (p Payee) via(between string) Payee {
	p.Via = between
	return p
}

// from returns p with a counterparty that is no merchant.
func (p Payee) from(kind, name string) Payee {
	p.Kind, p.Merchant = kind, name
	return p
}

// newer returns p with another category in the second version of the taxonomy.
func (p Payee) newer(detailed string) Payee {
	p.Newer = detailed
	return p
}
