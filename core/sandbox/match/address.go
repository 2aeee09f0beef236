package match

import "strings"

// Place is an address; "" is a part that is not said.
type Place struct {
	Street, City, Region, Postal, Country string
}

// Address is how alike two addresses are. Postal says that both have a postal
// code, and that it is the same.
type Address struct {
	Score  int
	Postal bool
}

// What is taken off the score of the same street.
const (
	postalDiffers  = 20
	countryDiffers = 20
	cityDiffers    = 8
	regionDiffers  = 8
	streetNear     = 8
	// samePostal is the score of another street of the same postal code.
	samePostal = 45
)

// Addresses compares an address with that on an account.
func Addresses(given, known Place) Address {
	a := Address{Postal: given.Postal != "" && zip(given.Postal) == zip(known.Postal)}
	one, other := street(given.Street), street(known.Street)
	switch {
	case one == "" || other == "" || one != other && !near(one, other) && !within(one, other):
		if a.Postal {
			a.Score = samePostal
		}
		return a
	case one != other:
		a.Score = -streetNear
	}
	a.Score += same - differs(zip(given.Postal), zip(known.Postal), postalDiffers) - differs(given.City, known.City, cityDiffers) -
		differs(given.Region, known.Region, regionDiffers) - differs(given.Country, known.Country, countryDiffers)
	return a
}

// differs returns cost if both are said and are not the same.
func differs(a, b string, cost int) int {
	if a == "" || b == "" || strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) {
		return 0
	}
	return cost
}

// within reports whether one street is the other and more, such as a flat.
func within(a, b string) bool {
	return strings.HasPrefix(a, b+" ") || strings.HasPrefix(b, a+" ")
}

// zip returns the part of a postal code that names the town.
func zip(code string) string {
	code, _, _ = strings.Cut(strings.ToUpper(strings.TrimSpace(code)), "-")
	return strings.ReplaceAll(code, " ", "")
}

// street writes a street in one way: small letters, no stops, short words.
func street(s string) string {
	parts := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" ,.#", r) })
	for i, p := range parts {
		if abbreviation, known := abbreviations[p]; known {
			parts[i] = abbreviation
		}
	}
	return strings.Join(parts, " ")
}

var abbreviations = map[string]string{
	"street": "st", "road": "rd", "avenue": "ave", "lane": "ln", "drive": "dr", "court": "ct", "boulevard": "blvd", "place": "pl",
	"square": "sq", "terrace": "ter", "apartment": "apt", "suite": "ste", "north": "n", "south": "s", "east": "e", "west": "w",
}
