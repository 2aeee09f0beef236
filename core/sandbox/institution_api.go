package sandbox

import (
	"slices"

	"bankbook/core/sandbox/wire"
)

func (s *Server) institutionRoutes() routes {
	return routes{
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
	if err := checkList("country_codes", req.Countries, countryCodes); err != nil {
		return resp, err
	}
	inst := institutionByID(req.ID)
	if inst == nil || !slices.Contains(req.Countries, inst.country()) {
		return resp, wire.Institution()
	}
	return institutionResponse{inst.wire(req.Options), id}, nil
}

type searchRequest struct {
	Query     string        `json:"query"`
	Countries []string      `json:"country_codes"`
	Products  []string      `json:"products"`
	Options   searchOptions `json:"options"`
}

type searchOptions struct {
	institutionOptions
	OAuth *bool `json:"oauth"`
}

type searchResponse struct {
	Institutions []wireInstitution `json:"institutions"`
	RequestID    string            `json:"request_id"`
}

// maxFound is the most that /institutions/search answers with.
const maxFound = 10

// institutionSearch answers /institutions/search.
func (s *Server) institutionSearch(id string, req searchRequest) (resp searchResponse, err error) {
	if err := checkList("country_codes", req.Countries, countryCodes); err != nil {
		return resp, err
	}
	if len(req.Products) > 0 {
		if err := checkList("products", req.Products, allProducts); err != nil {
			return resp, err
		}
	}
	resp = searchResponse{Institutions: []wireInstitution{}, RequestID: id}
	if checkSupported(req.Products) != nil {
		return resp, nil
	}
	for _, inst := range searchInstitutions(req.Query, req.Countries) {
		if (req.Options.OAuth == nil || *req.Options.OAuth == inst.OAuth) && len(resp.Institutions) < maxFound {
			resp.Institutions = append(resp.Institutions, inst.wire(req.Options.institutionOptions))
		}
	}
	return resp, nil
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
