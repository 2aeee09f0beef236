package wire

// The error codes that are compared.
const (
	LoginRequired      = "ITEM_LOGIN_REQUIRED"
	InvalidCredentials = "INVALID_CREDENTIALS"
)

// ItemGone is about an Item that was removed.
func ItemGone() *Error {
	return Fail(ItemError, "ITEM_NOT_FOUND", "The Item you requested cannot be found. This Item does not exist, has been previously removed via /item/remove, or has had access removed by the user.")
}

// Login is about an Item that wants its user to sign in again.
func Login() *Error {
	return Fail(ItemError, LoginRequired, "the login details of this item have changed (credentials, MFA, or required user action) and a user login is required to update this information. use Link's update mode to restore the item to a good state").
		Shown("Sign in to your bank again to keep this connection up to date.")
}

// Credentials is about a wrong user name or password.
func Credentials() *Error {
	return Fail(ItemError, InvalidCredentials, "the provided credentials were not correct. Please try again.").
		Shown("The user name or the password is not right. Try again.")
}

// NoAuthAccounts is about an Item without an account that has numbers.
func NoAuthAccounts() *Error {
	return Fail(ItemError, "NO_AUTH_ACCOUNTS", "There are no valid checking or savings account(s) associated with this Item. See https://plaid.com/docs/errors/item/#no_auth_accounts for more information.")
}

// Cursor is about a cursor that is not the Item's.
func Cursor() *Error { return Field("cursor", "not associated with access_token") }

// Mutation is about transactions that changed while a client paged through them.
func Mutation() *Error {
	return Fail(SyncError, "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION", "Underlying transaction data changed since last page was fetched. Please restart pagination from last update.")
}
