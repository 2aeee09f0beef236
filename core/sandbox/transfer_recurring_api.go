package sandbox

import (
	"time"

	"bankbook/core/sandbox/transfer"
	"bankbook/core/sandbox/wire"
)

func (s *Server) recurringRoutes() routes {
	return routes{
		"/transfer/recurring/create": serve(s.recurringCreate),
		"/transfer/recurring/get":    serve(s.recurringGet),
		"/transfer/recurring/list":   serve(s.recurringList),
		"/transfer/recurring/cancel": serve(s.recurringCancel),
	}
}

type recurringRequest struct {
	payer
	proposalRequest
	Key         string       `json:"idempotency_key"`
	UserPresent *bool        `json:"user_present"`
	Description string       `json:"description"`
	Schedule    wireSchedule `json:"schedule"`
}

// wireSchedule is Plaid's TransferRecurringSchedule.
type wireSchedule struct {
	Unit  string  `json:"interval_unit"`
	Count int     `json:"interval_count"`
	Day   int     `json:"interval_execution_day"`
	Start string  `json:"start_date"`
	End   *string `json:"end_date"`
}

func (w wireSchedule) schedule() (out transfer.Schedule, err error) {
	out = transfer.Schedule{Unit: w.Unit, Count: w.Count, Day: w.Day}
	if out.Start, err = dayOf("schedule.start_date", w.Start); err != nil || w.End == nil {
		return out, err
	}
	out.End, err = dayOf("schedule.end_date", *w.End)
	return out, err
}

func dayOf(field, text string) (transfer.Day, error) {
	d, ok := transfer.ParseDay(text)
	if !ok {
		return 0, wire.Field(field, "must be a date of the form YYYY-MM-DD")
	}
	return d, nil
}

type wireRecurring struct {
	ID          string            `json:"recurring_transfer_id"`
	Created     string            `json:"created"`
	Next        *string           `json:"next_origination_date"`
	Clock       *string           `json:"test_clock_id"`
	Type        string            `json:"type"`
	Amount      string            `json:"amount"`
	Status      string            `json:"status"`
	Class       string            `json:"ach_class,omitempty"`
	Network     string            `json:"network"`
	Origination string            `json:"origination_account_id"`
	Account     string            `json:"account_id"`
	Funding     string            `json:"funding_account_id"`
	Currency    string            `json:"iso_currency_code"`
	Description string            `json:"description"`
	Transfers   []string          `json:"transfer_ids"`
	User        shownTransferUser `json:"user"`
	Schedule    wireSchedule      `json:"schedule"`
}

func showRecurring(st *transfer.State, r *transfer.Recurring) *wireRecurring {
	return &wireRecurring{
		ID: r.ID, Created: wire.Stamp(r.Created), Next: showDay(r.Next()), Clock: wire.OrNull(r.Clock), Type: string(r.Kind),
		Amount: r.Amount.String(), Status: string(r.Status), Class: r.Class, Network: string(r.Network), Account: r.Account.ID,
		Funding: st.Funding, Currency: usd, Description: r.Description, Transfers: wire.OrEmpty(r.Transfers), User: showUser(r.User),
		Schedule: wireSchedule{r.Schedule.Unit, r.Schedule.Count, r.Schedule.Day, r.Schedule.Start.String(), showDay(r.Schedule.End)},
	}
}

type recurringCreateResponse struct {
	Recurring *wireRecurring `json:"recurring_transfer,omitempty"`
	Decision  string         `json:"decision"`
	Rationale *rationale     `json:"decision_rationale"`
	RequestID string         `json:"request_id"`
}

// recurringCreate answers /transfer/recurring/create.
func (s *Server) recurringCreate(id string, req recurringRequest) (resp recurringCreateResponse, err error) {
	schedule, err := req.Schedule.schedule()
	if err != nil {
		return resp, err
	}
	p, err := s.proposal(req.payer, &req.proposalRequest)
	if err != nil {
		return resp, err
	}
	req.Token = p.Account.Item
	key, err := keyUse("recurring", req.Key, req)
	if err != nil {
		return resp, err
	}
	err = s.moveMoney(func(d *transfer.Desk) error {
		if err := knowsFunding(d.State, req.Funding); err != nil {
			return err
		}
		r, verdict, err := d.CreateRecurring(transfer.Plan{Proposal: p, Description: req.Description, Schedule: schedule, Clock: req.Clock}, key)
		if err != nil {
			return err
		}
		resp = recurringCreateResponse{Decision: string(verdict.Decision), Rationale: showRationale(verdict), RequestID: id}
		if r != nil {
			resp.Recurring = showRecurring(d.State, r)
		}
		return nil
	})
	return resp, err
}

type recurringIDRequest struct {
	ID string `json:"recurring_transfer_id"`
}

type recurringResponse struct {
	Recurring *wireRecurring `json:"recurring_transfer"`
	RequestID string         `json:"request_id"`
}

// recurringGet answers /transfer/recurring/get.
func (s *Server) recurringGet(id string, req recurringIDRequest) (resp recurringResponse, err error) {
	err = s.viewMoney(func(st *transfer.State) error {
		r := st.RecurringTransfer(req.ID)
		if r == nil {
			return wire.Field("recurring_transfer_id", "does not exist")
		}
		resp = recurringResponse{showRecurring(st, r), id}
		return nil
	})
	return resp, err
}

type recurringListRequest struct {
	From    string `json:"start_time"`
	To      string `json:"end_time"`
	Count   *int   `json:"count"`
	Offset  int    `json:"offset"`
	Funding string `json:"funding_account_id"`
}

type recurringListResponse struct {
	Recurring []*wireRecurring `json:"recurring_transfers"`
	RequestID string           `json:"request_id"`
}

// recurringList answers /transfer/recurring/list.
func (s *Server) recurringList(id string, req recurringListRequest) (resp recurringListResponse, err error) {
	page, err := pageRequest{req.From, req.To, req.Count, req.Offset}.page()
	if err != nil {
		return resp, err
	}
	resp = recurringListResponse{Recurring: []*wireRecurring{}, RequestID: id}
	err = s.viewMoney(func(st *transfer.State) error {
		ours := mine(st, "", "", req.Funding)
		made := func(r *transfer.Recurring) time.Time { return r.Created }
		list, _ := transfer.Newest(st.Recurring, page, made, func(*transfer.Recurring) bool { return ours })
		for _, r := range list {
			resp.Recurring = append(resp.Recurring, showRecurring(st, r))
		}
		return nil
	})
	return resp, err
}

// recurringCancel answers /transfer/recurring/cancel.
func (s *Server) recurringCancel(id string, req recurringIDRequest) (doneResponse, error) {
	return doneResponse{id}, s.moveMoney(func(d *transfer.Desk) error { return d.CancelRecurring(req.ID) })
}
