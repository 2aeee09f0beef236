package ledger

// ewaPlan is the life of user_ewa_user: gigs and a job at an hourly wage, part of
// which is paid in advance by an app and taken back on payday.
var ewaPlan = plan{
	days: 90,
	bills: []bill{
		{key: "rent", account: Checking, day: 2, lo: 98_000, hi: 98_000, payee: landlord},
		{key: "phone", account: Checking, day: 18, lo: 3_500, hi: 3_500, payee: web("METRO BY T-MOBILE", "Metro", "RENT_AND_UTILITIES_TELEPHONE", "metrobyt-mobile.com")},
		{key: "electricity", account: Checking, day: 10, lo: 4_120, hi: 6_340, payee: powerCompany},
		{key: "car", account: Checking, day: 7, lo: 28_450, hi: 28_450, payee: bank("ALLY AUTO PAYMENT", "LOAN_PAYMENTS_CAR_PAYMENT", legacyLoan)},
		{key: "interest", account: Savings, day: 31, lo: -96, hi: -34, payee: interestPaid},
		{key: "ewafee", account: Checking, day: 12, lo: 599, hi: 599, payee: web("EARNIN MEMBERSHIP", "EarnIn", "GENERAL_SERVICES_OTHER_GENERAL_SERVICES", "earnin.com")},
	},
	rhythms: []rhythm{
		{key: "wages", account: Checking, every: 14, phase: 8, lo: -98_400, hi: -81_200, payee: paidBy("SAFEHARBOR WAREHOUSE PAYROLL", "Safeharbor Warehouse")},
		{key: "uber", account: Checking, every: 7, phase: 5, lo: -31_900, hi: -9_400, payee: gig("UBER USA 6787 EDI PAYMNT", "Uber"), skip: 10},
		{key: "dash", account: Checking, every: 7, phase: 4, lo: -18_200, hi: -5_600, payee: gig("DOORDASH INC PAYOUT", "DoorDash"), skip: 15},
		{key: "advance.early", account: Checking, every: 14, phase: 13, lo: -10_000, hi: -10_000, payee: advance},
		{key: "advance.late", account: Checking, every: 14, phase: 5, lo: -15_000, hi: -5_000, payee: advance},
		{key: "repaid", account: Checking, every: 14, phase: 8, lo: 15_000, hi: 25_000, payee: repayment},
		{key: "saved", account: Checking, every: 14, phase: 10, lo: 2_500, hi: 2_500, payee: toSavings, other: Savings, otherSide: fromChecking},
	},
	habits: []habit{
		{"fuel", Checking, 7, 2_150, 4_980, shop("ARCO", "ARCO", "TRANSPORTATION_GAS", "arco.com"), pump},
		{"grocer", Checking, 6, 1_450, 8_200, shop("FOOD 4 LESS", "Food 4 Less", "FOOD_AND_DRINK_GROCERIES", "food4less.com"), plain},
		{"burger", Checking, 6, 780, 1_650, shop("MCDONALD'S", "McDonald's", "FOOD_AND_DRINK_FAST_FOOD", "mcdonalds.com"), plain},
		{"superstore", Checking, 3, 1_200, 9_500, shop("WM SUPERCENTER", "Walmart", "GENERAL_MERCHANDISE_SUPERSTORES", "walmart.com"), refunded},
		{"instalment", Checking, 1.5, 1_875, 4_220, bank("AFTERPAY INSTALMENT", "LOAN_PAYMENTS_OTHER_PAYMENT", legacyLoan).newer("LOAN_PAYMENTS_BNPL"), plain},
		{"cashapp", Checking, 2, 1_000, 6_000, bank("CASH APP*SENT", "TRANSFER_OUT_ACCOUNT_TRANSFER", legacyPayPal).from("payment_app", "Cash App"), plain},
		{"overdraft", Checking, 0.5, 3_500, 3_500, bank("OVERDRAFT FEE", "BANK_FEES_OVERDRAFT_FEES", legacyOverdraft), plain},
		{"atm", Checking, 2, 2_000, 8_000, bank("ATM WITHDRAWAL", "TRANSFER_OUT_WITHDRAWAL", legacyATM), plain},
	},
}

// What an app for wages in advance pays, and takes back.
var (
	advance   = bank("EARNIN *ADVANCE", "TRANSFER_IN_CASH_ADVANCES_AND_LOANS", legacyAdvance).from("financial_institution", "EarnIn").newer("LOAN_DISBURSEMENTS_EWA")
	repayment = bank("EARNIN *REPAYMENT", "LOAN_PAYMENTS_OTHER_PAYMENT", legacyLoan).from("financial_institution", "EarnIn").newer("LOAN_PAYMENTS_EWA")
)

// gig returns a platform that pays for odd jobs.
func gig(raw, name string) Payee { return paidBy(raw, name).newer("INCOME_GIG_ECONOMY") }

// incomePlan is the life of user_bank_income: several incomes at once.
var incomePlan = plan{
	bills: []bill{
		{key: "rent", account: Checking, day: 1, lo: 145_000, hi: 145_000, payee: landlord},
		{key: "electricity", account: Checking, day: 8, lo: 6_120, hi: 8_940, payee: powerCompany},
		{key: "pension", account: Checking, day: 26, lo: -68_000, hi: -68_000, payee: income("SOCSEC XXSOC SEC", "Social Security Administration", "INCOME_RETIREMENT_PENSION")},
		{key: "tenant", account: Checking, day: 3, lo: -120_000, hi: -120_000, payee: income("ZELLE FROM T OKAFOR RENT", "T Okafor", "INCOME_OTHER_INCOME").newer("INCOME_RENTAL")},
		{key: "support", account: Checking, day: 10, lo: -42_500, hi: -42_500, payee: income("STATE DISBURSEMENT CHILD SUP", "State Disbursement Unit", "INCOME_OTHER_INCOME").newer("INCOME_CHILD_SUPPORT")},
		{key: "dividend", account: Savings, day: 20, lo: -11_840, hi: -9_260, payee: income("VANGUARD DIVIDEND", "Vanguard", "INCOME_DIVIDENDS"), every: 3},
		{key: "interest", account: Savings, day: 31, lo: -2_140, hi: -1_890, payee: interestPaid},
		{key: "tosavings", account: Checking, day: 16, lo: 40_000, hi: 40_000, payee: toSavings, other: Savings, otherSide: fromChecking},
	},
	rhythms: []rhythm{
		{key: "salary", account: Checking, every: 14, phase: 1, lo: -164_200, hi: -164_200, payee: paidBy("PLAID INC PAYROLL PPD", "Plaid Inc")},
		{key: "secondjob", account: Checking, every: 7, phase: 2, lo: -38_600, hi: -21_300, payee: paidBy("CORNER CAFE PAYROLL", "Corner Cafe"), skip: 8},
		{key: "gig", account: Checking, every: 7, phase: 5, lo: -22_900, hi: -6_400, payee: gig("UBER USA 6787 EDI PAYMNT", "Uber"), skip: 20},
	},
	habits: []habit{
		{"grocer", Checking, 6, 1_850, 12_200, shop("SAFEWAY", "Safeway", "FOOD_AND_DRINK_GROCERIES", "safeway.com"), plain},
		{"coffee", Checking, 5, 433, 733, shop("STARBUCKS STORE", "Starbucks", "FOOD_AND_DRINK_COFFEE", "starbucks.com"), plain},
		{"fuel", Checking, 3, 3_150, 6_480, shop("CHEVRON", "Chevron", "TRANSPORTATION_GAS", "chevron.com"), pump},
		{"trattoria", Checking, 2, 2_800, 9_600, shop("TRATTORIA LA SIRENA", "Trattoria La Sirena", "FOOD_AND_DRINK_RESTAURANT", ""), tipped},
		{"pharmacy", Checking, 1, 650, 4_800, shop("WALGREENS", "Walgreens", "MEDICAL_PHARMACIES_AND_SUPPLEMENTS", "walgreens.com"), plain},
		{"onlineshop", Checking, 2, 899, 11_900, web("AMZN MKTP US", "Amazon", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES", "amazon.com"), refunded},
	},
}

// income returns somebody who pays without being an employer.
func income(raw, name, detailed string) Payee {
	return Payee{Raw: raw, Name: name, Merchant: name, Detailed: detailed, Legacy: legacyCredit, Channel: Other, Kind: "income_source"}
}
