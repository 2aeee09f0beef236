package sandbox_test

import (
	"testing"

	"bankbook/core/sandbox"
)

// Keys that do not allow everything are refused where Plaid refuses them.
func TestWhatKeysDoNotAllow(t *testing.T) {
	b := newBench(t, func(c *sandbox.Config) {
		c.Products, c.Countries = []string{"transactions", "identity"}, []string{"US"}
	})
	link := func(change object) object {
		body := object{
			"client_name": "Test", "language": "en", "country_codes": []string{"US"}, "user": object{"client_user_id": "u"},
			"products": []string{"transactions"},
		}
		for k, v := range change {
			body[k] = v
		}
		return body
	}
	b.must("/link/token/create", link(nil))
	for name, c := range map[string]struct {
		path string
		body object
		code string
	}{
		"a product":              {"/link/token/create", link(object{"products": []string{"auth"}}), "INVALID_PRODUCT"},
		"a product as a wish":    {"/link/token/create", link(object{"optional_products": []string{"auth"}}), "INVALID_PRODUCT"},
		"a product for later":    {"/link/token/create", link(object{"additional_consented_products": []string{"auth"}}), "INVALID_PRODUCT"},
		"a country":              {"/link/token/create", link(object{"country_codes": []string{"US", "CA"}}), "INVALID_FIELD"},
		"a test bank’s product":  {"/sandbox/public_token/create", object{"institution_id": "ins_109508", "initial_products": []string{"auth"}}, "INVALID_PRODUCT"},
		"a test bank’s country":  {"/sandbox/public_token/create", object{"institution_id": "ins_43", "initial_products": []string{"transactions"}}, "INVALID_FIELD"},
		"an institution":         {"/institutions/get_by_id", object{"institution_id": "ins_43", "country_codes": []string{"CA"}}, "INVALID_FIELD"},
		"institutions of a name": {"/institutions/search", object{"query": "a", "country_codes": []string{"CA"}}, "INVALID_FIELD"},
		"all institutions":       {"/institutions/get", object{"count": 1, "offset": 0, "country_codes": []string{"CA"}}, "INVALID_FIELD"},
	} {
		t.Run(name, func(t *testing.T) {
			b.t = t
			b.wants(c.path, c.body, c.code)
		})
	}
	b.t = t
	b.link("ins_109508", []string{"transactions", "identity"}, "user_good", "pass_good")
}
