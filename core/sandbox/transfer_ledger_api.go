package sandbox

import (
	"time"

	"bankbook/core/sandbox/transfer"
	"bankbook/core/sandbox/wire"
)

func (s *Server) ledgerRoutes() routes {
	return routes{
		"/transfer/ledger/get":        serve(s.ledgerGet),
		"/transfer/ledger/deposit":    serve(s.ledgerDeposit),
		"/transfer/ledger/withdraw":   serve(s.ledgerWithdraw),
		"/transfer/ledger/distribute": serve(s.ledgerDistribute),
		"/transfer/ledger/event/list": serve(s.ledgerEventList),
		"/transfer/sweep/get":         serve(s.sweepGet),
		"/transfer/sweep/list":        serve(s.sweepList),
		"/practice/ledgers/list":      control(s.ledgers),
	}
}

type ledgerRequest struct {
	Ledger     string `json:"ledger_id"`
	Originator string `json:"originator_client_id"`
}

type ledgerResponse struct {
	wireLedger
	RequestID string `json:"request_id"`
}

type wireLedger struct {
	ID      string        `json:"ledger_id"`
	Balance ledgerBalance `json:"balance"`
	Name    string        `json:"name"`
	Default bool          `json:"is_default"`
}

type ledgerBalance struct {
	Available string `json:"available"`
	Pending   string `json:"pending"`
}

func showLedger(l *transfer.Ledger) wireLedger {
	return wireLedger{l.ID, ledgerBalance{l.Available.String(), l.Pending.String()}, l.Name, l.Default}
}

// ledgerGet answers /transfer/ledger/get.
func (s *Server) ledgerGet(id string, req ledgerRequest) (resp ledgerResponse, err error) {
	if err := onlyOne(req.Originator, ""); err != nil {
		return resp, err
	}
	err = s.viewMoney(func(st *transfer.State) error {
		l := st.Ledger(req.Ledger)
		if l == nil {
			return wire.Field("ledger_id", "does not exist")
		}
		resp = ledgerResponse{showLedger(l), id}
		return nil
	})
	return resp, err
}

type ledgersResponse struct {
	Ledgers   []wireLedger `json:"ledgers"`
	RequestID string       `json:"request_id"`
}

// ledgers answers /practice/ledgers/list: the list for which Plaid has its
// Dashboard.
func (s *Server) ledgers(id string, _ struct{}) (resp ledgersResponse, err error) {
	resp.RequestID = id
	err = s.viewMoney(func(st *transfer.State) error {
		for _, l := range st.Ledgers {
			resp.Ledgers = append(resp.Ledgers, showLedger(l))
		}
		return nil
	})
	return resp, err
}

type haulRequest struct {
	Originator  string `json:"originator_client_id"`
	Funding     string `json:"funding_account_id"`
	Ledger      string `json:"ledger_id"`
	Amount      string `json:"amount"`
	Description string `json:"description"`
	Key         string `json:"idempotency_key"`
	Network     string `json:"network"`
}

type sweepResponse struct {
	Sweep     *wireSweep `json:"sweep,omitempty"`
	RequestID string     `json:"request_id"`
}

// ledgerDeposit answers /transfer/ledger/deposit.
func (s *Server) ledgerDeposit(id string, req haulRequest) (sweepResponse, error) {
	return s.haul(id, req, "deposit", (*transfer.Desk).Deposit)
}

// ledgerWithdraw answers /transfer/ledger/withdraw.
func (s *Server) ledgerWithdraw(id string, req haulRequest) (sweepResponse, error) {
	return s.haul(id, req, "withdraw", (*transfer.Desk).Withdraw)
}

type hauling func(*transfer.Desk, transfer.Haul, transfer.KeyUse) (*transfer.Sweep, error)

func (s *Server) haul(id string, req haulRequest, scope string, do hauling) (resp sweepResponse, err error) {
	if err := onlyOne(req.Originator, ""); err != nil {
		return resp, err
	}
	amount, err := amountOf("amount", req.Amount)
	if err != nil {
		return resp, err
	}
	key, err := keyUse(scope, req.Key, req)
	if err != nil {
		return resp, err
	}
	if req.Description == "" {
		req.Description = scope
	}
	err = s.moveMoney(func(d *transfer.Desk) error {
		if err := knowsFunding(d.State, req.Funding); err != nil {
			return err
		}
		sweep, err := do(d, transfer.Haul{Ledger: req.Ledger, Network: transfer.Network(req.Network), Amount: amount, Description: req.Description}, key)
		if err == nil {
			resp = sweepResponse{showSweep(d.State, sweep), id}
		}
		return err
	})
	return resp, err
}

type distributeRequest struct {
	From        string `json:"from_ledger_id"`
	To          string `json:"to_ledger_id"`
	FromClient  string `json:"from_client_id"`
	ToClient    string `json:"to_client_id"`
	Amount      string `json:"amount"`
	Key         string `json:"idempotency_key"`
	Description string `json:"description"`
}

// ledgerDistribute answers /transfer/ledger/distribute. The old form, which names
// customers and not ledgers, is for platforms only.
func (s *Server) ledgerDistribute(id string, req distributeRequest) (resp doneResponse, err error) {
	if err := onlyOne(req.FromClient+req.ToClient, ""); err != nil {
		return resp, err
	}
	amount, err := amountOf("amount", req.Amount)
	if err != nil {
		return resp, err
	}
	key, err := keyUse("distribute", req.Key, req)
	if err != nil {
		return resp, err
	}
	return doneResponse{id}, s.moveMoney(func(d *transfer.Desk) error {
		return d.Distribute(transfer.Distribution{From: req.From, To: req.To, Amount: amount, Text: req.Description}, key)
	})
}

type ledgerEventRequest struct {
	pageRequest
	Originator string `json:"originator_client_id"`
	Ledger     string `json:"ledger_id"`
	Event      string `json:"ledger_event_id"`
	SourceType string `json:"source_type"`
	Source     string `json:"source_id"`
}

type ledgerEventResponse struct {
	Events    []wireEntry `json:"ledger_events"`
	More      bool        `json:"has_more"`
	RequestID string      `json:"request_id"`
}

// wireEntry is Plaid's TransferLedgerEvent.
type wireEntry struct {
	ID        string  `json:"ledger_event_id"`
	Ledger    string  `json:"ledger_id"`
	Amount    string  `json:"amount"`
	Transfer  *string `json:"transfer_id"`
	Refund    *string `json:"refund_id"`
	Sweep     *string `json:"sweep_id"`
	Text      string  `json:"description"`
	Pending   string  `json:"pending_balance"`
	Available string  `json:"available_balance"`
	Type      string  `json:"type"`
	At        string  `json:"timestamp"`
}

// fits reports whether an entry passes the filters.
func (r *ledgerEventRequest) fits(e *transfer.Entry) bool {
	sources := map[string]string{"TRANSFER": e.Transfer, "SWEEP": e.Sweep, "REFUND": e.Refund}
	return (r.Ledger == "" || e.Ledger == r.Ledger) && (r.Event == "" || e.ID == r.Event) &&
		(r.SourceType == "" || sources[r.SourceType] != "") &&
		(r.Source == "" || r.Source == e.Transfer || r.Source == e.Sweep || r.Source == e.Refund)
}

// ledgerEventList answers /transfer/ledger/event/list.
func (s *Server) ledgerEventList(id string, req ledgerEventRequest) (resp ledgerEventResponse, err error) {
	if err := onlyOne(req.Originator, ""); err != nil {
		return resp, err
	}
	page, err := req.page()
	if err != nil {
		return resp, err
	}
	resp = ledgerEventResponse{Events: []wireEntry{}, RequestID: id}
	err = s.viewMoney(func(st *transfer.State) error {
		var entries []*transfer.Entry
		entries, resp.More = transfer.Newest(st.Entries, page, func(e *transfer.Entry) time.Time { return e.At }, req.fits)
		for _, e := range entries {
			resp.Events = append(resp.Events, wireEntry{
				e.ID, e.Ledger, e.Amount().String(), wire.OrNull(e.Transfer), wire.OrNull(e.Refund), wire.OrNull(e.Sweep), e.Text,
				e.PendingAfter.String(), e.AvailableAfter.String(), e.Type, wire.Stamp(e.At),
			})
		}
		return nil
	})
	return resp, err
}
