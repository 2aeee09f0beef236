package sandbox

import (
	"strings"

	"bankbook/core/sandbox/transfer"
	"bankbook/core/sandbox/wire"
)

// transferSandboxRoutes are those that let things happen to moved money.
func (s *Server) transferSandboxRoutes() routes {
	return routes{
		"/sandbox/transfer/simulate":                  serve(s.transferSimulate),
		"/sandbox/transfer/refund/simulate":           serve(s.refundSimulate),
		"/sandbox/transfer/sweep/simulate":            serve(s.sweepSimulate),
		"/sandbox/transfer/ledger/simulate_available": serve(s.availableSimulate),
		"/sandbox/transfer/ledger/deposit/simulate":   serve(s.depositSimulate),
		"/sandbox/transfer/ledger/withdraw/simulate":  serve(s.withdrawSimulate),
		"/sandbox/transfer/fire_webhook":              serve(s.transferFireWebhook),
		"/sandbox/transfer/test_clock/create":         serve(s.testClockCreate),
		"/sandbox/transfer/test_clock/advance":        serve(s.testClockAdvance),
		"/sandbox/transfer/test_clock/get":            serve(s.testClockGet),
		"/sandbox/transfer/test_clock/list":           serve(s.testClockList),
	}
}

// simulateRequest is what the requests for simulated events share.
type simulateRequest struct {
	Event   string         `json:"event_type"`
	Failure failureRequest `json:"failure_reason"`
	Clock   string         `json:"test_clock_id"`
	Webhook string         `json:"webhook"`
}

type failureRequest struct {
	Code   string `json:"failure_code"`
	Return string `json:"ach_return_code"`
	Text   string `json:"description"`
}

// event returns the state that a request leads to, and why. The names of events
// have a prefix by what they are about.
func (r *simulateRequest) event(about transfer.Class) (transfer.Status, transfer.Failure, error) {
	name, ok := strings.CutPrefix(r.Event, string(about))
	to := transfer.Status(name)
	switch to {
	case transfer.Posted, transfer.Settled, transfer.Failed, transfer.Returned:
	case transfer.Available:
		ok = ok && about == transfer.OfTransfer
	default:
		ok = false
	}
	if !ok {
		return "", transfer.Failure{}, wire.Field("event_type", "is not an event that can be simulated")
	}
	code := r.Failure.Code
	if code == "" {
		code = r.Failure.Return
	}
	return to, transfer.Failure{Code: code, Text: r.Failure.Text}, nil
}

// simulate lets something happen, and tells the webhook of the request, if there
// is one: nothing else is told of simulated events (PLAID §5).
func (s *Server) simulate(id, webhook string, do func(*transfer.Desk) error) (doneResponse, error) {
	if err := checkWebhook("webhook", webhook); err != nil {
		return doneResponse{}, err
	}
	return doneResponse{id}, s.store.change(func(st *state) error {
		if err := do(s.desk(st)); err != nil {
			return err
		}
		s.announceTransferEvents(st, webhook)
		return nil
	})
}

type transferSimulateRequest struct {
	simulateRequest
	ID string `json:"transfer_id"`
}

// transferSimulate answers /sandbox/transfer/simulate.
func (s *Server) transferSimulate(id string, req transferSimulateRequest) (doneResponse, error) {
	to, why, err := req.event(transfer.OfTransfer)
	if err != nil {
		return doneResponse{}, err
	}
	return s.simulate(id, req.Webhook, func(d *transfer.Desk) error { return d.Simulate(req.ID, to, why, req.Clock) })
}

type refundSimulateRequest struct {
	simulateRequest
	ID string `json:"refund_id"`
}

// refundSimulate answers /sandbox/transfer/refund/simulate.
func (s *Server) refundSimulate(id string, req refundSimulateRequest) (doneResponse, error) {
	to, why, err := req.event(transfer.OfRefund)
	if err != nil {
		return doneResponse{}, err
	}
	return s.simulate(id, req.Webhook, func(d *transfer.Desk) error { return d.SimulateRefund(req.ID, to, why, req.Clock) })
}

type sweepSimulateRequest struct {
	simulateRequest
	ID string `json:"sweep_id"`
}

// depositSimulate answers /sandbox/transfer/ledger/deposit/simulate.
func (s *Server) depositSimulate(id string, req sweepSimulateRequest) (doneResponse, error) {
	return s.haulSimulate(id, req, true)
}

// withdrawSimulate answers /sandbox/transfer/ledger/withdraw/simulate.
func (s *Server) withdrawSimulate(id string, req sweepSimulateRequest) (doneResponse, error) {
	return s.haulSimulate(id, req, false)
}

func (s *Server) haulSimulate(id string, req sweepSimulateRequest, in bool) (doneResponse, error) {
	to, why, err := req.event(transfer.OfSweep)
	if err != nil {
		return doneResponse{}, err
	}
	return s.simulate(id, "", func(d *transfer.Desk) error { return d.SimulateSweep(req.ID, in, to, why) })
}

// sweepSimulate answers /sandbox/transfer/sweep/simulate. Without anything to sweep
// there is no sweep in the answer.
func (s *Server) sweepSimulate(id string, req simulateRequest) (resp sweepResponse, err error) {
	_, err = s.simulate(id, req.Webhook, func(d *transfer.Desk) error {
		sweep, err := d.SweepAll(req.Clock)
		resp = sweepResponse{RequestID: id}
		if sweep != nil {
			resp.Sweep = showSweep(d.State, sweep)
		}
		return err
	})
	return resp, err
}

type availableRequest struct {
	Ledger     string `json:"ledger_id"`
	Originator string `json:"originator_client_id"`
	Clock      string `json:"test_clock_id"`
	Webhook    string `json:"webhook"`
}

// availableSimulate answers /sandbox/transfer/ledger/simulate_available.
func (s *Server) availableSimulate(id string, req availableRequest) (doneResponse, error) {
	if err := onlyOne(req.Originator, ""); err != nil {
		return doneResponse{}, err
	}
	return s.simulate(id, req.Webhook, func(d *transfer.Desk) error { return d.Release(req.Ledger, req.Clock) })
}

type fireWebhookRequest struct {
	Webhook string `json:"webhook"`
}

// transferFireWebhook answers /sandbox/transfer/fire_webhook.
func (s *Server) transferFireWebhook(id string, req fireWebhookRequest) (doneResponse, error) {
	if err := checkWebhook("webhook", req.Webhook); err != nil {
		return doneResponse{}, err
	}
	return doneResponse{id}, s.store.change(func(st *state) error {
		s.announceTransferEvents(st, req.Webhook)
		return nil
	})
}

// announceTransferEvents tells an address that there are events to be fetched.
func (s *Server) announceTransferEvents(st *state, address string) {
	s.announce(st, notice{URL: address, Type: "TRANSFER", Code: "TRANSFER_EVENTS_UPDATE"})
}
