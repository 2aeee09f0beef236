package sandbox

import (
	"slices"

	"bankbook/core/sandbox/wire"
)

func (s *Server) institutionRoutes() routes {
	return routes{
		"/institutions/get":       serve(s.institutionList),
		"/institutions/get_by_id": serve(s.institutionGet),
		"/institutions/search":    serve(s.institutionSearch),
	}
}

type institutionRequest struct {
	ID        string             `json:"institution_id"`
	Countries []string           `json:"country_codes"`
	Options   institutionOptions `json:"options"`
}

type institutionResponse struct {
	Institution wireInstitution `json:"institution"`
	RequestID   string          `json:"request_id"`
}

// institutionGet answers /institutions/get_by_id.
func (s *Server) institutionGet(id string, req institutionRequest) (resp institutionResponse, err error) {
	if err := notEmpty("country_codes", req.Countries); err != nil {
		return resp, err
	}
	if err := s.cfg.permit(nil, req.Countries); err != nil {
		return resp, err
	}
	inst := institutionByID(req.ID)
	if inst == nil || !slices.Contains(req.Countries, inst.country()) {
		return resp, wire.Institution()
	}
	return institutionResponse{inst.wire(req.Options), id}, nil
}

// institutionFilter says which institutions are wanted.
type institutionFilter struct {
	countries, products, routing []string
	oauth                        *bool
	query                        string
	// instant wants auth to mean Instant Auth.
	instant bool
}

func (f *institutionFilter) passes(i *institution) bool {
	switch {
	case !slices.Contains(f.countries, i.country()), f.oauth != nil && *f.oauth != i.OAuth, !i.named(f.query):
		return false
	case len(i.lacks(f.products)) > 0:
		return false
	case f.instant && slices.Contains(f.products, "auth") && !i.methods().InstantAuth:
		return false
	}
	return !slices.ContainsFunc(f.routing, func(r string) bool { return !slices.Contains(i.Routing, r) })
}

// find returns the institutions that pass.
func (f *institutionFilter) find() []*institution {
	var found []*institution
	for i := range institutions {
		if inst := &institutions[i]; f.passes(inst) {
			found = append(found, inst)
		}
	}
	return found
}

type institutionsRequest struct {
	Count     int      `json:"count"`
	Offset    int      `json:"offset"`
	Countries []string `json:"country_codes"`
	Options   struct {
		institutionOptions
		Products []string `json:"products"`
		Routing  []string `json:"routing_numbers"`
		OAuth    *bool    `json:"oauth"`
	} `json:"options"`
}

type institutionsResponse struct {
	Institutions []wireInstitution `json:"institutions"`
	Total        int               `json:"total"`
	RequestID    string            `json:"request_id"`
}

// institutionList answers /institutions/get.
func (s *Server) institutionList(id string, req institutionsRequest) (resp institutionsResponse, err error) {
	if err := s.cfg.permit(nil, req.Countries); err != nil {
		return resp, err
	}
	f := institutionFilter{
		countries: req.Countries, products: req.Options.Products, routing: req.Options.Routing, oauth: req.Options.OAuth, instant: true,
	}
	found := f.find()
	resp = institutionsResponse{Institutions: []wireInstitution{}, Total: len(found), RequestID: id}
	from := min(req.Offset, len(found))
	for _, inst := range found[from:min(from+req.Count, len(found))] {
		resp.Institutions = append(resp.Institutions, inst.wire(req.Options.institutionOptions))
	}
	return resp, nil
}

type searchRequest struct {
	Query     string        `json:"query"`
	Countries []string      `json:"country_codes"`
	Products  []string      `json:"products"`
	Options   searchOptions `json:"options"`
}

type searchOptions struct {
	institutionOptions
	OAuth   *bool `json:"oauth"`
	Payment struct {
		Payment string `json:"payment_id"`
		Consent string `json:"consent_id"`
	} `json:"payment_initiation"`
}

type searchResponse struct {
	Institutions []wireInstitution `json:"institutions"`
	RequestID    string            `json:"request_id"`
}

// maxFound is the most that /institutions/search answers with.
const maxFound = 10

// institutionSearch answers /institutions/search.
func (s *Server) institutionSearch(id string, req searchRequest) (resp searchResponse, err error) {
	if err := req.check(); err != nil {
		return resp, err
	}
	if err := s.cfg.permit(nil, req.Countries); err != nil {
		return resp, err
	}
	f := institutionFilter{countries: req.Countries, products: req.Products, oauth: req.Options.OAuth, query: req.Query}
	resp = searchResponse{Institutions: []wireInstitution{}, RequestID: id}
	for _, inst := range f.find() {
		if len(resp.Institutions) < maxFound {
			resp.Institutions = append(resp.Institutions, inst.wire(req.Options.institutionOptions))
		}
	}
	return resp, nil
}

// check also refuses payments, since there are none here that could be meant.
func (r *searchRequest) check() error {
	switch {
	case r.Options.Payment.Payment != "":
		return wire.Field("options.payment_initiation.payment_id", "does not exist")
	case r.Options.Payment.Consent != "":
		return wire.Field("options.payment_initiation.consent_id", "does not exist")
	}
	return notEmpty("country_codes", r.Countries)
}

// billed returns the products that an Item is made with; balance comes with any.
func billed(products []string) []string {
	out := []string{}
	for _, p := range products {
		if p != "balance" && slices.Contains(supported[:], p) && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}
