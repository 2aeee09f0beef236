package wire

// LoginRefusal returns the error that a bank answers a sign-in with, by its
// code, or nil if no login ends like that.
func LoginRefusal(code string) *Error {
	for i := range refusals {
		if r := &refusals[i]; r.code == code {
			e := Fail(r.kind, r.code, r.message)
			if r.shown != "" {
				e = e.Shown(r.shown)
			}
			return e
		}
	}
	return nil
}

// refusals have Plaid's messages (its error pages); what is shown tells the
// person what to do.
var refusals = [...]struct{ kind, code, message, shown string }{
	{ItemError, InvalidCredentials, "the provided credentials were not correct", "The user name or the password is not right. Try again."},
}
