package desktop

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Window is a window on a Desktop.
type Window struct {
	desktop *Desktop
	id      string
}

// Window waits until a window is visible whose title contains the given text.
func (d *Desktop) Window(ctx context.Context, title string, limit time.Duration) (*Window, error) {
	w := &Window{desktop: d}
	err := Until(ctx, limit, func() (bool, error) {
		out, err := d.run("xdotool", "search", "--onlyvisible", "--name", title)
		if ids := strings.Fields(out); err == nil && len(ids) > 0 {
			w.id = ids[0]
			return true, nil
		}
		return false, nil
	})
	if err != nil {
		return nil, fmt.Errorf("window %q: %w", title, err)
	}
	return w, nil
}

// Title returns the window's title.
func (w *Window) Title() (string, error) {
	out, err := w.desktop.run("xdotool", "getwindowname", w.id)
	return strings.TrimSpace(out), err
}

// WaitTitle waits until the title contains a text. Bankbook's title names the
// screen that is shown, so this waits for a screen.
func (w *Window) WaitTitle(ctx context.Context, text string, limit time.Duration) error {
	last := ""
	err := Until(ctx, limit, func() (bool, error) {
		title, err := w.Title()
		last = title
		return err == nil && strings.Contains(title, text), nil
	})
	if err != nil {
		return fmt.Errorf("title %q (now %q): %w", text, last, err)
	}
	return nil
}

// Minimize puts the window away and gives the keyboard to another one, if there is
// one.
func (w *Window) Minimize() error {
	_, err := w.desktop.run("xdotool", "windowminimize", w.id)
	return err
}

// Focus raises the window and gives it the keyboard.
func (w *Window) Focus() error {
	_, err := w.desktop.run("xdotool", "windowactivate", "--sync", w.id)
	return err
}

// Resize sets the size of the window's contents and waits until it has it.
func (w *Window) Resize(width, height int) error {
	_, err := w.desktop.run("xdotool", "windowsize", "--sync", w.id, strconv.Itoa(width), strconv.Itoa(height))
	return err
}

// Move puts the window's corner at the given place of the screen.
func (w *Window) Move(x, y int) error {
	_, err := w.desktop.run("xdotool", "windowmove", w.id, strconv.Itoa(x), strconv.Itoa(y))
	return err
}

// Click clicks at a point of the window's contents.
func (w *Window) Click(x, y int) error {
	_, err := w.desktop.run("xdotool", "mousemove", "--window", w.id, strconv.Itoa(x), strconv.Itoa(y), "click", "1")
	return err
}

// Hover moves the pointer to a point of the window's contents.
func (w *Window) Hover(x, y int) error {
	_, err := w.desktop.run("xdotool", "mousemove", "--window", w.id, strconv.Itoa(x), strconv.Itoa(y))
	return err
}

// Key presses keys such as "ctrl+n" or "Return", one after another.
func (w *Window) Key(keys ...string) error {
	_, err := w.desktop.run("xdotool", append([]string{"key", "--window", w.id, "--clearmodifiers"}, keys...)...)
	return err
}

// Press presses keys as from the keyboard, for the window that has the focus.
func (w *Window) Press(keys ...string) error {
	_, err := w.desktop.run("xdotool", append([]string{"key", "--clearmodifiers", "--delay", "40"}, keys...)...)
	return err
}

// Type types a text.
func (w *Window) Type(text string) error {
	_, err := w.desktop.run("xdotool", "type", "--delay", "10", "--", text)
	return err
}

// Capture writes a picture of the window to a PNG file.
func (w *Window) Capture(path string) error {
	_, err := w.desktop.run("import", "-window", w.id, "png24:"+path)
	return err
}

// Fingerprint returns a hash of what the window shows, to wait until a picture
// has settled.
func (w *Window) Fingerprint() (string, error) {
	return w.desktop.run("import", "-window", w.id, "-format", "%#", "info:-")
}

// Brightness returns how light the window is on the whole, from 0 to 1.
func (w *Window) Brightness() (float64, error) {
	out, err := w.desktop.run("import", "-window", w.id, "-format", "%[fx:mean]", "info:-")
	if err != nil {
		return 0, err
	}
	return strconv.ParseFloat(out, 64)
}

// Settle waits until the window shows the same picture several times in a row:
// until everything that was going to be drawn has been.
func (w *Window) Settle(ctx context.Context, limit time.Duration) error {
	const same = 5
	last, run := "", 0
	err := Until(ctx, limit, func() (bool, error) {
		now, err := w.Fingerprint()
		if err != nil || now != last {
			last, run = now, 0
			return false, nil
		}
		run++
		return run >= same, nil
	})
	if err != nil {
		return fmt.Errorf("the window does not settle: %w", err)
	}
	return nil
}
