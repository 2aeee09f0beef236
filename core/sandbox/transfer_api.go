package sandbox

import (
	"maps"
	"time"

	"bankbook/core/sandbox/transfer"
	"bankbook/core/sandbox/wire"
)

// transferRoutes are those of moving money.
func (s *Server) transferRoutes() routes {
	all := routes{
		"/transfer/authorization/create": serve(s.authorizationCreate),
		"/transfer/authorization/cancel": serve(s.authorizationCancel),
		"/transfer/create":               serve(s.transferCreate),
		"/transfer/get":                  serve(s.transferGet),
		"/transfer/list":                 serve(s.transferList),
		"/transfer/cancel":               serve(s.transferCancel),
	}
	for _, part := range []routes{
		s.transferInfoRoutes(), s.transferEventRoutes(), s.refundRoutes(), s.ledgerRoutes(), s.recurringRoutes(), s.transferSandboxRoutes(),
	} {
		maps.Copy(all, part)
	}
	return all
}

type authorizationRequest struct {
	payer
	proposalRequest
	Key           string            `json:"idempotency_key"`
	UserPresent   *bool             `json:"user_present"`
	Guarantee     *bool             `json:"with_guarantee"`
	WantGuarantee *bool             `json:"request_guarantee"`
	Beacon        string            `json:"beacon_session_id"`
	Ruleset       string            `json:"ruleset_key"`
	Attributes    map[string]string `json:"custom_attributes"`
}

// proposalRequest is what requests for single and for recurring transfers share.
type proposalRequest struct {
	Type        string        `json:"type"`
	Network     string        `json:"network"`
	Amount      string        `json:"amount"`
	Class       string        `json:"ach_class"`
	User        transferUser  `json:"user"`
	Details     wireDetails   `json:"wire_details"`
	Device      deviceRequest `json:"device"`
	Currency    string        `json:"iso_currency_code"`
	Ledger      string        `json:"ledger_id"`
	Funding     string        `json:"funding_account_id"`
	Origination string        `json:"origination_account_id"`
	Originator  string        `json:"originator_client_id"`
	Profile     string        `json:"payment_profile_token"`
	Source      string        `json:"credit_funds_source"`
	Clock       string        `json:"test_clock_id"`
}

type deviceRequest struct {
	Address string `json:"ip_address"`
	Agent   string `json:"user_agent"`
}

// proposal checks what a client proposes, and returns it with the account.
func (s *Server) proposal(p payer, r *proposalRequest) (out transfer.Proposal, err error) {
	if err := onlyOne(r.Originator, r.Origination); err != nil {
		return out, err
	}
	switch {
	case r.Currency != "" && r.Currency != usd:
		return out, wire.Field("iso_currency_code", "must be USD")
	case r.Profile != "":
		return out, wire.Field("payment_profile_token", "does not exist")
	case len([]rune(r.Details.Message)) > maxWireMessage:
		return out, wire.Field("wire_details.message_to_beneficiary", "must be at most 140 characters")
	}
	amount, err := amountOf("amount", r.Amount)
	if err != nil {
		return out, err
	}
	account, found, err := s.resolve(p)
	if err != nil {
		return out, err
	}
	if r.Network == string(transfer.RTP) && !s.instantly(p.Token, found) {
		return out, wire.Field("network", "cannot be rtp: the account is not eligible for instant payouts")
	}
	if err := s.bill(p.Token); err != nil {
		return out, err
	}
	return transfer.Proposal{
		Account: account, Ledger: r.Ledger, Kind: transfer.Kind(r.Type), Network: transfer.Network(r.Network), Amount: amount, Class: r.Class,
		User: r.User.user(), Source: r.Source, Message: r.Details.Message,
	}, nil
}

// maxWireMessage is how long the message to the beneficiary of a wire can be.
const maxWireMessage = 140

type authorizationResponse struct {
	Authorization wireAuthorization `json:"authorization"`
	RequestID     string            `json:"request_id"`
}

// authorizationCreate answers /transfer/authorization/create.
func (s *Server) authorizationCreate(id string, req authorizationRequest) (resp authorizationResponse, err error) {
	if err := checkAttributes("custom_attributes", req.Attributes, false); err != nil {
		return resp, err
	}
	p, err := s.proposal(req.payer, &req.proposalRequest)
	if err != nil {
		return resp, err
	}
	req.Token = p.Account.Item
	key, err := keyUse("authorization", req.Key, req)
	if err != nil {
		return resp, err
	}
	err = s.moveMoney(func(d *transfer.Desk) error {
		if err := knowsFunding(d.State, req.Funding); err != nil {
			return err
		}
		a, err := d.Authorize(p, req.Clock, key)
		if err == nil {
			resp = authorizationResponse{showAuthorization(d.State, a), id}
		}
		return err
	})
	return resp, err
}

func knowsFunding(st *transfer.State, id string) error {
	if id != "" && id != st.Funding {
		return wire.Field("funding_account_id", "does not exist")
	}
	return nil
}

// The bounds of metadata and custom attributes (OpenAPI, TransferMetadata and
// TransferAuthorizationCustomAttributes).
const (
	maxPairs = 50
	maxName  = 40
	maxValue = 500
)

// checkAttributes looks at a client's own names and values, which can be limited
// to ASCII.
func checkAttributes(field string, pairs map[string]string, ascii bool) error {
	if len(pairs) > maxPairs {
		return wire.Field(field, "must have at most 50 key/value pairs")
	}
	for name, value := range pairs {
		switch {
		case name == "" || len(name) > maxName:
			return wire.Field(field, "must have keys of at most 40 characters")
		case len(value) > maxValue:
			return wire.Field(field, "must have values of at most 500 characters")
		case ascii && !isASCII(name+value):
			return wire.Field(field, "must have only ASCII characters")
		}
	}
	return nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

type authorizationIDRequest struct {
	ID string `json:"authorization_id"`
}

// doneResponse is the answer that tells nothing but that it was done.
type doneResponse struct {
	RequestID string `json:"request_id"`
}

// authorizationCancel answers /transfer/authorization/cancel.
func (s *Server) authorizationCancel(id string, req authorizationIDRequest) (doneResponse, error) {
	return doneResponse{id}, s.moveMoney(func(d *transfer.Desk) error { return d.CancelAuthorization(req.ID) })
}

type transferRequest struct {
	payer
	Authorization string            `json:"authorization_id"`
	Amount        string            `json:"amount"`
	Description   string            `json:"description"`
	Metadata      map[string]string `json:"metadata"`
	Currency      string            `json:"iso_currency_code"`
	Origination   string            `json:"origination_account_id"`
	Clock         string            `json:"test_clock_id"`
	Fee           string            `json:"facilitator_fee"`
}

type transferResponse struct {
	Transfer  wireTransfer `json:"transfer"`
	RequestID string       `json:"request_id"`
}

// transferCreate answers /transfer/create.
func (s *Server) transferCreate(id string, req transferRequest) (resp transferResponse, err error) {
	order, err := s.order(&req)
	if err != nil {
		return resp, err
	}
	err = s.moveMoney(func(d *transfer.Desk) error {
		t, err := d.Create(order)
		if err == nil {
			resp = transferResponse{showTransfer(d.State, t), id}
		}
		return err
	})
	return resp, err
}

// order checks the request for a transfer.
func (s *Server) order(req *transferRequest) (out transfer.Order, err error) {
	if err := onlyOne("", req.Origination); err != nil {
		return out, err
	}
	if err := checkAttributes("metadata", req.Metadata, true); err != nil {
		return out, err
	}
	switch {
	case req.Currency != "" && req.Currency != usd:
		return out, wire.Field("iso_currency_code", "must be USD")
	case req.Fee != "":
		return out, wire.Field("facilitator_fee", "can only be used by platform customers")
	}
	out = transfer.Order{Authorization: req.Authorization, Description: req.Description, Metadata: req.Metadata, Clock: req.Clock}
	if req.Amount != "" {
		amount, err := amountOf("amount", req.Amount)
		if err != nil {
			return out, err
		}
		out.Amount = &amount
	}
	out.Account, _, err = s.resolve(req.payer)
	return out, err
}

type transferGetRequest struct {
	Transfer      string `json:"transfer_id"`
	Authorization string `json:"authorization_id"`
	Originator    string `json:"originator_client_id"`
}

// transferGet answers /transfer/get.
func (s *Server) transferGet(id string, req transferGetRequest) (resp transferResponse, err error) {
	switch {
	case req.Originator != "":
		return resp, wire.Originator()
	case req.Transfer == "" && req.Authorization == "":
		return resp, wire.Missing("transfer_id")
	case req.Transfer != "" && req.Authorization != "":
		return resp, wire.Field("authorization_id", "must not be given together with transfer_id")
	}
	err = s.viewMoney(func(st *transfer.State) error {
		field, of := "transfer_id", req.Transfer
		if of == "" {
			field = "authorization_id"
			if a := st.Authorization(req.Authorization); a != nil {
				of = a.Transfer
			}
		}
		t := st.Transfer(of)
		if t == nil {
			return wire.Field(field, "does not exist")
		}
		resp = transferResponse{showTransfer(st, t), id}
		return nil
	})
	return resp, err
}

type transferIDRequest struct {
	ID         string `json:"transfer_id"`
	Originator string `json:"originator_client_id"`
}

// transferCancel answers /transfer/cancel.
func (s *Server) transferCancel(id string, req transferIDRequest) (doneResponse, error) {
	if err := onlyOne(req.Originator, ""); err != nil {
		return doneResponse{}, err
	}
	return doneResponse{id}, s.moveMoney(func(d *transfer.Desk) error { return d.Cancel(req.ID) })
}

type transferListRequest struct {
	pageRequest
	Origination string `json:"origination_account_id"`
	Originator  string `json:"originator_client_id"`
	Funding     string `json:"funding_account_id"`
}

type transferListResponse struct {
	Transfers []wireTransfer `json:"transfers"`
	RequestID string         `json:"request_id"`
}

// transferList answers /transfer/list.
func (s *Server) transferList(id string, req transferListRequest) (resp transferListResponse, err error) {
	page, err := req.page()
	if err != nil {
		return resp, err
	}
	resp = transferListResponse{Transfers: []wireTransfer{}, RequestID: id}
	err = s.viewMoney(func(st *transfer.State) error {
		ours := mine(st, req.Originator, req.Origination, req.Funding)
		list, _ := transfer.Newest(st.Transfers, page, transferMade, func(*transfer.Transfer) bool { return ours })
		for _, t := range list {
			resp.Transfers = append(resp.Transfers, showTransfer(st, t))
		}
		return nil
	})
	return resp, err
}

func transferMade(t *transfer.Transfer) time.Time { return t.Created }
