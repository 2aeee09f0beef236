package sandbox

import (
	"slices"

	"bankbook/core/sandbox/wire"
)

// permit refuses what the keys do not allow, as Plaid does when a client has not
// been approved for a product or a country.
func (c Config) permit(products, countries []string) error {
	if lacking := without(products, c.Products); len(lacking) > 0 {
		return wire.UnauthorizedProducts(lacking...)
	}
	if lacking := without(countries, c.Countries); len(lacking) > 0 {
		return wire.UnauthorizedCountries(lacking...)
	}
	return nil
}

// without returns those of the given that are not allowed; an empty list allows
// everything.
func without(given, allowed []string) []string {
	if len(allowed) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(given), func(one string) bool { return slices.Contains(allowed, one) })
}
