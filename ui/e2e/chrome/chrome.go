// Package chrome makes Debian's Chromium the browser that the system opens web
// pages with, in a home directory of its own, and drives it. Nothing tells the
// program under test about it: it asks the system for a browser as ever.
package chrome

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"bankbook/ui/e2e/desktop"
)

const closeLimit = 20 * time.Second

// Chrome is a Chromium that starts when the system opens a page.
type Chrome struct {
	profile string
	pidFile string
}

// Missing names the programs that a Chrome needs and that are not installed.
func Missing() []string {
	var missing []string
	for _, name := range []string{"chromium", "xdg-open", "xdg-mime"} {
		if _, err := exec.LookPath(name); err != nil {
			missing = append(missing, name)
		}
	}
	return missing
}

// Chromium's sandbox does not start for root; the connections of its background
// services would only be refused.
const wrapper = `#!/bin/sh
echo $$ >> '%[2]s'
exec chromium --no-sandbox --disable-gpu --no-first-run --no-default-browser-check --disable-background-networking \
  --disable-component-update --disable-sync --disable-quic --password-store=basic --window-size=900,860 \
  --user-data-dir='%[1]s' --remote-debugging-port=0 "$@"
`

const entry = `[Desktop Entry]
Type=Application
Name=Browser of the end-to-end test
Exec=%s %%u
MimeType=x-scheme-handler/http;x-scheme-handler/https;text/html;
`

const defaults = `[Default Applications]
x-scheme-handler/http=bankbook-e2e.desktop
x-scheme-handler/https=bankbook-e2e.desktop
text/html=bankbook-e2e.desktop
`

// Install makes Chromium the default browser of a home directory. Programs see
// that when HOME is set to it and XDG_CONFIG_HOME and XDG_DATA_HOME are not set.
func Install(home string) (*Chrome, error) {
	c := &Chrome{profile: filepath.Join(home, "chromium"), pidFile: filepath.Join(home, "chromium.pids")}
	script := filepath.Join(home, "browser.sh")
	files := []struct {
		path, text string
		mode       os.FileMode
	}{
		{script, fmt.Sprintf(wrapper, c.profile, c.pidFile), 0o700},
		{filepath.Join(home, ".local/share/applications/bankbook-e2e.desktop"), fmt.Sprintf(entry, script), 0o600},
		{filepath.Join(home, ".config/mimeapps.list"), defaults, 0o600},
	}
	for _, f := range files {
		if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
			return nil, fmt.Errorf("chrome: %w", err)
		}
		if err := os.WriteFile(f.path, []byte(f.text), f.mode); err != nil {
			return nil, fmt.Errorf("chrome: %w", err)
		}
	}
	return c, nil
}

// Attach waits until the system has opened the browser, and takes hold of the
// page whose address contains the given text. The page is let go when ctx ends.
func (c *Chrome) Attach(ctx context.Context, address string, limit time.Duration) (context.Context, error) {
	var socket string
	err := desktop.Until(ctx, limit, func() (bool, error) {
		data, err := os.ReadFile(filepath.Join(c.profile, "DevToolsActivePort"))
		port, path, found := strings.Cut(strings.TrimSpace(string(data)), "\n")
		socket = "ws://127.0.0.1:" + port + path
		return err == nil && found, nil
	})
	if err != nil {
		return nil, fmt.Errorf("chrome: the browser was not opened: %w", err)
	}
	allocator, _ := chromedp.NewRemoteAllocator(ctx, socket, chromedp.NoModifyURL)
	browser, _ := chromedp.NewContext(allocator)
	var page context.Context
	err = desktop.Until(ctx, limit, func() (bool, error) {
		targets, err := chromedp.Targets(browser)
		if err != nil {
			return false, err
		}
		for _, t := range targets {
			if t.Type == "page" && strings.Contains(t.URL, address) {
				page, err = hold(browser, t.TargetID)
				return page != nil, err
			}
		}
		return false, nil
	})
	if err != nil {
		return nil, fmt.Errorf("chrome: no page %q: %w", address, err)
	}
	return page, nil
}

// hold takes hold of a page, nil if the browser refuses that: it does while the
// page is only beginning to load.
func hold(browser context.Context, id target.ID) (context.Context, error) {
	page, _ := chromedp.NewContext(browser, chromedp.WithTargetID(id))
	// The first run takes hold of the page for as long as its context lasts, so
	// it must not be one with a deadline of a step.
	err := chromedp.Run(page)
	var refused *cdproto.Error
	switch {
	case errors.As(err, &refused):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("take hold of the page: %w", err)
	}
	return page, nil
}

// Close ends the browser and waits until nothing of it runs any more.
func (c *Chrome) Close() error {
	data, err := os.ReadFile(c.pidFile)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("chrome: %w", err)
	}
	for _, pid := range strings.Fields(string(data)) {
		_ = exec.Command("kill", pid).Run() // it may have ended by itself
	}
	err = desktop.Until(context.Background(), closeLimit, func() (bool, error) {
		return exec.Command("pgrep", "-f", c.profile).Run() != nil, nil
	})
	if err != nil {
		return fmt.Errorf("chrome: end the browser: %w", err)
	}
	return nil
}
