package ledger

// legacyTop is a category of the first level with all that are below it, one a
// line: six digits and the name.
type legacyTop struct{ number, group, lines string }

// legacyTree is Plaid's older taxonomy.
var legacyTree = [...]legacyTop{
	{"10", specialGroup, `
000000 Bank Fees
001000 Overdraft
002000 ATM
003000 Late Payment
004000 Fraud Dispute
005000 Foreign Transaction
006000 Wire Transfer
007000 Insufficient Funds
008000 Cash Advance
009000 Excess Activity`},
	{"11", specialGroup, `
000000 Cash Advance`},
	{"12", placeGroup, `
000000 Community
001000 Animal Shelter
002000 Assisted Living Services
002001 Facilities and Nursing Homes
002002 Caretakers
003000 Cemetery
004000 Courts
005000 Day Care and Preschools
006000 Disabled Persons Services
007000 Drug and Alcohol Services
008000 Education
008001 Vocational Schools
008002 Tutoring and Educational Services
008003 Primary and Secondary Schools
008004 Fraternities and Sororities
008005 Driving Schools
008006 Dance Schools
008007 Culinary Lessons and Schools
008008 Computer Training
008009 Colleges and Universities
008010 Art School
008011 Adult Education
009000 Government Departments and Agencies
010000 Government Lobbyists
011000 Housing Assistance and Shelters
012000 Law Enforcement
012001 Police Stations
012002 Fire Stations
012003 Correctional Institutions
013000 Libraries
014000 Military
015000 Organizations and Associations
015001 Youth Organizations
015002 Environmental
015003 Charities and Non-Profits
016000 Post Offices
017000 Public and Social Services
018000 Religious
018001 Temple
018002 Synagogues
018003 Mosques
018004 Churches
019000 Senior Citizen Services
020000 Retirement`},
	{"13", placeGroup, `
000000 Food and Drink
001000 Bar
001001 Wine Bar
001002 Sports Bar
001003 Hotel Lounge
002000 Breweries
003000 Internet Cafes
004000 Nightlife
004001 Strip Club
004002 Night Clubs
004003 Karaoke
004004 Jazz and Blues Cafe
004005 Hookah Lounges
004006 Adult Entertainment
005000 Restaurants
005001 Winery
005002 Vegan and Vegetarian
005003 Turkish
005004 Thai
005005 Swiss
005006 Sushi
005007 Steakhouses
005008 Spanish
005009 Seafood
005010 Scandinavian
005011 Portuguese
005012 Pizza
005013 Moroccan
005014 Middle Eastern
005015 Mexican
005016 Mediterranean
005017 Latin American
005018 Korean
005019 Juice Bar
005020 Japanese
005021 Italian
005022 Indonesian
005023 Indian
005024 Ice Cream
005025 Greek
005026 German
005027 Gastropub
005028 French
005029 Food Truck
005030 Fish and Chips
005031 Filipino
005032 Fast Food
005033 Falafel
005034 Ethiopian
005035 Eastern European
005036 Donuts
005037 Distillery
005038 Diners
005039 Dessert
005040 Delis
005041 Cupcake Shop
005042 Cuban
005043 Coffee Shop
005044 Chinese
005045 Caribbean
005046 Cajun
005047 Cafe
005048 Burrito
005049 Burgers
005050 Breakfast Spot
005051 Brazilian
005052 Barbecue
005053 Bakery
005054 Bagel Shop
005055 Australian
005056 Asian
005057 American
005058 African
005059 Afghan`},
	{"14", placeGroup, `
000000 Healthcare
001000 Healthcare Services
001001 Psychologists
001002 Pregnancy and Sexual Health
001003 Podiatrists
001004 Physical Therapy
001005 Optometrists
001006 Nutritionists
001007 Nurses
001008 Mental Health
001009 Medical Supplies and Labs
001010 Hospitals, Clinics and Medical Centers
001011 Emergency Services
001012 Dentists
001013 Counseling and Therapy
001014 Chiropractors
001015 Blood Banks and Centers
001016 Alternative Medicine
001017 Acupuncture
002000 Physicians
002001 Urologists
002002 Respiratory
002003 Radiologists
002004 Psychiatrists
002005 Plastic Surgeons
002006 Pediatricians
002007 Pathologists
002008 Orthopedic Surgeons
002009 Ophthalmologists
002010 Oncologists
002011 Obstetricians and Gynecologists
002012 Neurologists
002013 Internal Medicine
002014 General Surgery
002015 Gastroenterologists
002016 Family Medicine
002017 Ear, Nose and Throat
002018 Dermatologists
002019 Cardiologists
002020 Anesthesiologists`},
	{"15", specialGroup, `
000000 Interest
001000 Interest Earned
002000 Interest Charged`},
	{"16", specialGroup, `
000000 Payment
001000 Credit Card
002000 Rent
003000 Loan`},
	{"17", placeGroup, `
000000 Recreation
001000 Arts and Entertainment
001001 Theatrical Productions
001002 Symphony and Opera
001003 Sports Venues
001004 Social Clubs
001005 Psychics and Astrologers
001006 Party Centers
001007 Music and Show Venues
001008 Museums
001009 Movie Theatres
001010 Fairgrounds and Rodeos
001011 Entertainment
001012 Dance Halls and Saloons
001013 Circuses and Carnivals
001014 Casinos and Gaming
001015 Bowling
001016 Billiards and Pool
001017 Art Dealers and Galleries
001018 Arcades and Amusement Parks
001019 Aquarium
002000 Athletic Fields
003000 Baseball
004000 Basketball
005000 Batting Cages
006000 Boating
007000 Campgrounds and RV Parks
008000 Canoes and Kayaks
009000 Combat Sports
010000 Cycling
011000 Dance
012000 Equestrian
013000 Football
014000 Go Carts
015000 Golf
016000 Gun Ranges
017000 Gymnastics
018000 Gyms and Fitness Centers
019000 Hiking
020000 Hockey
021000 Hot Air Balloons
022000 Hunting and Fishing
023000 Landmarks
023001 Monuments and Memorials
023002 Historic Sites
023003 Gardens
023004 Buildings and Structures
024000 Miniature Golf
025000 Outdoors
025001 Rivers
025002 Mountains
025003 Lakes
025004 Forests
025005 Beaches
026000 Paintball
027000 Parks
027001 Playgrounds
027002 Picnic Areas
027003 Natural Parks
028000 Personal Trainers
029000 Race Tracks
030000 Racquet Sports
031000 Racquetball
032000 Rafting
033000 Recreation Centers
034000 Rock Climbing
035000 Running
036000 Scuba Diving
037000 Skating
038000 Skydiving
039000 Snow Sports
040000 Soccer
041000 Sports and Recreation Camps
042000 Sports Clubs
043000 Stadiums and Arenas
044000 Swimming
045000 Tennis
046000 Water Sports
047000 Yoga and Pilates
048000 Zoo`},
	{"18", placeGroup, serviceLines},
	{"19", placeGroup, shopLines},
	{"20", placeGroup, `
000000 Tax
001000 Refund
002000 Payment`},
	{"21", specialGroup, `
000000 Transfer
001000 Internal Account Transfer
002000 ACH
003000 Billpay
004000 Check
005000 Credit
006000 Debit
007000 Deposit
007001 Check
007002 ATM
008000 Keep the Change Savings Program
009000 Payroll
009001 Benefits
010000 Third Party
010001 Venmo
010002 Square Cash
010003 Square
010004 PayPal
010005 Dwolla
010006 Coinbase
010007 Chase QuickPay
010008 Acorns
010009 Digit
010010 Betterment
010011 Plaid
011000 Wire
012000 Withdrawal
012001 Check
012002 ATM
013000 Save As You Go`},
	{"22", specialGroup, `
000000 Travel
001000 Airlines and Aviation Services
002000 Airports
003000 Boat
004000 Bus Stations
005000 Car and Truck Rentals
006000 Car Service
006001 Ride Share
007000 Charter Buses
008000 Cruises
009000 Gas Stations
010000 Heliports
011000 Limos and Chauffeurs
012000 Lodging
012001 Resorts
012002 Lodges and Vacation Rentals
012003 Hotels and Motels
012004 Hostels
012005 Cottages and Cabins
012006 Bed and Breakfasts
013000 Parking
014000 Public Transportation Services
015000 Rail
016000 Taxi
017000 Tolls and Fees
018000 Transportation Centers`},
}
