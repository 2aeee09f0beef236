package plaid

import (
	"context"
	"net/http"

	"github.com/plaid/plaid-go/v20/plaid"

	"bankbook/core"
	"bankbook/core/fault"
)

// tester is the user that link tokens are made for which nobody ever opens.
const tester = "bankbook-key-test"

// Probe finds out whether the keys work, and which products and countries they
// allow, with calls that cost nothing: it asks for link tokens that nobody opens.
// Refused keys are not an error. The errors are those of the connection: after
// one nothing is known.
//
// Plaid answers for a product in a country, and not in which of the two the
// trouble lies. So products are asked for in one country, and countries with one
// product that the keys allow.
func (c *Client) Probe(ctx context.Context) (core.KeyCheck, error) {
	check := core.KeyCheck{Tested: c.config.Now().UTC()}
	if _, err := c.SearchInstitutions(ctx, "Platypus"); fault.Is(err, fault.Keys) {
		return check, nil
	}
	check.Works = true // or else the next answer is an error too
	home, err := c.findHome(ctx)
	if err != nil || home.country == "" {
		return orNothing(check, err)
	}
	if check.Products, err = filter(core.TestedProducts(), func(p core.Product) (bool, error) {
		return c.allows(ctx, pair{p, home.country})
	}); err != nil {
		return core.KeyCheck{}, err
	}
	check.Countries, err = filter(allCountries(), func(country string) (bool, error) {
		return c.allows(ctx, pair{home.product, country})
	})
	return orNothing(check, err)
}

func orNothing(check core.KeyCheck, err error) (core.KeyCheck, error) {
	if err != nil {
		return core.KeyCheck{}, err
	}
	return check, nil
}

// pair is what Plaid allows or does not.
type pair struct {
	product core.Product
	country string
}

// findHome returns the first pair that the keys allow: most allow the United
// States, or else transactions. There is none for keys that allow nothing.
func (c *Client) findHome(ctx context.Context) (pair, error) {
	var tries []pair
	for _, product := range core.TestedProducts() {
		tries = append(tries, pair{product, core.HomeCountry})
	}
	for _, country := range allCountries() {
		tries = append(tries, pair{core.Transactions, country})
	}
	for _, try := range tries {
		if ok, err := c.allows(ctx, try); ok || err != nil {
			return try, err
		}
	}
	return pair{}, nil
}

// allows asks for a link token for one product in one country.
func (c *Client) allows(ctx context.Context, p pair) (bool, error) {
	const op = "plaid: probe keys"
	body := plaid.NewLinkTokenCreateRequest(c.config.ClientName, c.config.Language,
		[]plaid.CountryCode{plaid.CountryCode(p.country)}, *plaid.NewLinkTokenCreateRequestUser(tester))
	body.SetProducts(products([]core.Product{p.product}))
	_, err := call(ctx, c, request{op: op}, func(ctx context.Context) (plaid.LinkTokenCreateResponse, *http.Response, error) {
		return c.api.LinkTokenCreate(ctx).LinkTokenCreateRequest(*body).Execute()
	})
	if refused(err) {
		return false, nil
	}
	return err == nil, err
}

// refused reports whether Plaid has understood what was asked and will not do it:
// INVALID_PRODUCT, INVALID_FIELD and the like.
func refused(err error) bool {
	return fault.Is(err, fault.Unsupported, fault.Refused)
}

// filter returns those that keep wants.
func filter[T any](all []T, keep func(T) (bool, error)) ([]T, error) {
	var kept []T
	for _, one := range all {
		wanted, err := keep(one)
		if err != nil {
			return nil, err
		}
		if wanted {
			kept = append(kept, one)
		}
	}
	return kept, nil
}

// allCountries are Plaid's (OpenAPI, CountryCode), those first that most keys
// allow.
func allCountries() []string {
	return []string{
		core.HomeCountry, "CA", "GB", "IE", "FR", "ES", "NL", "DE", "IT", "PL", "BE", "AT", "DK", "SE", "NO", "FI", "EE", "LV", "LT", "PT",
	}
}
