package boot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/storage/durable/durabletest"
)

// backupChild is the variable that makes the test binary back up, as its value says.
const backupChild = "BANKBOOK_BACKUP_TEST_CHILD"

// backupOrder is what a child is to do.
type backupOrder struct {
	DataDir, Secrets, Path string
	Overwrite, Reviewer    bool
}

func childBackUp(text string) error {
	var o backupOrder
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return err
	}
	p, err := New(Config{DataDir: o.DataDir, Secrets: fileStore(o.Secrets), OpenURL: noBrowser, backupWork: cheapWork})
	if err != nil {
		return err
	}
	s, err := p.Open(context.Background(), Choice{Env: core.Practice})
	if err != nil {
		return err
	}
	fmt.Println(saysBegin)
	report, err := s.Backup(context.Background(), BackupOrder{
		Path: o.Path, Overwrite: o.Overwrite, Passphrase: backupPassphrase, Reviewer: o.Reviewer, Progress: sayStage(),
	})
	if err == nil && len(report.LeftOut) > 0 {
		err = fmt.Errorf("left out: %v", report.LeftOut)
	}
	if err != nil {
		return err
	}
	fmt.Println(saysEnd)
	return errors.Join(s.Close(), p.Close())
}

// What a child says when it begins to write the backup, to read it back, and to give
// it its name.
const (
	saysWrite   = "write"
	saysRead    = "read back"
	saysPublish = "publish"
)

// sayStage says which stage a backup has come to, by its progress: half of it is
// reading back.
func sayStage() func(done, total int64) {
	said := ""
	return func(done, total int64) {
		stage := saysWrite
		switch {
		case done == total:
			stage = saysPublish
		case done > total/2:
			stage = saysRead
		}
		if stage != said {
			said = stage
			fmt.Println(stage)
		}
	}
}

// backedUpTo is the folder that an outage backs up to, beside the data directory.
func backedUpTo(dir string) string { return filepath.Join(dir, "backups") }

// longAgo is when the last backup was, by what the vault says before the outage.
func longAgo() time.Time { return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC) }

// interrupted is a backup that the power goes away from.
type interrupted struct {
	name                string
	overwrite, reviewer bool
	// again is the name of the backup that is made after it.
	again string

	// older is what the backup before holds, want what is there to be backed up.
	older, want contents
	secrets     map[secret.Name]secret.Text
	// The states that were judged: what was found at the place, and how often
	// something was left over in the data directory and beside the place.
	found         map[string]int
	folders, temp int
}

// The names of backups: the window suggests one with the date in it.
const (
	today    = "bankbook-backup-2026-01-01.age"
	tomorrow = "bankbook-backup-2026-01-02.age"
)

// What can be at the place of a backup.
const (
	nothing     = "nothing"
	olderBackup = "the older one"
	newBackup   = "the new one"
)

// TestPowerLossInBackup takes the power away while a backup is written: at its
// place is nothing, or the whole of what was there, or all of the new one; all that
// it was made from is unharmed, and the next backup removes what was left over.
func TestPowerLossInBackup(t *testing.T) {
	durabletest.NeedStrace(t)
	for _, b := range []*interrupted{
		{name: "over nothing", again: tomorrow},
		{name: "over an older one", overwrite: true, again: today},
		{name: "a reviewer's copy", reviewer: true, again: tomorrow},
	} {
		t.Run(b.name, func(t *testing.T) {
			b.found = map[string]int{}
			outage{
				t:     t,
				files: prepare(t, b.begin),
				child: func(dir string) (string, string) {
					return backupChild, inJSON(t, backupOrder{
						DataDir: dataIn(dir), Secrets: string(keychainIn(dir)), Path: filepath.Join(backedUpTo(dir), today),
						Overwrite: b.overwrite, Reviewer: b.reviewer,
					})
				},
				judge: b.judge,
			}.check(howOften(6, 150))
			t.Logf("found %v; left over were %d folders and %d files", b.found, b.folders, b.temp)
			if *torture && (b.folders == 0 || b.temp == 0) {
				t.Error("nothing was left over anywhere")
			}
		})
	}
}

// begin makes what is there before: more than the older backup holds, if there is
// one.
func (b *interrupted) begin(t *testing.T, c Config) {
	s := made(t, c)
	to := backedUpTo(filepath.Dir(c.DataDir))
	if err := os.Mkdir(to, 0o700); err != nil {
		t.Fatal(err)
	}
	b.older = contentsOf(t, s.Vault, s.Secrets)
	if b.overwrite {
		if _, err := s.Backup(t.Context(), BackupOrder{Path: filepath.Join(to, today), Passphrase: backupPassphrase}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Vault.PutProfile(core.Profile{ID: "precious", Name: "Precious"}); err != nil {
		t.Fatal(err)
	}
	s.note(backedUpSetting, longAgo())
	b.want, b.secrets = contentsOf(t, s.Vault, s.Secrets), lastingEntries(c.Secrets)
}

// lastingEntries are the entries of a keychain without those that change with
// every commit.
func lastingEntries(store secret.Store) map[secret.Name]secret.Text {
	entries := entriesOf(store)
	maps.DeleteFunc(entries, func(name secret.Name, _ secret.Text) bool { return strings.HasSuffix(string(name), "/seen") })
	return entries
}

func (b *interrupted) judge(t *testing.T, dir string, ended bool) {
	c := powerConfig(t, dir)
	at := b.atPlace(t, backedUpTo(dir))
	b.found[at]++
	if ended && at != newBackup {
		t.Errorf("it was backed up, and at its place is %s", at)
	}
	if b.overwrite && at == nothing {
		t.Error("the older backup is gone")
	}
	s := open(t, start(t, c), Choice{Env: core.Practice})
	defer closeAll(t, s)
	wantContents(t, contentsOf(t, s.Vault, s.Secrets), b.want)
	if !maps.Equal(lastingEntries(c.Secrets), b.secrets) {
		t.Error("the keychain has changed")
	}
	upkeep, err := s.Upkeep()
	if err != nil {
		t.Fatal(err)
	}
	if upkeep.BackedUp.After(longAgo()) && (at != newBackup || b.reviewer) {
		t.Errorf("the vault says that it was backed up, and at the place is %s", at)
	}
	b.abandon(t, dir)
	b.backUpAgain(t, s, dir)
}

// atPlace tells what is at the place of the backup, and makes sure that it is all
// there, which restoring it shows.
func (b *interrupted) atPlace(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, today)
	if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
		return nothing
	}
	got, review := restored(t, path)
	switch {
	case review == b.reviewer && reflect.DeepEqual(got, b.holds(b.want)):
		return newBackup
	case b.overwrite && !review && reflect.DeepEqual(got, b.older):
		return olderBackup
	}
	t.Errorf("at the place is something else, with %d rows", len(got.Rows))
	return "something else"
}

// holds is what comes back of a backup of c: of a reviewer's copy, no more than can
// be compared.
func (b *interrupted) holds(c contents) contents {
	if b.reviewer {
		return forReview(c)
	}
	return c
}

func forReview(c contents) contents {
	return contents{Profiles: c.Profiles, Totals: c.Totals, Rows: c.Rows}
}

// restored restores a backup into an empty data directory.
func restored(t *testing.T, path string) (_ contents, review bool) {
	t.Helper()
	p := start(t, backupConfig(t))
	report, err := p.Restore(t.Context(), RestoreOrder{Path: path, Passphrase: backupPassphrase})
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, p, Choice{Env: core.Practice})
	defer closeAll(t, s)
	got := contentsOf(t, s.Vault, s.Secrets)
	if report.Review {
		got = forReview(got)
	}
	return got, report.Review
}

// abandon makes what was left over as old as something is that nobody needs: before
// that it could be another program's.
func (b *interrupted) abandon(t *testing.T, dir string) {
	t.Helper()
	age := func(pattern string) int {
		left, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range left {
			then := time.Now().Add(-2 * time.Hour)
			if err := os.Chtimes(path, then, then); err != nil {
				t.Fatal(err)
			}
		}
		return min(len(left), 1)
	}
	b.folders += age(filepath.Join(dataIn(dir), backupPrefix+"*"))
	b.temp += age(filepath.Join(backedUpTo(dir), ".*"))
}

// backUpAgain makes a full backup, and finds nothing else that was left over.
func (b *interrupted) backUpAgain(t *testing.T, s *Services, dir string) {
	t.Helper()
	path := filepath.Join(backedUpTo(dir), b.again)
	report, err := s.Backup(t.Context(), BackupOrder{Path: path, Overwrite: true, Passphrase: backupPassphrase})
	if err != nil || len(report.LeftOut) > 0 {
		t.Fatalf("backing up again: %+v, %v", report, err)
	}
	onlyIn(t, dataIn(dir), "practice", "sandbox")
	left, err := os.ReadDir(backedUpTo(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range left {
		if !slices.Contains([]string{today, b.again}, entry.Name()) {
			t.Errorf("%s is left beside the backup", entry.Name())
		}
	}
	got, _ := restored(t, path)
	wantContents(t, got, b.want)
}
