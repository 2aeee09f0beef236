package sandbox

import (
	"slices"
	"time"

	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

// linkRequest is what /link/token/create uses of Plaid's many fields. The rest is
// checked for its shape, and stands for products that the practice bank lacks.
type linkRequest struct {
	ClientName  string                   `json:"client_name"`
	Language    string                   `json:"language"`
	Countries   []string                 `json:"country_codes"`
	User        linkUser                 `json:"user"`
	UserID      string                   `json:"user_id"`
	UserToken   string                   `json:"user_token"`
	Products    []string                 `json:"products"`
	Optional    []string                 `json:"optional_products"`
	IfSupported []string                 `json:"required_if_supported_products"`
	Consented   []string                 `json:"additional_consented_products"`
	AccessToken string                   `json:"access_token"`
	Filters     map[string]people.Filter `json:"account_filters"`
	Hosted      *hostedOptions           `json:"hosted_link"`
	History     *historyOptions          `json:"transactions"`
	Auth        authOptions              `json:"auth"`
	Webhook     string                   `json:"webhook"`
	Redirect    *string                  `json:"redirect_uri"`
	Android     *string                  `json:"android_package_name"`
	Update      updateOptions            `json:"update"`
	Institution institutionData          `json:"institution_data"`
	MultiItem   bool                     `json:"enable_multi_item_link"`
	Transfer    transferOptions          `json:"transfer"`
}

// transferOptions name what a transfer needs its user for.
type transferOptions struct {
	Authorization string `json:"authorization_id"`
	Intent        string `json:"intent_id"`
}

// updates reports whether the link is for an Item that is there.
func (r *linkRequest) updates() bool { return r.AccessToken != "" || r.Transfer.Authorization != "" }

type linkUser struct {
	ID    string `json:"client_user_id"`
	Phone string `json:"phone_number"`
	Email string `json:"email_address"`
}

type updateOptions struct {
	Selection bool     `json:"account_selection_enabled"`
	Consent   bool     `json:"reauthorization_enabled"`
	User      bool     `json:"user"`
	Items     []string `json:"item_ids"`
}

func (u updateOptions) any() bool { return u.Selection || u.Consent || u.User || len(u.Items) > 0 }

type institutionData struct {
	Routing string `json:"routing_number,omitempty"`
}

// authOptions are the ways in which an account's numbers may be found out.
type authOptions struct {
	Select    bool   `json:"auth_type_select_enabled,omitempty"`
	Automated bool   `json:"automated_microdeposits_enabled,omitempty"`
	Match     *bool  `json:"instant_match_enabled,omitempty"`
	SameDay   bool   `json:"same_day_microdeposits_enabled,omitempty"`
	Instant   bool   `json:"instant_microdeposits_enabled,omitempty"`
	Database  bool   `json:"database_match_enabled,omitempty"`
	Insights  bool   `json:"database_insights_enabled,omitempty"`
	Reroute   string `json:"reroute_to_credentials,omitempty"`
	Flow      string `json:"flow_type,omitempty"`
	SMS       *bool  `json:"sms_microdeposits_verification_enabled,omitempty"`
}

// typed reports whether the user may be asked for numbers, in the United States
// only.
func (o authOptions) typed() bool {
	return o.Automated || o.Match != nil && *o.Match || o.SameDay || o.Instant || o.Database || o.Insights
}

// matches reports whether typed numbers may be compared with an account's: that
// is so if nothing is said (OpenAPI, LinkTokenCreateRequestAuth).
func (o authOptions) matches() bool { return o.Match == nil || *o.Match }

type hostedOptions struct {
	Delivery   string `json:"delivery_method"`
	Completion string `json:"completion_redirect_uri"`
	Lifetime   *int   `json:"url_lifetime_seconds"`
}

func (h *hostedOptions) lifetime() time.Duration {
	if h.Lifetime == nil {
		return hostedLife
	}
	return time.Duration(*h.Lifetime) * time.Second
}

type historyOptions struct {
	Days *int `json:"days_requested"`
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

// longestName is how long a client's name can be: Link shows another if it is
// longer.
const (
	longestName = 30
	namelessApp = "This Application"
)

func (r *linkRequest) clientName() string {
	if len([]rune(r.ClientName)) > longestName {
		return namelessApp
	}
	return r.ClientName
}

// record returns the link that the request asks for.
func (r *linkRequest) record(id string, now time.Time) *link {
	l := &link{
		ID: id, Created: now, Expires: now.Add(linkLife), Client: r.clientName(), Language: r.Language,
		Countries: r.Countries, Products: wire.OrEmpty(r.Products), Optional: slices.Concat(r.Optional, r.IfSupported),
		Consented: r.Consented, Filters: r.Filters, Days: r.History.days(), Webhook: r.Webhook, User: r.User.ID, Phone: r.User.Phone,
		Auth: r.Auth, Several: r.MultiItem, Selection: r.Update.Selection, Reconsent: r.Update.Consent, Routing: r.Institution.Routing, Sessions: []*session{},
	}
	if r.Redirect != nil {
		l.Redirect = *r.Redirect
	}
	if r.updates() {
		l.Expires = now.Add(hostedLife)
	}
	if r.Hosted != nil {
		l.Hosted, l.Completion, l.Expires = true, r.Hosted.Completion, now.Add(r.Hosted.lifetime())
	}
	return l
}
