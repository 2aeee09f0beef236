package sandbox_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience is how long a page may take to appear.
const patience = 30 * time.Second

// chromium returns a context of a running Chromium. Every tab of the test is one
// of it. Without a Chromium the test is skipped; `.ci/deps test` installs it.
func chromium(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("Chromium is not started with -short")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("THE PAGES ARE NOT TESTED IN A BROWSER: there is no Chromium; .ci/deps test installs it")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.WSURLReadTimeout(time.Minute))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium's own does not start for root
	}
	allocator, endAllocator := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(endAllocator)
	browser, endBrowser := chromedp.NewContext(allocator)
	t.Cleanup(endBrowser)
	if err := chromedp.Run(browser); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return browser
}

// tab is a person at a browser, who has never been at the bank before.
type tab struct {
	t   *testing.T
	ctx context.Context
	// axe looks for what keeps people from using a page, or is nil.
	axe *axe
}

func newTab(t *testing.T, browser context.Context, a *axe) *tab {
	t.Helper()
	ctx, end := chromedp.NewContext(browser)
	t.Cleanup(end)
	tab := &tab{t: t, ctx: ctx, axe: a}
	tab.run(network.ClearBrowserCookies(), emulation.SetDeviceMetricsOverride(desktopWidth, desktopHeight, 1, false))
	return tab
}

// The windows that the pages are looked at in.
const (
	desktopWidth, desktopHeight = 1280, 860
	phoneWidth, phoneHeight     = 360, 740
)

func (b *tab) run(actions ...chromedp.Action) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	// The first run of a tab must not be one with a deadline: the tab ends with it.
	if chromedp.FromContext(b.ctx).Target == nil {
		ctx = b.ctx
	}
	if err := chromedp.Run(ctx, actions...); err != nil {
		b.t.Fatalf("%v: %v", b.where(), err)
	}
}

// leads runs what leads to another page, and waits for it.
func (b *tab) leads(actions ...chromedp.Action) *tab {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, actions...); err != nil {
		b.t.Fatalf("%v: no page follows: %v", b.where(), err)
	}
	return b.look()
}

// look checks the page that is shown for accessibility.
func (b *tab) look() *tab {
	b.t.Helper()
	if b.axe != nil {
		b.axe.check(b)
	}
	return b
}

func (b *tab) where() string {
	var at string
	ctx, cancel := context.WithTimeout(b.ctx, time.Second)
	defer cancel()
	_ = chromedp.Run(ctx, chromedp.Evaluate(`location.pathname + " «" + document.title + "»"`, &at))
	return at
}

func (b *tab) open(address string) *tab {
	b.t.Helper()
	return b.leads(chromedp.Navigate(address))
}

// press presses a button, or follows a link, that leads to another page.
func (b *tab) press(id string) *tab {
	b.t.Helper()
	return b.leads(chromedp.Click("#"+id, chromedp.ByQuery, chromedp.NodeVisible))
}

// tick ticks a box, or takes its tick away, or chooses a radio button.
func (b *tab) tick(id string) *tab {
	b.t.Helper()
	b.run(chromedp.Click("#"+id, chromedp.ByQuery))
	return b
}

// fill types into a field, in the place of what is there.
func (b *tab) fill(id, text string) *tab {
	b.t.Helper()
	b.run(chromedp.WaitVisible("#"+id, chromedp.ByQuery), chromedp.Evaluate(fmt.Sprintf(`document.getElementById(%q).value = ""`, id), nil),
		chromedp.SendKeys("#"+id, text, chromedp.ByQuery))
	return b
}

func (b *tab) signIn(user, password string) *tab {
	b.t.Helper()
	return b.fill("user", user).fill("password", password).press("sign-in")
}

// shows checks that the page says something.
func (b *tab) shows(texts ...string) *tab {
	b.t.Helper()
	var all string
	b.run(chromedp.Text("body", &all, chromedp.ByQuery))
	for _, text := range texts {
		if !strings.Contains(all, text) {
			b.t.Fatalf("%s does not say %q:\n%s", b.where(), text, all)
		}
	}
	return b
}

// reach presses Tab until the element has the keyboard's focus, and checks that
// one can see where the focus is.
func (b *tab) reach(id string) *tab {
	b.t.Helper()
	const most = 60
	for range most {
		var at string
		var seen bool
		b.run(chromedp.Evaluate(`document.activeElement.id`, &at))
		if at == id {
			b.run(chromedp.Evaluate(`[document.activeElement, document.activeElement.closest("label")].some(
				e => e && getComputedStyle(e).outlineStyle !== "none" && parseFloat(getComputedStyle(e).outlineWidth) >= 2)`, &seen))
			if !seen {
				b.t.Errorf("%s: nobody sees that %s has the focus", b.where(), id)
			}
			return b
		}
		b.run(chromedp.KeyEvent(kb.Tab))
	}
	b.t.Fatalf("%s: the keyboard does not reach %s", b.where(), id)
	return b
}

// types types where the focus is.
func (b *tab) types(keys string) *tab {
	b.t.Helper()
	b.run(chromedp.KeyEvent(keys))
	return b
}

// enter presses a key that leads to another page.
func (b *tab) enter(key string) *tab {
	b.t.Helper()
	return b.leads(chromedp.KeyEvent(key))
}

// checkFits looks at the page as it is in a window of that width: nothing may
// stand out at the side.
func (b *tab) checkFits(width int) {
	b.t.Helper()
	var wide int
	b.run(chromedp.Evaluate(`document.documentElement.scrollWidth`, &wide))
	if wide > width {
		b.t.Errorf("%s is %d wide in a window of %d", b.where(), wide, width)
	}
}

// title is the page's title and heading, for a message.
func (b *tab) title() string {
	var title string
	b.run(chromedp.Evaluate(`document.title + " | " + (document.querySelector("h1")?.textContent ?? "")`, &title))
	return title
}
