package people

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

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

// SignIn returns the person whom a user name and a password lead to, or the
// error that the bank answers with at once. What is asked after the password is
// in the person's Login.
func SignIn(user, password string) (*Person, *wire.Error) {
	if user == CustomUser {
		return custom(password)
	}
	p := Known(user)
	if p == nil || password == "" {
		return nil, wire.Credentials()
	}
	login, special, refusal := loginOf(password)
	switch {
	case refusal != nil:
		return nil, refusal
	case special:
		p.Login = login
	case user == GoodUser && password == microDeposits:
		p.MicroDeposits = true
	case user == GoodUser && !ident.Same(password, GoodPassword):
		return nil, wire.Credentials()
	}
	return p, nil
}

// microDeposits is the password of user_good with whom the deposits arrive.
const microDeposits = "microdeposits_good"

// custom signs a custom user in.
func custom(password string) (*Person, *wire.Error) {
	p, err := Custom(json.RawMessage(password))
	if err != nil {
		return nil, wire.Credentials()
	}
	if p.Login.Error != "" && len(p.Login.Rounds) == 0 && !p.Login.Recaptcha {
		return nil, wire.LoginRefusal(p.Login.Error)
	}
	return p, nil
}

// Known returns the person of a user name, or nil. It knows nobody's password.
func Known(user string) *Person {
	if user == GoodUser || user == "" {
		return Good()
	}
	return nil
}

// Custom returns the custom user of a configuration. An error says which part
// of the configuration is wrong, and why.
func Custom(config json.RawMessage) (*Person, error) {
	if !json.Valid(config) {
		return nil, errors.New("the configuration is not JSON")
	}
	return nil, fmt.Errorf("not yet")
}

// errorPrefix is what the password of a login that fails begins with.
const errorPrefix = "error_"

// loginOf returns what a special password asks for; special says that it is one.
func loginOf(password string) (login Login, special bool, refusal *wire.Error) {
	if code, failing := strings.CutPrefix(password, errorPrefix); failing {
		if refusal = wire.LoginRefusal(code); refusal != nil {
			return login, true, refusal
		}
	}
	return login, false, nil
}
