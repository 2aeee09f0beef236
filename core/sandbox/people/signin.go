package people

import (
	"encoding/json"
	"fmt"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/wire"
)

// The customer of every institution (PLAID §5). The pin is for banks that ask
// for one.
const (
	GoodUser     = "user_good"
	GoodPassword = "pass_good"
	GoodPin      = "credential_good"
)

// CustomUser is the user whose password is a configuration.
const CustomUser = "user_custom"

// microDeposits is the password with which the bank of user_good tells no
// numbers.
const microDeposits = "microdeposits_good"

// SignIn returns the person whom a user name and a password lead to, or the
// error that the bank answers with at once. What is asked after the password is
// in the person's Login.
func SignIn(user, password string) (*Person, *wire.Error) {
	if user == CustomUser {
		return signInCustom(password)
	}
	p := Known(user)
	if p == nil || user == "" || password == "" {
		return nil, wire.Credentials()
	}
	login, special, refusal := loginOf(password)
	switch {
	case refusal != nil:
		return nil, refusal
	case special:
		p.Login = login
	case user == GoodUser && ident.Same(password, microDeposits):
		p.MicroDeposits = true
	case user == GoodUser && !ident.Same(password, GoodPassword):
		return nil, wire.Credentials()
	}
	return p, nil
}

// signInCustom signs a custom user in. An error that nothing is asked before is
// answered at once.
func signInCustom(password string) (*Person, *wire.Error) {
	if len(password) > maxConfig {
		return nil, wire.CustomUser(fmt.Sprintf("it has %d bytes, at most %d are read", len(password), maxConfig))
	}
	p, err := Custom(json.RawMessage(password))
	if err != nil {
		return nil, wire.CustomUser(err.Error())
	}
	if p.Login.Error != "" && len(p.Login.Rounds) == 0 && !p.Login.Recaptcha {
		return nil, wire.LoginRefusal(p.Login.Error)
	}
	return p, nil
}
