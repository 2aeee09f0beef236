package sandbox

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

func (a linkAPI) routes() routes {
	return routes{
		"/link/token/create": serve(a.create),
		"/link/token/get":    serve(a.get),
	}
}

// linkAPI is the part of the API that has to know the server's own address.
type linkAPI struct {
	*Server
	base string
}

// hostedRoot is the path under which the Hosted Link pages live.
const hostedRoot = "/hosted/"

// linkRequest is what /link/token/create uses of Plaid's many fields.
type linkRequest struct {
	ClientName  string                   `json:"client_name"`
	Language    string                   `json:"language"`
	Countries   []string                 `json:"country_codes"`
	User        linkUser                 `json:"user"`
	Products    []string                 `json:"products"`
	Optional    []string                 `json:"optional_products"`
	IfSupported []string                 `json:"required_if_supported_products"`
	Consented   []string                 `json:"additional_consented_products"`
	AccessToken string                   `json:"access_token"`
	Filters     map[string]people.Filter `json:"account_filters"`
	Hosted      *hostedOptions           `json:"hosted_link"`
	History     *historyOptions          `json:"transactions"`
	Webhook     string                   `json:"webhook"`
	Redirect    *string                  `json:"redirect_uri"`
	Update      updateOptions            `json:"update"`
}

type updateOptions struct {
	Selection bool `json:"account_selection_enabled"`
}

type linkUser struct {
	ID string `json:"client_user_id"`
}

type hostedOptions struct {
	Delivery   string `json:"delivery_method"`
	Completion string `json:"completion_redirect_uri"`
	Lifetime   *int   `json:"url_lifetime_seconds"`
}

type historyOptions struct {
	Days *int `json:"days_requested"`
}

type linkResponse struct {
	Token     string `json:"link_token"`
	Expires   string `json:"expiration"`
	URL       string `json:"hosted_link_url,omitempty"`
	RequestID string `json:"request_id"`
}

func (a linkAPI) create(id string, req linkRequest) (resp linkResponse, err error) {
	if err := req.check(); err != nil {
		return resp, err
	}
	now := a.now()
	l := req.record(now)
	err = a.store.change(func(st *state) error {
		if req.AccessToken != "" {
			it, err := st.liveItem(req.AccessToken)
			if err != nil {
				return err
			}
			l.Update = it.ID
		}
		st.forget(now)
		st.Links = append(st.Links, l)
		resp = linkResponse{Token: st.Key.Token(ident.LinkToken, l.ID), Expires: wire.Stamp(l.Expires), RequestID: id}
		if l.Hosted {
			resp.URL = a.base + hostedRoot + st.Key.Path(l.ID)
		}
		return nil
	})
	return resp, err
}

// record returns the link that the request asks for.
func (r *linkRequest) record(now time.Time) *link {
	l := &link{
		ID: ident.NewRecord(), Created: now, Expires: now.Add(linkLife), Client: r.ClientName, Language: r.Language,
		Countries: r.Countries, Products: wire.OrEmpty(r.Products), Optional: append(r.Optional, r.IfSupported...), Consented: r.Consented,
		Filters: r.Filters, Days: r.History.days(), Webhook: r.Webhook, Sessions: []*session{},
	}
	if r.Redirect != nil {
		l.Redirect = *r.Redirect
	}
	if r.AccessToken != "" {
		l.Expires = now.Add(hostedLife)
	}
	if r.Hosted != nil {
		l.Hosted, l.Completion, l.Expires = true, r.Hosted.Completion, now.Add(r.Hosted.lifetime())
	}
	return l
}

// defaultDays is how much history an Item has if nobody asks (PLAID §1.2).
const (
	defaultDays = 90
	maxDays     = 730
)

func (h *historyOptions) days() int {
	if h == nil || h.Days == nil {
		return defaultDays
	}
	return *h.Days
}

func (h *historyOptions) check(field string) error {
	if d := h.days(); d < 1 || d > maxDays {
		return wire.Field(field, "must be between 1 and 730")
	}
	return nil
}

func (h *hostedOptions) lifetime() time.Duration {
	if h.Lifetime == nil {
		return hostedLife
	}
	return time.Duration(*h.Lifetime) * time.Second
}

func (h *hostedOptions) check() error {
	if h.Lifetime != nil && (*h.Lifetime < 1 || h.lifetime() > maxHostedLife) {
		return wire.Field("hosted_link.url_lifetime_seconds", "must be between 1 and 1814400")
	}
	if h.Delivery != "" && h.Delivery != "sms" && h.Delivery != "email" {
		return wire.Field("hosted_link.delivery_method", "must be one of sms, email")
	}
	if h.Completion == "" {
		return nil
	}
	if u, err := url.Parse(h.Completion); err != nil || !completable(u) {
		return wire.Field("hosted_link.completion_redirect_uri", "must be a valid URI")
	}
	return nil
}

func (r *linkRequest) check() error {
	if !slices.Contains(languages, r.Language) {
		return wire.Field("language", "must be a supported language code")
	}
	if err := checkList("country_codes", r.Countries, countryCodes); err != nil {
		return err
	}
	if r.Redirect != nil && *r.Redirect == "" {
		return wire.Field("redirect_uri", "OAuth redirect URI must be configured in the developer dashboard")
	}
	if err := r.checkProducts(); err != nil {
		return err
	}
	for kind, f := range r.Filters {
		if filterSubtypes[kind] == nil {
			return wire.Field("account_filters."+kind, "must be an account type")
		}
		if err := checkList("account_filters."+kind+".account_subtypes", f.Subtypes, filterSubtypes[kind]); err != nil {
			return err
		}
	}
	if r.Update.Selection {
		return wire.Field("update.account_selection_enabled", "is not offered by the practice bank: leave it out")
	}
	if err := r.History.check("transactions.days_requested"); err != nil {
		return err
	}
	if r.Hosted == nil {
		return nil
	}
	return r.Hosted.check()
}

func (r *linkRequest) checkProducts() error {
	if r.AccessToken != "" {
		if len(r.Products) > 0 {
			return wire.Field("products", "must not be set when access_token is set")
		}
		return nil
	}
	if len(r.Products) == 0 {
		return wire.Missing("products")
	}
	for _, l := range []struct {
		field  string
		values []string
	}{
		{"products", r.Products},
		{"optional_products", r.Optional},
		{"required_if_supported_products", r.IfSupported},
		{"additional_consented_products", r.Consented},
	} {
		if len(l.values) == 0 {
			continue
		}
		if err := checkList(l.field, l.values, allProducts); err != nil {
			return err
		}
	}
	if slices.Contains(r.Products, "balance") {
		return wire.Field("products", "must not contain balance: it is added by itself")
	}
	return checkSupported(r.Products)
}

// checkList wants at least one value, and all of them known.
func checkList(field string, values, known []string) error {
	if len(values) == 0 {
		return wire.Field(field, "must be a non-empty array")
	}
	for _, v := range values {
		if !slices.Contains(known, v) {
			return wire.Field(field, "must be an array of: "+strings.Join(known, ", "))
		}
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
