package ledger

import "strings"

// payeeOf makes of a description that somebody has written what Plaid would: a
// known merchant, an employer, or only the line itself.
func payeeOf(description string, in bool) *Payee {
	text := strings.ToUpper(description)
	for _, k := range known {
		if k.in == in && strings.Contains(text, k.word) {
			p := k.payee
			p.Raw = description
			if p.Kind == "" {
				p.Name = description
			}
			return &p
		}
	}
	p := bank(description, "GENERAL_MERCHANDISE_OTHER_GENERAL_MERCHANDISE", legacyShops)
	if in {
		p.Detailed, p.Legacy = "INCOME_OTHER_INCOME", legacyCredit
	}
	return &p
}

// recognised is what a word in a description tells.
type recognised struct {
	word string
	// in says that it is money in.
	in    bool
	payee Payee
}

// known are the words, the more telling first.
var known = [...]recognised{
	{"PAYROLL", true, bank("", "INCOME_WAGES", legacyPayroll)},
	{"SALARY", true, bank("", "INCOME_WAGES", legacyPayroll)},
	{"DIRECT DEP", true, bank("", "INCOME_WAGES", legacyPayroll)},
	{"GUSTO", true, bank("", "INCOME_WAGES", legacyPayroll)},
	{"INTEREST", true, interestPaid},
	{"INTRST", true, interestPaid},
	{"DIVIDEND", true, bank("", "INCOME_DIVIDENDS", legacyInterestIn)},
	{"TAX REF", true, taxRefundPayee},
	{"PAYMENT", true, bank("", "LOAN_PAYMENTS_OTHER_PAYMENT", legacyCardPaid)},
	{"TRANSFER", true, fromChecking},
	{"DEPOSIT", true, cdDeposit},
	{"RENT", false, bank("", "RENT_AND_UTILITIES_RENT", legacyOf["RENT_AND_UTILITIES_RENT"])},
	{"MORTGAGE", false, mortgagePayment},
	{"STUDENT", false, studentPayment},
	{"CREDIT CARD", false, cardPayoff},
	{"INTEREST", false, interestCharge},
	{"OVERDRAFT", false, bank("", "BANK_FEES_OVERDRAFT_FEES", legacyOverdraft)},
	{"FEE", false, bank("", "BANK_FEES_OTHER_BANK_FEES", legacyFees)},
	{"ATM", false, bank("", "TRANSFER_OUT_WITHDRAWAL", legacyATM)},
	{"TRANSFER", false, toSavings},
	{"UBER", false, web("", "Uber", "TRANSPORTATION_TAXIS_AND_RIDE_SHARES", "uber.com")},
	{"LYFT", false, web("", "Lyft", "TRANSPORTATION_TAXIS_AND_RIDE_SHARES", "lyft.com")},
	{"STARBUCKS", false, shop("", "Starbucks", "FOOD_AND_DRINK_COFFEE", "starbucks.com")},
	{"MCDONALD", false, shop("", "McDonald's", "FOOD_AND_DRINK_FAST_FOOD", "mcdonalds.com")},
	{"SAFEWAY", false, shop("", "Safeway", "FOOD_AND_DRINK_GROCERIES", "safeway.com")},
	{"WHOLEFDS", false, shop("", "Whole Foods Market", "FOOD_AND_DRINK_GROCERIES", "wholefoodsmarket.com")},
	{"WALMART", false, shop("", "Walmart", "GENERAL_MERCHANDISE_SUPERSTORES", "walmart.com")},
	{"TARGET", false, shop("", "Target", "GENERAL_MERCHANDISE_SUPERSTORES", "target.com")},
	{"AMAZON", false, web("", "Amazon", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES", "amazon.com")},
	{"AMZN", false, web("", "Amazon", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES", "amazon.com")},
	{"NETFLIX", false, web("", "Netflix", "ENTERTAINMENT_TV_AND_MOVIES", "netflix.com")},
	{"SPOTIFY", false, web("", "Spotify", "ENTERTAINMENT_MUSIC_AND_AUDIO", "spotify.com")},
	{"UNITED AIRLINES", false, airline},
	{"SPARKFUN", false, web("", "SparkFun", "GENERAL_MERCHANDISE_ELECTRONICS", "sparkfun.com")},
	{"CHEVRON", false, shop("", "Chevron", "TRANSPORTATION_GAS", "chevron.com")},
	{"SHELL", false, shop("", "Shell", "TRANSPORTATION_GAS", "shell.com")},
}
