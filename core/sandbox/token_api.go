package sandbox

import (
	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

type invalidateResponse struct {
	Access    string `json:"new_access_token"`
	RequestID string `json:"request_id"`
}

// invalidate answers /item/access_token/invalidate: the old token is dead at
// once.
func (s *Server) invalidate(id string, req accessRequest) (resp invalidateResponse, err error) {
	err = s.store.change(func(st *state) error {
		it, err := st.liveItem(req.Token)
		if err != nil {
			return err
		}
		it.Turns++
		resp = invalidateResponse{it.token(st.Key), id}
		return nil
	})
	return resp, err
}

type publicResponse struct {
	Public    string `json:"public_token"`
	Expires   string `json:"expiration"`
	RequestID string `json:"request_id"`
}

// publicCreate answers /item/public_token/create: another public token for an
// Item that is linked, also for one that wants a sign-in.
func (s *Server) publicCreate(id string, req accessRequest) (resp publicResponse, err error) {
	now := s.now()
	err = s.store.change(func(st *state) error {
		it, err := st.liveItem(req.Token)
		if err != nil {
			return err
		}
		st.forget(now)
		p := st.newPublic(now, it.ID)
		resp = publicResponse{st.Key.Token(ident.PublicToken, p.ID), wire.Stamp(now.Add(publicLife)), id}
		return nil
	})
	return resp, err
}

type importRequest struct {
	Products    []string `json:"products"`
	Institution string   `json:"institution_id"`
	User        struct {
		ID    string `json:"user_id"`
		Token string `json:"auth_token"`
	} `json:"user_auth"`
	Options struct {
		Webhook string `json:"webhook"`
	} `json:"options"`
}

type importResponse struct {
	Access    string `json:"access_token"`
	RequestID string `json:"request_id"`
}

// importInstitution is where Items are imported from if nobody says.
const importInstitution = "ins_109508"

// itemImport answers /item/import. The pair that a bank would give out is here a
// user's name and password.
func (s *Server) itemImport(id string, req importRequest) (resp importResponse, err error) {
	if req.Institution == "" {
		req.Institution = importInstitution
	}
	if err := checkBank(req.Institution, req.Products); err != nil {
		return resp, err
	}
	if err := s.cfg.permit(req.Products, []string{institutionByID(req.Institution).country()}); err != nil {
		return resp, err
	}
	person, refusal := people.SignIn(req.User.ID, req.User.Token)
	if refusal != nil {
		return resp, refusal
	}
	it := &item{
		Institution: req.Institution, Seed: s.cfg.Seed, Products: billed(req.Products), Webhook: req.Options.Webhook,
		Days: defaultDays,
	}
	it.belongTo(person, person.Codes(nil))
	now := s.now()
	s.signedIn(it)
	err = s.store.change(func(st *state) error {
		st.addItem(now, it)
		resp = importResponse{it.token(st.Key), id}
		return nil
	})
	return resp, err
}
