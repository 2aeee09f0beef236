package wire

import (
	"fmt"
	"strings"
)

// Keys is about a wrong client id or secret.
func Keys() *Error {
	return Fail(InvalidInput, "INVALID_API_KEYS", "invalid client_id or secret provided")
}

// AccessToken tells what is wrong with an access token.
func AccessToken(rule string) *Error { return Fail(InvalidInput, "INVALID_ACCESS_TOKEN", rule) }

// PublicToken tells what is wrong with a public token.
func PublicToken(rule string) *Error { return Fail(InvalidInput, "INVALID_PUBLIC_TOKEN", rule) }

// LinkToken tells what is wrong with a link token.
func LinkToken(rule string) *Error { return Fail(InvalidInput, "INVALID_LINK_TOKEN", rule) }

// UserToken tells what is wrong with a user token.
func UserToken(rule string) *Error { return Fail(InvalidInput, "INVALID_USER_TOKEN", rule) }

// Consent is about a product that the user has not agreed to.
func Consent(product string) *Error {
	return Fail(InvalidInput, "ADDITIONAL_CONSENT_REQUIRED", fmt.Sprintf("client does not have user consent to access the PRODUCT_%s product. The user can be sent through Link's update mode to give it.", strings.ToUpper(product)))
}

// AccountID is about an account that is not the Item's.
func AccountID() *Error {
	return Fail(InvalidInput, "INVALID_ACCOUNT_ID", "failed to find requested account ID for requested item")
}

// Institution is about an institution that is unknown.
func Institution() *Error {
	return Fail(InvalidInput, "INVALID_INSTITUTION", "invalid institution_id provided")
}

// Products is about products that an institution does not have.
func Products(list ...string) *Error {
	return Fail(InvalidInput, "INVALID_PRODUCT", "the following products are not supported: "+strings.Join(list, ", "))
}

// UnauthorizedProducts is about products that the keys do not allow.
func UnauthorizedProducts(list ...string) *Error {
	return Fail(InvalidInput, "INVALID_PRODUCT", "client is not authorized to access the following products: "+strings.Join(list, ", "))
}

// UnauthorizedCountries is about countries that the keys do not allow.
func UnauthorizedCountries(list ...string) *Error {
	return Field("country_codes", "client is not authorized to access the following countries: "+strings.Join(list, ", "))
}
