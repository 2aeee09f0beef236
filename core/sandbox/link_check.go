package sandbox

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

// check refuses what the shape of the request does not tell.
func (r *linkRequest) check() error {
	for _, part := range []func() error{
		r.checkUser, r.checkLanguage, r.checkProducts, r.checkUpdate, r.checkWays, r.checkFilters, r.checkAuth, r.checkHosted,
	} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

var (
	phoneNumber   = regexp.MustCompile(`^\+?[0-9]{7,15}$`)
	emailAddress  = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
	routingNumber = regexp.MustCompile(`^[0-9]{9}$`)
)

func (r *linkRequest) checkUser() error {
	switch {
	case r.User.ID == "" && r.UserID == "" && r.UserToken == "":
		return wire.Missing("user.client_user_id")
	case r.User.Phone != "" && !phoneNumber.MatchString(r.User.Phone):
		return wire.Field("user.phone_number", "must be a phone number, preferably in E.164 format, such as +14155550123")
	case r.User.Email != "" && !emailAddress.MatchString(r.User.Email):
		return wire.Field("user.email_address", "must be a valid email address")
	}
	return r.checkSeveral()
}

// checkSeveral wants a user to whom several Items belong; they cannot be made of
// numbers that are typed in.
func (r *linkRequest) checkSeveral() error {
	typed := r.Auth.SameDay || r.Auth.Instant || r.Auth.Database || r.Auth.Insights
	switch {
	case !r.MultiItem:
		return nil
	case r.UserID == "" && r.UserToken == "":
		return wire.Field("enable_multi_item_link", "can only be set when user_id or user_token is set")
	case r.updates():
		return wire.Field("enable_multi_item_link", "must not be set when access_token is set")
	case typed:
		return wire.Field("enable_multi_item_link", "must not be set with ways to enter account numbers")
	}
	return nil
}

// languages are those of Link (OpenAPI, LinkTokenCreateRequest: in words only).
var languages = strings.Fields("da nl en et fr de hi it lv lt no pl pt ro es sv vi")

func (r *linkRequest) checkLanguage() error {
	if !slices.Contains(languages, r.Language) {
		return wire.Field("language", "must be one of the following values: "+strings.Join(languages, ", "))
	}
	return nil
}

func (r *linkRequest) checkProducts() error {
	if r.Transfer.Intent != "" {
		return wire.Field("transfer.intent_id", "is not offered by the practice bank: authorize the transfer instead")
	}
	if r.updates() {
		if len(r.Products) > 0 {
			return wire.Field("products", "must not be set when access_token is set")
		}
		return checkSupported(r.Consented)
	}
	if len(r.Products) == 0 {
		return wire.Missing("products")
	}
	if slices.Contains(r.Products, "balance") {
		return wire.Field("products", "must not contain balance: it is added by itself")
	}
	if err := r.checkOverlap(); err != nil {
		return err
	}
	return checkSupported(r.Products)
}

// checkOverlap wants every product in one list only.
func (r *linkRequest) checkOverlap() error {
	seen := slices.Clone(r.Products)
	for _, l := range []struct {
		field  string
		values []string
	}{
		{"required_if_supported_products", r.IfSupported},
		{"optional_products", r.Optional},
		{"additional_consented_products", r.Consented},
	} {
		for _, product := range l.values {
			if slices.Contains(seen, product) {
				return wire.Field(l.field, "must not contain products that are in another list: "+product)
			}
		}
		seen = append(seen, l.values...)
	}
	return nil
}

func (r *linkRequest) checkUpdate() error {
	if !r.Update.any() {
		return nil
	}
	switch {
	case r.Update.User || len(r.Update.Items) > 0:
		return wire.Field("update.user", "is not offered by the practice bank: give the access_token of the Item")
	case r.AccessToken == "":
		return wire.Field("update", "can only be set when access_token is set")
	}
	return nil
}

// checkWays looks at the addresses that Link calls or leads to.
func (r *linkRequest) checkWays() error {
	if r.Webhook != "" && !webAddress(r.Webhook) {
		return wire.Field("webhook", "must be a valid URL")
	}
	if r.Android != nil && *r.Android != "" && r.Redirect != nil {
		return wire.Field("android_package_name", "must not be set when redirect_uri is set")
	}
	if r.Redirect == nil {
		return nil
	}
	return checkRedirect(*r.Redirect)
}

// checkRedirect has the rules of PLAID §2.3: HTTPS, or HTTP on this machine in
// the sandbox, never an application's own scheme, and no query. There is no
// dashboard here, so every other address counts as configured.
func checkRedirect(address string) error {
	u, err := url.Parse(address)
	switch {
	case address == "" || err != nil:
		return wire.Field("redirect_uri", "OAuth redirect URI must be configured in the developer dashboard. See https://plaid.com/docs/link/oauth for more information.")
	case u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		return wire.Field("redirect_uri", "must use HTTPS")
	case u.Scheme == "http" && u.Hostname() != "localhost" && u.Hostname() != "127.0.0.1" && u.Hostname() != "::1":
		return wire.Field("redirect_uri", "must use HTTPS, except for localhost in the Sandbox")
	case u.RawQuery != "" || u.Fragment != "":
		return wire.Field("redirect_uri", "must not contain query parameters or a fragment")
	}
	return nil
}

func webAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

func (r *linkRequest) checkFilters() error {
	kinds := []string{people.Depository, people.Credit, people.Loan, people.Investment, "other"}
	for _, kind := range slices.Sorted(maps.Keys(r.Filters)) {
		if !slices.Contains(kinds, kind) {
			return wire.Unknown("account_filters." + kind)
		}
		if err := notEmpty("account_filters."+kind+".account_subtypes", r.Filters[kind].Subtypes); err != nil {
			return err
		}
	}
	return nil
}

// checkAuth lets users type in numbers in the United States only, and for
// products that need them.
func (r *linkRequest) checkAuth() error {
	if r.Institution.Routing != "" && !routingNumber.MatchString(r.Institution.Routing) {
		return wire.Field("institution_data.routing_number", "must be a 9-digit routing number")
	}
	if !r.Auth.typed() {
		return nil
	}
	wanted := slices.Concat(r.Products, r.Optional, r.IfSupported, r.Consented)
	switch {
	case !slices.Equal(r.Countries, []string{"US"}):
		return wire.Field("country_codes", "must be [\"US\"] for the auth options that were set")
	case r.AccessToken == "" && !slices.Contains(wanted, "auth") && !slices.Contains(wanted, "transfer"):
		return wire.Field("auth", "can only be set when auth or transfer is among the products")
	case r.Auth.Reroute != "" && r.Auth.Reroute != "OFF" && !r.Auth.SameDay:
		return wire.Field("auth.reroute_to_credentials", "can only be set when same_day_microdeposits_enabled is set")
	}
	return nil
}

func (r *linkRequest) checkHosted() error {
	h := r.Hosted
	if h == nil {
		return nil
	}
	if h.Lifetime != nil && (*h.Lifetime < 1 || h.lifetime() > maxHostedLife) {
		return wire.Field("hosted_link.url_lifetime_seconds", "must be between 1 and 1814400")
	}
	if h.Completion == "" {
		return nil
	}
	if u, err := url.Parse(h.Completion); err != nil || !completable(u) {
		return wire.Field("hosted_link.completion_redirect_uri", "must be a valid URI")
	}
	return nil
}

// notEmpty wants at least one value where the API's documents do not say so.
func notEmpty(field string, values []string) error {
	if len(values) == 0 {
		return wire.Field(field, "must be a non-empty string array")
	}
	return nil
}

// checkSupported refuses products that no institution here has.
func checkSupported(products []string) error {
	lacking := slices.DeleteFunc(slices.Clone(products), func(p string) bool { return slices.Contains(supported[:], p) })
	if len(lacking) > 0 {
		return wire.Products(lacking...)
	}
	return nil
}
