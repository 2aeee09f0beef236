package wire

import "net/http"

// Limit is about requests that come too often.
func Limit(code string) *Error {
	text := "rate limit exceeded for attempts to access this item. please try again later"
	switch code {
	case "INSTITUTIONS_GET_LIMIT", "INSTITUTIONS_GET_BY_ID_LIMIT": // the same for both, in Plaid's documents
		text = `rate limit exceeded for attempts to access "institutions get by id". please try again later`
	}
	return Fail(RateLimit, code, text).With(http.StatusTooManyRequests)
}

// Maintenance is about an API that is out of order for a while.
func Maintenance() *Error {
	return Fail(APIError, "PLANNED_MAINTENANCE", "the Plaid API is temporarily unavailable due to planned maintenance. visit https://status.plaid.com/ for more information").
		With(http.StatusServiceUnavailable)
}

// InstitutionDown is about an institution that does not answer.
func InstitutionDown() *Error {
	return Fail(InstitutionError, "INSTITUTION_DOWN", "this institution is not currently responding to this request. please try again soon").
		Shown("This financial institution is not currently responding to requests. We apologize for the inconvenience.")
}
