package sandbox

import (
	"slices"
	"strings"

	"bankbook/core/sandbox/wire"
)

// institution is a bank of the practice bank (names and ids: PLAID §5).
type institution struct {
	ID, Name string
	Country  string
	Currency string
	OAuth    bool
	// Colour is the brand's, for the square behind the initials.
	Colour  string
	URL     string
	Routing []string
	// Instant says that Instant Match is offered.
	Instant bool
}

// The institutions, in the order in which the page lists them.
var institutions = [...]institution{
	{ID: "ins_109508", Name: "First Platypus Bank", Colour: "#1F6F78", Routing: []string{defaultACH}},
	{ID: "ins_109509", Name: "First Gingham Credit Union", Colour: "#A23B4A", Routing: []string{"011200365"}},
	{ID: "ins_109510", Name: "Tattersall Federal Credit Union", Colour: "#4B6B2F", Routing: []string{"011400495"}},
	{ID: "ins_109511", Name: "Tartan Bank", Colour: "#4A4E69", Routing: []string{"011000138"}},
	{ID: "ins_109512", Name: "Houndstooth Bank", Colour: "#7A5C2E", Routing: []string{"021000021", "011000138", "011200365", "011400495"}, Instant: true},
	{ID: "ins_130016", Name: "First Platypus Balance Bank", Colour: "#8A4B14", Routing: []string{defaultACH}},
	{ID: "ins_127287", Name: "Platypus OAuth Bank", Colour: "#3056A8", OAuth: true, Routing: []string{defaultACH}},
	{ID: "ins_135858", Name: "Windowpane Bank", Colour: "#1F6F78", Routing: []string{"333333334"}},
	{ID: "ins_43", Name: "Tartan-Dominion Bank of Canada", Country: "CA", Currency: "CAD", Colour: "#A23B4A"},
	{ID: "ins_116834", Name: "Flexible Platypus Open Banking", Country: "GB", Currency: "GBP", OAuth: true, Colour: "#4B6B2F"},
	{ID: "ins_117650", Name: "Royal Bank of Plaid", Country: "GB", Currency: "GBP", Colour: "#4A4E69"},
}

// supported are the products that every institution of the practice bank has.
var supported = [...]string{"auth", "balance", "transactions"}

func institutionByID(id string) *institution {
	for i := range institutions {
		if institutions[i].ID == id {
			return &institutions[i]
		}
	}
	return nil
}

func (i *institution) country() string {
	if i.Country == "" {
		return "US"
	}
	return i.Country
}

func (i *institution) currency() string {
	if i.Currency == "" {
		return "USD"
	}
	return i.Currency
}

// searchInstitutions returns those in the given countries whose name contains
// every word of the query.
func searchInstitutions(query string, countries []string) []*institution {
	words := strings.Fields(strings.ToLower(query))
	var found []*institution
	for i := range institutions {
		inst := &institutions[i]
		name := strings.ToLower(inst.Name)
		misses := slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(name, w) })
		if !misses && slices.Contains(countries, inst.country()) {
			found = append(found, inst)
		}
	}
	return found
}

type wireInstitution struct {
	ID        string             `json:"institution_id"`
	Name      string             `json:"name"`
	Products  []string           `json:"products"`
	Countries []string           `json:"country_codes"`
	Routing   []string           `json:"routing_numbers"`
	DTC       []string           `json:"dtc_numbers"`
	OAuth     bool               `json:"oauth"`
	Status    *institutionStatus `json:"status,omitempty"`
	Auth      *authMetadata      `json:"auth_metadata,omitempty"`
	*optionalMetadata
}

type optionalMetadata struct {
	URL    *string `json:"url"`
	Colour *string `json:"primary_color"`
	Logo   *string `json:"logo"`
}

type authMetadata struct {
	Methods authMethods `json:"supported_methods"`
}

type authMethods struct {
	InstantAuth  bool `json:"instant_auth"`
	InstantMatch bool `json:"instant_match"`
	Automated    bool `json:"automated_micro_deposits"`
	InstantMicro bool `json:"instant_micro_deposits"`
}

type institutionStatus struct {
	Logins       productStatus `json:"item_logins"`
	Transactions productStatus `json:"transactions_updates"`
	Auth         productStatus `json:"auth"`
	Incidents    []string      `json:"health_incidents"`
}

type productStatus struct {
	Status    string          `json:"status"`
	Changed   string          `json:"last_status_change"`
	Breakdown statusBreakdown `json:"breakdown"`
}

type statusBreakdown struct {
	Success          float64 `json:"success"`
	ErrorPlaid       float64 `json:"error_plaid"`
	ErrorInstitution float64 `json:"error_institution"`
	Interval         string  `json:"refresh_interval,omitempty"`
}

// institutionOptions are the parts of an institution that are told on request.
type institutionOptions struct {
	Metadata bool `json:"include_optional_metadata"`
	Status   bool `json:"include_status"`
	Auth     bool `json:"include_auth_metadata"`
}

// statusSince is since when every institution is healthy.
const statusSince = "2026-01-05T08:00:00Z"

func (i *institution) wire(o institutionOptions) wireInstitution {
	w := wireInstitution{
		ID: i.ID, Name: i.Name, Products: supported[:], Countries: []string{i.country()},
		Routing: wire.OrEmpty(i.Routing), DTC: []string{}, OAuth: i.OAuth,
	}
	if o.Metadata {
		w.optionalMetadata = &optionalMetadata{URL: wire.OrNull("https://plaid.com"), Colour: &i.Colour}
	}
	if o.Status {
		healthy := productStatus{"HEALTHY", statusSince, statusBreakdown{Success: 1}}
		updates := productStatus{"HEALTHY", statusSince, statusBreakdown{Success: 1, Interval: "NORMAL"}}
		w.Status = &institutionStatus{Logins: healthy, Transactions: updates, Auth: healthy, Incidents: []string{}}
	}
	if o.Auth {
		w.Auth = &authMetadata{authMethods{InstantAuth: true, InstantMatch: i.Instant}}
	}
	return w
}
