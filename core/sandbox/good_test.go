package sandbox_test

// goodRequests returns a request to every endpoint that is right in all that the
// API's documents tell. It need not succeed: what it names can be used up by
// other requests.
func (b *bench) goodRequests() map[string]object {
	b.t.Helper()
	access, _ := b.instant("ins_109508", 30)
	account := b.must("/accounts/get", object{"access_token": access})["accounts"].([]any)[0].(object)["account_id"]
	link, _ := b.newLink(nil)
	made := b.must("/user/create", object{"client_user_id": "somebody"})
	item := object{"access_token": access}
	us := []string{"US"}
	uuid := "00000000-0000-4000-8000-000000000000"
	return map[string]object{
		"/link/token/create": {
			"client_name": "B", "language": "en", "country_codes": us, "user": object{"client_user_id": "u"}, "products": []string{"auth"},
		},
		"/link/token/get":                             {"link_token": link},
		"/user/create":                                {"client_user_id": "u"},
		"/item/get":                                   item,
		"/item/remove":                                {"access_token": "access-" + unknown},
		"/item/access_token/invalidate":               {"access_token": "access-" + unknown},
		"/item/webhook/update":                        with(item, object{"webhook": "https://example.com/hook"}),
		"/item/public_token/create":                   item,
		"/item/public_token/exchange":                 {"public_token": "public-" + unknown},
		"/item/import":                                {"products": []string{"auth"}, "user_auth": object{"user_id": "user_good", "auth_token": "pass_good"}},
		"/categories/get":                             {},
		"/webhook_verification_key/get":               {"key_id": uuid},
		"/accounts/get":                               item,
		"/accounts/balance/get":                       item,
		"/auth/get":                                   item,
		"/identity/get":                               item,
		"/identity/match":                             item,
		"/liabilities/get":                            item,
		"/institutions/get":                           {"count": 10, "offset": 0, "country_codes": us},
		"/institutions/search":                        {"query": "Platypus", "country_codes": us},
		"/institutions/get_by_id":                     {"institution_id": "ins_109508", "country_codes": us},
		"/transactions/sync":                          item,
		"/transactions/get":                           with(item, object{"start_date": "2026-10-01", "end_date": "2026-11-01"}),
		"/transactions/refresh":                       item,
		"/transactions/recurring/get":                 item,
		"/transfer/authorization/create":              with(item, authorization(account)),
		"/transfer/authorization/cancel":              {"authorization_id": uuid},
		"/transfer/create":                            {"access_token": access, "account_id": account, "authorization_id": uuid, "description": "rent"},
		"/transfer/get":                               {"transfer_id": uuid},
		"/transfer/list":                              {},
		"/transfer/cancel":                            {"transfer_id": uuid},
		"/transfer/event/sync":                        {"after_id": 0},
		"/transfer/event/list":                        {},
		"/transfer/capabilities/get":                  with(item, object{"account_id": account}),
		"/transfer/configuration/get":                 {},
		"/transfer/metrics/get":                       {},
		"/transfer/balance/get":                       {},
		"/transfer/refund/create":                     {"transfer_id": uuid, "amount": "1.00", "idempotency_key": "k"},
		"/transfer/refund/get":                        {"refund_id": uuid},
		"/transfer/refund/cancel":                     {"refund_id": uuid},
		"/transfer/ledger/get":                        {},
		"/transfer/ledger/deposit":                    {"amount": "1.00", "idempotency_key": "k", "network": "ach"},
		"/transfer/ledger/withdraw":                   {"amount": "1.00", "idempotency_key": "k", "network": "ach"},
		"/transfer/ledger/distribute":                 {"from_ledger_id": uuid, "to_ledger_id": uuid, "amount": "1.00", "idempotency_key": "k"},
		"/transfer/ledger/event/list":                 {},
		"/transfer/sweep/get":                         {"sweep_id": uuid},
		"/transfer/sweep/list":                        {},
		"/transfer/recurring/create":                  with(item, recurrence(account)),
		"/transfer/recurring/get":                     {"recurring_transfer_id": uuid},
		"/transfer/recurring/list":                    {},
		"/transfer/recurring/cancel":                  {"recurring_transfer_id": uuid},
		"/sandbox/public_token/create":                {"institution_id": "ins_109508", "initial_products": []string{"auth"}},
		"/sandbox/item/reset_login":                   {"access_token": "access-" + unknown},
		"/sandbox/item/fire_webhook":                  with(item, object{"webhook_code": "DEFAULT_UPDATE"}),
		"/sandbox/user/reset_login":                   {"user_id": made["user_id"]},
		"/sandbox/transactions/create":                with(item, object{"transactions": []object{{"date_transacted": "2026-11-20", "date_posted": "2026-11-21", "amount": 1, "description": "a"}}}),
		"/sandbox/transfer/simulate":                  {"transfer_id": uuid, "event_type": "posted"},
		"/sandbox/transfer/sweep/simulate":            {},
		"/sandbox/transfer/refund/simulate":           {"refund_id": uuid, "event_type": "refund.posted"},
		"/sandbox/transfer/ledger/simulate_available": {},
		"/sandbox/transfer/ledger/deposit/simulate":   {"sweep_id": uuid, "event_type": "sweep.posted"},
		"/sandbox/transfer/ledger/withdraw/simulate":  {"sweep_id": uuid, "event_type": "sweep.posted"},
		"/sandbox/transfer/fire_webhook":              {"webhook": "https://example.com/hook"},
		"/sandbox/transfer/test_clock/create":         {"virtual_time": "2026-11-21T00:00:00Z"},
		"/sandbox/transfer/test_clock/advance":        {"test_clock_id": uuid, "new_virtual_time": "2026-11-22T00:00:00Z"},
		"/sandbox/transfer/test_clock/get":            {"test_clock_id": uuid},
		"/sandbox/transfer/test_clock/list":           {},
		"/sandbox/item/set_verification_status": {
			"access_token": access, "account_id": account, "verification_status": "automatically_verified",
		},
	}
}

// authorization is what /transfer/authorization/create wants beside a token.
func authorization(account any) object {
	return object{
		"account_id": account, "type": "debit", "network": "ach", "amount": "12.34", "ach_class": "ppd", "user": object{"legal_name": "Alberta Charleson"},
	}
}

// recurrence is what /transfer/recurring/create wants beside a token.
func recurrence(account any) object {
	return object{
		"idempotency_key": "k", "account_id": account, "type": "debit", "network": "ach", "ach_class": "ppd", "amount": "12.34", "description": "rent",
		"schedule": object{"interval_unit": "month", "interval_count": 1, "interval_execution_day": 5, "start_date": "2026-12-01"},
		"user":     object{"legal_name": "Alberta Charleson"},
	}
}
