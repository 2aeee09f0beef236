package wire

import (
	"net/http"
	"strings"
)

// Plaid's error types, as far as they are used here.
const (
	InvalidRequest   = "INVALID_REQUEST"
	InvalidInput     = "INVALID_INPUT"
	InvalidResult    = "INVALID_RESULT"
	InstitutionError = "INSTITUTION_ERROR"
	ItemError        = "ITEM_ERROR"
	RateLimit        = "RATE_LIMIT_EXCEEDED"
	SandboxError     = "SANDBOX_ERROR"
	SyncError        = "TRANSACTIONS_ERROR"
	TransferError    = "TRANSFER_ERROR"
	APIError         = "API_ERROR"
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

	// HTTP is the status that the answer has.
	HTTP int `json:"-"`
}

// Error returns type, code and message.
func (e *Error) Error() string { return e.Type + "/" + e.Code + ": " + e.Message }

// docPages are the pages of Plaid's documentation that the error types lead to.
const docPages = "https://plaid.com/docs/errors/"

// Fail returns an error of a type of Plaid's, to be answered with 400.
func Fail(kind, code, message string) *Error {
	page := strings.ReplaceAll(strings.ToLower(strings.TrimSuffix(kind, "_ERROR")), "_", "-")
	return &Error{
		Type: kind, Code: code, Message: message, Causes: []string{},
		DocURL: docPages + page + "/#" + strings.ToLower(code), HTTP: http.StatusBadRequest,
	}
}

// Shown returns e with a text for the person at the screen.
func (e *Error) Shown(text string) *Error {
	e.Display = &text
	return e
}

// With returns e with another HTTP status than 400.
func (e *Error) With(status int) *Error {
	e.HTTP = status
	return e
}
