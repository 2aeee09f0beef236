package web

// Problem tells of an error that cannot be mended in place.
type Problem struct {
	Frame
	Bank Bank
	// Code is the error's, in Plaid's words.
	Code string
	// Retry, Other and Numbers are the ways out, beside leaving: trying again,
	// another bank, and the account's numbers.
	Retry, Other, Numbers bool
}

// words are what a person is told of an error.
type words struct{ title, text string }

// problems are the words of the errors, by code. The bank’s name stands above them.
var problems = map[string]words{
	"ITEM_LOCKED":                     {"The bank has locked this login", "There were too many wrong tries. Unlock the login on the bank’s own website, then try again here."},
	"ITEM_LOGIN_REQUIRED":             {"The bank wants a new sign-in", "The sign-in has changed at the bank. Sign in once more."},
	"ITEM_NOT_SUPPORTED":              {"This kind of login can’t be linked", "The bank lets only other kinds of customer be linked. Try another bank."},
	"ITEM_NOT_FOUND":                  {"The connection is gone", "The bank no longer knows this connection. Return to the application and link the bank anew."},
	"INVALID_SEND_METHOD":             {"The code could not be sent", "The bank could not send a code in that way. Try again and choose another."},
	"INVALID_PHONE_NUMBER":            {"The phone number is not right", "The bank has no such phone number. Check it on the bank’s own website, then try again."},
	"INVALID_UPDATED_USERNAME":        {"This is another user name", "This bank was linked with another user name. Sign in with that one, or link the bank anew."},
	"INVALID_MFA":                     {"The answers were not right", "The bank did not accept what was entered. Sign in again and answer once more."},
	"INVALID_OTP":                     {"The code was not right", "The bank did not accept the code. Sign in again to get another."},
	"INSUFFICIENT_CREDENTIALS":        {"The sign-in was not finished", "The bank was given less than it needs. Sign in again and finish every page."},
	"INSTANT_MATCH_FAILED":            {"The numbers do not match", "The routing and account numbers are not those of the account that you chose. Check them and try again."},
	"MFA_NOT_SUPPORTED":               {"The bank’s security check can’t be used here", "This login is protected in a way that can’t be answered here. Change it at the bank, or try another bank."},
	"NO_ACCOUNTS":                     {"There is no account to link", "The bank has no open account for this login. Try another bank."},
	"NO_AUTH_ACCOUNTS":                {"There is no account that fits", "The bank has no checking or savings account for this login. Try another bank."},
	"PASSWORD_RESET_REQUIRED":         {"The bank wants a new password", "Choose a new password on the bank’s own website, then sign in with it here."},
	"PRODUCTS_NOT_SUPPORTED":          {"This bank can’t share what is asked for", "It does not offer what the application needs. Try another bank."},
	"USER_INPUT_TIMEOUT":              {"That took too long", "For your safety the bank waits a few minutes only. Nothing was shared; sign in again to go on."},
	"USER_SETUP_REQUIRED":             {"The bank is not finished with you", "Sign in on the bank’s own website, answer what it asks there, then try again here."},
	"ACCESS_NOT_GRANTED":              {"You did not allow the access", "You refused at the bank, so nothing was shared. You can go back to the bank and allow it."},
	"INSTITUTION_DOWN":                {"The bank is not answering", "It is out of order at the moment. Try again in a while, or choose another bank."},
	"INSTITUTION_NOT_RESPONDING":      {"The bank is not responding", "It took too long to answer. Try again, or choose another bank."},
	"INSTITUTION_NOT_AVAILABLE":       {"The bank is not available", "It cannot be reached at the moment. Try again in a while, or choose another bank."},
	"INSTITUTION_NO_LONGER_SUPPORTED": {"This bank can’t be linked any more", "It is no longer supported. Choose another bank."},
	"INSTITUTION_NOT_SUPPORTED":       {"This bank can’t be linked", "It is not supported. Choose another bank."},
	"INSTITUTION_NOT_FOUND":           {"There is no such bank", "It may have another name. Choose another bank."},
	"UNAUTHORIZED_INSTITUTION":        {"This application may not link this bank", "The bank has not admitted it. Choose another bank."},
	"UNSUPPORTED_RESPONSE":            {"The bank’s answer could not be read", "It sent something that is not understood. Try again, or choose another bank."},
	"RECAPTCHA_REQUIRED":              {"Please show that you are not a robot", "The bank wants to know more before it goes on. Try again and tick the box."},
	"RECAPTCHA_BAD":                   {"The bank takes you for a robot", "It did not accept the tick. Try again, or choose another bank."},
	"INTERNAL_SERVER_ERROR":           {"Something went wrong", "It was not your doing. Try again in a moment."},
	"PLANNED_MAINTENANCE":             {"Work is being done", "The service is back in a while. Try again later."},
	"INCORRECT_DEPOSIT_VERIFICATION":  {"The code was not right", "Look at the deposit again, and enter the three letters beside it."},
	"INVALID_VERIFICATION_STATE":      {"There is nothing to do", "This account was entered by its numbers, and waits for no code. Return to the application."},
	"TOO_MANY_VERIFICATION_ATTEMPTS":  {"The account could not be verified", "The code was wrong three times, and it can’t be tried again. Return to the application to link the account anew."},
}

// anyProblem is told of an error that has no words of its own.
var anyProblem = words{"The sign-in did not work", "The bank answered with an error. Try again, or choose another bank."}

func (p Problem) words() words {
	if w, known := problems[p.Code]; known {
		return w
	}
	return anyProblem
}

// Title says in a few words what is wrong.
func (p Problem) Title() string { return p.words().title }

// Text says what can be done about it.
func (p Problem) Text() string { return p.words().text }
