package sandbox_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// unknown is the rest of a token that has the right shape and no owner.
const unknown = "sandbox-00000000-0000-4000-8000-000000000000"

// with returns body with some fields replaced.
func with(body, change object) object {
	out := maps.Clone(body)
	maps.Copy(out, change)
	return out
}

// refused checks an answer to wrong input: its code, what it says, and that the
// error has all of Plaid's fields and no other.
func (b *bench) refused(t *testing.T, path string, body object, code, says string) {
	got := (&bench{t: t, http: b.http}).wants(path, body, code)
	if !strings.Contains(got["error_message"].(string), says) {
		t.Errorf("message %q does not say %q", got["error_message"], says)
	}
	fields := slices.Sorted(maps.Keys(got))
	want := strings.Fields("causes display_message documentation_url error_code error_code_reason error_message error_type request_id status suggested_action")
	if !slices.Equal(fields, want) {
		t.Errorf("fields %v, want %v", fields, want)
	}
}

func TestWrongLinkRequests(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	link := func(change object) object {
		return with(object{
			"client_name": "B", "language": "en", "country_codes": []string{"US"}, "user": object{"client_user_id": "u"},
			"products": []string{"auth"},
		}, change)
	}
	hosted := func(o object) object { return link(object{"hosted_link": o}) }
	user := b.must("/user/create", object{"client_user_id": "u"})["user_id"]
	several := func(change object) object {
		return with(object{"enable_multi_item_link": true, "user_id": user}, change)
	}
	for _, c := range []struct {
		name       string
		body       object
		code, says string
	}{
		{"field missing", link(object{"client_name": nil}), "MISSING_FIELDS", "client_name"},
		{"field empty", link(object{"client_name": ""}), "INVALID_FIELD", "client_name must be a properly formatted, non-empty string"},
		{"field unknown", link(object{"colour": "red"}), "UNKNOWN_FIELDS", "colour"},
		{"field within missing", link(object{"user": object{}}), "MISSING_FIELDS", "user.client_user_id"},
		{"wrong type of list", link(object{"country_codes": "US"}), "INVALID_FIELD", "country_codes must be a non-empty string array"},
		{"unknown country", link(object{"country_codes": []string{"XX"}}), "INVALID_FIELD", "country_codes"},
		{"no country", link(object{"country_codes": []string{}}), "INVALID_FIELD", "country_codes"},
		{"unknown language", link(object{"language": "xx"}), "INVALID_FIELD", "language"},
		{"unknown product", link(object{"products": []string{"gold"}}), "INVALID_FIELD", "products"},
		{"product not here", link(object{"products": []string{"statements"}}), "INVALID_PRODUCT", "statements"},
		{"balance asked for", link(object{"products": []string{"balance"}}), "INVALID_FIELD", "balance"},
		{"no product", link(object{"products": nil}), "MISSING_FIELDS", "products"},
		{"products in update mode", link(object{"access_token": access}), "INVALID_FIELD", "products"},
		{"unknown item in update mode", link(object{"products": nil, "access_token": "access-" + unknown}), "INVALID_ACCESS_TOKEN", "find"},
		{"empty redirect", link(object{"redirect_uri": ""}), "INVALID_FIELD", "redirect"},
		{"days too few", link(object{"transactions": object{"days_requested": 0}}), "INVALID_FIELD", "days_requested"},
		{"days too many", link(object{"transactions": object{"days_requested": 731}}), "INVALID_FIELD", "days_requested"},
		{"days no integer", link(object{"transactions": object{"days_requested": 1.5}}), "INVALID_FIELD", "days_requested"},
		{"filter of unknown type", link(object{"account_filters": object{"gold": object{"account_subtypes": []string{"all"}}}}), "UNKNOWN_FIELDS", "account_filters.gold"},
		{"filter of unknown subtype", link(object{"account_filters": object{"credit": object{"account_subtypes": []string{"gold"}}}}), "INVALID_FIELD", "account_filters.credit"},
		{"update without an item", link(object{"update": object{"account_selection_enabled": true}}), "INVALID_FIELD", "update can only be set when access_token is set"},
		{"update of a user's items", link(object{"products": nil, "access_token": access, "update": object{"user": true}}), "INVALID_FIELD", "update.user"},
		{"several items, and one that is there", link(several(object{"products": nil, "access_token": access})), "INVALID_FIELD", "enable_multi_item_link"},
		{"several items by numbers", link(several(object{"auth": object{"same_day_microdeposits_enabled": true}})), "INVALID_FIELD", "enable_multi_item_link"},
		{"several items of nobody", link(object{"enable_multi_item_link": true}), "INVALID_FIELD", "enable_multi_item_link"},
		{"nobody", link(object{"user": nil}), "MISSING_FIELDS", "user.client_user_id"},
		{"unknown user id", link(object{"user_id": "x"}), "INVALID_FIELD", "user_id"},
		{"unknown user token", link(object{"user_token": "user-" + unknown}), "INVALID_USER_TOKEN", "user token"},
		{"phone number", link(object{"user": object{"client_user_id": "u", "phone_number": "number"}}), "INVALID_FIELD", "user.phone_number"},
		{"email address", link(object{"user": object{"client_user_id": "u", "email_address": "here"}}), "INVALID_FIELD", "user.email_address"},
		{"product in two lists", link(object{"optional_products": []string{"auth"}}), "INVALID_FIELD", "optional_products"},
		{"product consented to twice", link(object{"additional_consented_products": []string{"auth"}}), "INVALID_FIELD", "additional_consented_products"},
		{"webhook that is no address", link(object{"webhook": "here"}), "INVALID_FIELD", "webhook"},
		{"redirect to an app", link(object{"redirect_uri": "bankbook://done"}), "INVALID_FIELD", "HTTPS"},
		{"redirect without TLS", link(object{"redirect_uri": "http://example.com/done"}), "INVALID_FIELD", "HTTPS"},
		{"redirect with a query", link(object{"redirect_uri": "https://example.com/?a=b"}), "INVALID_FIELD", "query"},
		{"redirect on Android", link(object{"redirect_uri": "https://example.com/", "android_package_name": "com.example"}), "INVALID_FIELD", "android_package_name"},
		{"numbers typed in elsewhere", link(object{"country_codes": []string{"US", "CA"}, "auth": object{"same_day_microdeposits_enabled": true}}), "INVALID_FIELD", "country_codes"},
		{"numbers typed in for nothing", link(object{"products": []string{"transactions"}, "auth": object{"instant_match_enabled": true}}), "INVALID_FIELD", "auth"},
		{"way back to the password without a way away", link(object{"auth": object{"automated_microdeposits_enabled": true, "reroute_to_credentials": "FORCED"}}), "INVALID_FIELD", "reroute"},
		{"unknown authorization", link(object{"products": nil, "transfer": object{"authorization_id": "x"}}), "INVALID_FIELD", "transfer.authorization_id"},
		{"transfer by intent", link(object{"transfer": object{"intent_id": "x"}}), "INVALID_FIELD", "transfer.intent_id"},
		{"routing number", link(object{"institution_data": object{"routing_number": "1"}}), "INVALID_FIELD", "routing_number"},
		{"life too long", hosted(object{"url_lifetime_seconds": 1814401}), "INVALID_FIELD", "url_lifetime"},
		{"delivery unknown", hosted(object{"delivery_method": "pigeon"}), "INVALID_FIELD", "delivery"},
		{"script as way back", hosted(object{"completion_redirect_uri": "javascript:alert(1)"}), "INVALID_FIELD", "URI"},
		{"policy in the way back", hosted(object{"completion_redirect_uri": "http://a;script-src *"}), "INVALID_FIELD", "URI"},
		{"policy in the host", hosted(object{"completion_redirect_uri": "http://a;b/"}), "INVALID_FIELD", "URI"},
	} {
		t.Run(c.name, func(t *testing.T) { b.refused(t, "/link/token/create", c.body, c.code, c.says) })
	}
}

func TestWrongInput(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	create := func(change object) object {
		return with(object{"institution_id": "ins_109508", "initial_products": []string{"auth"}}, change)
	}
	for _, c := range []struct {
		name, path string
		body       object
		code, says string
	}{
		{"all fields missing", "/item/get", object{}, "MISSING_FIELDS", "access_token"},
		{"wrong type", "/item/get", object{"access_token": 7}, "INVALID_FIELD", "access_token must be a properly formatted, non-empty string"},
		{"no link token", "/link/token/get", object{"link_token": "link-" + unknown}, "INVALID_LINK_TOKEN", "find"},
		{"link token of another kind", "/link/token/get", object{"link_token": access}, "INVALID_LINK_TOKEN", "format"},
		{"public token unknown", "/item/public_token/exchange", object{"public_token": "public-" + unknown}, "INVALID_PUBLIC_TOKEN", "find"},
		{"public token of production", "/item/public_token/exchange", object{"public_token": "public-production-00000000-0000-4000-8000-000000000000"}, "INVALID_PUBLIC_TOKEN", "environment"},
		{"access token unknown", "/item/get", object{"access_token": "access-" + unknown}, "INVALID_ACCESS_TOKEN", "find"},
		{"access token of production", "/accounts/get", object{"access_token": "access-production-00000000-0000-4000-8000-000000000000"}, "INVALID_ACCESS_TOKEN", "environment"},
		{"access token no token", "/accounts/get", object{"access_token": "x"}, "INVALID_ACCESS_TOKEN", "format"},
		{"account unknown", "/accounts/get", object{"access_token": access, "options": object{"account_ids": []string{"x"}}}, "INVALID_ACCOUNT_ID", "account"},
		{"count too small", "/transactions/sync", object{"access_token": access, "count": 0}, "INVALID_FIELD", "count"},
		{"count too large", "/transactions/sync", object{"access_token": access, "count": 501}, "INVALID_FIELD", "count"},
		{"cursor is garbage", "/transactions/sync", object{"access_token": access, "cursor": "garbage"}, "INVALID_FIELD", "cursor not associated with access_token"},
		{"one account's rows", "/transactions/sync", object{"access_token": access, "options": object{"account_id": "x"}}, "INVALID_ACCOUNT_ID", "account"},
		{"institution unknown", "/institutions/get_by_id", object{"institution_id": "ins_0", "country_codes": []string{"US"}}, "INVALID_INSTITUTION", "institution"},
		{"institution elsewhere", "/institutions/get_by_id", object{"institution_id": "ins_43", "country_codes": []string{"US"}}, "INVALID_INSTITUTION", "institution"},
		{"empty token", "/item/get", object{"access_token": ""}, "INVALID_FIELD", "access_token must be a properly formatted, non-empty string"},
		{"search for nothing", "/institutions/search", object{"query": "", "country_codes": []string{"US"}}, "INVALID_FIELD", "query"},
		{"search unknown product", "/institutions/search", object{"query": "a", "country_codes": []string{"US"}, "products": []string{"gold"}}, "INVALID_FIELD", "products"},
		{"instant link elsewhere", "/sandbox/public_token/create", create(object{"institution_id": "ins_0"}), "INVALID_INSTITUTION", "institution"},
		{"instant link, wrong password", "/sandbox/public_token/create", create(object{"options": object{"override_password": "no"}}), "INVALID_CREDENTIALS", "credentials"},
		{"instant link, product not here", "/sandbox/public_token/create", create(object{"initial_products": []string{"assets"}}), "INVALID_PRODUCT", "assets"},
		{"instant link, too many days", "/sandbox/public_token/create", create(object{"options": object{"transactions": object{"days_requested": 1000}}}), "INVALID_FIELD", "days_requested"},
	} {
		t.Run(c.name, func(t *testing.T) { b.refused(t, c.path, c.body, c.code, c.says) })
	}
}
