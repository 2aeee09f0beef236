package boot

import (
	"errors"
	"sync"

	"github.com/pkg/browser"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
)

// openInBrowser opens a page in the system's browser. It blocks for as long as
// the browser runs in the foreground, which is common without a desktop
// environment; the link driver calls it beside its poller for that reason.
func openInBrowser(page string) error {
	const op = "boot: open the browser"
	if err := checkPage(page); err != nil {
		return fault.New(op, fault.Invalid, err)
	}
	quietBrowser()
	if err := browser.OpenURL(page); err != nil {
		return fault.New(op, fault.NoBrowser, err)
	}
	return nil
}

// quietBrowser lets browsers print to nowhere. A nil writer, not io.Discard:
// that would make every call wait until the browser has ended. Once, because
// another call may be opening a browser.
var quietBrowser = sync.OnceFunc(func() { browser.Stdout, browser.Stderr = nil, nil })

// checkPage lets only pages of Plaid and of this machine pass: a URL from an
// answer goes to a program of the system (SECURITY §5).
func checkPage(page string) error {
	if link.SafeURL(core.Production, page) || link.SafeURL(core.Practice, page) {
		return nil
	}
	return errors.New("neither a page of Plaid nor of this machine")
}
