package sandbox

import (
	"fmt"
	"net/http"
	"strings"
)

// Plaid's error types, as far as they are used here.
const (
	invalidRequest = "INVALID_REQUEST"
	invalidInput   = "INVALID_INPUT"
	itemError      = "ITEM_ERROR"
	syncError      = "TRANSACTIONS_ERROR"
	apiError       = "API_ERROR"
)

// The error codes that are compared or come from more than one place.
const (
	codeLoginRequired      = "ITEM_LOGIN_REQUIRED"
	codeInvalidCredentials = "INVALID_CREDENTIALS"
)

// Error is Plaid's error, with all of its fields (PLAID §4).
type Error struct {
	Type      string   `json:"error_type"`
	Code      string   `json:"error_code"`
	Reason    *string  `json:"error_code_reason"`
	Message   string   `json:"error_message"`
	Display   *string  `json:"display_message"`
	RequestID string   `json:"request_id"`
	Causes    []string `json:"causes"`
	Status    *int     `json:"status"`
	DocURL    string   `json:"documentation_url"`
	Action    *string  `json:"suggested_action"`

	http int
}

// Error returns type, code and message.
func (e *Error) Error() string { return e.Type + "/" + e.Code + ": " + e.Message }

// docPages are the pages of Plaid's documentation that the error types lead to.
const docPages = "https://plaid.com/docs/errors/"

func fail(kind, code, message string) *Error {
	page := strings.ReplaceAll(strings.ToLower(strings.TrimSuffix(kind, "_ERROR")), "_", "-")
	return &Error{
		Type: kind, Code: code, Message: message, Causes: []string{},
		DocURL: docPages + page + "/#" + strings.ToLower(code), http: http.StatusBadRequest,
	}
}

// shown returns e with a text for the person at the screen.
func (e *Error) shown(text string) *Error {
	e.Display = &text
	return e
}

// status returns e with another HTTP status than 400.
func (e *Error) status(code int) *Error {
	e.http = code
	return e
}

func errMissing(fields []string) *Error {
	return fail(invalidRequest, "MISSING_FIELDS", "the following required fields are missing: "+strings.Join(fields, ", "))
}

func errField(field, rule string) *Error {
	return fail(invalidRequest, "INVALID_FIELD", field+" "+rule)
}

func errBody() *Error {
	return fail(invalidRequest, "INVALID_BODY", "body could not be parsed as JSON")
}

func errTooLarge() *Error {
	return fail(invalidRequest, "INVALID_BODY", "body is too large").status(http.StatusRequestEntityTooLarge)
}

func errKeys() *Error {
	return fail(invalidInput, "INVALID_API_KEYS", "invalid client_id or secret provided")
}

func errPath() *Error {
	return fail(invalidRequest, "NOT_FOUND", "requested resource cannot be found. please check the url.").status(http.StatusNotFound)
}

func errMethod() *Error {
	return fail(invalidRequest, "NOT_FOUND", "this endpoint is called with POST").status(http.StatusMethodNotAllowed)
}

func errHeaders(rule string) *Error { return fail(invalidRequest, "INVALID_HEADERS", rule) }

func errInternal() *Error {
	return fail(apiError, "INTERNAL_SERVER_ERROR", "an unexpected error occurred").status(http.StatusInternalServerError)
}

func errAccessToken(rule string) *Error { return fail(invalidInput, "INVALID_ACCESS_TOKEN", rule) }

func errPublicToken(rule string) *Error { return fail(invalidInput, "INVALID_PUBLIC_TOKEN", rule) }

func errLinkToken(rule string) *Error { return fail(invalidInput, "INVALID_LINK_TOKEN", rule) }

func errItemGone() *Error {
	return fail(itemError, "ITEM_NOT_FOUND", "The Item you requested cannot be found. This Item does not exist, has been previously removed via /item/remove, or has had access removed by the user.")
}

func errLogin() *Error {
	return fail(itemError, codeLoginRequired, "the login details of this item have changed (credentials, MFA, or required user action) and a user login is required to update this information. use Link's update mode to restore the item to a good state").
		shown("Sign in to your bank again to keep this connection up to date.")
}

func errCredentials() *Error {
	return fail(itemError, codeInvalidCredentials, "the provided credentials were not correct. Please try again.").
		shown("The user name or the password is not right. Try again.")
}

func errConsent(product string) *Error {
	return fail(invalidInput, "ADDITIONAL_CONSENT_REQUIRED", fmt.Sprintf("client does not have user consent to access the PRODUCT_%s product. The user can be sent through Link's update mode to give it.", strings.ToUpper(product)))
}

func errNoAuthAccounts() *Error {
	return fail(itemError, "NO_AUTH_ACCOUNTS", "There are no valid checking or savings account(s) associated with this Item. See https://plaid.com/docs/errors/item/#no_auth_accounts for more information.")
}

func errAccountID() *Error {
	return fail(invalidInput, "INVALID_ACCOUNT_ID", "failed to find requested account ID for requested item")
}

func errInstitution() *Error {
	return fail(invalidInput, "INVALID_INSTITUTION", "invalid institution_id provided")
}

func errProducts(list string) *Error {
	return fail(invalidInput, "INVALID_PRODUCT", "the following products are not supported: "+list)
}

func errCursor() *Error { return errField("cursor", "not associated with access_token") }

func errMutation() *Error {
	return fail(syncError, "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION", "Underlying transaction data changed since last page was fetched. Please restart pagination from last update.")
}
