package sandbox

import (
	"slices"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/wire"
)

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

type sandboxRequest struct {
	Institution string         `json:"institution_id"`
	Products    []string       `json:"initial_products"`
	Options     sandboxOptions `json:"options"`
}

type sandboxOptions struct {
	Webhook  string          `json:"webhook"`
	User     *string         `json:"override_username"`
	Password *string         `json:"override_password"`
	History  *historyOptions `json:"transactions"`
}

type sandboxResponse struct {
	Public    string `json:"public_token"`
	RequestID string `json:"request_id"`
}

// sandboxCreate answers /sandbox/public_token/create: an Item without a page.
func (s *Server) sandboxCreate(id string, req sandboxRequest) (resp sandboxResponse, err error) {
	if err := req.check(); err != nil {
		return resp, err
	}
	it := &item{
		Institution: req.Institution, Seed: s.cfg.Seed, Products: billed(req.Products), Webhook: req.Options.Webhook,
		Accounts: accountCodes(nil), Days: req.Options.History.days(),
	}
	now := s.now()
	err = s.store.change(func(st *state) error {
		st.forget(now)
		resp = sandboxResponse{st.Key.Token(ident.PublicToken, st.newItem(now, it).ID), id}
		return nil
	})
	return resp, err
}

func (r *sandboxRequest) check() error {
	if err := checkList("initial_products", r.Products, allProducts); err != nil {
		return err
	}
	if err := checkSupported(r.Products); err != nil {
		return err
	}
	if institutionByID(r.Institution) == nil {
		return wire.Institution()
	}
	if err := r.Options.History.check("options.transactions.days_requested"); err != nil {
		return err
	}
	user, password := goodUser, goodPassword
	if r.Options.User != nil {
		user = *r.Options.User
	}
	if r.Options.Password != nil {
		password = *r.Options.Password
	}
	if !signsIn(user, password) {
		return wire.Credentials()
	}
	return nil
}

// signsIn reports whether the bank knows the user and the password is right.
func signsIn(user, password string) bool {
	userOK, passwordOK := ident.Same(user, goodUser), ident.Same(password, goodPassword)
	return userOK && passwordOK
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
