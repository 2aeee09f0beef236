package vault_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// both runs a test with a child and without.
func both(t *testing.T, test func(t *testing.T, h *home, opts vault.Options)) {
	for name, children := range map[string]bool{"child": true, "this process": false} {
		t.Run(name, func(t *testing.T) {
			h := newHome(t)
			opts := h.options()
			opts.Children = children
			test(t, h, opts)
		})
	}
}

func TestCopyIsEqualAndCompact(t *testing.T) {
	both(t, func(t *testing.T, h *home, opts vault.Options) {
		must(t, filled(t, h, 2500).Close())
		v := get[*vault.Vault](t)(vault.Open(t.Context(), opts))
		defer v.Close()
		must(t, v.PutSetting("secret", "deleted in a moment"))
		gone := recordOf(t, h.path, v, "secret")
		must(t, v.PutSetting("secret", "another"))
		must(t, v.RemoveItem("item-2"))
		path := filepath.Join(t.TempDir(), "copy.db")
		report := get[core.VaultReport](t)(v.Copy(t.Context(), path))
		want := get[contents](t)(read(v))
		info := get[os.FileInfo](t)(os.Stat(path))
		if report.Commit != v.Commit() || report.Rows != v.Count() || report.Items != len(want.Items) || report.Accounts != len(want.Accounts) ||
			report.Profiles != len(want.Profiles) || report.Bytes != info.Size() || report.Checked.IsZero() {
			t.Errorf("the report is %+v", report)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("its mode is %v", info.Mode())
		}
		if data := get[[]byte](t)(os.ReadFile(path)); bytes.Contains(data, gone) {
			t.Error("what was replaced is still in the copy")
		}
		wantOnly(t, filepath.Dir(path), "copy.db")
		opts.Path = path
		copied := get[*vault.Vault](t)(vault.Open(t.Context(), opts))
		defer copied.Close()
		wantEqual(t, "contents of the copy", get[contents](t)(read(copied)), want)
		must(t, copied.PutSetting("a", "b"))
		must(t, copied.Verify(t.Context()))
	})
}

// recordOf returns a piece of the sealed value of a setting: what the file has
// of it and of nothing else.
func recordOf(t *testing.T, path string, v *vault.Vault, name string) []byte {
	t.Helper()
	data := get[[]byte](t)(os.ReadFile(path))
	value := get[[]byte](t)(v.SealedSetting(name))
	if !bytes.Contains(data, value) {
		t.Fatal("the record is not in the file")
	}
	return value
}

func TestCheckTellsOfTheOpenFile(t *testing.T) {
	both(t, func(t *testing.T, h *home, opts vault.Options) {
		must(t, filled(t, h, 2500).Close())
		v := get[*vault.Vault](t)(vault.Open(t.Context(), opts))
		defer v.Close()
		must(t, v.PutSetting("a", "b"))
		report := get[core.VaultReport](t)(v.Check(t.Context()))
		if report.Commit != v.Commit() || report.Rows != v.Count() {
			t.Errorf("the report is %+v", report)
		}
		wantOnly(t, filepath.Dir(h.path), "vault.db")
		// The disk goes bad under it.
		spoilUnder(t, h.path, func(data []byte) []byte { return loseLastCommit(t, data) })
		_, err := v.Check(t.Context())
		wantKind(t, err, fault.VaultDamaged)
		wantKind(t, v.PutSetting("a", "c"), fault.VaultDamaged)
		wantOnly(t, filepath.Dir(h.path), "vault.db")
	})
}

// spoilUnder changes a file in its place while it is open.
func spoilUnder(t *testing.T, path string, change func(data []byte) []byte) {
	t.Helper()
	data := change(get[[]byte](t)(os.ReadFile(path)))
	f := get[*os.File](t)(os.OpenFile(path, os.O_WRONLY, 0))
	defer f.Close()
	if _, err := f.WriteAt(data, 0); err != nil {
		t.Fatal(err)
	}
}

func TestSnapshots(t *testing.T) {
	h := newHome(t)
	opts, at := h.inChild(), now
	opts.Now = func() time.Time { return at }
	v := get[*vault.Vault](t)(vault.Open(t.Context(), opts))
	defer v.Close()
	dir := vault.SnapshotDir(h.path)
	wantEqual(t, "snapshots at first", get[[]core.Snapshot](t)(vault.Snapshots(dir)), []core.Snapshot(nil))
	var taken []core.Snapshot
	for day := range 3 {
		at = now.AddDate(0, 0, day)
		must(t, v.PutSetting("day", fmt.Sprint(day)))
		s := get[core.Snapshot](t)(v.TakeSnapshot(t.Context(), vault.Daily))
		if s.Commit != v.Commit() || !s.Taken.Equal(at) || s.Reason != vault.Daily || s.Bytes == 0 {
			t.Errorf("took %+v", s)
		}
		taken = slices.Insert(taken, 0, s)
	}
	must(t, os.WriteFile(filepath.Join(dir, "note.txt"), nil, 0o600))
	wantEqual(t, "snapshots", get[[]core.Snapshot](t)(vault.Snapshots(dir)), taken)
	// Later on the same day the earlier one goes.
	at = at.Add(time.Hour)
	taken[0] = get[core.Snapshot](t)(v.TakeSnapshot(t.Context(), vault.Asked))
	wantEqual(t, "snapshots", get[[]core.Snapshot](t)(vault.Snapshots(dir)), taken)
	must(t, vault.RemoveSnapshots(dir))
	wantOnly(t, dir, "note.txt")
}

// A vault of an older format is kept as it was before it is changed, and is
// recovered from that.
func TestSnapshotBeforeMigration(t *testing.T) {
	h := firstVault(t)
	opts := h.inChild()
	opts.BeforeMigration = func(ctx context.Context, v *vault.Vault) error {
		_, err := v.TakeSnapshot(ctx, vault.Migration)
		return err
	}
	v := get[*vault.Vault](t)(vault.Open(t.Context(), opts))
	want := get[contents](t)(read(v))
	must(t, v.Close())
	list := get[[]core.Snapshot](t)(vault.Snapshots(vault.SnapshotDir(h.path)))
	if len(list) != 1 || list[0].Reason != vault.Migration {
		t.Fatalf("snapshots: %+v", list)
	}
	if old := vaultInfo(t, list[0].Path); old.Format != 1 || vaultInfo(t, h.path).Format != vault.Format {
		t.Errorf("the snapshot is of format %d", old.Format)
	}
	spoil(t, h.path, func(data []byte) []byte { clear(data); return data })
	done := get[core.Recovery](t)(vault.Recover(t.Context(), h.inChild()))
	if done.From != core.FromSnapshot || done.Report.Commit != list[0].Commit {
		t.Errorf("recovered %+v", done)
	}
	wantEqual(t, "contents", get[contents](t)(read(h.open(t))), want)
}

func TestFullDiskIsNoDamage(t *testing.T) {
	h := newHome(t)
	v := filled(t, h, 500)
	_, err := v.Copy(t.Context(), filepath.Join(t.TempDir(), "no such folder", "copy.db"))
	wantKind(t, err, fault.Unreadable)
	must(t, v.PutSetting("a", "b"))
}

func TestCopyCalledOff(t *testing.T) {
	h := newHome(t)
	must(t, filled(t, h, 500).Close())
	v := get[*vault.Vault](t)(vault.Open(t.Context(), h.inChild()))
	defer v.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := v.TakeSnapshot(ctx, vault.Daily)
	wantKind(t, err, fault.Canceled)
	wantOnly(t, vault.SnapshotDir(h.path))
	must(t, v.PutSetting("a", "b"))
}

// What is left after a long time of daily snapshots, thinned every day, is what
// stands in SECURITY §3 and the issue: 7 days, 4 weeks, 12 months.
func TestThinningOverTheYears(t *testing.T) {
	var list []core.Snapshot
	for day := range 800 {
		s := core.Snapshot{Taken: now.AddDate(0, 0, day), Path: fmt.Sprint(day), Reason: vault.Daily}
		list = thinned(slices.Insert(list, 0, s))
	}
	var days []string
	for _, s := range list {
		days = append(days, s.Path)
	}
	if len(list) < 7+2+10 || len(list) > 7+4+12 {
		t.Errorf("%d are left: %v", len(list), days)
	}
	for i := range 7 {
		if days[i] != fmt.Sprint(799-i) {
			t.Errorf("the last seven days are %v", days[:7])
		}
	}
	oldest := list[len(list)-1].Taken
	if age := now.AddDate(0, 0, 799).Sub(oldest).Hours() / 24; age < 330 || age > 366 {
		t.Errorf("the oldest is %.0f days old", age)
	}
}

func thinned(list []core.Snapshot) []core.Snapshot {
	drop := vault.Superfluous(list)
	return slices.DeleteFunc(slices.Clone(list), func(s core.Snapshot) bool { return slices.Contains(drop, s) })
}

func TestThinning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hours := rapid.SliceOfN(rapid.IntRange(0, 24*900), 0, 120).Draw(t, "hours")
		slices.Sort(hours)
		slices.Reverse(hours)
		var list []core.Snapshot
		for i, h := range hours {
			reason := rapid.SampledFrom([]string{vault.Daily, vault.Asked, vault.Migration}).Draw(t, "reason")
			list = append(list, core.Snapshot{Taken: now.Add(time.Duration(h) * time.Hour), Path: fmt.Sprint(i), Reason: reason})
		}
		left := thinned(list)
		if len(left) > 7+4+12+1 {
			t.Fatalf("%d are left", len(left))
		}
		if len(list) > 0 && left[0] != list[0] {
			t.Fatal("the newest went")
		}
		if again := thinned(left); !slices.Equal(again, left) {
			t.Fatal("thinning twice takes more")
		}
		lastMigration := slices.IndexFunc(list, func(s core.Snapshot) bool { return s.Reason == vault.Migration })
		if lastMigration >= 0 && !slices.Contains(left, list[lastMigration]) {
			t.Fatal("the last one before a migration went")
		}
		for period, room := range map[string]int{time.DateOnly: 7, "2006-01": 12} {
			if want, got := newestOf(list, period, room), newestOf(left, period, room); !slices.Equal(want, got) {
				t.Fatalf("of %s: %v are left of %v", period, got, want)
			}
		}
	})
}

// newestOf returns the newest snapshot of each of the last periods.
func newestOf(list []core.Snapshot, period string, room int) []core.Snapshot {
	var found []core.Snapshot
	last := ""
	for _, s := range list {
		if p := s.Taken.Format(period); p != last && len(found) < room {
			found, last = append(found, s), p
		}
	}
	return found
}

func TestServeLeavesOthersAlone(t *testing.T) {
	for _, args := range [][]string{nil, {"sync"}, {"verify", vault.Verb}} {
		var out bytes.Buffer
		if handled, code := vault.Serve(args, bytes.NewReader(nil), &out); handled || code != 0 || out.Len() != 0 {
			t.Errorf("%q: handled %v, code %d, %d bytes", args, handled, code, out.Len())
		}
	}
	var out bytes.Buffer
	if handled, code := vault.Serve([]string{vault.Verb, "verify"}, bytes.NewReader([]byte("no frame")), &out); !handled || code == 0 || out.Len() != 0 {
		t.Errorf("handled %v, code %d, %d bytes", handled, code, out.Len())
	}
}

// Neither the key nor a path is an argument of the child, or in its environment.
func TestChildIsToldInSecret(t *testing.T) {
	if _, err := os.Stat("/proc/self/cmdline"); err != nil {
		t.Skip("processes are looked up in /proc, which is not here")
	}
	h := newHome(t)
	must(t, filled(t, h, 20_000).Close())
	v := get[*vault.Vault](t)(vault.Open(t.Context(), h.inChild()))
	defer v.Close()
	key := get[secret.Text](t)(h.keys.Key(t.Context(), v.Info()))
	done := make(chan error, 1)
	go func() { _, err := v.Check(t.Context()); done <- err }()
	seen := 0
	for {
		select {
		case err := <-done:
			must(t, err)
			if seen == 0 {
				t.Error("the child was never seen")
			}
			return
		default:
		}
		for _, file := range []string{"cmdline", "environ"} {
			for _, data := range ofChildren(t, file) {
				seen++
				if bytes.Contains(data, []byte(key.Reveal())) || bytes.Contains(data, []byte(filepath.Dir(h.path))) {
					t.Errorf("the child's %s tells key or path", file)
				}
			}
		}
	}
}

// ofChildren reads a file of /proc of every process that is a vault's child.
func ofChildren(t *testing.T, file string) (found [][]byte) {
	t.Helper()
	dirs, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range dirs {
		argv, err := os.ReadFile(filepath.Join(dir, "cmdline"))
		if err != nil || !bytes.Contains(argv, []byte("\x00"+vault.Verb+"\x00")) {
			continue
		}
		if data, err := os.ReadFile(filepath.Join(dir, file)); err == nil {
			found = append(found, data)
		}
	}
	return found
}

// A copy or a recovery that is killed leaves the old vault, or the new one.
func TestKilledCopyAndRecovery(t *testing.T) {
	rounds := 8
	if *torture {
		rounds = 100
	}
	h := newHome(t)
	before, _ := twoStates(t, h)
	damaged := spoil(t, h.path, func(data []byte) []byte { return loseLastCommit(t, data) })
	whole := get[core.Recovery](t)(vault.Recover(t.Context(), h.inChild()))
	took := timed(t, func() error {
		must(t, os.WriteFile(h.path, damaged, 0o600))
		_, err := vault.Recover(t.Context(), h.inChild())
		return err
	})
	key := get[secret.Text](t)(h.keys.Key(t.Context(), vaultInfo(t, h.path)))
	replaced := 0
	for i := range rounds {
		must(t, os.WriteFile(h.path, damaged, 0o600))
		killAfter(t, child(t, "recover", h.path, key), took*time.Duration(i+1)/time.Duration(rounds))
		if bytes.Equal(get[[]byte](t)(os.ReadFile(h.path)), damaged) {
			done, got := recovered(t, h)
			if done.From != whole.From {
				t.Errorf("recovered from %s", done.From)
			}
			wantEqual(t, "contents", got, before)
			continue
		}
		replaced++
		v := h.open(t)
		wantEqual(t, "contents", get[contents](t)(read(v)), before)
		must(t, v.Verify(t.Context()))
		must(t, v.Close())
	}
	t.Logf("%d of %d killed recoveries had come to their end", replaced, rounds)
	for i := range rounds {
		killAfter(t, child(t, "snapshot", h.path, key), took*time.Duration(i+1)/time.Duration(rounds))
		v := h.open(t)
		must(t, v.Verify(t.Context()))
		must(t, v.Close())
		for _, s := range get[[]core.Snapshot](t)(vault.Snapshots(vault.SnapshotDir(h.path))) {
			opts := h.options()
			opts.Path = s.Path
			copied := get[*vault.Vault](t)(vault.Open(t.Context(), opts))
			must(t, copied.Verify(t.Context()))
			must(t, copied.Close())
		}
	}
}

func vaultInfo(t *testing.T, path string) vault.Info {
	t.Helper()
	return get[vault.Info](t)(vault.Inspect(path))
}

// killAfter starts a process and kills it after a while, or after its end.
func killAfter(t *testing.T, cmd *exec.Cmd, wait time.Duration) {
	t.Helper()
	must(t, cmd.Start())
	timer := time.AfterFunc(wait, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	_ = cmd.Wait()
}
