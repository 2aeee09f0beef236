package sandbox

import (
	"bankbook/core/sandbox/transfer"
	"bankbook/core/sandbox/wire"
)

// usd is the one currency that money is moved in.
const usd = "USD"

// transferUser is Plaid's TransferUserInRequest.
type transferUser struct {
	Name    string          `json:"legal_name"`
	Phone   string          `json:"phone_number"`
	Email   string          `json:"email_address"`
	Address transferAddress `json:"address"`
}

type transferAddress struct {
	Street  string `json:"street"`
	City    string `json:"city"`
	Region  string `json:"region"`
	Postal  string `json:"postal_code"`
	Country string `json:"country"`
}

func (u transferUser) user() transfer.User {
	return transfer.User{Name: u.Name, Phone: u.Phone, Email: u.Email, Address: transfer.Address(u.Address)}
}

// shownTransferUser is Plaid's TransferUserInResponse.
type shownTransferUser struct {
	Name    string               `json:"legal_name"`
	Phone   *string              `json:"phone_number"`
	Email   *string              `json:"email_address"`
	Address shownTransferAddress `json:"address"`
}

type shownTransferAddress struct {
	Street  *string `json:"street"`
	City    *string `json:"city"`
	Region  *string `json:"region"`
	Postal  *string `json:"postal_code"`
	Country *string `json:"country"`
}

func showUser(u transfer.User) shownTransferUser {
	return shownTransferUser{u.Name, wire.OrNull(u.Phone), wire.OrNull(u.Email), shownTransferAddress{
		wire.OrNull(u.Address.Street), wire.OrNull(u.Address.City), wire.OrNull(u.Address.Region),
		wire.OrNull(u.Address.Postal), wire.OrNull(u.Address.Country),
	}}
}

// wireDetails is Plaid's TransferWireDetails.
type wireDetails struct {
	Message string  `json:"message_to_beneficiary"`
	Fee     *string `json:"wire_return_fee"`
}

func showDetails(message string) *wireDetails {
	if message == "" {
		return nil
	}
	return &wireDetails{Message: message}
}

// rationale is Plaid's TransferAuthorizationDecisionRationale.
type rationale struct {
	Code string `json:"code"`
	Text string `json:"description"`
}

func showRationale(v transfer.Verdict) *rationale {
	if v.Code == "" {
		return nil
	}
	return &rationale{v.Code, v.Text}
}

type wireAuthorization struct {
	ID                 string       `json:"id"`
	Created            string       `json:"created"`
	Decision           string       `json:"decision"`
	Rationale          *rationale   `json:"decision_rationale"`
	Guarantee          *string      `json:"guarantee_decision"`
	GuaranteeRationale *rationale   `json:"guarantee_decision_rationale"`
	Risk               *struct{}    `json:"payment_risk"`
	Proposed           wireProposal `json:"proposed_transfer"`
}

type wireProposal struct {
	Class       string            `json:"ach_class,omitempty"`
	Account     string            `json:"account_id"`
	Funding     string            `json:"funding_account_id"`
	Ledger      string            `json:"ledger_id"`
	Type        string            `json:"type"`
	User        shownTransferUser `json:"user"`
	Amount      string            `json:"amount"`
	Requested   string            `json:"requested_amount"`
	Network     string            `json:"network"`
	Details     *wireDetails      `json:"wire_details,omitempty"`
	Origination string            `json:"origination_account_id"`
	Currency    string            `json:"iso_currency_code"`
	Originator  *string           `json:"originator_client_id"`
	Source      *string           `json:"credit_funds_source"`
}

func showAuthorization(st *transfer.State, a *transfer.Authorization) wireAuthorization {
	return wireAuthorization{
		ID: a.ID, Created: wire.Stamp(a.Created), Decision: string(a.Decision), Rationale: showRationale(a.Verdict),
		Proposed: wireProposal{
			Class: a.Class, Account: a.Account.ID, Funding: st.Funding, Ledger: a.Ledger, Type: string(a.Kind), User: showUser(a.User),
			Amount: a.Amount.String(), Requested: a.Amount.String(), Network: string(a.Network), Details: showDetails(a.Message),
			Currency: usd, Source: wire.OrNull(a.Source),
		},
	}
}

// wireFailure is Plaid's TransferFailure, TransferRefundFailure and SweepFailure.
type wireFailure struct {
	Code   *string `json:"failure_code"`
	Return *string `json:"ach_return_code"`
	Text   string  `json:"description"`
}

func showFailure(f *transfer.Failure) *wireFailure {
	if f == nil {
		return nil
	}
	return &wireFailure{wire.OrNull(f.Code), wire.OrNull(f.Code), f.Text}
}

type wireTransfer struct {
	ID                 string            `json:"id"`
	Authorization      string            `json:"authorization_id"`
	Class              string            `json:"ach_class,omitempty"`
	Account            string            `json:"account_id"`
	Funding            string            `json:"funding_account_id"`
	Ledger             string            `json:"ledger_id"`
	Type               string            `json:"type"`
	User               shownTransferUser `json:"user"`
	Amount             string            `json:"amount"`
	Description        string            `json:"description"`
	Created            string            `json:"created"`
	Status             string            `json:"status"`
	Sweep              *string           `json:"sweep_status"`
	Network            string            `json:"network"`
	Details            *wireDetails      `json:"wire_details,omitempty"`
	Cancellable        bool              `json:"cancellable"`
	Failure            *wireFailure      `json:"failure_reason"`
	Metadata           map[string]string `json:"metadata"`
	Origination        string            `json:"origination_account_id"`
	Guarantee          *string           `json:"guarantee_decision"`
	GuaranteeRationale *rationale        `json:"guarantee_decision_rationale"`
	Currency           string            `json:"iso_currency_code"`
	Standard           *string           `json:"standard_return_window"`
	Unauthorized       *string           `json:"unauthorized_return_window"`
	Settlement         *string           `json:"expected_settlement_date"`
	Available          *string           `json:"expected_funds_available_date"`
	Originator         *string           `json:"originator_client_id"`
	Refunds            []wireRefund      `json:"refunds"`
	Recurring          *string           `json:"recurring_transfer_id"`
	Source             *string           `json:"credit_funds_source"`
	Trace              *string           `json:"network_trace_id"`
}

func showTransfer(st *transfer.State, t *transfer.Transfer) wireTransfer {
	dates := t.Dates()
	w := wireTransfer{
		ID: t.ID, Authorization: t.Authorization, Class: t.ACHClass, Account: t.Account.ID, Funding: st.Funding, Ledger: t.Ledger,
		Type: string(t.Kind), User: showUser(t.User), Amount: t.Amount.String(), Description: t.Description, Created: wire.Stamp(t.Created),
		Status: string(t.Status), Sweep: wire.OrNull(string(t.SweepStatus())), Network: string(t.Network), Details: showDetails(t.Message),
		Cancellable: t.Cancellable(), Failure: showFailure(t.Failure), Metadata: t.Metadata, Currency: usd,
		Standard: showDay(dates.Standard), Unauthorized: showDay(dates.Unauthorized), Settlement: showDay(dates.Settlement),
		Available: showDay(dates.Available), Refunds: []wireRefund{}, Recurring: wire.OrNull(t.Recurring), Source: wire.OrNull(t.Source),
		Trace: wire.OrNull(t.Trace()),
	}
	for _, r := range st.RefundsOf(t.ID) {
		w.Refunds = append(w.Refunds, showRefund(r))
	}
	return w
}

// showDay writes a day, or null if it is unknown.
func showDay(d transfer.Day) *string {
	if d == 0 {
		return nil
	}
	return wire.OrNull(d.String())
}

type wireRefund struct {
	ID       string       `json:"id"`
	Transfer string       `json:"transfer_id"`
	Amount   string       `json:"amount"`
	Status   string       `json:"status"`
	Failure  *wireFailure `json:"failure_reason"`
	Ledger   string       `json:"ledger_id"`
	Created  string       `json:"created"`
	Trace    *string      `json:"network_trace_id"`
}

func showRefund(r *transfer.Refund) wireRefund {
	return wireRefund{
		r.ID, r.Transfer, r.Amount.String(), string(r.Status), showFailure(r.Failure), r.Ledger, wire.Stamp(r.Created), wire.OrNull(r.Trace()),
	}
}
