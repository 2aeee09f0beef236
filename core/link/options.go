package link

import (
	"errors"
	"net/url"
	"regexp"

	"bankbook/core"
	"bankbook/core/fault"
)

// check refuses what the provider would refuse, before anything has begun.
func (o Options) check(env core.Environment) error {
	if o.HistoryDays < 1 || o.HistoryDays > 730 {
		return fault.New("link: history days", fault.Invalid, nil)
	}
	if o.Deposits && o.Several {
		return fault.New("link: small deposits at several banks", fault.Invalid, nil)
	}
	return checkWay(env, o.WayBack)
}

func checkWay(env core.Environment, way core.WayBack) error {
	if way.RedirectURI != "" && way.AndroidPackage != "" {
		return fault.New("link: a redirect URI and an Android package", fault.Invalid, nil)
	}
	if err := CheckRedirectURI(env, way.RedirectURI); err != nil {
		return err
	}
	return CheckAndroidPackage(way.AndroidPackage)
}

// CheckRedirectURI refuses, as Invalid, an address that a bank's own sign-in cannot
// lead back to: https, or http on this machine where the money is not real, and
// without anything behind the path (PLAID §2.3). "" is none, and fine.
func CheckRedirectURI(env core.Environment, address string) error {
	const op = "link: redirect URI"
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || u.User != nil:
		return fault.New(op, fault.Invalid, errors.New("not a web address"))
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return fault.New(op, fault.Invalid, errors.New("it has a query or a fragment"))
	case u.Scheme == "https":
		return nil
	case u.Scheme == "http" && !env.RealMoney() && loopback(u.Hostname()):
		return nil
	}
	return fault.New(op, fault.Invalid, errors.New("not https"))
}

// androidPackage is a name of at least two parts, as Android wants it.
var androidPackage = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+$`)

// CheckAndroidPackage refuses, as Invalid, what is no name of an Android package. ""
// is none, and fine.
func CheckAndroidPackage(name string) error {
	const longest = 255
	if name == "" || len(name) <= longest && androidPackage.MatchString(name) {
		return nil
	}
	return fault.New("link: Android package", fault.Invalid, nil)
}
