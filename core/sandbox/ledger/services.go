package ledger

// serviceLines are the older categories of services.
const serviceLines = `
000000 Service
001000 Advertising and Marketing
001001 Writing, Copywriting and Technical Writing
001002 Search Engine Marketing and Optimization
001003 Public Relations
001004 Promotional Items
001005 Print, TV, Radio and Outdoor Advertising
001006 Online Advertising
001007 Market Research and Consulting
001008 Direct Mail and Email Marketing Services
001009 Creative Services
001010 Advertising Agencies and Media Buyers
003000 Art Restoration
004000 Audiovisual
005000 Automation and Control Systems
006000 Automotive
006001 Towing
006002 Motorcycle, Moped and Scooter Repair
006003 Maintenance and Repair
006004 Car Wash and Detail
006005 Car Appraisers
006006 Auto Transmission
006007 Auto Tires
006008 Auto Smog Check
006009 Auto Oil and Lube
007000 Business and Strategy Consulting
008000 Business Services
008001 Printing and Publishing
009000 Cable
010000 Chemicals and Gasses
011000 Cleaning
012000 Computers
012001 Maintenance and Repair
012002 Software Development
013000 Construction
013001 Specialty
013002 Roofers
013003 Painting
013004 Masonry
013005 Infrastructure
013006 Heating, Ventilating and Air Conditioning
013007 Electricians
013008 Contractors
013009 Carpet and Flooring
013010 Carpenters
014000 Credit Counseling and Bankruptcy Services
015000 Dating and Escort
016000 Employment Agencies
017000 Engineering
018000 Entertainment
018001 Media
019000 Events and Event Planning
020000 Financial
020001 Taxes
020002 Student Aid and Grants
020003 Stock Brokers
020004 Loans and Mortgages
020005 Holding and Investment Offices
020006 Fund Raising
020007 Financial Planning and Investments
020008 Credit Reporting
020009 Collections
020010 Check Cashing
020011 Business Brokers and Franchises
020012 Banking and Finance
020013 ATMs
020014 Accounting and Bookkeeping
021000 Food and Beverage
021001 Distribution
021002 Catering
022000 Funeral Services
023000 Geological
024000 Home Improvement
024001 Upholstery
024002 Tree Service
024003 Swimming Pool Maintenance and Services
024004 Storage
024005 Roofers
024006 Pools and Spas
024007 Plumbing
024008 Pest Control
024009 Painting
024010 Movers
024011 Mobile Homes
024012 Lighting Fixtures
024013 Landscaping and Gardeners
024014 Kitchens
024015 Interior Design
024016 Housewares
024017 Home Inspection Services
024018 Home Appliances
024019 Heating, Ventilation and Air Conditioning
024020 Hardware and Services
024021 Fences, Fireplaces and Garage Doors
024022 Electricians
024023 Doors and Windows
024024 Contractors
024025 Carpet and Flooring
024026 Carpenters
024027 Architects
025000 Household
026000 Human Resources
027000 Immigration
028000 Import and Export
029000 Industrial Machinery and Vehicles
030000 Insurance
031000 Internet Services
032000 Leather
033000 Legal
034000 Logging and Sawmills
035000 Machine Shops
036000 Management
037000 Manufacturing
037001 Apparel and Fabric Products
037002 Chemicals and Gasses
037003 Computers and Office Machines
037004 Electrical Equipment and Components
037005 Food and Beverage
037006 Furniture and Fixtures
037007 Glass Products
037008 Industrial Machinery and Equipment
037009 Leather Goods
037010 Metal Products
037011 Nonmetallic Mineral Products
037012 Paper Products
037013 Petroleum
037014 Plastic Products
037015 Rubber Products
037016 Service Instruments
037017 Textiles
037018 Tobacco
037019 Transportation Equipment
037020 Wood Products
038000 Media Production
039000 Metals
040000 Mining
040001 Coal
040002 Metal
040003 Non-Metallic Minerals
041000 News Reporting
042000 Oil and Gas
043000 Packaging
044000 Paper
045000 Personal Care
045001 Tattooing
045002 Tanning Salons
045003 Spas
045004 Skin Care
045005 Piercing
045006 Massage Clinics and Therapists
045007 Manicures and Pedicures
045008 Laundry and Garment Services
045009 Hair Salons and Barbers
045010 Hair Removal
046000 Petroleum
047000 Photography
048000 Plastics
049000 Rail
050000 Real Estate
050001 Real Estate Development and Title Companies
050002 Real Estate Appraiser
050003 Real Estate Agents
050004 Property Management
050005 Corporate Housing
050006 Commercial Real Estate
050007 Building and Land Surveyors
050008 Boarding Houses
050009 Apartments, Condos and Houses
050010 Rent
051000 Refrigeration and Ice
052000 Renewable Energy
053000 Repair Services
054000 Research
055000 Rubber
056000 Scientific
057000 Security and Safety
058000 Shipping and Freight
059000 Software Development
060000 Storage
061000 Subscription
062000 Tailors
063000 Telecommunication Services
064000 Textiles
065000 Tourist Information and Services
066000 Transportation
067000 Travel Agents and Tour Operators
068000 Utilities
068001 Water
068002 Sanitary and Waste Management
068003 Heating, Ventilating, and Air Conditioning
068004 Gas
068005 Electric
069000 Veterinarians
070000 Water and Waste Management
071000 Web Design and Development
072000 Welding
073000 Agriculture and Forestry
073001 Crop Production
073002 Forestry
073003 Livestock and Animals
073004 Services
074000 Art and Graphic Design`

// shopLines are the older categories of shops.
const shopLines = `
000000 Shops
001000 Adult
002000 Antiques
003000 Arts and Crafts
004000 Auctions
005000 Automotive
005001 Used Car Dealers
005002 Salvage Yards
005003 RVs and Motor Homes
005004 Motorcycles, Mopeds and Scooters
005005 Classic and Antique Car
005006 Car Parts and Accessories
005007 Car Dealers and Leasing
006000 Beauty Products
007000 Bicycles
008000 Boat Dealers
009000 Bookstores
010000 Cards and Stationery
011000 Children
012000 Clothing and Accessories
012001 Women's Store
012002 Swimwear
012003 Shoe Store
012004 Men's Store
012005 Lingerie Store
012006 Kids' Store
012007 Boutique
012008 Accessories Store
013000 Computers and Electronics
013001 Video Games
013002 Mobile Phones
013003 Cameras
014000 Construction Supplies
015000 Convenience Stores
016000 Costumes
017000 Dance and Music
018000 Department Stores
019000 Digital Purchase
020000 Discount Stores
021000 Electrical Equipment
022000 Equipment Rental
023000 Flea Markets
024000 Florists
025000 Food and Beverage Store
025001 Specialty
025002 Health Food
025003 Farmers Markets
025004 Beer, Wine and Spirits
026000 Fuel Dealer
027000 Furniture and Home Decor
028000 Gift and Novelty
029000 Glasses and Optometrist
030000 Hardware Store
031000 Hobby and Collectibles
032000 Industrial Supplies
033000 Jewelry and Watches
034000 Luggage
035000 Marine Supplies
036000 Music, Video and DVD
037000 Musical Instruments
038000 Newsstands
039000 Office Supplies
040000 Outlet
040001 Women's Store
040002 Swimwear
040003 Shoe Store
040004 Men's Store
040005 Lingerie Store
040006 Kids' Store
040007 Boutique
040008 Accessories Store
041000 Pawn Shops
042000 Pets
043000 Pharmacies
044000 Photos and Frames
045000 Shopping Centers and Malls
046000 Sporting Goods
047000 Supermarkets and Groceries
048000 Tobacco
049000 Toys
050000 Vintage and Thrift
051000 Warehouses and Wholesale
052000 Wedding and Bridal
053000 Wholesale
054000 Lawn and Garden`
