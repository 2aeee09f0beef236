package boot

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/settings"
)

func TestDefaultDataDir(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_DATA_HOME", "")
	for _, c := range []struct{ name, bankbook, xdg, want string }{
		{"its own variable comes first", filepath.Join(home, "mine"), filepath.Join(home, "xdg"), filepath.Join(home, "mine")},
		{"then that of the desktop", "", filepath.Join(home, "xdg"), filepath.Join(home, "xdg", "bankbook")},
		{"which has to be absolute", "", "xdg", filepath.Join(home, ".local", "share", "bankbook")},
		{"else below the home", "", "", filepath.Join(home, ".local", "share", "bankbook")},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.bankbook == "" && runtime.GOOS != "linux" {
				t.Skip("the other places are those of Linux; this system is " + runtime.GOOS)
			}
			t.Setenv(HomeVariable, c.bankbook)
			t.Setenv("XDG_DATA_HOME", c.xdg)
			if got, err := DefaultDataDir(); err != nil || got != c.want {
				t.Errorf("DefaultDataDir = %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestDataDirIsTheOwnersAlone(t *testing.T) {
	for name, before := range map[string]os.FileMode{"new": 0, "open to all": 0o777, "open to a group": 0o750} {
		t.Run(name, func(t *testing.T) {
			c := config(t)
			if before != 0 {
				if err := os.Mkdir(c.DataDir, before); err != nil {
					t.Fatal(err)
				}
				if err := os.Chmod(c.DataDir, before); err != nil {
					t.Fatal(err)
				}
			}
			start(t, c)
			for _, dir := range []string{c.DataDir, filepath.Dir(LogPath(c.DataDir))} {
				if got := modeOf(t, dir); got != 0o700 {
					t.Errorf("%s has mode %o", dir, got)
				}
			}
			for _, file := range []string{LogPath(c.DataDir), CrashPath(c.DataDir)} {
				if got := modeOf(t, file); got != 0o600 {
					t.Errorf("%s has mode %o", file, got)
				}
			}
		})
	}
}

func TestDataDirThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(t.TempDir(), link); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{"a file": file, "below a file": filepath.Join(file, "x"), "a symbolic link": link} {
		t.Run(name, func(t *testing.T) {
			c := config(t)
			c.DataDir = path
			if _, err := New(c); !fault.Is(err, fault.Unreadable) {
				t.Errorf("New = %v, want Unreadable", err)
			}
		})
	}
	if kept, err := os.ReadFile(file); err != nil || string(kept) != "mine" {
		t.Errorf("the file holds %q, %v", kept, err)
	}
}

func TestSharedFolderIsLeftAsItIs(t *testing.T) {
	c := config(t)
	c.DataDir = t.TempDir()
	shared := os.ModeSticky | 0o777 // as /tmp is
	if err := os.Chmod(c.DataDir, shared); err != nil {
		t.Fatal(err)
	}
	if _, err := New(c); !fault.Is(err, fault.Unreadable) {
		t.Errorf("New = %v, want Unreadable", err)
	}
	if info, err := os.Stat(c.DataDir); err != nil || info.Mode()&^os.ModeDir != shared {
		t.Errorf("its mode is %v, %v", info.Mode(), err)
	}
}

func TestLogIsMovedAsideWhenLong(t *testing.T) {
	c := config(t)
	path := LogPath(c.DataDir)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, size := range []int64{logLimit, logLimit + 1} {
		if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
		start(t, c)
		_, err := os.Stat(path + ".1")
		if moved := err == nil; moved != (size > logLimit) {
			t.Errorf("a log of %d bytes: moved aside %t", size, moved)
		}
	}
	if got := modeOf(t, path); got != 0o600 {
		t.Errorf("the new log has mode %o", got)
	}
}

func TestSettingsOutliveTheProgram(t *testing.T) {
	c := config(t)
	p := start(t, c)
	if p.Environment() != "" || p.Appearance() != "" {
		t.Errorf("a first start knows %q and %q", p.Environment(), p.Appearance())
	}
	if err := p.SetEnvironment(core.Sandbox); err != nil {
		t.Fatal(err)
	}
	if err := p.SetAppearance("dark"); err != nil {
		t.Fatal(err)
	}
	next := start(t, c)
	if next.Environment() != core.Sandbox || next.Appearance() != "dark" {
		t.Errorf("the next start knows %q and %q", next.Environment(), next.Appearance())
	}
}

func TestSettingThatCannotBeSavedIsNotTaken(t *testing.T) {
	c := config(t)
	p := start(t, c)
	if err := os.RemoveAll(c.DataDir); err != nil {
		t.Fatal(err)
	}
	if err := p.SetAppearance("dark"); !fault.Is(err, fault.Unreadable) {
		t.Errorf("SetAppearance = %v, want Unreadable", err)
	}
	if p.Appearance() != "" {
		t.Error("what was not saved is shown")
	}
}

// chosenBy returns the data directory of a start without options.
func chosenBy(t *testing.T) string {
	t.Helper()
	return start(t, Config{Secrets: secret.NewMemory(), OpenURL: noBrowser}).DataDir()
}

func TestMoveThereAndBack(t *testing.T) {
	home, other := filepath.Join(t.TempDir(), "home"), filepath.Join(t.TempDir(), "other")
	t.Setenv(HomeVariable, home)
	plain := Config{Secrets: secret.NewMemory(), OpenURL: noBrowser, Clock: hurried{}}
	p, err := New(plain)
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, p, Choice{Env: core.Practice})
	moved, err := MoveTo(plain, Running{Program: p, Services: s}, other)
	if err != nil {
		t.Fatal(err)
	}
	if moved.DataDir() != other || chosenBy(t) != other {
		t.Errorf("in %s, later starts in %s; want %s", moved.DataDir(), chosenBy(t), other)
	}
	back, err := MoveTo(plain, Running{Program: moved}, home)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = back.Close() })
	closeAll(t, open(t, back, Choice{Env: core.Practice})) // it was let go of
	if err := back.SetAppearance("dark"); err != nil {
		t.Fatal(err)
	}
	if got := chosenBy(t); got != home {
		t.Errorf("later starts are in %s, want %s", got, home)
	}
}

func TestMoveAwayFromADirectoryThatCannotBeUsed(t *testing.T) {
	home, other := filepath.Join(t.TempDir(), "file"), filepath.Join(t.TempDir(), "other")
	if err := os.WriteFile(home, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv(HomeVariable, home)
	p, err := MoveTo(Config{Secrets: secret.NewMemory()}, Running{}, other)
	if p == nil || !fault.Is(err, fault.Unreadable) {
		t.Fatalf("MoveTo = %v, %v; want a program, and that it is not remembered", p, err)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}

func TestChosenDirectoryThatIsNotThere(t *testing.T) {
	home, other := t.TempDir(), filepath.Join(t.TempDir(), "not mounted")
	t.Setenv(HomeVariable, home)
	if err := settings.Save(home, settings.Settings{Elsewhere: other}); err != nil {
		t.Fatal(err)
	}
	if _, err := New(Config{}); !fault.Is(err, fault.Unreadable) {
		t.Errorf("New = %v, want Unreadable", err)
	}
	if _, err := os.Lstat(other); err == nil {
		t.Error("an empty directory was made in its place")
	}
}

func TestCheckPage(t *testing.T) {
	for page, want := range map[string]bool{
		"https://plaid.com/docs":                   true,
		"https://secure.plaid.com/hl/abc?x=1":      true,
		"https://dashboard.plaid.com:443/keys":     true,
		"http://127.0.0.1:8080/hosted/abc":         true,
		"http://[::1]:8080/hosted/abc":             true,
		"http://localhost:8080/":                   true,
		"http://plaid.com/":                        false,
		"https://127.0.0.1/":                       false,
		"https://plaid.com.example.org/":           false,
		"https://notplaid.com/":                    false,
		"https://user@plaid.com/":                  false,
		"https://plaid.com:8443/":                  false,
		"https://plaid.com /":                      false,
		"http://192.168.0.1/":                      false,
		"file:///etc/passwd":                       false,
		"javascript:alert(1)":                      false,
		"-version":                                 false,
		"":                                         false,
		"https://plaid.com\\@example.org/":         false,
		"http://localhost.example.org/":            false,
		"http://127.0.0.1.example.org/":            false,
		"https://example.org/?u=https://plaid.com": false,
	} {
		if err := checkPage(page); (err == nil) != want {
			t.Errorf("checkPage(%q) = %v, want that it may be opened: %t", page, err, want)
		}
	}
	if err := openInBrowser("file:///etc/passwd"); !fault.Is(err, fault.Invalid) {
		t.Errorf("openInBrowser = %v, want Invalid", err)
	}
}
