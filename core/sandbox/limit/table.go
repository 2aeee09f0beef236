package limit

import (
	"strings"
	"time"
)

// rule is how often an endpoint may be called: per window for each Item, per
// minute for a client. Zero is without limit.
type rule struct {
	item   int
	window time.Duration
	client int
	code   string
	// clientCode is the client's, where it is another one.
	clientCode string
}

// general is the code of an endpoint that has none of its own.
const general = "RATE_LIMIT"

// rules are those of the sandbox. Where Plaid's table names no sandbox figure,
// the one of production stands.
var rules = map[string]rule{
	"/accounts/get":                  {item: 100, client: 5_000, code: "ACCOUNTS_LIMIT"},
	"/accounts/balance/get":          {item: 25, client: 100, code: "BALANCE_LIMIT", clientCode: "ACCOUNTS_BALANCE_GET_LIMIT"},
	"/auth/get":                      {item: 100, client: 500, code: "AUTH_LIMIT"},
	"/identity/get":                  {item: 100, client: 1_000, code: "IDENTITY_LIMIT"},
	"/institutions/get":              {client: 10, code: "INSTITUTIONS_GET_LIMIT"},
	"/institutions/get_by_id":        {client: 400, code: "INSTITUTIONS_GET_BY_ID_LIMIT"},
	"/item/get":                      {item: 40, client: 5_000, code: "ITEM_GET_LIMIT"},
	"/item/remove":                   {item: 100, client: 500, code: general},
	"/liabilities/get":               {item: 10, client: 1_000, code: general},
	"/transactions/get":              {item: 80, client: 1_000, code: "TRANSACTIONS_LIMIT"},
	"/transactions/recurring/get":    {item: 20, client: 1_000, code: "TRANSACTIONS_LIMIT"},
	"/transactions/refresh":          {item: 2, client: 100, code: "TRANSACTIONS_REFRESH_LIMIT"},
	"/transactions/sync":             {item: 50, client: 1_000, code: "TRANSACTIONS_SYNC_LIMIT"},
	"/sandbox/transactions/create":   {item: 2, client: 50, code: general},
	"/transfer/authorization/create": {item: 100, window: time.Hour, client: 100, code: general},
	"/transfer/cancel":               {client: 250, code: general},
	"/transfer/create":               {client: 100, code: general},
	"/transfer/event/sync":           {client: 5_000, code: general},
	"/transfer/intent/create":        {client: 100, code: general},
	"/transfer/recurring/create":     {client: 100, code: general},
	"/transfer/recurring/cancel":     {client: 250, code: general},
	"/transfer/refund/create":        {client: 100, code: general},
	"/transfer/refund/cancel":        {client: 250, code: general},
}

// The rules of whole families of transfer endpoints.
var (
	transferGet  = rule{client: 5_000, code: general}
	transferList = rule{client: 100, code: general}
)

func ruleOf(path string) rule {
	r, known := rules[path]
	switch {
	case known:
	case strings.HasPrefix(path, "/transfer/") && strings.HasSuffix(path, "/get"):
		r = transferGet
	case strings.HasPrefix(path, "/transfer/") && strings.HasSuffix(path, "/list"):
		r = transferList
	default:
		r = rule{code: general}
	}
	if r.window == 0 {
		r.window = time.Minute
	}
	if r.clientCode == "" {
		r.clientCode = r.code
	}
	return r
}

// Code returns the error code that an endpoint's limit has.
func Code(path string) string { return ruleOf(path).code }
