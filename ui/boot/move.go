package boot

import (
	"errors"
	"path/filepath"

	"bankbook/storage/settings"
)

// Running is what is open when another folder is chosen; its parts can be nil.
type Running struct {
	Program  *Program
	Services *Services
}

// MoveTo closes what is open and starts a program with another data directory,
// which becomes the one of later starts. What is in the old one stays there.
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
	if err := pointTo(dir); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// pointTo writes into the default data directory that another is in use.
func pointTo(dir string) error {
	home, err := DefaultDataDir()
	if err != nil {
		return err
	}
	if err := prepareDir(home); err != nil {
		return err
	}
	s, err := settings.Load(home)
	if err != nil {
		return err
	}
	s.Elsewhere = dir
	if filepath.Clean(dir) == home {
		s.Elsewhere = ""
	}
	return settings.Save(home, s)
}

// chosenDataDir returns the data directory to use: the one that the default one
// points to, if the person chose another.
func chosenDataDir() (string, error) {
	home, err := DefaultDataDir()
	if err != nil {
		return "", err
	}
	s, err := settings.Load(home)
	if err != nil || s.Elsewhere == "" {
		return home, err
	}
	return s.Elsewhere, nil
}
