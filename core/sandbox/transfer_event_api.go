package sandbox

import (
	"slices"
	"time"

	"bankbook/core/sandbox/transfer"
	"bankbook/core/sandbox/wire"
)

func (s *Server) transferEventRoutes() routes {
	return routes{
		"/transfer/event/sync": serve(s.transferEventSync),
		"/transfer/event/list": serve(s.transferEventList),
	}
}

// transferEvent is Plaid's TransferEvent. Account, Type and Amount are left out of the
// events of ledger sweeps.
type transferEvent struct {
	ID          int64        `json:"event_id"`
	At          string       `json:"timestamp"`
	Event       string       `json:"event_type"`
	Account     string       `json:"account_id,omitempty"`
	Funding     string       `json:"funding_account_id"`
	Ledger      string       `json:"ledger_id"`
	Transfer    string       `json:"transfer_id"`
	Origination string       `json:"origination_account_id"`
	Type        string       `json:"transfer_type,omitempty"`
	Amount      string       `json:"transfer_amount,omitempty"`
	Failure     *wireFailure `json:"failure_reason"`
	Sweep       *string      `json:"sweep_id"`
	SweepAmount *string      `json:"sweep_amount"`
	Refund      *string      `json:"refund_id"`
	Originator  *string      `json:"originator_client_id"`
	Intent      *string      `json:"intent_id"`
}

func showEvents(st *transfer.State, events []*transfer.Event) []transferEvent {
	out := make([]transferEvent, 0, len(events))
	for _, e := range events {
		w := transferEvent{
			ID: e.ID, At: wire.Stamp(e.At), Event: e.Type, Account: e.Account.ID, Funding: st.Funding, Ledger: e.Ledger, Transfer: e.Transfer,
			Type: string(e.Kind), Failure: showFailure(e.Failure), Sweep: wire.OrNull(e.Sweep), Refund: wire.OrNull(e.Refund),
		}
		if e.Transfer != "" {
			w.Amount = e.Amount.String()
		}
		if e.Sweep != "" {
			w.SweepAmount = wire.OrNull(e.SweepAmount.String())
		}
		out = append(out, w)
	}
	return out
}

type eventSyncRequest struct {
	After int64 `json:"after_id"`
	Count *int  `json:"count"`
}

type eventsResponse struct {
	Events    []transferEvent `json:"transfer_events"`
	More      bool            `json:"has_more"`
	RequestID string          `json:"request_id"`
}

// syncedEvents is how many events a sync gives if nothing is said.
const syncedEvents = 100

// transferEventSync answers /transfer/event/sync.
func (s *Server) transferEventSync(id string, req eventSyncRequest) (resp eventsResponse, err error) {
	count := syncedEvents
	if req.Count != nil {
		count = *req.Count
	}
	err = s.viewMoney(func(st *transfer.State) error {
		events, more := st.After(req.After, count)
		resp = eventsResponse{showEvents(st, events), more, id}
		return nil
	})
	return resp, err
}

type eventListRequest struct {
	pageRequest
	Transfer    string   `json:"transfer_id"`
	Account     string   `json:"account_id"`
	Type        string   `json:"transfer_type"`
	Events      []string `json:"event_types"`
	Sweep       string   `json:"sweep_id"`
	Origination string   `json:"origination_account_id"`
	Originator  string   `json:"originator_client_id"`
	Funding     string   `json:"funding_account_id"`
}

// fits reports whether an event passes the filters.
func (r *eventListRequest) fits(e *transfer.Event) bool {
	return (r.Transfer == "" || e.Transfer == r.Transfer) &&
		(r.Account == "" || e.Account.ID == r.Account) &&
		(r.Type == "" || string(e.Kind) == r.Type) &&
		(len(r.Events) == 0 || slices.Contains(r.Events, e.Type)) &&
		(r.Sweep == "" || e.Sweep == r.Sweep)
}

// transferEventList answers /transfer/event/list.
func (s *Server) transferEventList(id string, req eventListRequest) (resp eventsResponse, err error) {
	page, err := req.page()
	if err != nil {
		return resp, err
	}
	err = s.viewMoney(func(st *transfer.State) error {
		ours := mine(st, req.Originator, req.Origination, req.Funding)
		fits := func(e *transfer.Event) bool { return ours && req.fits(e) }
		events, more := transfer.Newest(st.Events, page, func(e *transfer.Event) time.Time { return e.At }, fits)
		resp = eventsResponse{showEvents(st, events), more, id}
		return nil
	})
	return resp, err
}
