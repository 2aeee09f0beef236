package sandbox

import (
	"cmp"
	"slices"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/journey"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

type linkTokenRequest struct {
	Token string `json:"link_token"`
}

type linkStatus struct {
	Token     string        `json:"link_token"`
	Created   string        `json:"created_at"`
	Expires   string        `json:"expiration"`
	Sessions  []wireSession `json:"link_sessions"`
	Metadata  linkMetadata  `json:"metadata"`
	RequestID string        `json:"request_id"`
}

type linkMetadata struct {
	Products    []string                 `json:"initial_products"`
	Webhook     *string                  `json:"webhook"`
	Countries   []string                 `json:"country_codes"`
	Language    string                   `json:"language"`
	Institution *institutionData         `json:"institution_data,omitempty"`
	Filters     map[string]people.Filter `json:"account_filters,omitempty"`
	Redirect    *string                  `json:"redirect_uri"`
	Client      string                   `json:"client_name"`
}

// wireSession has both of Plaid's shapes: on_success and on_exit for older
// clients, results and exit for newer ones (PLAID §0.2).
type wireSession struct {
	ID        string       `json:"link_session_id"`
	Started   string       `json:"started_at"`
	Finished  *string      `json:"finished_at"`
	OnSuccess *linkSuccess `json:"on_success"`
	OnExit    *linkExit    `json:"on_exit"`
	Exit      *linkExit    `json:"exit"`
	Events    []wireEvent  `json:"events"`
	Results   *linkResults `json:"results"`
}

type linkSuccess struct {
	Public   string          `json:"public_token"`
	Metadata successMetadata `json:"metadata"`
}

type successMetadata struct {
	Institution    *linkInstitution `json:"institution"`
	Accounts       []linkAccount    `json:"accounts"`
	SessionID      string           `json:"link_session_id"`
	TransferStatus *string          `json:"transfer_status"`
}

type linkInstitution struct {
	Name string `json:"name"`
	ID   string `json:"institution_id"`
}

type linkAccount struct {
	ID           string  `json:"id"`
	Name         string  `json:"name"`
	Mask         *string `json:"mask"`
	Type         string  `json:"type"`
	Subtype      string  `json:"subtype"`
	Verification *string `json:"verification_status"`
	Class        *string `json:"class_type"`
}

type linkResults struct {
	ItemAdds       []itemAdd  `json:"item_add_results"`
	CRAAdds        []struct{} `json:"cra_item_add_results"`
	CRAUpdates     []struct{} `json:"cra_update_results"`
	BankIncome     []struct{} `json:"bank_income_results"`
	PayrollIncome  []struct{} `json:"payroll_income_results"`
	DocumentIncome *struct{}  `json:"document_income_results"`
}

type itemAdd struct {
	Public      string           `json:"public_token"`
	Accounts    []linkAccount    `json:"accounts"`
	Institution *linkInstitution `json:"institution"`
}

type linkExit struct {
	Error    *wire.Error  `json:"error"`
	Metadata exitMetadata `json:"metadata"`
}

type exitMetadata struct {
	Institution *linkInstitution `json:"institution"`
	Status      string           `json:"status,omitempty"`
	SessionID   string           `json:"link_session_id"`
	RequestID   string           `json:"request_id"`
}

type wireEvent struct {
	Name     string        `json:"event_name"`
	At       string        `json:"timestamp"`
	ID       string        `json:"event_id"`
	Metadata eventMetadata `json:"event_metadata"`
}

type eventMetadata struct {
	ErrorCode       string `json:"error_code,omitempty"`
	ErrorMessage    string `json:"error_message,omitempty"`
	ErrorType       string `json:"error_type,omitempty"`
	ExitStatus      string `json:"exit_status,omitempty"`
	Institution     string `json:"institution_id,omitempty"`
	InstitutionName string `json:"institution_name,omitempty"`
	RequestID       string `json:"request_id"`
	View            string `json:"view_name,omitempty"`
	MFA             string `json:"mfa_type,omitempty"`
	Query           string `json:"institution_search_query,omitempty"`
	Selection       string `json:"selection,omitempty"`
	Match           string `json:"match_reason,omitempty"`
	Routing         string `json:"routing_number,omitempty"`
	Mask            string `json:"account_number_mask,omitempty"`
}

// get answers /link/token/get: what has happened on the page so far, until six
// hours after its end.
func (a linkAPI) get(id string, req linkTokenRequest) (resp linkStatus, err error) {
	if problem := ident.CheckToken(ident.LinkToken, req.Token); problem != "" {
		return resp, wire.LinkToken(problem)
	}
	now := a.now()
	a.store.read(func(st *state) {
		l := st.linkByToken(req.Token)
		if l == nil || !l.readable(now) {
			err = wire.LinkToken("could not find matching link token, or it is expired")
			return
		}
		resp = linkStatus{
			Token: req.Token, Created: wire.Stamp(l.Created), Expires: wire.Stamp(l.Expires), RequestID: id, Sessions: []wireSession{},
			Metadata: linkMetadata{
				Products: wire.OrEmpty(slices.Clone(l.Products)), Webhook: wire.OrNull(l.Webhook), Countries: slices.Clone(l.Countries),
				Language: l.Language, Institution: l.institution(), Filters: l.Filters, Redirect: wire.OrNull(l.Redirect), Client: l.Client,
			},
		}
		for _, s := range slices.Backward(l.Sessions) {
			resp.Sessions = append(resp.Sessions, st.wireSession(l, s))
		}
	})
	return resp, err
}

// institution is what the client knew of the user's bank.
func (l *link) institution() *institutionData {
	if l.Routing == "" {
		return nil
	}
	return &institutionData{l.Routing}
}

func (st *state) wireSession(l *link, s *session) wireSession {
	w := wireSession{ID: s.ID, Started: wire.Stamp(s.Started), Finished: wire.StampOrNull(s.Finished), Events: []wireEvent{}}
	for _, e := range slices.Backward(s.Events) {
		w.Events = append(w.Events, e.wire())
	}
	if l.Several {
		w.Results = st.results(s)
	}
	switch {
	case s.Finished.IsZero():
	case s.Left:
		w.Exit = s.exit()
		w.OnExit = w.Exit
	default:
		w.Results = st.results(s)
		if l.Update == "" && !l.Several {
			w.OnSuccess = st.success(s)
		}
	}
	return w
}

// results tells of all Items that s made; where there can be several, of those made
// so far.
func (st *state) results(s *session) *linkResults {
	out := emptyResults()
	for _, id := range s.publics() {
		institution, accounts := st.made(id, s)
		out.ItemAdds = append(out.ItemAdds, itemAdd{st.Key.Token(ident.PublicToken, id), accounts, institution})
	}
	return out
}

func emptyResults() *linkResults {
	return &linkResults{
		ItemAdds: []itemAdd{}, CRAAdds: []struct{}{}, CRAUpdates: []struct{}{},
		BankIncome: []struct{}{}, PayrollIncome: []struct{}{},
	}
}

// success tells of the Item that s made.
func (st *state) success(s *session) *linkSuccess {
	out := &linkSuccess{Public: st.Key.Token(ident.PublicToken, s.Public), Metadata: successMetadata{SessionID: s.ID}}
	out.Metadata.Institution, out.Metadata.Accounts = st.made(s.Public, s)
	return out
}

// made returns where s has made the Item of a public token, and its accounts. An Item
// of numbers has no institution, but the session can know one.
func (st *state) made(public string, s *session) (*linkInstitution, []linkAccount) {
	accounts := []linkAccount{}
	p := st.public(public)
	if p == nil {
		return linkInstitutionOf(s.Institution), accounts
	}
	it, at := st.item(p.Item), s.Finished
	if at.IsZero() {
		at = p.Created
	}
	for _, code := range it.Accounts {
		a := linkAccountOf(it.person().Account(code), it.accountID(st.Key, code))
		a.Verification = wire.OrNull(string(it.verified(code, at)))
		accounts = append(accounts, a)
	}
	return linkInstitutionOf(cmp.Or(it.Institution, s.Institution)), accounts
}

func linkAccountOf(a *people.Account, id string) linkAccount {
	return linkAccount{ID: id, Name: a.Name, Mask: &a.Mask, Type: a.Type, Subtype: a.Subtype}
}

func (s *session) exit() *linkExit {
	out := &linkExit{Metadata: exitMetadata{
		Institution: linkInstitutionOf(s.Institution), Status: s.Where, SessionID: s.ID,
	}}
	if n := len(s.Events); n > 0 {
		out.Metadata.RequestID = s.Events[n-1].RequestID
	}
	out.Error = troubleError(s.Trouble)
	return out
}

// troubleError returns the error that a page has shown, or nil.
func troubleError(code string) *wire.Error {
	switch code {
	case "":
		return nil
	case journey.WrongDeposit:
		return wire.WrongCode()
	case journey.TooManyDeposits:
		return wire.TooManyCodes()
	}
	return wire.LoginRefusal(code)
}

func linkInstitutionOf(id string) *linkInstitution {
	inst := institutionByID(id)
	if inst == nil {
		return nil
	}
	return &linkInstitution{inst.Name, inst.ID}
}

func (e *event) wire() wireEvent {
	m := eventMetadata{
		ExitStatus: e.Where, Institution: e.Institution, RequestID: e.RequestID, View: e.View, MFA: e.MFA, Query: e.Query,
		Selection: e.Selection, Match: e.Match, Routing: e.Routing, Mask: e.Mask,
	}
	if inst := institutionByID(e.Institution); inst != nil {
		m.InstitutionName = inst.Name
	}
	if err := troubleError(e.Trouble); err != nil {
		m.ErrorCode, m.ErrorMessage, m.ErrorType = err.Code, err.Message, err.Type
	}
	return wireEvent{Name: e.Name, At: wire.Stamp(e.At), ID: e.ID, Metadata: m}
}
