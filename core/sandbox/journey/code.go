package journey

// The codes of errors that the way knows by itself.
const (
	InvalidCredentials = "INVALID_CREDENTIALS"
	InvalidMFA         = "INVALID_MFA"
	InvalidOTP         = "INVALID_OTP"
	MatchFailed        = "INSTANT_MATCH_FAILED"
	InvalidLinkToken   = "INVALID_LINK_TOKEN"
	ItemLocked         = "ITEM_LOCKED"
	ItemGone           = "ITEM_NOT_FOUND"
	RecaptchaBad       = "RECAPTCHA_BAD"
	InputTimeout       = "USER_INPUT_TIMEOUT"
	InstitutionDown    = "INSTITUTION_DOWN"
	Unsupported        = "INSTITUTION_NO_LONGER_SUPPORTED"
	Filtered           = "PRODUCTS_NOT_SUPPORTED"
	AccessNotGranted   = "ACCESS_NOT_GRANTED"
	WrongDeposit       = "INCORRECT_DEPOSIT_VERIFICATION"
	TooManyDeposits    = "TOO_MANY_VERIFICATION_ATTEMPTS"
	NoDeposit          = "INVALID_VERIFICATION_STATE"
)

// Final reports whether nothing can be tried again after an error at this bank.
func Final(code string) bool {
	switch code {
	case TooManyDeposits, NoDeposit, Unsupported, Filtered, "ITEM_NOT_SUPPORTED", "MFA_NOT_SUPPORTED", "NO_ACCOUNTS", "NO_AUTH_ACCOUNTS",
		"INSTITUTION_NOT_FOUND", ItemGone:
		return true
	}
	return false
}
