package wire

import "net/http"

// RecaptchaError is the type of errors about the "not a robot" box.
const RecaptchaError = "RECAPTCHA_ERROR"

// LoginRefusal returns the error that a bank answers a sign-in with, by its
// code, or nil if no sign-in ends like that.
func LoginRefusal(code string) *Error {
	for i := range refusals {
		if r := &refusals[i]; r.code == code {
			return r.error()
		}
	}
	return nil
}

// Credentials is about a wrong user name or password.
func Credentials() *Error { return LoginRefusal(InvalidCredentials) }

// CustomUser is about a custom user whose configuration is wrong.
func CustomUser(problem string) *Error {
	return Fail(ItemError, InvalidCredentials, "the provided credentials were not correct: the custom user's configuration cannot be used: "+problem).
		Shown("The custom user's configuration cannot be used: " + problem + ".")
}

// refusal is a way in which a sign-in ends.
type refusal struct{ kind, code, message, shown string }

func (r *refusal) error() *Error {
	e := Fail(r.kind, r.code, r.message)
	if r.shown != "" {
		e = e.Shown(r.shown)
	}
	if r.kind == APIError {
		e = e.With(http.StatusInternalServerError)
	}
	return e
}

// What a bank that does not answer is told to be like.
const (
	silent      = "this institution is not currently responding to this request. please try again soon"
	silentShown = "This financial institution is not currently responding to requests. Please try again later, or choose another bank."
)

// refusals have Plaid's messages (plaid.com/docs/errors). What is shown tells
// the person what to do about it.
var refusals = [...]refusal{
	{ItemError, "ACCESS_NOT_GRANTED", "access to this product was not granted for the account", "Your bank was not allowed to share what is needed. Please connect again and allow it."},
	{ItemError, "INSTANT_MATCH_FAILED", "Item cannot be verified through Instant Match. Ensure you are correctly enabling all auth features in Link.", ""},
	{ItemError, "INSUFFICIENT_CREDENTIALS", "insufficient authorization was provided to complete the request", "The sign-in at your bank was not finished. Please sign in again."},
	{ItemError, InvalidCredentials, "the provided credentials were not correct", "The provided credentials were not correct. Please try again."},
	{ItemError, "INVALID_MFA", "the provided MFA response(s) were not correct", "The provided MFA responses were not correct. Please try again."},
	{ItemError, "INVALID_OTP", "the provided OTP was invalid", "The provided OTP was invalid. Please try again."},
	{ItemError, "INVALID_PHONE_NUMBER", "the provided phone number was invalid", "The provided phone number was invalid. Please try again."},
	{ItemError, "INVALID_SEND_METHOD", "the provided MFA send_method was invalid", "The code could not be sent that way. Please choose another way."},
	{ItemError, "INVALID_UPDATED_USERNAME", "the username provided to /item/credentials/update does not match the original username for the item", "This is not the user name that the bank was connected with. Please sign in with that one."},
	{ItemError, "ITEM_CONCURRENTLY_DELETED", "This item was deleted while the operation was in progress", ""},
	{ItemError, "ITEM_LOCKED", "the account is locked. prompt the user to visit the institution's site and unlock their account", "The given account has been locked by the financial institution. Please visit your financial institution's website to unlock your account."},
	{ItemError, LoginRequired, loginRequired, loginRequiredShown},
	{ItemError, "ITEM_NOT_FOUND", itemGone, ""},
	{ItemError, "ITEM_NOT_SUPPORTED", "this account is currently not supported", "The given account is not currently supported for this financial institution. Please choose another account or bank."},
	{ItemError, "MANUAL_VERIFICATION_REQUIRED", "This Item could not be automatically verified. The user must manually verify their account through a separate Link session using the existing access token and with 'investments_auth' initialized in the 'products' array.", ""},
	{ItemError, "MFA_NOT_SUPPORTED", "this account requires a MFA type that we do not currently support for the institution", "The multi-factor security features enabled on this account are not currently supported for this financial institution. Please choose another account or bank."},
	{ItemError, "NO_ACCOUNTS", "no valid accounts were found for this item", "No valid accounts were found at the financial institution. Please visit your financial institution's website to confirm accounts are available."},
	{ItemError, "NO_AUTH_ACCOUNTS", noAuthAccounts, ""},
	{ItemError, "NO_INVESTMENT_ACCOUNTS", "There are no valid investment account(s) associated with this Item. See https://plaid.com/docs/api/#item-errors for more information.", ""},
	{ItemError, "NO_INVESTMENT_AUTH_ACCOUNTS", "There are no valid investment account(s) associated with this Item. See https://plaid.com/docs/api/#item-errors for more information.", ""},
	{ItemError, "NO_LIABILITY_ACCOUNTS", noLiabilityAccounts, ""},
	{ItemError, "PASSWORD_RESET_REQUIRED", "user must reset their password", "Your bank wants you to choose a new password. Please do so on its website, and connect again."},
	{ItemError, "PRODUCT_NOT_ENABLED", "A requested product was not enabled for the current access token. Please ensure it is included when when initializing Link and create the Item again.", ""},
	{ItemError, "PRODUCT_NOT_READY", notReady, ""},
	{ItemError, "PRODUCTS_NOT_SUPPORTED", "the products are not supported by this item", ""},
	{ItemError, "USER_INPUT_TIMEOUT", "user must retry this operation", "The application timed out waiting for user input. Please try again."},
	{ItemError, "USER_SETUP_REQUIRED", "the account has not been fully set up. prompt the user to visit the issuing institution's site and finish the setup process", "The given account is not fully setup. Please visit your financial institution's website to setup your account."},
	{InstitutionError, "COUNTRY_NOT_SUPPORTED", "this country is not supported", "Banks of this country cannot be connected. Please choose another bank."},
	{InstitutionError, "INSTITUTION_DOWN", silent, silentShown},
	{InstitutionError, "INSTITUTION_NO_LONGER_SUPPORTED", "this institution is no longer supported", "This financial institution is no longer supported. Please choose another bank."},
	{InstitutionError, "INSTITUTION_NOT_AVAILABLE", silent, silentShown},
	{InstitutionError, "INSTITUTION_NOT_ENABLED_IN_ENVIRONMENT", "Institution not enabled in this environment", ""},
	{InstitutionError, "INSTITUTION_NOT_RESPONDING", silent, silentShown},
	{InstitutionError, "INSTITUTION_NOT_SUPPORTED", "this institution is not supported", "This financial institution is not supported. Please choose another bank."},
	{InstitutionError, "INSTITUTION_REGISTRATION_REQUIRED", "not yet registered to create items for this institution", "This application has to be registered with the bank before it can connect it. Please choose another bank."},
	{InstitutionError, "UNAUTHORIZED_INSTITUTION", "not authorized to create items for this institution", "This application may not connect this bank. Please choose another bank."},
	{InstitutionError, "UNSUPPORTED_RESPONSE", "the data returned from the financial institution is not valid", "Your bank's answer could not be read. Please choose another bank."},
	{RecaptchaError, "RECAPTCHA_REQUIRED", "This request requires additional verification. Please resubmit the request after completing the challenge", "Please show that you are not a robot."},
	{RecaptchaError, "RECAPTCHA_BAD", "The provided challenge response was denied. Please try again", "The answer was not accepted. Please try again."},
	{InvalidInput, "INVALID_LINK_TOKEN", "could not find matching link token", "This page cannot be used any more. Please start again from the application."},
	{APIError, "INTERNAL_SERVER_ERROR", "an unexpected error occurred", "Something went wrong. Please try again."},
	{APIError, "PLAID_ERROR", "an unexpected error occurred", "Something went wrong. Please try again."},
}
