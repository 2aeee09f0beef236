package ledger

import "strings"

// Payee is who is on the other side, in the words of the statement and in the
// words that Plaid makes of it.
type Payee struct {
	// Raw is the statement's line; Name is Plaid's cleaned one.
	Raw, Name string
	// Merchant is the merchant's own name, or "".
	Merchant string
	// Detailed is Plaid's detailed personal finance category.
	Detailed string
	Legacy   Legacy
	Channel  Channel
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
	return strings.Split(l.Path, " / ")
}

// Primary returns the primary category that the detailed one belongs to.
func (p Payee) Primary() string {
	for _, primary := range primaries {
		if strings.HasPrefix(p.Detailed, primary+"_") {
			return primary
		}
	}
	return ""
}

// primaries are the sixteen of Plaid's personal finance taxonomy.
var primaries = [...]string{
	"INCOME", "TRANSFER_IN", "TRANSFER_OUT", "LOAN_PAYMENTS", "BANK_FEES", "ENTERTAINMENT", "FOOD_AND_DRINK",
	"GENERAL_MERCHANDISE", "HOME_IMPROVEMENT", "MEDICAL", "PERSONAL_CARE", "GENERAL_SERVICES",
	"GOVERNMENT_AND_NON_PROFIT", "TRANSPORTATION", "TRAVEL", "RENT_AND_UTILITIES",
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
