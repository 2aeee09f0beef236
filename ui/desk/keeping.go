package desk

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/durable"
	"bankbook/ui/boot"
	"bankbook/ui/screen/settings"
)

// settings are what the settings screen is made of.
func (d *desk) settings(s *boot.Services) settings.Deps {
	home, err := os.UserHomeDir()
	if err != nil {
		home = s.DataDir()
	}
	rotate := s.Books("").RotateTokens
	if s.ReviewCopy() {
		rotate = nil
	}
	return settings.Deps{
		Source: s.Vault, RotateTokens: rotate,
		Protected: func(p core.Protection) {
			if d.opened == s {
				d.protection = p
			}
		},
		Keys: s.KeyRing(), Keeper: s, Schedule: s.Schedule(), ShowFolder: func() { d.showFolder(filepath.Dir(s.Path())) }, OtherFolder: d.pickFolder,
		Files: settings.Files{
			Home: home, Backup: backup(s), Restore: d.restore(s), Save: saveText, PickFolder: d.chooseFolder, PickFile: d.chooseFile,
			Place: func(context.Context) (settings.Place, error) {
				size, err := s.Bytes()
				return settings.Place{Path: underHome(s.Path()), Bytes: size, Risk: s.FolderRisk()}, err
			},
		},
	}
}

// underHome writes a path as a person does: with ~ for their own folder.
func underHome(path string) string {
	home, err := os.UserHomeDir()
	if err != nil || home == "" {
		return path
	}
	if rest, ok := strings.CutPrefix(path, home+string(filepath.Separator)); ok {
		return filepath.Join("~", rest)
	}
	return path
}

// showFolder opens a folder in the system's file manager.
func (d *desk) showFolder(dir string) {
	page := &url.URL{Scheme: "file", Path: filepath.ToSlash(dir)}
	if err := d.config.App.OpenURL(page); err != nil {
		d.shell.Report(fault.New("show the data folder", fault.Unreadable, err))
	}
}

// saveText writes a text that only its owner can read, where there is no file.
func saveText(_ context.Context, path string, text secret.Text) error {
	const op = "save"
	if _, err := os.Lstat(path); err == nil {
		return fault.New(op, fault.Occupied, nil)
	}
	if err := durable.WriteFile(path, []byte(text.Reveal())); err != nil {
		return fault.New(op, fault.OfFile(err), err)
	}
	return nil
}

// pickerSize is that of Fyne's dialogs for files and folders.
func pickerSize() fyne.Size { return fyne.NewSize(840, 560) }

// chooseFolder lets the person choose a folder.
func (d *desk) chooseFolder(chosen func(path string)) {
	picker := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		switch {
		case err != nil:
			d.shell.Report(fault.New("choose a folder", fault.Unreadable, err))
		case folder != nil:
			chosen(folder.Path())
		}
	}, d.window)
	picker.Resize(pickerSize())
	picker.Show()
}

// chooseFile lets the person choose a file.
func (d *desk) chooseFile(chosen func(path string)) {
	picker := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			d.shell.Report(fault.New("choose a file", fault.Unreadable, err))
		case file != nil:
			_ = file.Close() // only its name is wanted
			chosen(file.URI().Path())
		}
	}, d.window)
	picker.Resize(pickerSize())
	picker.Show()
}

// checkPlace sees whether the data file is still the one that was opened: a sync
// service may have exchanged it while the window was behind others.
func (d *desk) checkPlace() {
	services := d.opened
	if services == nil {
		return
	}
	d.runner.Go(func(context.Context) {
		if err := services.Vault.CheckPlace(); fault.Is(err, fault.VaultReplaced) {
			d.runner.UI(func() { d.shell.Trouble(err) })
		}
	})
}

// lookAtKeys takes over keys that a command in a terminal has changed while the window
// was behind others.
func (d *desk) lookAtKeys() {
	if services := d.opened; services != nil {
		d.runner.Go(services.LookAtKeys)
	}
}

// protectorOf tells what protects each environment. What cannot be told, because
// it is open elsewhere or damaged, is told when it is opened; there is data.
func (d *desk) protectorOf() func(context.Context, core.Environment) (core.Protector, error) {
	program, opened, protection := d.program, d.opened, d.protection
	return func(_ context.Context, env core.Environment) (core.Protector, error) {
		if opened != nil && !opened.SessionOnly && opened.Env == env {
			return protection.Protector, nil
		}
		p, err := program.Protected(env)
		if err != nil {
			program.Log().Warn("its protection cannot be told", "environment", string(env), "error", err)
			return core.ByKeychain, nil
		}
		return p.Protector, nil
	}
}
