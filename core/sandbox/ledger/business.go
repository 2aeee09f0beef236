package ledger

// businessPlan is the life of user_small_business, a workshop of four: invoices
// and card sales in; wages, rent, suppliers and taxes out. The business account
// is its credit card.
var businessPlan = plan{
	days: 90,
	bills: []bill{
		{key: "rent", account: Checking, day: 1, lo: 385_000, hi: 385_000, payee: web("HARBOR INDUSTRIAL PARK RENT", "Harbor Industrial Park", "RENT_AND_UTILITIES_RENT", "")},
		{key: "electricity", account: Checking, day: 9, lo: 31_000, hi: 46_500, payee: powerCompany},
		{key: "internet", account: Checking, day: 12, lo: 14_999, hi: 14_999, payee: internetProvider},
		{key: "insurance", account: Checking, day: 6, lo: 41_250, hi: 41_250, payee: web("HISCOX INC PREMIUM", "Hiscox", "GENERAL_SERVICES_INSURANCE", "hiscox.com")},
		{key: "loan", account: Checking, day: 20, lo: 118_430, hi: 118_430, payee: bank("SBA LOAN PAYMENT", "LOAN_PAYMENTS_OTHER_PAYMENT", legacyLoan)},
		{key: "salestax", account: Checking, day: 28, lo: 162_000, hi: 241_000, payee: bank("CA DEPT TAX FEE CDTFA EPMT", "GOVERNMENT_AND_NON_PROFIT_TAX_PAYMENT", legacyTaxPaid)},
		{key: "federaltax", account: Checking, day: 15, lo: 612_000, hi: 612_000, payee: bank("IRS USATAXPYMT", "GOVERNMENT_AND_NON_PROFIT_TAX_PAYMENT", legacyTaxPaid), every: 3},
		{key: "reserve", account: Checking, day: 17, lo: 200_000, hi: 200_000, payee: toSavings, other: Savings, otherSide: fromChecking},
		{key: "bizpaid", account: Checking, day: 24, lo: 410_000, hi: 565_000, payee: businessPayoff, other: BusinessCard, otherSide: cardThanks},
		{key: "interest", account: Savings, day: 31, lo: -4_120, hi: -3_870, payee: interestPaid},
		{key: "retainer", account: Checking, day: 3, lo: -450_000, hi: -450_000, payee: invoice("LAKESIDE HOTELS INV PMT", "Lakeside Hotels")},
	},
	rhythms: []rhythm{
		{key: "wages", account: Checking, every: 14, phase: 1, lo: 712_400, hi: 748_900, payee: bank("GUSTO PAYROLL", "GENERAL_SERVICES_OTHER_GENERAL_SERVICES", legacyPayroll)},
		{key: "wagetax", account: Checking, every: 14, phase: 1, lo: 188_200, hi: 201_300, payee: bank("GUSTO TAX", "GOVERNMENT_AND_NON_PROFIT_TAX_PAYMENT", legacyTaxPaid)},
		{key: "square", account: Checking, every: 7, phase: 1, lo: -412_000, hi: -215_000, payee: invoice("SQUARE INC DEPOSIT", "Square")},
		{key: "stripe", account: Checking, every: 7, phase: 4, lo: -268_000, hi: -94_000, payee: invoice("STRIPE TRANSFER", "Stripe")},
		{key: "invoice.fabric", account: Checking, every: 11, phase: 3, lo: -980_000, hi: -320_000, payee: invoice("BAY INTERIORS LLC INV", "Bay Interiors"), skip: 15},
		{key: "invoice.stage", account: Checking, every: 17, phase: 6, lo: -740_000, hi: -260_000, payee: invoice("CIVIC THEATRE ACH INV", "Civic Theatre"), skip: 20},
	},
	subscriptions: []subscription{
		{key: "books", account: BusinessCard, day: 5, minor: 9_000, payee: web("INTUIT *QBOOKS ONLINE", "QuickBooks", "GENERAL_SERVICES_ACCOUNTING_AND_FINANCIAL_PLANNING", "quickbooks.intuit.com")},
		{key: "shop", account: BusinessCard, day: 11, minor: 7_900, payee: web("SHOPIFY*", "Shopify", "GENERAL_SERVICES_OTHER_GENERAL_SERVICES", "shopify.com")},
		{key: "mail", account: BusinessCard, day: 14, minor: 5_760, payee: web("GOOGLE *GSUITE", "Google Workspace", "GENERAL_SERVICES_OTHER_GENERAL_SERVICES", "workspace.google.com")},
	},
	habits: []habit{
		{"timber", BusinessCard, 4, 18_000, 142_000, shop("MACBEATH HARDWOOD", "MacBeath Hardwood", "HOME_IMPROVEMENT_HARDWARE", "macbeath.com"), plain},
		{"hardware", BusinessCard, 5, 1_900, 32_000, shop("THE HOME DEPOT", "The Home Depot", "HOME_IMPROVEMENT_HARDWARE", "homedepot.com"), refunded},
		{"supplies", BusinessCard, 2, 1_290, 18_900, web("STAPLES.COM", "Staples", "GENERAL_MERCHANDISE_OFFICE_SUPPLIES", "staples.com"), refunded},
		{"post", BusinessCard, 4, 980, 14_350, web("UPS*BILLING", "UPS", "GENERAL_SERVICES_POSTAGE_AND_SHIPPING", "ups.com"), plain},
		{"fuel", BusinessCard, 4, 5_150, 9_480, shop("SHELL OIL", "Shell", "TRANSPORTATION_GAS", "shell.com"), pump},
		{"lunch", BusinessCard, 3, 2_400, 8_900, shop("TARTINE MANUFACTORY", "Tartine", "FOOD_AND_DRINK_RESTAURANT", "tartinebakery.com"), tipped},
		{"adverts", BusinessCard, 2, 5_000, 30_000, web("FACEBK ADS", "Meta", "GENERAL_SERVICES_OTHER_GENERAL_SERVICES", "meta.com"), plain},
		{"supplier", Checking, 3, 62_000, 390_000, bank("ACH PMT PACIFIC FASTENERS", "GENERAL_MERCHANDISE_OTHER_GENERAL_MERCHANDISE", legacyDebit), plain},
		{"cashin", Checking, 2, -48_000, -9_000, bank("BRANCH DEPOSIT", "TRANSFER_IN_DEPOSIT", legacyDeposit), plain},
	},
}

// invoice returns a customer, or a card processor, that pays the business.
func invoice(raw, name string) Payee {
	return Payee{
		Raw: raw, Name: name, Merchant: name, Detailed: "INCOME_OTHER_INCOME", Legacy: legacyCredit,
		Channel: Other, Kind: "income_source",
	}
}

// paidBy returns an employer.
func paidBy(raw, name string) Payee {
	return Payee{
		Raw: raw, Name: name, Merchant: name, Detailed: "INCOME_WAGES", Legacy: legacyPayroll,
		Channel: Other, Kind: "income_source",
	}
}
