package boot

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/plaid"
	"bankbook/core/schedule"
	"bankbook/core/secret"
	"bankbook/storage/power"
	"bankbook/storage/settings"
)

// Config is what differs between the window, the commands and the tests. The
// zero Config is that of a person who starts the program.
type Config struct {
	// DataDir is where everything is kept; "" is the one that the person chose,
	// or DefaultDataDir.
	DataDir string
	// PlaidURL is a Plaid-compatible server on this machine that takes the place
	// of the built-in practice bank; "" is the built-in one.
	PlaidURL string
	// Keys are used instead of those in the keychain, if they are not empty.
	Keys plaid.Keys
	// Secrets is where secrets are kept; nil is the system's keychain.
	Secrets secret.Store
	// OpenURL opens a page for the user; nil is the system's browser.
	OpenURL func(string) error
	// Clock is what time goes by; nil is the system's.
	Clock clock.Clock
	// Children says that this program's main calls ServeChild, so that files that
	// can be damaged are read by a child; without it, they are read in this process.
	Children bool
	// HTTP sends the requests to Plaid; nil is plaid.New's own client. Tests let a
	// practice bank on this machine take Plaid's place.
	HTTP *http.Client
	// Power tells of battery and network; nil asks the system. It runs on a worker.
	Power func(context.Context) schedule.Power
	// Trace is told of the steps of linking, syncing and changing the protector
	// that leave a trace outside the program; nil if nobody wants to know.
	Trace Trace
	// Version is the program's, for backups to name.
	Version string

	// backupWork is what scrypt costs in a backup, as a power of two; 0 is age's
	// own choice. Tests take less.
	backupWork int
}

// Program is what is known before any data is touched.
type Program struct {
	config  Config
	dataDir string
	log     *slog.Logger
	logFile *os.File

	mu       sync.Mutex
	settings settings.Settings
	keyNotes map[core.Environment]*keyNotes
	// lastCheck is what CheckKeys has found out last.
	lastCheck lastCheck
}

// New prepares the data directory, reads the settings, and sees to it that log
// and crashes are written there. It is quick and asks nothing of keychain or
// network.
func New(config Config) (*Program, error) {
	dir := config.DataDir
	var err error
	if dir == "" {
		dir, err = chosenDataDir()
	} else {
		dir, err = filepath.Abs(dir)
	}
	if err != nil {
		return nil, err
	}
	p := &Program{config: withDefaults(config), dataDir: dir}
	if err := prepareDir(dir); err != nil {
		return nil, err
	}
	if p.settings, err = settings.Load(dir); err != nil {
		return nil, err
	}
	if p.log, p.logFile, err = openLog(dir); err != nil {
		return nil, err
	}
	if err := p.resumeRestore(); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	if err := keepCrash(dir); err != nil {
		p.log.Warn("a crash will be seen on standard error only", "error", err)
	}
	return p, nil
}

func withDefaults(c Config) Config {
	if c.Clock == nil {
		c.Clock = clock.System{}
	}
	if c.Power == nil {
		c.Power = power.Now
	}
	c.OpenURL = c.Opener()
	return c
}

// Opener returns what opens a page for the user. It can block for as long as
// the browser runs.
func (c Config) Opener() func(page string) error {
	if c.OpenURL == nil {
		return openInBrowser
	}
	return c.OpenURL
}

// DataDir returns the folder that everything is kept in.
func (p *Program) DataDir() string { return p.dataDir }

// Environment returns the source chosen last, or "" before the first choice.
func (p *Program) Environment() core.Environment { return p.current().Environment }

// Appearance returns "light", "dark" or "" for the system's.
func (p *Program) Appearance() string { return p.current().Appearance }

// SetEnvironment remembers the source for the next start.
func (p *Program) SetEnvironment(env core.Environment) error {
	return p.change(func(s *settings.Settings) { s.Environment = env })
}

// SetAppearance remembers the appearance for the next start.
func (p *Program) SetAppearance(appearance string) error {
	return p.change(func(s *settings.Settings) { s.Appearance = appearance })
}

func (p *Program) current() settings.Settings {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.settings
}

func (p *Program) change(set func(*settings.Settings)) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	next := p.settings
	set(&next)
	if next == p.settings {
		return nil
	}
	if err := settings.Save(p.dataDir, next); err != nil {
		return err
	}
	p.settings = next
	return nil
}

// Log returns the program's log.
func (p *Program) Log() *slog.Logger { return p.log }

// Now tells the time by the program's clock.
func (p *Program) Now() time.Time { return p.config.Clock.Now() }

// Close ends the program's log.
func (p *Program) Close() error {
	return errors.Join(p.logFile.Sync(), p.logFile.Close())
}
