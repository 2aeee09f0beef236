package ledger

// yuppiePlan is the life of user_yuppie: a good salary, a loft, a gym, brunches
// and flights, most of it by credit card.
var yuppiePlan = plan{
	days: 90,
	bills: []bill{
		{key: "rent", account: Checking, day: 1, lo: 325_000, hi: 325_000, payee: web("MISSION LOFTS RENT WEB PMT", "Mission Lofts", "RENT_AND_UTILITIES_RENT", "")},
		{key: "internet", account: Checking, day: 12, lo: 8_999, hi: 8_999, payee: internetProvider},
		{key: "phone", account: Checking, day: 18, lo: 9_500, hi: 9_500, payee: phoneCompany},
		{key: "electricity", account: Checking, day: 8, lo: 5_120, hi: 7_940, payee: powerCompany},
		{key: "brokerage", account: Checking, day: 17, lo: 150_000, hi: 150_000, payee: bank("VANGUARD BUY INVESTMENT", "TRANSFER_OUT_INVESTMENT_AND_RETIREMENT_FUNDS", legacyDebit)},
		{key: "student", account: Checking, day: 5, lo: 48_210, hi: 48_210, payee: bank("NELNET STUDENT LN PMT", "LOAN_PAYMENTS_STUDENT_LOAN_PAYMENT", legacyLoan)},
		{key: "tosavings", account: Checking, day: 16, lo: 100_000, hi: 100_000, payee: toSavings, other: Savings, otherSide: fromChecking},
		{key: "cardpaid", account: Checking, day: 22, lo: 210_000, hi: 340_000, payee: cardPayoff, other: CreditCard, otherSide: cardThanks},
		{key: "interest", account: Savings, day: 31, lo: -8_240, hi: -7_910, payee: interestPaid},
	},
	rhythms: []rhythm{
		{key: "salary", account: Checking, every: 14, phase: 8, lo: -412_580, hi: -412_580, payee: paidBy("NORTHLIGHT LABS PAYROLL PPD", "Northlight Labs")},
	},
	subscriptions: []subscription{
		{key: "netflix", account: CreditCard, day: 4, minor: 1_549, payee: web("NETFLIX.COM", "Netflix", "ENTERTAINMENT_TV_AND_MOVIES", "netflix.com")},
		{key: "spotify", account: CreditCard, day: 9, minor: 1_099, payee: web("SPOTIFY USA", "Spotify", "ENTERTAINMENT_MUSIC_AND_AUDIO", "spotify.com")},
		{key: "gym", account: CreditCard, day: 2, minor: 22_000, payee: shop("EQUINOX", "Equinox", "PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS", "equinox.com")},
		{key: "meals", account: CreditCard, day: 6, minor: 11_994, payee: web("HELLOFRESH", "HelloFresh", "FOOD_AND_DRINK_GROCERIES", "hellofresh.com")},
		{key: "news", account: CreditCard, day: 20, minor: 2_500, payee: web("NYTIMES DIGITAL", "The New York Times", "GENERAL_SERVICES_OTHER_GENERAL_SERVICES", "nytimes.com")},
	},
	habits: []habit{
		{"coffee", CreditCard, 12, 520, 990, shop("BLUE BOTTLE COFFEE", "Blue Bottle Coffee", "FOOD_AND_DRINK_COFFEE", "bluebottlecoffee.com"), plain},
		{"brunch", CreditCard, 5, 3_400, 9_800, shop("FOREIGN CINEMA", "Foreign Cinema", "FOOD_AND_DRINK_RESTAURANT", "foreigncinema.com"), tipped},
		{"dinner", CreditCard, 6, 4_200, 18_900, shop("RICH TABLE", "Rich Table", "FOOD_AND_DRINK_RESTAURANT", "richtablesf.com"), tipped},
		{"bar", CreditCard, 4, 1_800, 8_800, shop("TRICK DOG", "Trick Dog", "FOOD_AND_DRINK_BEER_WINE_AND_LIQUOR", "trickdogbar.com"), tipped},
		{"grocer", CreditCard, 5, 2_450, 16_200, shop("WHOLEFDS MKT", "Whole Foods Market", "FOOD_AND_DRINK_GROCERIES", "wholefoodsmarket.com"), plain},
		{"ride", CreditCard, 9, 980, 4_240, web("LYFT *RIDE", "Lyft", "TRANSPORTATION_TAXIS_AND_RIDE_SHARES", "lyft.com"), tipped},
		{"delivery", CreditCard, 4, 2_200, 6_400, web("DD DOORDASH SWEETGREEN", "Sweetgreen", "FOOD_AND_DRINK_FAST_FOOD", "sweetgreen.com").via("DoorDash"), tipped},
		{"clothes", CreditCard, 2, 4_900, 28_900, web("EVERLANE", "Everlane", "GENERAL_MERCHANDISE_CLOTHING_AND_ACCESSORIES", "everlane.com"), refunded},
		{"onlineshop", CreditCard, 3, 1_299, 14_900, web("AMZN MKTP US", "Amazon", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES", "amazon.com"), refunded},
		{"flight", CreditCard, 1.5, 18_900, 64_000, web("ALASKA AIR", "Alaska Airlines", "TRAVEL_FLIGHTS", "alaskaair.com"), plain},
		{"hotel", CreditCard, 0.6, 21_000, 58_000, web("AIRBNB", "Airbnb", "TRAVEL_LODGING", "airbnb.com"), plain},
		{"venmoout", Checking, 3, 1_500, 12_000, bank("VENMO PAYMENT", "TRANSFER_OUT_ACCOUNT_TRANSFER", legacyPayPal).from("payment_app", "Venmo"), plain},
		{"atm", Checking, 1, 4_000, 10_000, bank("ATM WITHDRAWAL", "TRANSFER_OUT_WITHDRAWAL", legacyATM), plain},
	},
}
