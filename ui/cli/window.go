package cli

import (
	"context"
	"os"
	"path/filepath"
	"runtime"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/boot"
	"bankbook/ui/desk"
)

// openWindow opens Bankbook's window and returns when it has been closed.
func (c *command) openWindow(ctx context.Context) error {
	if !hasDisplay() {
		return fault.New("open the window", fault.NoDisplay, nil)
	}
	var env core.Environment
	if c.envName != "" {
		var err error
		if env, err = core.ParseEnvironment(c.envName); err != nil {
			return fault.New("read --env", fault.Invalid, err)
		}
	}
	makeCacheDir()
	return desk.Run(ctx, desk.Config{
		App: c.program.NewApp(), Version: c.program.Version, Env: env, SessionOnly: c.sessionOnly,
		Boot: boot.Config{DataDir: c.dataDir, PlaidURL: c.plaidURL, Keys: c.keys, Children: true, Version: c.program.Version},
	})
}

// meetsPortal reports whether the desktop's portal should look at the program
// before that is closed to all others: if a window follows, and the environment
// holds no key, which until then is there for others to read.
func meetsPortal(args []string) bool {
	root := (&command{}).root()
	window := root.ParseFlags(args) == nil && root.Flags().NArg() == 0
	return window && hasDisplay() && os.Getenv(secretVariable) == ""
}

// hasDisplay reports whether there is a screen to open a window on. Without
// one, the graphics driver would panic.
func hasDisplay() bool {
	switch runtime.GOOS {
	case "darwin", "windows":
		return true
	}
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// makeCacheDir makes the folder in which Fyne makes its own: it complains about
// each one that is missing instead.
func makeCacheDir() {
	if dir, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(filepath.Join(dir, "fyne"), 0o700) // without it, it is slower
	}
}
