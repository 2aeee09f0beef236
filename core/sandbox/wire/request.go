package wire

import (
	"net/http"
	"strings"
)

// Missing tells which required fields are not there.
func Missing(fields ...string) *Error {
	return Fail(InvalidRequest, "MISSING_FIELDS", "the following required fields are missing: "+strings.Join(fields, ", "))
}

// Field tells what a field would have to be: Field("count", "must be an integer").
func Field(field, rule string) *Error {
	return Fail(InvalidRequest, "INVALID_FIELD", field+" "+rule)
}

// Body is about a body that is no JSON object.
func Body() *Error {
	return Fail(InvalidRequest, "INVALID_BODY", "body could not be parsed as JSON")
}

// TooLarge is about a body that is not read to its end.
func TooLarge() *Error {
	return Fail(InvalidRequest, "INVALID_BODY", "body is too large").With(http.StatusRequestEntityTooLarge)
}

// Headers tells what a header would have to be.
func Headers(rule string) *Error { return Fail(InvalidRequest, "INVALID_HEADERS", rule) }

// NoPath is about a path that no endpoint has.
func NoPath() *Error {
	return Fail(InvalidRequest, "NOT_FOUND", "requested resource cannot be found. please check the url.").With(http.StatusNotFound)
}

// Method is about another method than POST.
func Method() *Error {
	return Fail(InvalidRequest, "NOT_FOUND", "this endpoint is called with POST").With(http.StatusMethodNotAllowed)
}

// Internal is about a practice bank that cannot go on.
func Internal() *Error {
	return Fail(APIError, "INTERNAL_SERVER_ERROR", "an unexpected error occurred").With(http.StatusInternalServerError)
}

// Unknown tells of fields that the endpoint does not have.
func Unknown(fields ...string) *Error {
	return Fail(InvalidRequest, "UNKNOWN_FIELDS", "the following fields are not recognized by this endpoint: "+strings.Join(fields, ", "))
}
