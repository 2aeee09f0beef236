package ledger

// The payees that appear more than once or have no shop.
var (
	employer = Payee{
		Raw: "TECTRA INC PAYROLL PPD", Name: "Tectra Inc Payroll", Merchant: "Tectra Inc",
		Detailed: "INCOME_WAGES", Legacy: legacyPayroll, Channel: Other, Kind: "income_source",
	}
	gusto = Payee{
		Raw: "ACH Electronic CreditGUSTO PAY 123456", Name: "ACH Electronic CreditGUSTO PAY 123456", Merchant: "Gusto",
		Detailed: "INCOME_WAGES", Legacy: legacyPayroll, Channel: Other, Kind: "income_source",
	}
	landlord         = web("WILLOW STREET APTS WEB PMT", "Willow Street Apartments", "RENT_AND_UTILITIES_RENT", "")
	powerCompany     = web("PGANDE WEB ONLINE", "PG&E", "RENT_AND_UTILITIES_GAS_AND_ELECTRICITY", "pge.com")
	waterWorks       = web("EBMUD PAYMENT", "EBMUD", "RENT_AND_UTILITIES_WATER", "ebmud.com")
	internetProvider = web("SONIC.NET INTERNET", "Sonic", "RENT_AND_UTILITIES_INTERNET_AND_CABLE", "sonic.com")
	phoneCompany     = web("TMOBILE*AUTO PAY", "T-Mobile", "RENT_AND_UTILITIES_TELEPHONE", "t-mobile.com")
	insurer          = web("STATE FARM INSURANCE CPC", "State Farm", "GENERAL_SERVICES_INSURANCE", "statefarm.com")
	charity          = web("ALAMEDA CO FOOD BANK", "Alameda County Community Food Bank", "GOVERNMENT_AND_NON_PROFIT_DONATIONS", "accfb.org")
	bicycleShop      = shop("MADISON BICYCLE SHOP", "Madison Bicycle Shop", "GENERAL_MERCHANDISE_SPORTING_GOODS", "")
	airline          = web("UNITED AIRLINES", "United Airlines", "TRAVEL_FLIGHTS", "united.com")
	clinic           = shop("BAYVIEW FAMILY CLINIC", "Bayview Family Clinic", "MEDICAL_PRIMARY_CARE", "")

	toSavings       = bank("ONLINE TRANSFER TO SAVINGS 1111", "TRANSFER_OUT_SAVINGS", legacyDebit)
	toCash          = bank("ONLINE TRANSFER TO CASH MANAGEMENT 9002", "TRANSFER_OUT_ACCOUNT_TRANSFER", legacyDebit)
	fromChecking    = bank("ONLINE TRANSFER FROM CHECKING 0000", "TRANSFER_IN_ACCOUNT_TRANSFER", legacyCredit)
	cardPayoff      = bank("CREDIT CARD 3333 PAYMENT *//", "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT", legacyCardPaid)
	businessPayoff  = bank("CREDIT CARD 9999 PAYMENT *//", "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT", legacyCardPaid)
	cardThanks      = bank("AUTOMATIC PAYMENT - THANK", "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT", legacyCardPaid)
	studentPayment  = bank("STUDENT LN 7777 PAYMENT", "LOAN_PAYMENTS_STUDENT_LOAN_PAYMENT", legacyLoan)
	mortgagePayment = bank("MORTGAGE 8888 PAYMENT", "LOAN_PAYMENTS_MORTGAGE_PAYMENT", legacyLoan)
	loanThanks      = bank("PAYMENT RECEIVED - THANK YOU", "TRANSFER_IN_ACCOUNT_TRANSFER", legacyLoan)
	interestPaid    = bank("INTRST PYMNT", "INCOME_INTEREST_EARNED", legacyInterestIn)
	interestCharge  = bank("INTEREST CHARGE", "BANK_FEES_INTEREST_CHARGE", legacyInterest)
	cdDeposit       = bank("CD DEPOSIT .INITIAL.", "TRANSFER_IN_DEPOSIT", legacyDeposit)
	hsaContribution = bank("HSA EMPLOYER CONTRIBUTION", "TRANSFER_IN_DEPOSIT", legacyDeposit)
	foreignFeePayee = bank("FOREIGN TRANSACTION FEE", "BANK_FEES_FOREIGN_TRANSACTION_FEES", legacyForeignFee)
	taxRefundPayee  = bank("IRS TREAS 310 TAX REF", "INCOME_TAX_REFUND", legacyTax)
	chequePayee     = bank("CHECK", "TRANSFER_OUT_WITHDRAWAL", legacyCheque)
)
