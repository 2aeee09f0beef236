package link

import (
	"net/netip"
	"net/url"
	"strings"

	"bankbook/core"
)

// SafeURL reports whether a Hosted Link page may be opened in the browser:
// https on plaid.com or a host below it, or, in the practice environment, http
// on this machine (SECURITY §5). Anything else that an answer might contain
// could start another program.
func SafeURL(env core.Environment, page string) bool {
	u, err := url.Parse(page)
	if err != nil || u.User != nil || u.Opaque != "" || strings.ContainsAny(page, " \t\r\n\\") {
		return false
	}
	if env == core.Practice {
		return u.Scheme == "http" && loopback(u.Hostname())
	}
	host := strings.ToLower(u.Hostname())
	return u.Scheme == "https" && (u.Port() == "" || u.Port() == "443") &&
		(host == "plaid.com" || strings.HasSuffix(host, ".plaid.com"))
}

func loopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}
