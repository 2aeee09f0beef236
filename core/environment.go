package core

import (
	"fmt"
	"slices"
)

// Environment is where bank data comes from. Data of two environments never
// shares a vault.
type Environment string

// The environments, in the order in which they are offered.
const (
	// Practice is the practice bank inside Bankbook: made-up money, no network.
	Practice Environment = "practice"
	// Sandbox is Plaid's own sandbox, reached with the person's own keys.
	Sandbox Environment = "sandbox"
	// Production is real banks through Plaid, reached with the person's own keys.
	Production Environment = "production"
)

// Environments lists every environment, in the order in which they are offered.
func Environments() []Environment { return []Environment{Practice, Sandbox, Production} }

// ParseEnvironment reads the name of an environment.
func ParseEnvironment(s string) (Environment, error) {
	if e := Environment(s); slices.Contains(Environments(), e) {
		return e, nil
	}
	return "", fmt.Errorf("parse environment: %q is none of practice, sandbox, production", s)
}

// RealMoney reports whether the environment shows accounts that exist.
func (e Environment) RealMoney() bool { return e == Production }

// HasInstantLink reports whether the environment can link a test bank without
// a browser (/sandbox/public_token/create).
func (e Environment) HasInstantLink() bool { return e == Practice || e == Sandbox }
