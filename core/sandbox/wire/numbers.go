package wire

// Numbers is about a routing or account number that was entered wrongly; what is
// shown says what to do.
func Numbers(shown string) *Error {
	return Fail(InvalidInput, "INVALID_ACCOUNT_NUMBER", "the provided routing or account number is not valid").Shown(shown)
}

// WrongCode is about a deposit's code that is not right.
func WrongCode() *Error {
	return Fail(InvalidInput, "INCORRECT_DEPOSIT_VERIFICATION", "the provided deposit verification was not correct").
		Shown("This is not the code of the deposit. Look at it again in your bank's list of payments.")
}

// TooManyCodes is about an account whose verification has failed for good.
func TooManyCodes() *Error {
	return Fail(InvalidInput, "TOO_MANY_VERIFICATION_ATTEMPTS", "the deposit verification was not correct too many times. the Item is permanently locked").
		Shown("Too many wrong codes. Start again from the application to send another deposit.")
}

// NoCode is about an account that waits for no code.
func NoCode() *Error {
	return Fail(InvalidInput, "INVALID_VERIFICATION_STATE", "the Item is not waiting for a deposit's code").
		Shown("There is no code to enter for this account.")
}

// VerificationStatus is about an account whose verification cannot be set.
func VerificationStatus() *Error {
	return Fail(SandboxError, "SANDBOX_ACCOUNT_INVALID", "the account is not pending automatic micro-deposit verification")
}
