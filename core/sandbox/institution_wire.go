package sandbox

import (
	"bankbook/core/sandbox/logo"
	"bankbook/core/sandbox/wire"
)

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
	Payments  **paymentMetadata  `json:"payment_initiation_metadata,omitempty"`
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

// paymentMetadata is null for a bank that nobody can be paid from.
type paymentMetadata struct {
	International bool              `json:"supports_international_payments"`
	SEPAInstant   bool              `json:"supports_sepa_instant"`
	Most          map[string]string `json:"maximum_payment_amount"`
	Refunds       bool              `json:"supports_refund_details"`
	Consents      bool              `json:"supports_payment_consents"`
	Standing      standingMetadata  `json:"standing_order_metadata"`
}

type standingMetadata struct {
	End       bool     `json:"supports_standing_order_end_date"`
	Negative  bool     `json:"supports_standing_order_negative_execution_days"`
	Intervals []string `json:"valid_standing_order_intervals"`
}

type institutionStatus struct {
	Logins       productStatus    `json:"item_logins"`
	Transactions productStatus    `json:"transactions_updates"`
	Auth         productStatus    `json:"auth"`
	Identity     productStatus    `json:"identity"`
	Liabilities  productStatus    `json:"liabilities"`
	Incidents    []healthIncident `json:"health_incidents"`
}

type productStatus struct {
	Status    health          `json:"status"`
	Changed   string          `json:"last_status_change"`
	Breakdown statusBreakdown `json:"breakdown"`
}

type statusBreakdown struct {
	Success          float64 `json:"success"`
	ErrorPlaid       float64 `json:"error_plaid"`
	ErrorInstitution float64 `json:"error_institution"`
	Interval         string  `json:"refresh_interval,omitempty"`
}

type healthIncident struct {
	Start   string           `json:"start_date"`
	Title   string           `json:"title"`
	Updates []incidentUpdate `json:"incident_updates"`
}

type incidentUpdate struct {
	Text   string `json:"description"`
	Status string `json:"status"`
	At     string `json:"updated_date"`
}

// institutionOptions are the parts of an institution that are told on request.
type institutionOptions struct {
	Metadata bool  `json:"include_optional_metadata"`
	Status   bool  `json:"include_status"`
	Auth     *bool `json:"include_auth_metadata"`
	Payments *bool `json:"include_payment_initiation_metadata"`
}

// statusSince is since when every institution is as it is.
const statusSince = "2026-01-05T08:00:00Z"

// wire returns the institution as Plaid writes it.
func (i *institution) wire(o institutionOptions) wireInstitution {
	w := wireInstitution{
		ID: i.ID, Name: i.Name, Products: i.products(), Countries: []string{i.country()},
		Routing: wire.OrEmpty(i.Routing), DTC: []string{}, OAuth: i.OAuth,
	}
	if o.Metadata {
		w.optionalMetadata = &optionalMetadata{
			URL: wire.OrNull("https://plaid.com"), Colour: &i.Colour, Logo: wire.OrNull(logo.Base64(i.Name, i.Colour)),
		}
	}
	if o.Status {
		w.Status = i.status()
	}
	if o.Auth != nil && *o.Auth {
		w.Auth = &authMetadata{i.methods()}
	}
	if o.Payments != nil && *o.Payments {
		p := i.payments()
		w.Payments = &p
	}
	return w
}

func (i *institution) status() *institutionStatus {
	requests, updates := i.statusOf(""), i.statusOf("NORMAL")
	s := &institutionStatus{Logins: requests, Transactions: updates, Auth: requests, Identity: requests, Liabilities: requests, Incidents: []healthIncident{}}
	switch i.Health {
	case degraded:
		s.Transactions = i.statusOf("DELAYED")
	case down:
		s.Transactions = i.statusOf("STOPPED")
		s.Incidents = append(s.Incidents, healthIncident{
			Start: statusSince, Title: "The bank does not answer",
			Updates: []incidentUpdate{{"Every request to the bank fails.", "IDENTIFIED", statusSince}},
		})
	}
	return s
}

// statusOf returns how well one kind of request does.
func (i *institution) statusOf(interval string) productStatus {
	switch i.Health {
	case degraded:
		return productStatus{degraded, statusSince, statusBreakdown{Success: 0.62, ErrorPlaid: 0.03, ErrorInstitution: 0.35, Interval: interval}}
	case down:
		return productStatus{down, statusSince, statusBreakdown{ErrorInstitution: 1, Interval: interval}}
	}
	return productStatus{healthy, statusSince, statusBreakdown{Success: 1, Interval: interval}}
}

// payments returns what payments can be begun at the bank: in Europe only.
func (i *institution) payments() *paymentMetadata {
	if i.country() != "GB" {
		return nil
	}
	return &paymentMetadata{
		International: true, Most: map[string]string{"GBP": "1000000"}, Refunds: true, Consents: true,
		Standing: standingMetadata{End: true, Negative: true, Intervals: []string{"WEEKLY", "MONTHLY"}},
	}
}
