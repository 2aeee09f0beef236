package plaid

import (
	"net/http"

	"bankbook/core/fault"
)

// kindOfCode sorts Plaid's error codes by what can be done about them
// (PLAID §4). ok is false for a code that is not in the table.
func kindOfCode(code string) (kind fault.Kind, ok bool) {
	switch code {
	case "ITEM_LOGIN_REQUIRED", "INVALID_CREDENTIALS", "INSUFFICIENT_CREDENTIALS", "INVALID_MFA", "INVALID_SEND_METHOD",
		"USER_INPUT_TIMEOUT":
		return fault.SignIn, true
	case "ACCESS_NOT_GRANTED", "NO_ACCOUNTS", "NO_AUTH_ACCOUNTS", "ADDITIONAL_CONSENT_REQUIRED":
		return fault.Consent, true
	case "ITEM_LOCKED", "USER_SETUP_REQUIRED", "PASSWORD_RESET_REQUIRED", "MFA_NOT_SUPPORTED", "ITEM_NOT_SUPPORTED":
		return fault.BankSite, true
	case "ITEM_NOT_FOUND", "USER_PERMISSION_REVOKED", "USER_ACCOUNT_REVOKED", "INVALID_ACCESS_TOKEN",
		"INVALID_UPDATED_USERNAME", "INSTITUTION_NO_LONGER_SUPPORTED":
		return fault.Gone, true
	case "INVALID_PUBLIC_TOKEN", "INVALID_LINK_TOKEN":
		return fault.Expired, true
	case "PRODUCT_NOT_READY":
		return fault.NotReady, true
	case "PRODUCTS_NOT_SUPPORTED", "PRODUCT_NOT_ENABLED", "INVALID_PRODUCT", "UNAUTHORIZED_ROUTE_ACCESS",
		"INSTITUTION_REGISTRATION_REQUIRED", "UNAUTHORIZED_INSTITUTION", "INSTITUTION_NOT_ENABLED_IN_ENVIRONMENT",
		"SANDBOX_PRODUCT_NOT_ENABLED", "CREDITS_EXHAUSTED":
		return fault.Unsupported, true
	case "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION":
		return fault.Mutation, true
	case "INVALID_API_KEYS", "UNAUTHORIZED_ENVIRONMENT":
		return fault.Keys, true
	case "INSTITUTION_DOWN", "INSTITUTION_NOT_RESPONDING", "INSTITUTION_NOT_AVAILABLE", "INTERNAL_SERVER_ERROR",
		"PLANNED_MAINTENANCE":
		return fault.BankDown, true
	case "INVALID_INSTITUTION":
		return fault.NotFound, true
	}
	return kindOfLesserCode(code)
}

// kindOfLesserCode holds the codes that only say how often or how wrongly was
// asked.
func kindOfLesserCode(code string) (kind fault.Kind, ok bool) {
	switch code {
	case "RATE_LIMIT", "INSTITUTION_RATE_LIMIT", "ACCOUNTS_LIMIT", "ACCOUNTS_BALANCE_GET_LIMIT", "BALANCE_LIMIT",
		"AUTH_LIMIT", "IDENTITY_LIMIT", "INSTITUTIONS_GET_LIMIT", "INSTITUTIONS_GET_BY_ID_LIMIT", "ITEM_GET_LIMIT",
		"ITEM_REMOVE_LIMIT", "TRANSACTIONS_LIMIT", "TRANSACTIONS_SYNC_LIMIT", "TRANSACTIONS_REFRESH_LIMIT":
		return fault.RateLimit, true
	case "MISSING_FIELDS", "INVALID_FIELD", "UNKNOWN_FIELDS", "INVALID_BODY", "INVALID_HEADERS", "INVALID_ACCOUNT_ID",
		"SANDBOX_WEBHOOK_INVALID", "SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID",
		"TRANSFER_NETWORK_LIMIT_EXCEEDED", "TRANSFER_ACCOUNT_BLOCKED", "TRANSFER_NOT_CANCELLABLE",
		"TRANSFER_UNSUPPORTED_ACCOUNT_TYPE", "TRANSFER_FORBIDDEN_ACH_CLASS":
		return fault.Refused, true
	}
	return fault.None, false
}

// kindOfAnswer sorts an error answer: by its code, or if that is new by its
// type, or if there is neither by the HTTP status alone.
func kindOfAnswer(status int, errorType, code string) fault.Kind {
	if kind, known := kindOfCode(code); known {
		return kind
	}
	switch {
	case status == http.StatusTooManyRequests, errorType == "RATE_LIMIT_EXCEEDED":
		return fault.RateLimit
	case status >= 500, errorType == "INSTITUTION_ERROR", errorType == "API_ERROR":
		return fault.BankDown
	case code == "" || status < 400 && status != 0:
		return fault.Nonsense
	}
	return fault.Refused
}
