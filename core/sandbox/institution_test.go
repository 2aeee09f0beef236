package sandbox_test

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"strings"
	"testing"
)

// institution gets one by its id.
func (b *bench) institution(id, country string, options object) object {
	b.t.Helper()
	body := object{"institution_id": id, "country_codes": []string{country}}
	if options != nil {
		body["options"] = options
	}
	return b.must("/institutions/get_by_id", body)["institution"].(object)
}

// listed returns the ids of a list of institutions.
func listed(answer object) string {
	var ids []string
	for _, raw := range answer["institutions"].([]any) {
		ids = append(ids, raw.(object)["institution_id"].(string))
	}
	return strings.Join(ids, " ")
}

func TestEverySandboxInstitutionIsThere(t *testing.T) {
	b := newBench(t)
	for id, want := range map[string]string{
		"ins_109508": "First Platypus Bank", "ins_130016": "First Platypus Balance Bank", "ins_109509": "First Gingham Credit Union",
		"ins_109510": "Tattersall Federal Credit Union", "ins_109511": "Tartan Bank", "ins_109512": "Houndstooth Bank",
		"ins_43": "Tartan-Dominion Bank of Canada", "ins_116834": "Flexible Platypus Open Banking", "ins_117650": "Royal Bank of Plaid",
		"ins_127287": "Platypus OAuth Bank", "ins_132241": "First Platypus OAuth App2App Bank", "ins_117181": "Flexible Platypus Open Banking",
		"ins_135858": "Windowpane Bank", "ins_132363": "Unhealthy Platypus Bank - Degraded", "ins_132361": "Unhealthy Platypus Bank - Down",
		"ins_133402": "Unsupported Platypus Bank - Institution Not Supported", "ins_133502": "Platypus Bank RUX Auth",
		"ins_133503": "Platypus Bank RUX Match", "ins_135842": "Platypus Payroll",
	} {
		country := map[string]string{"ins_43": "CA", "ins_116834": "GB", "ins_117650": "GB", "ins_117181": "GB"}[id]
		if country == "" {
			country = "US"
		}
		got := b.institution(id, country, nil)
		if got["name"] != want || got["country_codes"].([]any)[0] != country {
			t.Errorf("%s: %v", id, got)
		}
		if oauth := country == "GB" || id == "ins_127287" || id == "ins_132241"; got["oauth"] != oauth {
			t.Errorf("%s: oauth is %v", id, got["oauth"])
		}
		for _, unasked := range []string{"status", "url", "logo", "auth_metadata", "payment_initiation_metadata"} {
			if _, there := got[unasked]; there {
				t.Errorf("%s tells %s unasked", id, unasked)
			}
		}
	}
}

func TestInstitutionMetadata(t *testing.T) {
	b := newBench(t)
	all := object{
		"include_optional_metadata": true, "include_status": true, "include_auth_metadata": true, "include_payment_initiation_metadata": true,
	}
	us, gb := b.institution("ins_109508", "US", all), b.institution("ins_117650", "GB", all)
	if us["url"] == nil || us["primary_color"] != "#1F6F78" || us["payment_initiation_metadata"] != nil || gb["payment_initiation_metadata"] == nil {
		t.Errorf("metadata: %v %v", us, gb)
	}
	if _, there := us["payment_initiation_metadata"]; !there {
		t.Error("what was asked for and is not there is not null")
	}
	raw, err := base64.StdEncoding.DecodeString(us["logo"].(string))
	if err != nil {
		t.Fatal(err)
	}
	if img, err := png.Decode(bytes.NewReader(raw)); err != nil || img.Bounds().Dx() != 152 {
		t.Errorf("logo: %v", err)
	}
	for id, want := range map[string]string{
		"ins_109508": "instant_auth", "ins_109512": "instant_match automated_micro_deposits", "ins_135858": "instant_micro_deposits",
	} {
		methods := b.institution(id, "US", all)["auth_metadata"].(object)["supported_methods"].(object)
		var got []string
		for _, m := range []string{"instant_auth", "instant_match", "automated_micro_deposits", "instant_micro_deposits"} {
			if methods[m] == true {
				got = append(got, m)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", id, got, want)
		}
	}
}

func TestInstitutionHealth(t *testing.T) {
	b := newBench(t)
	for id, want := range map[string]struct {
		status, interval string
		incidents        int
	}{"ins_109508": {"HEALTHY", "NORMAL", 0}, "ins_132363": {"DEGRADED", "DELAYED", 0}, "ins_132361": {"DOWN", "STOPPED", 1}} {
		s := b.institution(id, "US", object{"include_status": true})["status"].(object)
		logins, updates := s["item_logins"].(object), s["transactions_updates"].(object)
		breakdown := logins["breakdown"].(object)
		sum := breakdown["success"].(float64) + breakdown["error_plaid"].(float64) + breakdown["error_institution"].(float64)
		if logins["status"] != want.status || updates["breakdown"].(object)["refresh_interval"] != want.interval ||
			len(s["health_incidents"].([]any)) != want.incidents || sum < 0.999 || sum > 1.001 {
			t.Errorf("%s: %v", id, s)
		}
	}
}

func TestSearchInstitutions(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		query, country string
		more           object
		want           string
	}{
		{"first plat", "US", nil, "ins_109508 ins_130016 ins_132241"},
		{"PLATYPUS bal", "US", nil, "ins_130016"},
		{"zebra", "US", nil, ""},
		{"platypus", "GB", object{"options": object{"oauth": true}}, "ins_116834 ins_117181"},
		{"platypus", "GB", object{"options": object{"oauth": false}}, ""},
		{"oauth", "US", object{"products": []string{"auth", "transfer"}}, "ins_127287 ins_132241"},
		{"hound", "US", object{"products": []string{"auth"}}, "ins_109512"},
		{"bank", "CA", object{"products": []string{"transfer"}}, ""},
		{"unsupported", "US", nil, "ins_133402"},
		{"unsupported", "US", object{"products": []string{"transactions"}}, ""},
		{"first plat", "US", object{"products": nil, "options": object{"include_optional_metadata": true, "oauth": nil}}, "ins_109508 ins_130016 ins_132241"},
	} {
		body := object{"query": c.query, "country_codes": []string{c.country}}
		for k, v := range c.more {
			body[k] = v
		}
		if got := listed(b.must("/institutions/search", body)); got != c.want {
			t.Errorf("%s in %s with %v: %s, want %s", c.query, c.country, c.more, got, c.want)
		}
	}
	if n := len(b.must("/institutions/search", object{"query": "b", "country_codes": []string{"US", "CA", "GB"}})["institutions"].([]any)); n != 10 {
		t.Errorf("%d found, at most 10 are told", n)
	}
}

func TestListInstitutions(t *testing.T) {
	b := newBench(t)
	list := func(count, offset int, country string, options object) object {
		t.Helper()
		body := object{"count": count, "offset": offset, "country_codes": []string{country}}
		if options != nil {
			body["options"] = options
		}
		return b.must("/institutions/get", body)
	}
	whole := list(500, 0, "US", nil)
	total := int(whole["total"].(float64))
	if all := strings.Fields(listed(whole)); len(all) != total || total < 20 {
		t.Errorf("%d of %d", len(all), total)
	}
	var pieces []string
	for at := 0; at < total; at += 4 {
		pieces = append(pieces, listed(list(4, at, "US", nil)))
	}
	if got := strings.Join(pieces, " "); got != listed(whole) {
		t.Errorf("in pieces: %s", got)
	}
	if got := list(10, 10_000, "US", nil); listed(got) != "" || int(got["total"].(float64)) != total {
		t.Errorf("beyond the end: %v", got)
	}
	for name, c := range map[string]struct {
		country string
		options object
		want    string
	}{
		"routing numbers":                {"US", object{"routing_numbers": []string{"021200339", "052001633"}}, "ins_127989"},
		"a routing number that none has": {"US", object{"routing_numbers": []string{"021200339", "333333334"}}, ""},
		"OAuth abroad":                   {"GB", object{"oauth": true}, "ins_116834 ins_117181 ins_117650 ins_117243"},
		"Canada":                         {"CA", object{"products": []string{"auth", "identity"}}, "ins_43"},
		"metadata":                       {"CA", object{"include_optional_metadata": true, "include_auth_metadata": true, "include_payment_initiation_metadata": true}, "ins_43"},
	} {
		if got := listed(list(10, 0, c.country, c.options)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got := listed(list(500, 0, "US", object{"products": []string{"auth"}})); strings.Contains(got, "ins_109512") || strings.Contains(got, "ins_135858") {
		t.Errorf("auth is not Instant Auth here: %s", got)
	}
}

func TestWrongInstitutionRequests(t *testing.T) {
	b := newBench(t)
	us := []string{"US"}
	for name, c := range map[string]struct {
		path string
		body object
		code string
	}{
		"unknown":                     {"/institutions/get_by_id", object{"institution_id": "ins_0", "country_codes": us}, "INVALID_INSTITUTION"},
		"of another country":          {"/institutions/get_by_id", object{"institution_id": "ins_43", "country_codes": us}, "INVALID_INSTITUTION"},
		"no country":                  {"/institutions/get_by_id", object{"institution_id": "ins_43", "country_codes": []string{}}, "INVALID_FIELD"},
		"no id":                       {"/institutions/get_by_id", object{"country_codes": us}, "MISSING_FIELDS"},
		"unknown country":             {"/institutions/search", object{"query": "a", "country_codes": []string{"ZZ"}}, "INVALID_FIELD"},
		"unknown product":             {"/institutions/search", object{"query": "a", "country_codes": us, "products": []string{"gold"}}, "INVALID_FIELD"},
		"a payment that is not there": {"/institutions/search", object{"query": "a", "country_codes": us, "options": object{"payment_initiation": object{"payment_id": "x"}}}, "INVALID_FIELD"},
		"too many":                    {"/institutions/get", object{"count": 501, "offset": 0, "country_codes": us}, "INVALID_FIELD"},
		"before the first":            {"/institutions/get", object{"count": 1, "offset": -1, "country_codes": us}, "INVALID_FIELD"},
		"no count":                    {"/institutions/get", object{"offset": 0, "country_codes": us}, "MISSING_FIELDS"},
		"a list of no countries":      {"/institutions/get", object{"count": 1, "offset": 0, "country_codes": []string{}}, "INVALID_FIELD"},
	} {
		t.Run(name, func(t *testing.T) {
			b.t = t
			b.wants(c.path, c.body, c.code)
		})
	}
}
