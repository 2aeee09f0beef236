package sandbox

import (
	"slices"
	"time"

	"bankbook/core/sandbox/transfer"
	"bankbook/core/sandbox/wire"
)

// wireSweep is Plaid's TransferSweep.
type wireSweep struct {
	ID          string       `json:"id"`
	Funding     string       `json:"funding_account_id"`
	Ledger      string       `json:"ledger_id"`
	Created     string       `json:"created"`
	Amount      string       `json:"amount"`
	Currency    string       `json:"iso_currency_code"`
	Settled     *string      `json:"settled"`
	Available   *string      `json:"expected_funds_available_date"`
	Status      string       `json:"status"`
	Trigger     string       `json:"trigger"`
	Description string       `json:"description"`
	Trace       *string      `json:"network_trace_id"`
	Failure     *wireFailure `json:"failure_reason"`
}

func showSweep(st *transfer.State, s *transfer.Sweep) *wireSweep {
	dates := s.Dates()
	w := &wireSweep{
		ID: s.ID, Funding: st.Funding, Ledger: s.Ledger, Created: wire.Stamp(s.Created), Amount: s.Signed().String(), Currency: usd,
		Available: showDay(dates.Available), Status: string(s.Status), Trigger: string(s.Trigger), Description: s.Description,
		Trace: wire.OrNull(s.Trace()), Failure: showFailure(s.Failure),
	}
	if !s.SettledAt.IsZero() {
		w.Settled = showDay(dates.Settlement)
	}
	return w
}

type sweepRequest struct {
	ID string `json:"sweep_id"`
}

// sweepGet answers /transfer/sweep/get.
func (s *Server) sweepGet(id string, req sweepRequest) (resp sweepResponse, err error) {
	err = s.viewMoney(func(st *transfer.State) error {
		sweep := st.Sweep(req.ID)
		if sweep == nil {
			return wire.Field("sweep_id", "does not exist")
		}
		resp = sweepResponse{showSweep(st, sweep), id}
		return nil
	})
	return resp, err
}

type sweepListRequest struct {
	pageRequest
	Amount     string `json:"amount"`
	Status     string `json:"status"`
	Originator string `json:"originator_client_id"`
	Funding    string `json:"funding_account_id"`
	Transfer   string `json:"transfer_id"`
	Trigger    string `json:"trigger"`
}

type sweepListResponse struct {
	Sweeps    []*wireSweep `json:"sweeps"`
	RequestID string       `json:"request_id"`
}

// fits reports whether a sweep passes the filters.
func (r *sweepListRequest) fits(st *transfer.State, s *transfer.Sweep) bool {
	if r.Transfer != "" {
		t := st.Transfer(r.Transfer)
		if t == nil || !slices.Contains(t.Swept, s.ID) {
			return false
		}
	}
	return (r.Amount == "" || s.Signed().String() == r.Amount) && (r.Status == "" || string(s.Status) == r.Status) &&
		(r.Trigger == "" || string(s.Trigger) == r.Trigger)
}

// sweepList answers /transfer/sweep/list.
func (s *Server) sweepList(id string, req sweepListRequest) (resp sweepListResponse, err error) {
	page, err := req.page()
	if err != nil {
		return resp, err
	}
	resp = sweepListResponse{Sweeps: []*wireSweep{}, RequestID: id}
	err = s.viewMoney(func(st *transfer.State) error {
		ours := mine(st, req.Originator, "", req.Funding)
		fits := func(sweep *transfer.Sweep) bool { return ours && req.fits(st, sweep) }
		list, _ := transfer.Newest(st.Sweeps, page, func(sweep *transfer.Sweep) time.Time { return sweep.Created }, fits)
		for _, sweep := range list {
			resp.Sweeps = append(resp.Sweeps, showSweep(st, sweep))
		}
		return nil
	})
	return resp, err
}
