package ledger

import "time"

// goodPlan is the life of user_good.
var goodPlan = plan{bills: goodBills[:], subscriptions: goodSubscriptions[:], habits: goodHabits[:], journeys: goodJourneys[:], papers: true}

// What user_good pays every month. Amounts are cents.
var goodBills = [...]bill{
	{key: "salary.1", account: Checking, day: 15, lo: -284_733, hi: -284_733, payee: employer},
	{key: "salary.2", account: Checking, day: 30, lo: -284_733, hi: -284_733, payee: employer},
	{key: "rent", account: Checking, day: 1, lo: 145_000, hi: 145_000, payee: landlord},
	{key: "electricity", account: Checking, day: 8, lo: 6_120, hi: 8_940, payee: powerCompany},
	{key: "water", account: Checking, day: 20, lo: 4_105, hi: 5_870, payee: waterWorks, every: 2},
	{key: "internet", account: Checking, day: 12, lo: 6_999, hi: 6_999, payee: internetProvider},
	{key: "phone", account: Checking, day: 18, lo: 4_500, hi: 4_500, payee: phoneCompany},
	{key: "insurance", account: Checking, day: 6, lo: 11_842, hi: 11_842, payee: insurer},
	{key: "charity", account: Checking, day: 25, lo: 2_500, hi: 2_500, payee: charity},
	{key: "bicycles", account: BusinessCard, day: 27, lo: 12_000, hi: 50_000, payee: bicycleShop},
	{key: "tosavings", account: Checking, day: 16, lo: 25_000, hi: 25_000, payee: toSavings, other: Savings, otherSide: fromChecking},
	{key: "tocash", account: Checking, day: 17, lo: 30_000, hi: 30_000, payee: toCash, other: CashManagement, otherSide: fromChecking},
	{key: "cardpaid", account: Checking, day: 22, lo: 68_000, hi: 142_000, payee: cardPayoff, other: CreditCard, otherSide: cardThanks},
	{key: "bizpaid", account: CashManagement, day: 24, lo: 21_000, hi: 29_500, payee: businessPayoff, other: BusinessCard, otherSide: cardThanks},
	{key: "studentloan", account: Checking, day: 5, lo: 31_250, hi: 31_250, payee: studentPayment, other: StudentLoan, otherSide: loanThanks},
	{key: "mortgage", account: Checking, day: 3, lo: 114_062, hi: 114_062, payee: mortgagePayment, other: Mortgage, otherSide: loanThanks},
	{key: "interest", account: Savings, day: 31, lo: -422, hi: -422, payee: interestPaid},
	{key: "mminterest", account: MoneyMarket, day: 31, lo: -6_790, hi: -6_540, payee: interestPaid},
	{key: "electronic", account: MoneyMarket, day: 14, lo: -585_000, hi: -585_000, payee: gusto, every: 3},
	{key: "cdinitial", account: CD, day: 10, lo: 100_000, hi: 100_000, payee: cdDeposit, every: 3},
	{key: "studentinterest", account: StudentLoan, day: 28, lo: 21_210, hi: 21_480, payee: interestCharge},
	{key: "mortgageinterest", account: Mortgage, day: 28, lo: 14_310, hi: 14_640, payee: interestCharge},
	{key: "hsain", account: HSA, day: 15, lo: -15_000, hi: -15_000, payee: hsaContribution},
	{key: "clinic", account: HSA, day: 19, lo: 3_500, hi: 16_000, payee: clinic, every: 2},
	{key: "airback", account: CreditCard, day: 11, lo: -50_000, hi: -50_000, payee: airline, every: 3},
}

// Card payments that come every month.
var goodSubscriptions = [...]subscription{
	{key: "netflix", account: CreditCard, day: 4, minor: 1_549, payee: web("NETFLIX.COM", "Netflix", "ENTERTAINMENT_TV_AND_MOVIES", "netflix.com")},
	{key: "spotify", account: CreditCard, day: 9, minor: 1_099, payee: web("SPOTIFY USA", "Spotify", "ENTERTAINMENT_MUSIC_AND_AUDIO", "spotify.com")},
	{key: "touchstone", account: CreditCard, day: 2, minor: 7_850, payee: shop("TOUCHSTONE CLIMBING", "Touchstone Climbing", "PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS", "touchstoneclimbing.com")},
	{key: "niconico", account: CreditCard, day: 13, minor: 790, currency: "JPY", payee: web("DWANGO NICONICO PREMIUM TOKYO", "Niconico", "ENTERTAINMENT_TV_AND_MOVIES", "nicovideo.jp")},
	{key: "hosting", account: BusinessCard, day: 7, minor: 1_190, currency: "EUR", payee: web("HETZNER ONLINE GMBH GUNZENHAUSEN", "Hetzner Online", "GENERAL_SERVICES_OTHER_GENERAL_SERVICES", "hetzner.com")},
	{key: "sparkfun", account: BusinessCard, day: 21, minor: 8_940, payee: web("SPARKFUN ELECTRONICS", "SparkFun", "GENERAL_MERCHANDISE_ELECTRONICS", "sparkfun.com").named("SparkFun")},
}

// What is bought now and then: about 32 card payments a month.
var goodHabits = [...]habit{
	{"grocer", CreditCard, 3.5, 1_850, 14_200, shop("SAFEWAY", "Safeway", "FOOD_AND_DRINK_GROCERIES", "safeway.com"), plain},
	{"market", CreditCard, 2, 900, 6_400, shop("BERKELEY BOWL", "Berkeley Bowl", "FOOD_AND_DRINK_GROCERIES", "berkeleybowl.com"), plain},
	{"coffee", CreditCard, 3, 433, 433, shop("STARBUCKS STORE", "Starbucks", "FOOD_AND_DRINK_COFFEE", "starbucks.com"), plain},
	{"burger", CreditCard, 2, 1_200, 1_200, shop("MCDONALD'S", "McDonald's", "FOOD_AND_DRINK_FAST_FOOD", "mcdonalds.com"), plain},
	{"ride.day", CreditCard, 1.5, 540, 540, web("UBER 063015 SF**POOL**", "Uber", "TRANSPORTATION_TAXIS_AND_RIDE_SHARES", "uber.com").named("Uber 063015 SF**POOL**"), plain},
	{"ride.night", CreditCard, 1.5, 633, 633, web("UBER 072515 SF**POOL**", "Uber", "TRANSPORTATION_TAXIS_AND_RIDE_SHARES", "uber.com").named("Uber 072515 SF**POOL**"), plain},
	{"trattoria", CreditCard, 2, 2_800, 9_600, shop("TRATTORIA LA SIRENA", "Trattoria La Sirena", "FOOD_AND_DRINK_RESTAURANT", ""), tipped},
	{"noodles", CreditCard, 2, 1_450, 4_200, shop("PHỞ HÒA NOODLE SOUP", "Phở Hòa", "FOOD_AND_DRINK_RESTAURANT", "phohoa.com"), tipped},
	{"delivery", CreditCard, 1.5, 1_900, 5_400, web("DD DOORDASH BURGERKIN", "Burger King", "FOOD_AND_DRINK_FAST_FOOD", "burgerking.com").via("DoorDash").named("Dd Doordash Burgerkin"), tipped},
	{"bar", CreditCard, 1, 1_200, 5_800, shop("THE CROOKED TAP", "The Crooked Tap", "FOOD_AND_DRINK_BEER_WINE_AND_LIQUOR", ""), tipped},
	{"fuel", CreditCard, 2, 3_150, 6_480, shop("CHEVRON", "Chevron", "TRANSPORTATION_GAS", "chevron.com"), pump},
	{"train", CreditCard, 1.5, 1_000, 2_500, shop("BART CLIPPER", "BART", "TRANSPORTATION_PUBLIC_TRANSIT", "bart.gov"), plain},
	{"onlineshop", CreditCard, 2, 899, 11_900, web("AMZN MKTP US", "Amazon", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES", "amazon.com"), refunded},
	{"superstore", CreditCard, 1, 1_800, 16_500, shop("WM SUPERCENTER", "Walmart", "GENERAL_MERCHANDISE_SUPERSTORES", "walmart.com").named("PURCHASE WM SUPERCENTER"), refunded},
	{"clothes", CreditCard, 0.6, 2_490, 13_900, web("UNIQLO.COM", "Uniqlo", "GENERAL_MERCHANDISE_CLOTHING_AND_ACCESSORIES", "uniqlo.com"), refunded},
	{"books", CreditCard, 0.7, 990, 4_600, shop("MOE'S BOOKS", "Moe's Books", "GENERAL_MERCHANDISE_BOOKSTORES_AND_NEWSSTANDS", "moesbooks.com"), plain},
	{"cinema", CreditCard, 0.8, 1_450, 3_900, shop("GRAND LAKE THEATRE", "Grand Lake Theatre", "ENTERTAINMENT_TV_AND_MOVIES", ""), plain},
	{"games", CreditCard, 0.5, 499, 5_999, web("STEAMGAMES.COM", "Steam", "ENTERTAINMENT_VIDEO_GAMES", "steampowered.com"), plain},
	{"hardware", CreditCard, 0.5, 750, 8_900, shop("ACE HARDWARE", "Ace Hardware", "HOME_IMPROVEMENT_HARDWARE", "acehardware.com"), refunded},
	{"barber", CreditCard, 0.7, 3_200, 4_500, shop("SQ *KOSTAS BARBER SHOP", "Kostas Barber Shop", "PERSONAL_CARE_HAIR_AND_BEAUTY", "").via("Square"), tipped},
	{"flight", CreditCard, 0.34, 50_000, 50_000, airline, plain},
	{"pharmacy", Checking, 1, 650, 4_800, shop("WALGREENS", "Walgreens", "MEDICAL_PHARMACIES_AND_SUPPLEMENTS", "walgreens.com"), plain},
	{"debitgrocer", Checking, 1.5, 720, 5_900, shop("TRADER JOE'S", "Trader Joe's", "FOOD_AND_DRINK_GROCERIES", "traderjoes.com"), plain},
	{"debitlunch", Checking, 1.5, 980, 2_150, shop("KFC", "KFC", "FOOD_AND_DRINK_FAST_FOOD", "kfc.com"), plain},
	{"atm", Checking, 1.2, 4_000, 4_000, bank("ATM WITHDRAWAL", "TRANSFER_OUT_WITHDRAWAL", legacyATM), plain},
	{"venmoout", Checking, 0.8, 1_200, 6_500, bank("VENMO PAYMENT", "TRANSFER_OUT_ACCOUNT_TRANSFER", legacyPayPal).from("payment_app", "Venmo"), plain},
	{"venmoin", Checking, 0.6, -5_500, -900, bank("VENMO CASHOUT", "TRANSFER_IN_ACCOUNT_TRANSFER", legacyPayPal).from("payment_app", "Venmo"), plain},
	{"atmfee", Checking, 0.3, 300, 300, bank("NON-NETWORK ATM FEE", "BANK_FEES_ATM_FEES", legacyATMFee), plain},
	{"supplies", BusinessCard, 1.5, 1_290, 18_900, web("STAPLES.COM", "Staples", "GENERAL_MERCHANDISE_OFFICE_SUPPLIES", "staples.com"), refunded},
	{"post", BusinessCard, 0.8, 980, 4_350, shop("USPS PO", "USPS", "GENERAL_SERVICES_POSTAGE_AND_SHIPPING", "usps.com"), plain},
	{"cashpurchase", CashManagement, 0.8, 2_500, 19_000, web("ETSY.COM", "Etsy", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES", "etsy.com"), plain},
}

// Three weeks abroad in every year.
var goodJourneys = [...]journey{
	{"europe", time.May, 9, 6, "EUR", []spend{
		{shop("CAFÉ MÜLLER BERLIN", "Café Müller", "FOOD_AND_DRINK_COFFEE", ""), 380, 1_450},
		{shop("GASTHAUS ZUR LINDE MÜNCHEN", "Gasthaus zur Linde", "FOOD_AND_DRINK_RESTAURANT", ""), 1_900, 6_800},
		{web("DB VERTRIEB GMBH", "Deutsche Bahn", "TRANSPORTATION_PUBLIC_TRANSIT", "bahn.de"), 1_790, 8_900},
		{shop("HOTEL ADLER BERLIN", "Hotel Adler", "TRAVEL_LODGING", ""), 9_800, 15_400},
	}},
	{"britain", time.September, 4, 5, "GBP", []spend{
		{shop("TFL TRAVEL CH", "Transport for London", "TRANSPORTATION_PUBLIC_TRANSIT", "tfl.gov.uk"), 280, 850},
		{shop("THE RED LION LONDON", "The Red Lion", "FOOD_AND_DRINK_RESTAURANT", ""), 1_150, 4_400},
		{shop("WAITROSE LONDON", "Waitrose", "FOOD_AND_DRINK_GROCERIES", "waitrose.com"), 640, 3_200},
	}},
	{"japan", time.November, 5, 6, "JPY", []spend{
		{shop("SUICA MOBILE TOKYO", "Suica", "TRANSPORTATION_PUBLIC_TRANSIT", ""), 1_000, 3_000},
		{shop("ICHIRAN SHIBUYA", "Ichiran", "FOOD_AND_DRINK_RESTAURANT", "ichiran.com"), 980, 2_480},
		{shop("KINOKUNIYA SHINJUKU", "Kinokuniya", "GENERAL_MERCHANDISE_BOOKSTORES_AND_NEWSSTANDS", "kinokuniya.co.jp"), 770, 6_600},
	}},
}
