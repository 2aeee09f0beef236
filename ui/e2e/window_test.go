package e2e

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"bankbook/core"
	"bankbook/core/sandbox"
	"bankbook/storage/keychain"
	"bankbook/ui/boot"
	"bankbook/ui/e2e/chrome"
	"bankbook/ui/e2e/desktop"
)

// The size of the screen and of the window on it.
const (
	screenWidth, screenHeight = 1400, 1000
	windowWidth, windowHeight = 1280, 800
)

// app is Bankbook's window on a machine.
type app struct {
	*machine
	cmd    *exec.Cmd
	window *desktop.Window
	out    printed
}

// printed is what a program prints, which can be looked at while it runs.
type printed struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (p *printed) Write(data []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(data)
}

func (p *printed) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

// needPrograms skips a test where the programs of a desktop are not installed;
// `make test` installs them.
func needPrograms(t testing.TB) {
	t.Helper()
	if missing := append(desktop.Missing(), chrome.Missing()...); len(missing) > 0 {
		t.Skipf("not installed: %s", strings.Join(missing, ", "))
	}
}

// startDesktop gives a machine a screen of a size.
func startDesktop(t testing.TB, m *machine, width, height int) *desktop.Desktop {
	t.Helper()
	d, err := desktop.Start(width, height)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	m.env = d.Env(m.env)
	return d
}

// open starts the program with a window and waits until the window shows
// something whose title has the given text.
func (m *machine) open(ctx context.Context, d *desktop.Desktop, title string, args ...string) *app {
	m.t.Helper()
	a := &app{machine: m, cmd: m.command(args...)}
	a.cmd.Stdout, a.cmd.Stderr = &a.out, &a.out
	if err := a.cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	m.t.Cleanup(func() { _ = a.cmd.Process.Kill() })
	var err error
	if a.window, err = d.Window(ctx, "Bankbook", patience); err != nil {
		m.t.Fatalf("%v\n%s", err, a.out.String())
	}
	a.check(a.window.Move(0, 0))
	a.check(a.window.Resize(windowWidth, windowHeight))
	a.check(a.window.Focus())
	a.shows(ctx, title)
	return a
}

// check ends the test with what the program printed and logged, and a picture
// of its window.
func (a *app) check(err error) {
	a.t.Helper()
	if err == nil {
		return
	}
	log, _ := os.ReadFile(boot.LogPath(a.data)) // there may be none yet
	picture := filepath.Join(os.TempDir(), "bankbook-e2e-failure.png")
	if a.window.Capture(picture) != nil {
		picture = "none"
	}
	a.t.Fatalf("%v\nprinted:\n%s\nlogged:\n%s\nshown: %s", err, a.out.String(), log, picture)
}

// shows waits until a screen is shown, and drawn to the end.
func (a *app) shows(ctx context.Context, title string) {
	a.t.Helper()
	a.check(a.window.WaitTitle(ctx, title, patience))
}

// press presses keys.
func (a *app) press(keys ...string) {
	a.t.Helper()
	a.check(a.window.Press(keys...))
}

// logged waits until the log has a line that matches.
func (a *app) logged(ctx context.Context, pattern string) {
	a.t.Helper()
	a.loggedAfter(ctx, 0, pattern)
}

// loggedAfter waits until the log has a line that matches behind a place, and
// returns the place behind that line.
func (a *app) loggedAfter(ctx context.Context, place int, pattern string) int {
	a.t.Helper()
	line := regexp.MustCompile(pattern)
	err := desktop.Until(ctx, patience, func() (bool, error) {
		data, err := os.ReadFile(boot.LogPath(a.data))
		if err != nil || len(data) < place {
			return false, nil
		}
		found := line.FindIndex(data[place:])
		if found == nil {
			return false, nil
		}
		place += found[1]
		return true, nil
	})
	if err != nil {
		err = fmt.Errorf("no log line %q: %w", pattern, err)
	}
	a.check(err)
	return place
}

// quit closes the window from the keyboard and waits for the program's end.
func (a *app) quit() {
	a.t.Helper()
	a.press("ctrl+q")
	hung := time.AfterFunc(patience, func() { _ = a.cmd.Process.Kill() })
	defer hung.Stop()
	if err := a.cmd.Wait(); err != nil {
		a.t.Fatalf("it did not end well: %v\n%s", err, a.out.String())
	}
	a.said.WriteString(a.out.String())
}

// signIn does at the bank's pages what a person does.
func signIn(t testing.TB, page context.Context) {
	t.Helper()
	steps := []struct {
		name string
		chromedp.Action
	}{
		{"agree", chromedp.Click("#continue", chromedp.ByQuery)},
		{"choose the bank", chromedp.Click("#bank-ins_109508", chromedp.ByQuery)},
		{"type the name", chromedp.SendKeys("#user", "user_good", chromedp.ByQuery)},
		{"type a wrong password", chromedp.SendKeys("#password", "wrong", chromedp.ByQuery)},
		{"sign in", chromedp.Click("#sign-in", chromedp.ByQuery)},
		{"be refused", chromedp.WaitVisible("#wrong", chromedp.ByQuery)},
		{"type the name again", chromedp.SetValue("#user", "user_good", chromedp.ByQuery)},
		{"type the password", chromedp.SendKeys("#password", "pass_good", chromedp.ByQuery)},
		{"sign in again", chromedp.Click("#sign-in", chromedp.ByQuery)},
		{"leave one out", chromedp.Click("#account-hsa", chromedp.ByQuery)},
		{"share", chromedp.Click("#share", chromedp.ByQuery)},
		{"be back", chromedp.WaitVisible("#landed", chromedp.ByQuery)},
	}
	for _, step := range steps {
		ctx, cancel := context.WithTimeout(page, patience)
		err := chromedp.Run(ctx, step)
		cancel()
		if err != nil {
			var shown string
			ctx, cancel := context.WithTimeout(page, patience)
			_ = chromedp.Run(ctx, chromedp.Text("body", &shown, chromedp.ByQuery)) // it may be gone
			cancel()
			t.Fatalf("at the bank, %s: %v\nthe page shows:\n%s", step.name, err, shown)
		}
	}
}

// TestLinkInTheWindow is the main job: the real binary in a real window, a real
// keychain, a real browser that the system opens; then a start without the
// bank, with all of it still there.
func TestLinkInTheWindow(t *testing.T) {
	needPrograms(t)
	ctx := background(t)
	m := newMachine(t)
	d := startDesktop(t, m, screenWidth, screenHeight)
	browser, err := chrome.Install(m.home())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := browser.Close(); err != nil {
			t.Error(err)
		}
	})

	a := m.open(ctx, d, "Welcome")
	a.press("Return") // the practice bank, which is recommended
	a.shows(ctx, "Overview")
	a.press("ctrl+n")
	a.shows(ctx, "Link a bank")
	a.press("Return") // the options as they are
	page, err := browser.Attach(ctx, "/hosted/", patience)
	a.check(err)
	signIn(t, page)
	a.logged(ctx, `msg=link .*stage=done`)
	a.check(a.window.Focus()) // the browser had it
	a.press("ctrl+1")
	a.shows(ctx, "Overview")
	a.press("ctrl+3")
	a.shows(ctx, "Transactions")
	a.quit()

	m.sameAsTheBank()
	m.holdsNoSecret()
	before := m.must("transactions", "--limit=0", "--json", "--plaid-url="+nowhere).out

	a = m.open(ctx, d, "Overview", "--plaid-url="+nowhere) // no practice bank runs
	a.press("ctrl+3")
	a.shows(ctx, "Transactions")
	a.quit()
	if after := m.must("transactions", "--limit=0", "--json", "--plaid-url="+nowhere).out; after != before {
		t.Error("the rows changed by a start without the bank")
	}
}

// chosenAccounts is how many accounts signIn shares: of the bank's twelve, the
// eight that are for cash or on cards, without the one that is left out.
const chosenAccounts = 7

// sameAsTheBank checks that the vault holds the accounts and the rows that the
// practice bank holds.
func (m *machine) sameAsTheBank() {
	m.t.Helper()
	s := m.services()
	defer m.shut(s)
	items, err := s.Vault.Items()
	if err != nil || len(items) != 1 {
		m.t.Fatalf("the vault holds %d items (%v), want one", len(items), err)
	}
	accounts, err := s.Vault.Accounts()
	if err != nil || len(accounts) != chosenAccounts {
		m.t.Fatalf("the vault holds %d accounts (%v), want the %d that were chosen", len(accounts), err, chosenAccounts)
	}
	bank, err := sandbox.New(sandbox.Config{ClientID: "a", Secret: "b", StateFile: filepath.Join(m.data, "practice", "bank.json")})
	if err != nil {
		m.t.Fatal(err)
	}
	defer bank.Close() // the window opens the file again
	truth, err := bank.Truth(string(items[0].ID))
	if err != nil {
		m.t.Fatal(err)
	}
	sameRows(m.t, s.Vault, truth)
}

// services opens what the program has left, in this process.
func (m *machine) services() *boot.Services {
	m.t.Helper()
	p, err := boot.New(boot.Config{DataDir: m.data, Secrets: keychain.New(keychain.Options{Env: m.session.Env()}), PlaidURL: nowhere})
	if err != nil {
		m.t.Fatal(err)
	}
	s, err := p.Open(m.t.Context(), boot.Choice{Env: core.Practice})
	if err != nil {
		m.t.Fatal(err)
	}
	return s
}

func (m *machine) shut(s *boot.Services) {
	m.t.Helper()
	if err := s.Close(); err != nil {
		m.t.Error(err)
	}
}
