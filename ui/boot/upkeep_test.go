package boot

import (
	"path/filepath"
	"testing"
	"time"

	"bankbook/core"
)

// upkeep returns what is remembered of an environment.
func upkeep(t *testing.T, p *Program, env core.Environment) core.Upkeep {
	t.Helper()
	s := open(t, p, Choice{Env: env})
	defer closeAll(t, s)
	return upkeepOf(t, s)
}

func upkeepOf(t *testing.T, s *Services) core.Upkeep {
	t.Helper()
	u, err := s.Upkeep()
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// When the data was checked and backed up last is known at the next start, in
// every source that is in the backup, and where the backup comes back.
func TestUpkeepIsRemembered(t *testing.T) {
	c := backupConfig(t)
	s := made(t, c)
	copied := filepath.Join(t.TempDir(), "copy")
	if _, err := s.Backup(t.Context(), BackupOrder{Path: copied, Passphrase: backupPassphrase, Reviewer: true}); err != nil {
		t.Fatal(err)
	}
	if u := upkeepOf(t, s); u != (core.Upkeep{}) {
		t.Errorf("at first, and after a copy for a reviewer: %+v", u)
	}
	checked, err := s.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "backup")
	made, err := s.Backup(t.Context(), BackupOrder{Path: path, Passphrase: backupPassphrase})
	if err != nil {
		t.Fatal(err)
	}
	closeAll(t, s)

	p := start(t, c)
	want := core.Upkeep{Checked: checked.Checked.UTC().Truncate(time.Second), BackedUp: made.Created.UTC().Truncate(time.Second)}
	if u := upkeep(t, p, core.Practice); u != want {
		t.Errorf("practice: %+v, want %+v", u, want)
	}
	if u := upkeep(t, p, core.Sandbox); u != (core.Upkeep{BackedUp: want.BackedUp}) {
		t.Errorf("sandbox: %+v", u)
	}

	p = start(t, backupConfig(t))
	if _, err := p.Restore(t.Context(), RestoreOrder{Path: path, Passphrase: backupPassphrase}); err != nil {
		t.Fatal(err)
	}
	for _, env := range []core.Environment{core.Practice, core.Sandbox} {
		if u := upkeep(t, p, env); u.BackedUp != want.BackedUp || u.Checked.Before(want.Checked) {
			t.Errorf("restored %s: %+v, want %+v", env, u, want)
		}
	}
	p = start(t, backupConfig(t))
	if _, err := p.Restore(t.Context(), RestoreOrder{Path: copied, Passphrase: backupPassphrase}); err != nil {
		t.Fatal(err)
	}
	if u := upkeep(t, p, core.Practice); !u.BackedUp.IsZero() || u.Checked.IsZero() {
		t.Errorf("a copy for a reviewer: %+v", u)
	}
}

// A backup that fails is none, and what cannot be read in the setting is never.
func TestUpkeepOfNothing(t *testing.T) {
	s := made(t, backupConfig(t))
	order := BackupOrder{Path: filepath.Join(t.TempDir(), "no", "folder"), Passphrase: backupPassphrase}
	if _, err := s.Backup(t.Context(), order); err == nil {
		t.Fatal("a backup in no folder")
	}
	if err := s.Vault.PutSetting(checkedSetting, "last week"); err != nil {
		t.Fatal(err)
	}
	if u := upkeepOf(t, s); u != (core.Upkeep{}) {
		t.Errorf("looked after %+v", u)
	}
}
