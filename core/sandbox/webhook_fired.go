package sandbox

import (
	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/wire"
)

// firedWebhook is one that /sandbox/item/fire_webhook can send.
type firedWebhook struct {
	kind, code string
	// product is what the Item must have, or "".
	product string
	fields  func(*Server, *item, ident.Keyring) map[string]any
}

// fired are those webhooks. A code of several types means the first, if the
// request names none.
func fired() []*firedWebhook {
	return []*firedWebhook{
		{"TRANSACTIONS", "DEFAULT_UPDATE", "transactions", newOnes("new_transactions")},
		{"TRANSACTIONS", "SYNC_UPDATES_AVAILABLE", "transactions", func(s *Server, it *item, _ ident.Keyring) map[string]any { return s.syncFields(it) }},
		{"TRANSACTIONS", "RECURRING_TRANSACTIONS_UPDATE", "transactions", recurringFields},
		{"AUTH", "DEFAULT_UPDATE", "auth", authFields},
		{"AUTH", "SMS_MICRODEPOSITS_VERIFICATION", "auth", verifiedFields},
		{"LIABILITIES", "DEFAULT_UPDATE", "liabilities", liabilityFields},
		{"HOLDINGS", "DEFAULT_UPDATE", "investments", newOnes("new_holdings", "updated_holdings")},
		{"INVESTMENTS_TRANSACTIONS", "DEFAULT_UPDATE", "investments", newOnes("new_investments_transactions", "cancelled_investments_transactions")},
		{"ITEM", "NEW_ACCOUNTS_AVAILABLE", "", onlyError},
		{"ITEM", "LOGIN_REPAIRED", "", nothingMore},
		{"ITEM", "PENDING_DISCONNECT", "", disconnectFields},
		{"ITEM", "USER_PERMISSION_REVOKED", "", func(*Server, *item, ident.Keyring) map[string]any {
			return map[string]any{"error": wire.PermissionRevoked()}
		}},
		{"ITEM", "USER_ACCOUNT_REVOKED", "", func(_ *Server, it *item, key ident.Keyring) map[string]any {
			return map[string]any{"account_id": it.firstAccount(key)}
		}},
		{"ASSETS", "PRODUCT_READY", "assets", func(*Server, *item, ident.Keyring) map[string]any {
			return map[string]any{"asset_report_id": ident.NewUUID(), "report_type": "FULL"}
		}},
		{"ASSETS", "ERROR", "assets", func(*Server, *item, ident.Keyring) map[string]any {
			return map[string]any{"asset_report_id": ident.NewUUID(), "error": wire.Internal()}
		}},
	}
}

func nothingMore(*Server, *item, ident.Keyring) map[string]any { return nil }

func onlyError(*Server, *item, ident.Keyring) map[string]any { return map[string]any{"error": nil} }

// newOnes says that there is one of the first, and none of the others.
func newOnes(first string, others ...string) func(*Server, *item, ident.Keyring) map[string]any {
	return func(*Server, *item, ident.Keyring) map[string]any {
		fields := map[string]any{"error": nil, first: 1}
		for _, o := range others {
			fields[o] = 0
		}
		return fields
	}
}

// updated says of the first account that something of it is new.
func updated(field, what string) func(*Server, *item, ident.Keyring) map[string]any {
	return func(_ *Server, it *item, key ident.Keyring) map[string]any {
		return map[string]any{"error": nil, field: map[string][]string{it.firstAccount(key): {what}}}
	}
}

func recurringFields(_ *Server, it *item, key ident.Keyring) map[string]any {
	ids := []string{}
	for _, code := range it.Accounts {
		ids = append(ids, it.accountID(key, code))
	}
	return map[string]any{"account_ids": ids}
}

func authFields(s *Server, it *item, key ident.Keyring) map[string]any {
	fields := updated("account_ids_with_updated_auth", "ACCOUNT_NUMBER")(s, it, key)
	fields["account_ids_with_new_auth"] = []string{}
	return fields
}

func verifiedFields(_ *Server, it *item, key ident.Keyring) map[string]any {
	return map[string]any{"status": "MANUALLY_VERIFIED", "account_id": it.firstAccount(key)}
}

func liabilityFields(s *Server, it *item, key ident.Keyring) map[string]any {
	fields := updated("account_ids_with_updated_liabilities", "past_amount_due")(s, it, key)
	fields["account_ids_with_new_liabilities"] = []string{}
	return fields
}

func disconnectFields(s *Server, _ *item, _ ident.Keyring) map[string]any {
	return map[string]any{"reason": "INSTITUTION_MIGRATION", "disconnect_time": wire.Stamp(s.now().Add(consentNotice))}
}
