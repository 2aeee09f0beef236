package ledger

// The older categories that the history uses, with Plaid's ids.
var (
	legacyATMFee     = Legacy{"10002000", "Bank Fees / ATM"}
	legacyForeignFee = Legacy{"10005000", "Bank Fees / Foreign Transaction"}
	legacyCharity    = Legacy{"12008000", "Community / Organizations and Associations"}
	legacyRestaurant = Legacy{"13005000", "Food and Drink / Restaurants"}
	legacyFastFood   = Legacy{"13005032", "Food and Drink / Restaurants / Fast Food"}
	legacyCoffee     = Legacy{"13005043", "Food and Drink / Restaurants / Coffee Shop"}
	legacyDoctor     = Legacy{"14002000", "Healthcare / Physicians"}
	legacyInterestIn = Legacy{"15001000", "Interest / Interest Earned"}
	legacyInterest   = Legacy{"15002000", "Interest / Interest Charged"}
	legacyCardPaid   = Legacy{"16001000", "Payment / Credit Card"}
	legacyRent       = Legacy{"16002000", "Payment / Rent"}
	legacyLoan       = Legacy{"16003000", "Payment / Loan"}
	legacyCinema     = Legacy{"17001009", "Recreation / Arts and Entertainment / Movie Theatres"}
	legacyGym        = Legacy{"17018000", "Recreation / Gyms and Fitness Centers"}
	legacyInsurance  = Legacy{"18030000", "Service / Insurance"}
	legacySubscribe  = Legacy{"18061000", "Service / Subscription"}
	legacyTelephone  = Legacy{"18063000", "Service / Telecommunication Services"}
	legacyUtility    = Legacy{"18068000", "Service / Utilities"}
	legacyInternet   = Legacy{"18031000", "Service / Internet Services"}
	legacyShops      = Legacy{"19000000", "Shops"}
	legacyBooks      = Legacy{"19004000", "Shops / Bookstores"}
	legacyComputers  = Legacy{"19013000", "Shops / Computers and Electronics"}
	legacyDigital    = Legacy{"19019000", "Shops / Digital Purchase"}
	legacyHardware   = Legacy{"19030000", "Shops / Hardware Store"}
	legacyPharmacy   = Legacy{"19043000", "Shops / Pharmacies"}
	legacyGrocer     = Legacy{"19047000", "Shops / Supermarkets and Groceries"}
	legacyTax        = Legacy{"20001000", "Tax / Refund"}
	legacyCredit     = Legacy{"21005000", "Transfer / Credit"}
	legacyDebit      = Legacy{"21006000", "Transfer / Debit"}
	legacyDeposit    = Legacy{"21007000", "Transfer / Deposit"}
	legacyPayroll    = Legacy{"21009000", "Transfer / Payroll"}
	legacyPayPal     = Legacy{"21010000", "Transfer / Third Party"}
	legacyATM        = Legacy{"21012002", "Transfer / Withdrawal / ATM"}
	legacyCheque     = Legacy{"21012001", "Transfer / Withdrawal / Check"}
	legacyAirline    = Legacy{"22001000", "Travel / Airlines and Aviation Services"}
	legacyGas        = Legacy{"22009000", "Travel / Gas Stations"}
	legacyHotel      = Legacy{"22012003", "Travel / Lodging / Hotels and Motels"}
	legacyTransit    = Legacy{"22014000", "Travel / Public Transportation Services"}
	legacyTaxi       = Legacy{"22016000", "Travel / Taxi"}
)
