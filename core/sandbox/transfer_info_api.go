package sandbox

import (
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/transfer"
)

func (s *Server) transferInfoRoutes() routes {
	return routes{
		"/transfer/capabilities/get":  serve(s.capabilities),
		"/transfer/configuration/get": serve(s.configuration),
		"/transfer/metrics/get":       serve(s.metrics),
		"/transfer/balance/get":       serve(s.transferBalance),
	}
}

type capabilitiesRequest struct {
	payer
	Profile string `json:"payment_profile_token"`
}

type capabilitiesResponse struct {
	Networks  networks `json:"institution_supported_networks"`
	RequestID string   `json:"request_id"`
}

type networks struct {
	RTP struct {
		Credit bool `json:"credit"`
	} `json:"rtp"`
	RfP struct {
		Debit bool `json:"debit"`
	} `json:"rfp"`
}

// capabilities answers /transfer/capabilities/get.
func (s *Server) capabilities(id string, req capabilitiesRequest) (resp capabilitiesResponse, err error) {
	_, account, err := s.resolve(req.payer)
	if err != nil {
		return resp, err
	}
	resp.RequestID = id
	resp.Networks.RTP.Credit = s.instantly(req.Token, account)
	return resp, nil
}

// The accounts that instant payouts reach (Plaid, "Testing Instant Payouts").
const (
	instantBank    = "ins_109508"
	instantRouting = "322271627"
)

// instantly reports whether instant payouts reach an account.
func (s *Server) instantly(token string, a *people.Account) bool {
	it, _, err := s.itemOf(token)
	if err != nil {
		return false
	}
	first := it.Institution == instantBank && it.person().User == people.GoodUser && (a.Mask == "0000" || a.Mask == "1111")
	return first || a.Numbers.Routing == instantRouting
}

type originatorRequest struct {
	Originator string `json:"originator_client_id"`
}

// configurationResponse has the deprecated limits of both kinds together as ""
// (OpenAPI, example).
type configurationResponse struct {
	Single        string `json:"max_single_transfer_amount"`
	SingleCredit  string `json:"max_single_transfer_credit_amount"`
	SingleDebit   string `json:"max_single_transfer_debit_amount"`
	DailyCredit   string `json:"max_daily_credit_amount"`
	DailyDebit    string `json:"max_daily_debit_amount"`
	Monthly       string `json:"max_monthly_amount"`
	MonthlyCredit string `json:"max_monthly_credit_amount"`
	MonthlyDebit  string `json:"max_monthly_debit_amount"`
	Currency      string `json:"iso_currency_code"`
	RequestID     string `json:"request_id"`
}

// configuration answers /transfer/configuration/get.
func (s *Server) configuration(id string, req originatorRequest) (configurationResponse, error) {
	if err := onlyOne(req.Originator, ""); err != nil {
		return configurationResponse{}, err
	}
	l := transfer.Standard()
	single, daily, monthly := l.Single.String(), l.Daily.String(), l.Monthly.String()
	return configurationResponse{
		SingleCredit: single, SingleDebit: single, DailyCredit: daily, DailyDebit: daily, MonthlyCredit: monthly, MonthlyDebit: monthly,
		Currency: usd, RequestID: id,
	}, nil
}

type metricsResponse struct {
	DailyDebit    string       `json:"daily_debit_transfer_volume"`
	DailyCredit   string       `json:"daily_credit_transfer_volume"`
	Monthly       string       `json:"monthly_transfer_volume"`
	MonthlyDebit  string       `json:"monthly_debit_transfer_volume"`
	MonthlyCredit string       `json:"monthly_credit_transfer_volume"`
	Currency      string       `json:"iso_currency_code"`
	Returns       metricsRates `json:"return_rates"`
	Usage         metricsUsage `json:"authorization_usage"`
	RequestID     string       `json:"request_id"`
}

type metricsRates struct {
	Days60 metricsReturns `json:"last_60d"`
}

type metricsReturns struct {
	Overall        string `json:"overall_return_rate"`
	Unauthorized   string `json:"unauthorized_return_rate"`
	Administrative string `json:"administrative_return_rate"`
}

type metricsUsage struct {
	DailyCredit   string `json:"daily_credit_utilization"`
	DailyDebit    string `json:"daily_debit_utilization"`
	MonthlyCredit string `json:"monthly_credit_utilization"`
	MonthlyDebit  string `json:"monthly_debit_utilization"`
}

// metrics answers /transfer/metrics/get: in Plaid's sandbox with "static placeholder
// values rather than metrics computed" (OpenAPI); these are those of its example.
func (s *Server) metrics(id string, req originatorRequest) (metricsResponse, error) {
	if err := onlyOne(req.Originator, ""); err != nil {
		return metricsResponse{}, err
	}
	return metricsResponse{
		DailyDebit: "1234.56", DailyCredit: "567.89", MonthlyDebit: "10000.00", MonthlyCredit: "2345.67", Currency: usd,
		Returns:   metricsRates{metricsReturns{Overall: "0.1023", Unauthorized: "0.0028", Administrative: "0.0160"}},
		Usage:     metricsUsage{DailyCredit: "0.2300", DailyDebit: "0.3401", MonthlyCredit: "0.9843", MonthlyDebit: "0.3220"},
		RequestID: id,
	}, nil
}

type heldBalanceRequest struct {
	Originator string `json:"originator_client_id"`
	Type       string `json:"type"`
}

type transferBalanceResponse struct {
	Balance   heldBalance `json:"balance"`
	RequestID string      `json:"request_id"`
}

type heldBalance struct {
	Available string `json:"available"`
	Current   string `json:"current"`
	Type      string `json:"type"`
}

// transferBalance answers /transfer/balance/get, which came before the ledgers: it
// tells the default one's.
func (s *Server) transferBalance(id string, req heldBalanceRequest) (resp transferBalanceResponse, err error) {
	if err := onlyOne(req.Originator, ""); err != nil {
		return resp, err
	}
	if req.Type == "" {
		req.Type = "prefunded_rtp_credits"
	}
	err = s.viewMoney(func(st *transfer.State) error {
		l := st.Ledger("")
		resp = transferBalanceResponse{heldBalance{l.Available.String(), (l.Available + l.Pending).String(), req.Type}, id}
		return nil
	})
	return resp, err
}
