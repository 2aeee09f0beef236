package ledger

// The older categories of what is no merchant's, with Plaid's ids.
var (
	legacyATMFee     = Legacy{"10002000", "Bank Fees / ATM"}
	legacyFees       = Legacy{"10000000", "Bank Fees"}
	legacyShops      = Legacy{"19000000", "Shops"}
	legacyOverdraft  = Legacy{"10001000", "Bank Fees / Overdraft"}
	legacyForeignFee = Legacy{"10005000", "Bank Fees / Foreign Transaction"}
	legacyInterestIn = Legacy{"15001000", "Interest / Interest Earned"}
	legacyInterest   = Legacy{"15002000", "Interest / Interest Charged"}
	legacyCardPaid   = Legacy{"16001000", "Payment / Credit Card"}
	legacyLoan       = Legacy{"16003000", "Payment / Loan"}
	legacyTax        = Legacy{"20001000", "Tax / Refund"}
	legacyTaxPaid    = Legacy{"20002000", "Tax / Payment"}
	legacyAdvance    = Legacy{"11000000", "Cash Advance"}
	legacyCredit     = Legacy{"21005000", "Transfer / Credit"}
	legacyDebit      = Legacy{"21006000", "Transfer / Debit"}
	legacyDeposit    = Legacy{"21007000", "Transfer / Deposit"}
	legacyPayroll    = Legacy{"21009000", "Transfer / Payroll"}
	legacyPayPal     = Legacy{"21010000", "Transfer / Third Party"}
	legacyATM        = Legacy{"21012002", "Transfer / Withdrawal / ATM"}
	legacyCheque     = Legacy{"21012001", "Transfer / Withdrawal / Check"}
)

// legacyOf has the older category of each category that merchants have here.
var legacyOf = map[string]Legacy{
	"ENTERTAINMENT_MUSIC_AND_AUDIO":                      {"18061000", "Service / Subscription"},
	"ENTERTAINMENT_TV_AND_MOVIES":                        {"18061000", "Service / Subscription"},
	"ENTERTAINMENT_VIDEO_GAMES":                          {"19019000", "Shops / Digital Purchase"},
	"FOOD_AND_DRINK_BEER_WINE_AND_LIQUOR":                {"13005000", "Food and Drink / Restaurants"},
	"FOOD_AND_DRINK_COFFEE":                              {"13005043", "Food and Drink / Restaurants / Coffee Shop"},
	"FOOD_AND_DRINK_FAST_FOOD":                           {"13005032", "Food and Drink / Restaurants / Fast Food"},
	"FOOD_AND_DRINK_GROCERIES":                           {"19047000", "Shops / Supermarkets and Groceries"},
	"FOOD_AND_DRINK_RESTAURANT":                          {"13005000", "Food and Drink / Restaurants"},
	"GENERAL_MERCHANDISE_BOOKSTORES_AND_NEWSSTANDS":      {"19009000", "Shops / Bookstores"},
	"GENERAL_MERCHANDISE_CLOTHING_AND_ACCESSORIES":       {"19000000", "Shops"},
	"GENERAL_MERCHANDISE_ELECTRONICS":                    {"19013000", "Shops / Computers and Electronics"},
	"GENERAL_MERCHANDISE_OFFICE_SUPPLIES":                {"19000000", "Shops"},
	"GENERAL_MERCHANDISE_ONLINE_MARKETPLACES":            {"19000000", "Shops"},
	"GENERAL_MERCHANDISE_SPORTING_GOODS":                 {"19000000", "Shops"},
	"GENERAL_MERCHANDISE_SUPERSTORES":                    {"19000000", "Shops"},
	"GENERAL_SERVICES_ACCOUNTING_AND_FINANCIAL_PLANNING": {"18020000", "Service / Financial"},
	"GENERAL_SERVICES_INSURANCE":                         {"18030000", "Service / Insurance"},
	"GENERAL_SERVICES_OTHER_GENERAL_SERVICES":            {"18031000", "Service / Internet Services"},
	"GENERAL_SERVICES_POSTAGE_AND_SHIPPING":              {"19000000", "Shops"},
	"GOVERNMENT_AND_NON_PROFIT_DONATIONS":                {"12015003", "Community / Organizations and Associations / Charities and Non-Profits"},
	"HOME_IMPROVEMENT_HARDWARE":                          {"19030000", "Shops / Hardware Store"},
	"MEDICAL_PHARMACIES_AND_SUPPLEMENTS":                 {"19043000", "Shops / Pharmacies"},
	"MEDICAL_PRIMARY_CARE":                               {"14002000", "Healthcare / Physicians"},
	"PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS":             {"17018000", "Recreation / Gyms and Fitness Centers"},
	"PERSONAL_CARE_HAIR_AND_BEAUTY":                      {"19000000", "Shops"},
	"RENT_AND_UTILITIES_GAS_AND_ELECTRICITY":             {"18068000", "Service / Utilities"},
	"RENT_AND_UTILITIES_INTERNET_AND_CABLE":              {"18031000", "Service / Internet Services"},
	"RENT_AND_UTILITIES_RENT":                            {"16002000", "Payment / Rent"},
	"RENT_AND_UTILITIES_TELEPHONE":                       {"18063000", "Service / Telecommunication Services"},
	"RENT_AND_UTILITIES_WATER":                           {"18068000", "Service / Utilities"},
	"TRANSPORTATION_GAS":                                 {"22009000", "Travel / Gas Stations"},
	"TRANSPORTATION_PUBLIC_TRANSIT":                      {"22014000", "Travel / Public Transportation Services"},
	"TRANSPORTATION_TAXIS_AND_RIDE_SHARES":               {"22016000", "Travel / Taxi"},
	"TRAVEL_FLIGHTS":                                     {"22001000", "Travel / Airlines and Aviation Services"},
	"TRAVEL_LODGING":                                     {"22012003", "Travel / Lodging / Hotels and Motels"},
}
