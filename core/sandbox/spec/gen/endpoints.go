package main

import "strings"

// endpoints are those that the practice bank has.
func endpoints() []string {
	return strings.Fields(`
		/link/token/create /link/token/get
		/user/create
		/item/get /item/remove /item/access_token/invalidate /item/webhook/update /item/public_token/create
		/item/public_token/exchange /item/import
		/categories/get /webhook_verification_key/get
		/accounts/get /accounts/balance/get /auth/get /identity/get /identity/match /liabilities/get
		/institutions/get /institutions/search /institutions/get_by_id
		/transactions/sync /transactions/get /transactions/refresh /transactions/recurring/get
		/transfer/authorization/create /transfer/authorization/cancel /transfer/create /transfer/get /transfer/list
		/transfer/cancel /transfer/event/sync /transfer/event/list /transfer/capabilities/get
		/transfer/configuration/get /transfer/metrics/get /transfer/balance/get
		/transfer/refund/create /transfer/refund/get /transfer/refund/cancel
		/transfer/ledger/get /transfer/ledger/deposit /transfer/ledger/withdraw /transfer/ledger/distribute
		/transfer/ledger/event/list /transfer/sweep/get /transfer/sweep/list
		/transfer/recurring/create /transfer/recurring/get /transfer/recurring/list /transfer/recurring/cancel
		/sandbox/public_token/create /sandbox/item/reset_login /sandbox/item/fire_webhook
		/sandbox/item/set_verification_status /sandbox/user/reset_login /sandbox/transactions/create
		/sandbox/transfer/simulate /sandbox/transfer/sweep/simulate /sandbox/transfer/refund/simulate
		/sandbox/transfer/ledger/simulate_available /sandbox/transfer/ledger/deposit/simulate
		/sandbox/transfer/ledger/withdraw/simulate /sandbox/transfer/fire_webhook
		/sandbox/transfer/test_clock/create /sandbox/transfer/test_clock/advance
		/sandbox/transfer/test_clock/get /sandbox/transfer/test_clock/list`)
}
