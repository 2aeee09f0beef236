package sandbox

import (
	"slices"
	"time"

	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

type balanceRequest struct {
	Token   string `json:"access_token"`
	Options struct {
		accountsChoice
		Oldest string `json:"min_last_updated_datetime"`
	} `json:"options"`
}

// balanceGet answers /accounts/balance/get: the same as /accounts/get, but in
// real time where the bank can do that.
func (s *Server) balanceGet(id string, req balanceRequest) (resp accountsResponse, err error) {
	it, key, err := s.use(req.Token, "")
	if err != nil {
		return resp, err
	}
	if !slices.Contains(it.bank().products(), "balance") {
		return resp, wire.ProductsNotSupported("balance")
	}
	accounts, err := s.accounts(&it, key, req.Options.IDs)
	if err == nil && it.bank().StaleCards {
		err = s.stale(&it, accounts, req.Options.Oldest)
	}
	return accountsResponse{Accounts: accounts, Item: it.wire(), RequestID: id}, err
}

// stale tells when the balances of a bank were updated that knows those of cards
// and loans of yesterday only: the client has to say how old they may be.
func (s *Server) stale(it *item, accounts []wireAccount, oldest string) error {
	now := s.now()
	last := it.fetched(s.moment(it))
	for i := range accounts {
		updated := wire.Stamp(now)
		if accounts[i].Type != people.Depository {
			if err := acceptable(last, oldest); err != nil {
				return err
			}
			updated = wire.Stamp(last)
		}
		accounts[i].Balances.Updated = &updated
	}
	return nil
}

func acceptable(updated time.Time, oldest string) error {
	const field = "options.min_last_updated_datetime"
	at, err := time.Parse(time.RFC3339, oldest)
	switch {
	case oldest == "":
		return wire.Field(field, "must be set for non-depository accounts at this institution")
	case err != nil:
		return wire.Field(field, "must be a date-time in ISO 8601 format")
	case updated.Before(at):
		return wire.OutOfRange()
	}
	return nil
}
