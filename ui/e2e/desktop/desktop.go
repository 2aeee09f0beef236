// Package desktop gives end-to-end tests and the picture tour a screen of their
// own: an X server without a monitor, a window manager, and the hands of a
// user (xdotool) to drive what is shown on it.
//
// Every program that talks to the X server runs under a deadline: a tool that
// looks at a window which has just gone can otherwise wait for ever.
package desktop

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

const toolDeadline = 20 * time.Second

// Desktop is a running X server with a window manager.
type Desktop struct {
	display string
	server  *exec.Cmd
	manager *exec.Cmd
}

// Missing names the programs that a Desktop needs and that are not installed.
func Missing() []string {
	var missing []string
	for _, name := range []string{"Xvfb", "openbox", "xdotool", "xclip", "import", "xprop"} {
		if _, err := exec.LookPath(name); err != nil {
			missing = append(missing, name)
		}
	}
	return missing
}

// Start starts a screen of the given size. It is ready when Start returns.
func Start(width, height int) (*Desktop, error) {
	ready, write, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("desktop: pipe: %w", err)
	}
	defer ready.Close()
	d := &Desktop{}
	d.server = exec.Command("Xvfb", "-displayfd", "3", "-nolisten", "tcp", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height))
	d.server.ExtraFiles = []*os.File{write}
	err = d.server.Start()
	_ = write.Close()
	if err != nil {
		return nil, fmt.Errorf("desktop: start Xvfb: %w", err)
	}
	number, err := bufio.NewReader(ready).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("desktop: Xvfb did not come up: %w", err), d.Close())
	}
	d.display = ":" + strings.TrimSpace(number)
	if err := d.startManager(); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// The window manager is started again if it does not come up: on a busy machine
// it now and then ends, or waits, while the X server is still new.
const (
	managerTries = 4
	managerLimit = 5 * time.Second
)

// startManager starts openbox and waits until it manages the screen.
func (d *Desktop) startManager() error {
	var err error
	for range managerTries {
		d.manager = exec.Command("openbox", "--sm-disable")
		d.manager.Env = d.Env(os.Environ())
		if err = d.manager.Start(); err != nil {
			return fmt.Errorf("desktop: start openbox: %w", err)
		}
		if err = Until(context.Background(), managerLimit, d.managed); err == nil {
			return nil
		}
		_ = d.manager.Process.Kill() // it may have ended
		_ = d.manager.Wait()
	}
	return fmt.Errorf("desktop: openbox does not come up: %w", err)
}

// managed reports whether a window manager has the screen, which it says in a
// property of the root window.
func (d *Desktop) managed() (bool, error) {
	out, err := d.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
	return err == nil && strings.Contains(out, "window id"), nil
}

// Display returns the name of the display, such as ":99".
func (d *Desktop) Display() string { return d.display }

// Env returns an environment in which programs show themselves on this screen.
func (d *Desktop) Env(base []string) []string {
	env := make([]string, 0, len(base)+2)
	for _, kv := range base {
		if !strings.HasPrefix(kv, "DISPLAY=") && !strings.HasPrefix(kv, "WAYLAND_DISPLAY=") && !strings.HasPrefix(kv, "XDG_SESSION_TYPE=") {
			env = append(env, kv)
		}
	}
	return append(env, "DISPLAY="+d.display, "XDG_SESSION_TYPE=x11")
}

// Close stops the screen. What was shown on it loses its connection.
func (d *Desktop) Close() error {
	var errs []error
	for _, cmd := range []*exec.Cmd{d.manager, d.server} {
		if cmd == nil || cmd.Process == nil {
			continue
		}
		if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			errs = append(errs, err)
		}
		_ = cmd.Wait() // it says that it was killed
	}
	return errors.Join(errs...)
}

// run calls a tool on this screen and returns what it prints.
func (d *Desktop) run(name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), toolDeadline)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = d.Env(os.Environ())
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("desktop: %s: %w", name, err)
	}
	return string(out), nil
}

// ErrTimeout means that a state was not reached in time.
var ErrTimeout = errors.New("not reached in time")

// Until asks again and again whether a state is reached. It returns nil when
// done says so, its error, or ErrTimeout.
func Until(ctx context.Context, limit time.Duration, done func() (bool, error)) error {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, ErrTimeout)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		ok, err := done()
		if err != nil || ok {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-tick.C:
		}
	}
}
