package money

// Currency is an ISO 4217 code such as "USD", or one of Plaid's unofficial
// codes such as "BTC".
type Currency string

// USD is the currency of an amount that comes without one.
const USD Currency = "USD"

// Exponent returns the number of decimal places of the currency's minor unit.
// Codes it does not know have two.
//
// Source: ISO 4217 list one, and the customary smallest unit for the
// unofficial codes in Plaid's schema, capped at eight places so that an int64
// holds any balance.
func (c Currency) Exponent() int {
	switch c {
	case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3
	case "CLF", "UYW":
		return 4
	case "XRP", "USDT", "XLM", "ADA":
		return 6
	case "BTC", "BCH", "LTC", "ETH", "ETC", "BSV", "DASH", "ZEC", "BTG", "DOGE", "XMR", "BNB", "BNT", "LSK", "NEO", "QTUM":
		return 8
	}
	return 2
}

// symbol returns what stands before an amount of the currency, or "" if its
// code stands behind it. Only symbols that the bundled typeface has are here.
func (c Currency) symbol() string {
	switch c {
	case "USD":
		return "$"
	case "EUR":
		return "€"
	case "GBP":
		return "£"
	case "JPY":
		return "¥"
	}
	return ""
}
