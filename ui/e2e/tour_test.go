package e2e

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bankbook/core/sandbox/walk"
	"bankbook/ui/boot"
	"bankbook/ui/e2e/desktop"
)

// tourDir is where TestTour leaves its pictures.
var tourDir = flag.String("tour", "", "write a picture of every screen into this folder, light and dark")

// guide leads through the program and takes pictures.
type guide struct {
	*app
	ctx     context.Context
	desktop *desktop.Desktop
	// theme is also the folder of the pictures.
	theme, dir string
	taken      int
	// last is the fingerprint of the picture before: a picture that shows no
	// other state is none.
	last string
	// logRead is how much of the log has been waited for.
	logRead int
}

// TestTour brings the real window into every screen and state that a person
// meets, and takes a picture of each. It fails where a state is not reached.
func TestTour(t *testing.T) {
	if missing := desktop.Missing(); len(missing) > 0 {
		t.Skipf("not installed: %s", strings.Join(missing, ", "))
	}
	dir, themes := *tourDir, []string{"light", "dark"}
	if dir == "" {
		dir, themes = t.TempDir(), themes[:1]
	}
	for _, theme := range themes {
		t.Run(theme, func(t *testing.T) {
			g := newGuide(t, theme, filepath.Join(dir, theme))
			for _, part := range []func(){
				g.welcome, g.linking, g.screens, g.searching, g.again, g.banks, g.offline, g.failures, g.copying, func() { g.elsewhere() }, g.locking, g.sizes,
			} {
				part()
			}
		})
	}
}

func newGuide(t testing.TB, theme, dir string) *guide {
	t.Helper()
	m := newMachine(t)
	d := startDesktop(t, m, screenWidth, screenHeight)
	m.env = append(m.env, "FYNE_THEME="+theme)
	m.installBrowser()
	m.write(filepath.Join(m.home(), ".config", "fyne", "settings.json"), `{"no_animations": true}`, 0o600)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return &guide{app: &app{machine: m}, ctx: background(t), desktop: d, theme: theme, dir: dir}
}

// newShownGuide is a guide through a light window, with the pictures beside those of
// the tour.
func newShownGuide(t *testing.T) *guide {
	t.Helper()
	if missing := desktop.Missing(); len(missing) > 0 {
		t.Skipf("not installed: %s", strings.Join(missing, ", "))
	}
	dir := t.TempDir()
	if *tourDir != "" {
		dir = filepath.Join(*tourDir, t.Name())
	}
	return newGuide(t, "light", dir)
}

func (m *machine) write(path, text string, mode os.FileMode) {
	m.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		m.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		m.t.Fatal(err)
	}
}

// installBrowser gives the machine a browser that writes down what it is to
// open, for page to read.
func (m *machine) installBrowser() {
	m.t.Helper()
	bin := filepath.Join(m.home(), "bin")
	m.write(filepath.Join(bin, "xdg-open"), "#!/bin/sh\necho \"$1\" > '"+m.opened()+".new'\nmv '"+m.opened()+".new' '"+m.opened()+"'\n", 0o700)
	for i, kv := range m.env {
		if path, ok := strings.CutPrefix(kv, "PATH="); ok {
			m.env[i] = "PATH=" + bin + ":" + path
		}
	}
}

func (m *machine) opened() string { return filepath.Join(m.home(), "opened") }

// page waits until the browser is asked to open a page, and returns its address.
func (g *guide) page() string {
	g.t.Helper()
	var address string
	g.check(desktop.Until(g.ctx, patience, func() (bool, error) {
		data, err := os.ReadFile(g.opened())
		address = strings.TrimSpace(string(data))
		return err == nil, nil
	}))
	g.check(os.Remove(g.opened()))
	return address
}

// start opens the program.
func (g *guide) start(title string, args ...string) {
	g.t.Helper()
	if log, err := os.Stat(boot.LogPath(g.data)); err == nil {
		g.logRead = int(log.Size())
	}
	g.app = g.open(g.ctx, g.desktop, title, args...)
}

// logged waits for a line of the log that is newer than the one waited for
// before.
func (g *guide) logged(pattern string) {
	g.t.Helper()
	g.logRead = g.loggedAfter(g.ctx, g.logRead, pattern)
}

// snap waits until the window shows something that was not in the picture
// before, and shows it to the end; and takes the picture.
func (g *guide) snap(name string) {
	g.t.Helper()
	g.taken++
	err := desktop.Until(g.ctx, patience, func() (bool, error) {
		if err := g.window.Settle(g.ctx, patience); err != nil {
			return false, err
		}
		now, err := g.window.Fingerprint()
		changed := now != g.last
		if changed {
			g.last = now
		}
		return changed, err
	})
	if err != nil {
		err = fmt.Errorf("the state %q: %w", name, err)
	}
	g.check(err)
	g.capture(name)
}

func (g *guide) capture(name string) {
	g.t.Helper()
	g.check(g.window.Capture(filepath.Join(g.dir, fmt.Sprintf("%02d-%s.png", g.taken, name))))
}

// glance takes the picture of a state that passes by itself, perhaps before the
// window has come to rest.
func (g *guide) glance(name string) {
	g.t.Helper()
	g.taken++
	g.capture(name)
	g.last = ""
}

// click clicks at a point of the window.
func (g *guide) click(x, y int) {
	g.t.Helper()
	g.check(g.window.Click(x, y))
}

func (g *guide) types(text string) {
	g.t.Helper()
	g.check(g.window.Type(text))
}

// goTo presses the shortcut of a screen.
func (g *guide) goTo(key, title string) {
	g.t.Helper()
	g.press(key)
	g.shows(g.ctx, title)
}

// signIn is what a person does in the browser.
func (g *guide) signIn() {
	g.t.Helper()
	g.check(walk.Link(g.ctx, nil, g.page(), walk.Platypus()))
}

// welcome is the first start.
func (g *guide) welcome() {
	g.start("Welcome")
	g.snap("welcome")
	g.click(640, 400) // Plaid Sandbox
	g.snap("welcome-sandbox")
	g.press("Return")
	g.snap("keys")
	g.types("not a client id")
	g.press("Return", "Return")
	g.snap("keys-wrong")
	g.press("Escape")
	g.snap("welcome-back")
	g.click(330, 400) // the practice bank
	g.press("Return")
	g.shows(g.ctx, "Overview")
	g.snap("overview-empty")
	g.goTo("ctrl+2", "Banks")
	g.snap("banks-empty")
	g.goTo("ctrl+3", "Transactions")
	g.snap("transactions-empty")
}

// linking links the first bank, at the second attempt.
func (g *guide) linking() {
	g.goTo("ctrl+n", "Link a bank")
	g.snap("link-options")
	g.press("Return")
	page := g.page()
	g.snap("link-browser")
	g.check(walk.Exit(g.ctx, nil, page, walk.Platypus()))
	g.logged("stage=exited")
	g.snap("link-exited")
	g.press("ctrl+1", "ctrl+n", "Return")
	g.signIn()
	g.logged("stage=syncing")
	g.logged("msg=transactions")
	g.glance("link-first-sync")
	g.logged("stage=done")
	g.snap("link-done")
}

// screens are those that show the bank's data.
func (g *guide) screens() {
	g.goTo("ctrl+1", "Overview")
	g.snap("overview")
	g.goTo("ctrl+3", "Transactions")
	g.snap("transactions")
	g.click(500, 502)
	g.snap("transactions-detail")
	g.press("Escape")
	g.click(612, 108) // the filter of accounts
	g.snap("transactions-accounts")
	g.press("Escape")
}

// searching is what the keyboard finds.
func (g *guide) searching() {
	g.press("ctrl+f")
	g.types("amazon")
	g.snap("transactions-found")
	g.types(" nowhere")
	g.snap("transactions-nothing")
	g.goTo("ctrl+1", "Overview")
	g.press("ctrl+k")
	g.snap("palette")
	g.types("sav")
	g.snap("palette-found")
	g.press("Escape")
}

// again links what is linked already, and is led to a new sign-in.
func (g *guide) again() {
	g.press("ctrl+n", "Return")
	g.signIn()
	g.logged("stage=deciding")
	g.snap("link-duplicate")
	g.press("Return")
	g.shows(g.ctx, "Sign in again")
	page := g.page()
	g.snap("link-repair")
	g.check(walk.Link(g.ctx, nil, page, walk.Platypus()))
	g.logged("stage=done")
	g.snap("link-repaired")
}

// banks are the connections.
func (g *guide) banks() {
	g.goTo("ctrl+2", "Banks")
	g.snap("banks")
	g.click(1229, 173) // more
	g.snap("banks-menu")
	g.press("End", "Return")
	g.snap("banks-remove")
	g.press("Escape")
	g.quit()
}

// offline is a start and a sync without the bank.
func (g *guide) offline() {
	before := g.machine.env
	defer func() { g.machine.env = before }()
	g.machine.env = append(slices.Clone(before), "PLAID_CLIENT_ID="+bankID, "PLAID_SECRET="+bankSecret)
	g.start("Overview", "--plaid-url="+nowhere)
	g.snap("overview-later")
	g.press("ctrl+r")
	g.logged("msg=sync .*fault=network")
	g.snap("offline")
	g.goTo("ctrl+2", "Banks")
	g.snap("offline-banks")
	g.quit()
}

// failures are starts that do not get to a screen.
func (g *guide) failures() {
	other := g.services()
	g.start("Bankbook")
	g.logged("msg=open")
	g.snap("failed-in-use")
	g.quit()
	g.shut(other)

	env, data := g.machine.env, g.machine.data
	defer func() { g.machine.env, g.machine.data = env, data }()
	g.machine.env = slices.DeleteFunc(slices.Clone(g.machine.env), func(kv string) bool {
		return strings.HasPrefix(kv, "DBUS_SESSION_BUS_ADDRESS=") || strings.HasPrefix(kv, "XDG_RUNTIME_DIR=")
	})
	g.start("Bankbook")
	g.logged("msg=open")
	g.snap("failed-no-keychain")
	g.quit()
	g.machine.data = filepath.Join(g.t.TempDir(), "data")
	g.start("Welcome")
	g.snap("welcome-no-keychain")
	g.quit()
}

// sizes are other windows than that of the design: a small one, and one on a
// screen with twice as many pixels.
func (g *guide) sizes() {
	g.start("Overview")
	g.check(g.window.Resize(1080, 680))
	g.snap("overview-small")
	g.goTo("ctrl+2", "Banks")
	g.snap("banks-small")
	g.goTo("ctrl+3", "Transactions")
	g.snap("transactions-small")
	g.click(500, 502)
	g.snap("transactions-detail-small")
	g.quit()

	large := startDesktop(g.t, g.machine, 2*screenWidth, 2*screenHeight)
	g.machine.env = append(g.machine.env, "FYNE_SCALE=2")
	g.app = g.open(g.ctx, large, "Overview")
	g.check(g.window.Resize(2*windowWidth, 2*windowHeight))
	g.snap("overview-double")
	g.quit()
}
