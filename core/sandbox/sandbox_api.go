package sandbox

import (
	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

// sandboxRoutes are those that Plaid has in its sandbox alone.
func (s *Server) sandboxRoutes() routes {
	return routes{
		"/sandbox/public_token/create": serve(s.sandboxCreate),
		"/sandbox/item/reset_login":    serve(s.resetLogin),
		"/sandbox/user/reset_login":    serve(s.userReset),
	}
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
		Accounts: people.Good().Codes(nil), Days: req.Options.History.days(),
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
	user, password := people.GoodUser, people.GoodPassword
	if r.Options.User != nil {
		user = *r.Options.User
	}
	if r.Options.Password != nil {
		password = *r.Options.Password
	}
	if _, err := people.SignIn(user, password); err != nil {
		return err
	}
	return nil
}

type resetResponse struct {
	Reset     bool   `json:"reset_login"`
	RequestID string `json:"request_id"`
}

// resetLogin answers /sandbox/item/reset_login: the Item wants a sign-in.
func (s *Server) resetLogin(id string, req accessRequest) (resetResponse, error) {
	err := s.change(req.Token, func(it *item) error {
		it.LoginRequired = true
		return nil
	})
	return resetResponse{true, id}, err
}
