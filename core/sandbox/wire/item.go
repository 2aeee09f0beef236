package wire

import "strings"

// The error codes that are compared.
const (
	LoginRequired      = "ITEM_LOGIN_REQUIRED"
	InvalidCredentials = "INVALID_CREDENTIALS"
)

// The messages that more than one error has.
const (
	itemGone            = "The Item you requested cannot be found. This Item does not exist, has been previously removed via /item/remove, or has had access removed by the user."
	loginRequired       = "the login details of this item have changed (credentials, MFA, or required user action) and a user login is required to update this information. use Link's update mode to restore the item to a good state"
	loginRequiredShown  = "Sign in to your bank again to keep this connection up to date."
	noAuthAccounts      = "There are no valid checking or savings account(s) associated with this Item. See https://plaid.com/docs/api/#item-errors for more."
	noLiabilityAccounts = "There are no valid liability account(s) associated with this Item. See https://plaid.com/docs/api/#item-errors for more information."
	notReady            = "the requested product is not yet ready. please provide a webhook or try the request again later"
)

// ItemGone is about an Item that was removed.
func ItemGone() *Error {
	return Fail(ItemError, "ITEM_NOT_FOUND", itemGone)
}

// Login is about an Item that wants its user to sign in again.
func Login() *Error {
	return Fail(ItemError, LoginRequired, loginRequired).Shown(loginRequiredShown)
}

// NoAuthAccounts is about an Item without an account that has numbers.
func NoAuthAccounts() *Error {
	return Fail(ItemError, "NO_AUTH_ACCOUNTS", noAuthAccounts)
}

// NoAccounts is about an Item that has no account any more.
func NoAccounts() *Error { return LoginRefusal("NO_ACCOUNTS") }

// NoLiabilityAccounts is about an Item without a debt that is told of.
func NoLiabilityAccounts() *Error {
	return Fail(ItemError, "NO_LIABILITY_ACCOUNTS", noLiabilityAccounts)
}

// NotReady is about a product whose data is not there yet.
func NotReady() *Error { return Fail(ItemError, "PRODUCT_NOT_READY", notReady) }

// ProductsNotSupported is about products that an Item cannot have.
func ProductsNotSupported(list ...string) *Error {
	return Fail(ItemError, "PRODUCTS_NOT_SUPPORTED", "the following products are not supported by this item: "+strings.Join(list, ", "))
}

// Cursor is about a cursor that is not the Item's.
func Cursor() *Error { return Field("cursor", "not associated with access_token") }

// Mutation is about transactions that changed while a client paged through them.
func Mutation() *Error {
	return Fail(SyncError, "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION", "Underlying transaction data changed since last page was fetched. Please restart pagination from last update.")
}

// OutOfRange is about a balance that is older than the client accepts.
func OutOfRange() *Error {
	return Fail(InvalidResult, "LAST_UPDATED_DATETIME_OUT_OF_RANGE", "requested datetime out of range, most recently updated balance is older than min_last_updated_datetime")
}
