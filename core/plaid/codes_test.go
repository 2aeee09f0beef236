package plaid_test

import (
	"testing"

	"bankbook/core/fault"
	"bankbook/core/plaid"
)

// codes is the table of PLAID §4.
var codes = map[fault.Kind][]string{
	fault.SignIn:  {"ITEM_LOGIN_REQUIRED", "INVALID_CREDENTIALS", "INVALID_MFA", "INSUFFICIENT_CREDENTIALS", "USER_INPUT_TIMEOUT"},
	fault.Consent: {"ACCESS_NOT_GRANTED", "NO_ACCOUNTS", "NO_AUTH_ACCOUNTS", "ADDITIONAL_CONSENT_REQUIRED"},
	fault.Gone: {
		"ITEM_NOT_FOUND", "USER_PERMISSION_REVOKED", "USER_ACCOUNT_REVOKED", "INVALID_ACCESS_TOKEN",
		"INVALID_UPDATED_USERNAME", "INSTITUTION_NO_LONGER_SUPPORTED",
	},
	fault.BankSite: {"ITEM_LOCKED", "USER_SETUP_REQUIRED", "PASSWORD_RESET_REQUIRED", "MFA_NOT_SUPPORTED", "ITEM_NOT_SUPPORTED"},
	fault.Expired:  {"INVALID_PUBLIC_TOKEN", "INVALID_LINK_TOKEN"},
	fault.NotReady: {"PRODUCT_NOT_READY"},
	fault.Unsupported: {
		"PRODUCTS_NOT_SUPPORTED", "PRODUCT_NOT_ENABLED", "INVALID_PRODUCT", "UNAUTHORIZED_ROUTE_ACCESS",
		"INSTITUTION_REGISTRATION_REQUIRED", "UNAUTHORIZED_INSTITUTION", "SANDBOX_PRODUCT_NOT_ENABLED",
	},
	fault.Mutation: {"TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION"},
	fault.Keys:     {"INVALID_API_KEYS", "UNAUTHORIZED_ENVIRONMENT"},
	fault.Refused: {
		"MISSING_FIELDS", "INVALID_FIELD", "INVALID_BODY", "INVALID_ACCOUNT_ID", "SANDBOX_WEBHOOK_INVALID",
		"SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID", "TRANSFER_NETWORK_LIMIT_EXCEEDED", "TRANSFER_ACCOUNT_BLOCKED",
		"TRANSFER_NOT_CANCELLABLE", "TRANSFER_UNSUPPORTED_ACCOUNT_TYPE", "TRANSFER_FORBIDDEN_ACH_CLASS",
		"A_CODE_OF_TOMORROW",
	},
	// These come with HTTP 400 as well.
	fault.BankDown: {
		"INSTITUTION_DOWN", "INSTITUTION_NOT_RESPONDING", "INSTITUTION_NOT_AVAILABLE", "INTERNAL_SERVER_ERROR", "PLANNED_MAINTENANCE",
	},
	fault.NotFound: {"INVALID_INSTITUTION"},
}

// Each code becomes its kind on the way through any method, keeps its name and
// its request id, and is not asked for again: all of these come with HTTP 400.
func TestCodes(t *testing.T) {
	for kind, names := range codes {
		for _, code := range names {
			for _, method := range []string{"Item", "CreateLink", "Sync", "Exchange"} {
				t.Run(code+"/"+method, func(t *testing.T) {
					b := newBench(t, plaidError(400, "SOME_ERROR", code, "words"))
					err := operations()[method].call(t.Context(), b.Client)
					assertFault(t, err, kind)
					if d := fault.Describe(err); d.Code != code || d.RequestID != "HNTDNrA8F1shFEW" {
						t.Errorf("described as %+v", d)
					}
					if b.tries() != 1 {
						t.Errorf("tried %d times", b.tries())
					}
				})
			}
		}
	}
}

// A code that is not in the table goes by its type, and by the status.
func TestUnknownCodes(t *testing.T) {
	for _, c := range []struct {
		status    int
		errorType string
		kind      fault.Kind
	}{
		{400, "INSTITUTION_ERROR", fault.BankDown},
		{400, "API_ERROR", fault.BankDown},
		{400, "RATE_LIMIT_EXCEEDED", fault.RateLimit},
		{429, "SOMETHING_NEW", fault.RateLimit},
		{500, "SOMETHING_NEW", fault.BankDown},
		{503, "INVALID_REQUEST", fault.BankDown},
		{400, "INVALID_REQUEST", fault.Refused},
		{403, "ITEM_ERROR", fault.Refused},
	} {
		b := newBench(t, plaidError(c.status, c.errorType, "NOT_IN_THE_TABLE", ""))
		err := operations()["Item"].call(t.Context(), b.Client)
		assertFault(t, err, c.kind)
		if fault.Describe(err).Code != "NOT_IN_THE_TABLE" {
			t.Errorf("%d %s loses its code", c.status, c.errorType)
		}
	}
}

// Every kind that a code leads to is one that the port may return.
func TestCodesAreKnown(t *testing.T) {
	for kind, names := range codes {
		for _, code := range names {
			if got, known := plaid.KindOfCode(code); known && got != kind {
				t.Errorf("%s is %s, want %s", code, got, kind)
			} else if !known && code != "A_CODE_OF_TOMORROW" {
				t.Errorf("%s is not in the table", code)
			}
		}
	}
}

func TestRemoveWhatIsGone(t *testing.T) {
	for _, code := range []string{"ITEM_NOT_FOUND", "INVALID_ACCESS_TOKEN", "USER_PERMISSION_REVOKED", "USER_ACCOUNT_REVOKED"} {
		b := newBench(t, plaidError(400, "INVALID_INPUT", code, ""))
		if err := operations()["RemoveItem"].call(t.Context(), b.Client); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
	b := newBench(t, plaidError(400, "INVALID_INPUT", "INVALID_API_KEYS", ""))
	if err := operations()["RemoveItem"].call(t.Context(), b.Client); !fault.Is(err, fault.Keys) {
		t.Errorf("wrong keys: %v", err)
	}
}

// A cursor of another Item comes with the code for any wrong field.
func TestStaleCursor(t *testing.T) {
	op := operations()["Sync"]
	for message, kind := range map[string]fault.Kind{
		"cursor not associated with access_token": fault.StaleCursor,
		"Cursor is invalid":                       fault.StaleCursor,
		"count must be less than 500":             fault.Refused,
	} {
		b := newBench(t, plaidError(400, "INVALID_REQUEST", "INVALID_FIELD", message))
		assertFault(t, op.call(t.Context(), b.Client), kind)
	}
	b := newBench(t, plaidError(400, "INVALID_REQUEST", "INVALID_FIELD", "cursor not associated with access_token"))
	assertFault(t, operations()["Item"].call(t.Context(), b.Client), fault.Refused)
}
