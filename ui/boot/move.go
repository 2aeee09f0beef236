package boot

import (
	"errors"
	"os"

	"bankbook/core/fault"
	"bankbook/storage/settings"
)

// Running is what is open when another folder is chosen; its parts can be nil.
type Running struct {
	Program  *Program
	Services *Services
}

// MoveTo closes what is open and starts a program with another data directory,
// which becomes the one of later starts. What is in the old one stays there.
//
// If the program starts but the choice cannot be remembered, because the
// default directory cannot be written, MoveTo returns the program and the error.
func MoveTo(config Config, running Running, dir string) (*Program, error) {
	var errs []error
	if running.Services != nil {
		errs = append(errs, running.Services.Close())
	}
	if running.Program != nil {
		errs = append(errs, running.Program.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	config.DataDir = dir
	p, err := New(config)
	if err != nil {
		return nil, err
	}
	return p, p.becomeChosen()
}

// becomeChosen writes into the default data directory that the program's is in
// use.
func (p *Program) becomeChosen() error {
	home, err := DefaultDataDir()
	if err != nil {
		return err
	}
	if p.dataDir == home {
		return p.change(func(s *settings.Settings) { s.Elsewhere = "" })
	}
	if err := prepareDir(home); err != nil {
		return err
	}
	s, err := settings.Load(home)
	if err != nil {
		return err
	}
	s.Elsewhere = p.dataDir
	return settings.Save(home, s)
}

// chosenDataDir returns the data directory to use: the one that the default one
// points to, if the person chose another. That one must be there: it may be on
// a disk that is not, and an empty one in its place would look as if all were
// lost.
func chosenDataDir() (string, error) {
	home, err := DefaultDataDir()
	if err != nil {
		return "", err
	}
	s, err := settings.Load(home)
	if err != nil || s.Elsewhere == "" {
		return home, err
	}
	if _, err := os.Stat(s.Elsewhere); err != nil {
		return "", fault.New("boot: find the chosen data directory", fault.Unreadable, err)
	}
	return s.Elsewhere, nil
}
