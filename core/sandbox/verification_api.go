package sandbox

import (
	"bankbook/core/sandbox/verify"
	"bankbook/core/sandbox/wire"
)

type verificationRequest struct {
	Token   string        `json:"access_token"`
	Account string        `json:"account_id"`
	Status  verify.Status `json:"verification_status"`
}

type verificationResponse struct {
	RequestID string `json:"request_id"`
}

// setVerification answers /sandbox/item/set_verification_status: an automated
// micro-deposit arrives at once, or never.
func (s *Server) setVerification(id string, req verificationRequest) (resp verificationResponse, err error) {
	now := s.now()
	err = s.store.change(func(st *state) error {
		it, err := st.liveItem(req.Token)
		if err != nil {
			return err
		}
		for _, code := range it.Accounts {
			if accountID(st.Key, it.ID, code) == req.Account {
				return it.settle(code, req.Status, now)
			}
		}
		return wire.AccountID()
	})
	return verificationResponse{id}, err
}
