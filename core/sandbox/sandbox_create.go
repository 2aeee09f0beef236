package sandbox

import (
	"slices"
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/verify"
	"bankbook/core/sandbox/wire"
)

type sandboxRequest struct {
	Institution string         `json:"institution_id"`
	Products    []string       `json:"initial_products"`
	Options     sandboxOptions `json:"options"`
	UserID      string         `json:"user_id"`
	UserToken   string         `json:"user_token"`
}

type sandboxOptions struct {
	Webhook  string          `json:"webhook"`
	User     *string         `json:"override_username"`
	Password *string         `json:"override_password"`
	History  *sandboxHistory `json:"transactions"`
}

// sandboxHistory says how much history there is: by days, or by dates.
type sandboxHistory struct {
	historyOptions
	Start string `json:"start_date"`
	End   string `json:"end_date"`
}

type sandboxResponse struct {
	Public    string `json:"public_token"`
	RequestID string `json:"request_id"`
}

// sandboxCreate answers /sandbox/public_token/create: an Item without a page. A
// user who would be asked something is let in at once, as in Plaid's sandbox. The
// user counts as having agreed to all that the bank has.
func (s *Server) sandboxCreate(id string, req sandboxRequest) (resp sandboxResponse, err error) {
	now := s.now()
	days, err := req.Options.History.span(now)
	if err != nil {
		return resp, err
	}
	person, err := req.person()
	if err != nil {
		return resp, err
	}
	if err := s.cfg.permit(req.Products, []string{institutionByID(req.Institution).country()}); err != nil {
		return resp, err
	}
	it := &item{
		Institution: req.Institution, Seed: s.cfg.Seed, Products: billed(req.Products), Webhook: req.Options.Webhook,
		Consented: billed(institutionByID(req.Institution).products()), Days: days,
	}
	it.belongTo(person, person.Codes(nil))
	it.awaitDeposit(person, now)
	s.signedIn(it)
	err = s.store.change(func(st *state) error {
		if err := st.clientOf(it, req.UserID, req.UserToken); err != nil {
			return err
		}
		st.forget(now)
		resp = sandboxResponse{st.Key.Token(ident.PublicToken, st.newItem(now, it).ID), id}
		return nil
	})
	return resp, err
}

// clientOf names the client's user that an Item is made for, if one is given.
func (st *state) clientOf(it *item, id, token string) error {
	if id == "" && token == "" {
		return nil
	}
	u, err := st.userOf(id, token)
	if err == nil {
		it.Client = u.Client
	}
	return err
}

// person checks what is asked for and returns who signs in.
func (r *sandboxRequest) person() (*people.Person, error) {
	if r.Options.Webhook != "" && !webAddress(r.Options.Webhook) {
		return nil, wire.Field("options.webhook", "must be a valid URL")
	}
	if err := checkBank(r.Institution, r.Products); err != nil {
		return nil, err
	}
	user, password := people.GoodUser, people.GoodPassword
	if r.Options.User != nil {
		user = *r.Options.User
	}
	if r.Options.Password != nil {
		password = *r.Options.Password
	}
	person, refusal := people.SignIn(user, password)
	if refusal == nil && person.Login.RobotFails {
		refusal = wire.LoginRefusal("RECAPTCHA_BAD")
	}
	if refusal == nil && person.Login.Error != "" {
		refusal = wire.LoginRefusal(person.Login.Error)
	}
	if refusal == nil && len(person.Accounts) == 0 {
		refusal = wire.NoAccounts()
	}
	if refusal != nil {
		return nil, refusal
	}
	return person, nil
}

// awaitDeposit begins the verification of an Item whose bank tells no numbers:
// the deposit goes to the first account that can take one.
func (i *item) awaitDeposit(p *people.Person, now time.Time) {
	if !p.MicroDeposits || !slices.Contains(i.Products, "auth") {
		return
	}
	for _, code := range i.Accounts {
		a := p.Account(code)
		if !a.HasNumbers() {
			continue
		}
		routing := append(slices.Clone(i.bank().Routing), defaultACH)
		typed := verify.Numbers{Routing: routing[0], Account: verify.NumberOf(a)}
		i.Verification, _ = verify.Known(verify.Automated, typed, a, routing, now) // the numbers are the account's own
		return
	}
}

// span returns how many days of history are asked for. A first date counts from
// today.
func (h *sandboxHistory) span(now time.Time) (int, error) {
	if h == nil {
		return defaultDays, nil
	}
	start, err := h.date("start_date", h.Start)
	if err != nil || h.Start == "" {
		return h.days(), err
	}
	end, err := h.date("end_date", h.End)
	switch {
	case err != nil:
		return 0, err
	case h.End != "" && end.Before(start):
		return 0, wire.Field("options.transactions.end_date", "must not be before start_date")
	case start.After(now):
		return 0, wire.Field("options.transactions.start_date", "must not be in the future")
	}
	const day = 24 * time.Hour
	return min(maxDays, max(1, int(now.Sub(start)/day))), nil
}

func (h *sandboxHistory) date(field, value string) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return at, wire.Field("options.transactions."+field, "must be a date in the format YYYY-MM-DD")
	}
	return at, nil
}
