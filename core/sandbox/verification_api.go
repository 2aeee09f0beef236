package sandbox

import (
	"strings"
	"time"

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
			if it.accountID(st.Key, code) == req.Account {
				if err := it.settle(code, req.Status, now); err != nil {
					return err
				}
				s.tellVerification(st, it)
				return nil
			}
		}
		return wire.AccountID()
	})
	return verificationResponse{id}, err
}

// settle ends the automated verification of an account.
func (i *item) settle(code string, to verify.Status, now time.Time) error {
	if i.verified(code, now) != verify.PendingAutomatic || !i.Verification.Settle(to) {
		return wire.VerificationStatus()
	}
	return nil
}

// tellVerification announces how an automated verification has ended.
func (s *Server) tellVerification(st *state, it *item) {
	status := it.Verification.Status(s.now())
	s.announceItem(st, it, "AUTH", strings.ToUpper(string(status)), map[string]any{
		"account_id": it.accountID(st.Key, it.Verification.Account),
	})
}
