package sandbox

import (
	"bankbook/core/sandbox/transfer"
	"bankbook/core/sandbox/wire"
)

func (s *Server) refundRoutes() routes {
	return routes{
		"/transfer/refund/create": serve(s.refundCreate),
		"/transfer/refund/get":    serve(s.refundGet),
		"/transfer/refund/cancel": serve(s.refundCancel),
	}
}

type refundRequest struct {
	Transfer string `json:"transfer_id"`
	Amount   string `json:"amount"`
	Key      string `json:"idempotency_key"`
}

type refundResponse struct {
	Refund    wireRefund `json:"refund"`
	RequestID string     `json:"request_id"`
}

// refundCreate answers /transfer/refund/create.
func (s *Server) refundCreate(id string, req refundRequest) (resp refundResponse, err error) {
	amount, err := amountOf("amount", req.Amount)
	if err != nil {
		return resp, err
	}
	key, err := keyUse("refund", req.Key, req)
	if err != nil {
		return resp, err
	}
	err = s.moveMoney(func(d *transfer.Desk) error {
		r, err := d.CreateRefund(req.Transfer, amount, key)
		if err == nil {
			resp = refundResponse{showRefund(r), id}
		}
		return err
	})
	return resp, err
}

type refundIDRequest struct {
	ID string `json:"refund_id"`
}

// refundGet answers /transfer/refund/get.
func (s *Server) refundGet(id string, req refundIDRequest) (resp refundResponse, err error) {
	err = s.viewMoney(func(st *transfer.State) error {
		r := st.Refund(req.ID)
		if r == nil {
			return wire.Field("refund_id", "does not exist")
		}
		resp = refundResponse{showRefund(r), id}
		return nil
	})
	return resp, err
}

// refundCancel answers /transfer/refund/cancel.
func (s *Server) refundCancel(id string, req refundIDRequest) (doneResponse, error) {
	return doneResponse{id}, s.moveMoney(func(d *transfer.Desk) error { return d.CancelRefund(req.ID) })
}
