package boot

import (
	"errors"
	"net"
	"net/url"
	"os/exec"
	"strings"

	"github.com/pkg/browser"

	"bankbook/core/fault"
)

// openInBrowser opens a page in the system's browser. It blocks for as long as
// the browser runs in the foreground, which is common without a desktop
// environment; the link driver calls it beside its poller for that reason.
func openInBrowser(page string) error {
	const op = "boot: open the browser"
	if err := checkPage(page); err != nil {
		return fault.New(op, fault.Invalid, err)
	}
	err := browser.OpenURL(page)
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &exit):
		return fault.New(op, fault.NoBrowser, exit)
	}
	return fault.New(op, fault.NoBrowser, err)
}

// quietBrowser lets browsers print to nowhere. A nil writer, not io.Discard:
// that would make every call wait until the browser has ended.
func quietBrowser() {
	browser.Stdout, browser.Stderr = nil, nil
}

// checkPage lets only pages of Plaid and of this machine pass: a URL from an
// answer goes to a program of the system (SECURITY §5).
func checkPage(page string) error {
	u, err := url.Parse(page)
	if err != nil {
		return errors.New("not a URL")
	}
	host := u.Hostname()
	ip := net.ParseIP(host)
	switch {
	case u.Scheme == "https" && (host == "plaid.com" || strings.HasSuffix(host, ".plaid.com")):
		return nil
	case u.Scheme == "http" && (host == "localhost" || ip != nil && ip.IsLoopback()):
		return nil
	}
	return errors.New("neither a page of Plaid nor of this machine")
}
