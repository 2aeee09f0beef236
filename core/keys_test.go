package core

import (
	"slices"
	"testing"
	"time"
)

func TestUseOfCountries(t *testing.T) {
	tested := time.Date(2026, 11, 12, 9, 0, 0, 0, time.UTC)
	works := func(countries ...string) KeyCheck { return KeyCheck{Tested: tested, Works: true, Countries: countries} }
	for name, c := range map[string]struct {
		check        KeyCheck
		wanted, want []string
	}{
		"not tested":                {KeyCheck{}, []string{"CA"}, []string{"US"}},
		"refused":                   {KeyCheck{Tested: tested}, []string{"CA"}, []string{"US"}},
		"nothing wanted":            {works("US", "CA"), nil, []string{"US"}},
		"wanted and allowed":        {works("US", "GB", "CA"), []string{"CA", "GB"}, []string{"GB", "CA"}},
		"one is allowed no longer":  {works("US", "CA"), []string{"CA", "GB"}, []string{"CA"}},
		"none is allowed any more":  {works("US", "CA"), []string{"GB"}, []string{"US"}},
		"home is not allowed":       {works("GB", "IE"), nil, []string{"GB"}},
		"works, but in no country":  {works(), []string{"GB"}, []string{"US"}},
		"an order that is Plaid’s":  {works("US", "CA"), []string{"CA", "US"}, []string{"US", "CA"}},
		"the same wanted two times": {works("US", "CA"), []string{"CA", "CA"}, []string{"CA"}},
	} {
		if got := c.check.Use(c.wanted); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v are used, not %v", name, got, c.want)
		}
	}
}

func TestProductsThatKeysAllow(t *testing.T) {
	tested := time.Date(2026, 11, 12, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		check KeyCheck
		want  bool
	}{
		"not tested": {KeyCheck{}, true},
		"refused":    {KeyCheck{Tested: tested}, true},
		"allowed":    {KeyCheck{Tested: tested, Works: true, Products: []Product{Transactions, Auth}}, true},
		"not":        {KeyCheck{Tested: tested, Works: true, Products: []Product{Transactions}}, false},
	} {
		if got := c.check.Allows(Auth); got != c.want {
			t.Errorf("%s: allows auth = %t", name, got)
		}
	}
}
