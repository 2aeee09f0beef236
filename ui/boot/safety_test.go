package boot

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// snapshots waits until a program has so many of them.
func snapshots(t *testing.T, s *Services, many int) []core.Snapshot {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		list, err := s.Snapshots()
		if err != nil {
			t.Fatal(err)
		}
		if len(list) >= many {
			return list
		}
		select {
		case <-ctx.Done():
			t.Fatalf("there are still %d snapshots, not %d", len(list), many)
		case <-tick.C:
		}
	}
}

// withBank links a bank, and ends as a program does: before any snapshot.
func withBank(t *testing.T, p *Program) {
	t.Helper()
	s, _ := linked(t, p)
	closeAll(t, s)
}

func markOf(c Config) string { return filepath.Join(c.DataDir, string(core.Practice), openMark) }

func TestSnapshotInTheBackground(t *testing.T) {
	for name, children := range map[string]bool{"by a child": true, "by this process": false} {
		t.Run(name, func(t *testing.T) {
			c := config(t)
			c.Children = children
			p := start(t, c)
			withBank(t, p)
			s := open(t, p, Choice{Env: core.Practice})
			list := snapshots(t, s, 1)
			if list[0].Reason != vault.Daily || list[0].Commit != s.Vault.Commit() {
				t.Errorf("took %+v at commit %d", list[0], s.Vault.Commit())
			}
			if _, err := os.Stat(markOf(c)); err != nil {
				t.Errorf("nothing says that the vault is open: %v", err)
			}
			closeAll(t, s)
			if _, err := os.Stat(markOf(c)); err == nil {
				t.Error("a closed vault is marked as open")
			}
			if again, err := p.Snapshots(core.Practice); err != nil || len(again) != 1 {
				t.Errorf("%v, %v", again, err)
			}
		})
	}
}

// After a bad end the vault is read again, though there is a snapshot of today
// and nothing has changed.
func TestBadEndIsNoticed(t *testing.T) {
	c := config(t)
	p := start(t, c)
	withBank(t, p)
	s := open(t, p, Choice{Env: core.Practice})
	first := snapshots(t, s, 1)[0]
	closeAll(t, s)
	if err := os.WriteFile(markOf(c), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s = open(t, p, Choice{Env: core.Practice})
	defer closeAll(t, s)
	for snapshots(t, s, 1)[0] == first {
		if t.Context().Err() != nil {
			t.Fatal("no other snapshot is taken")
		}
	}
}

// tables damages the part of a file that says where everything is.
func tables(data []byte) { clear(data[:8192]) }

func damage(t *testing.T, c Config, change func(data []byte)) []byte {
	t.Helper()
	path := VaultPath(c.DataDir, core.Practice)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	change(data)
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt(data, 0); err != nil {
		t.Fatal(err)
	}
	return data
}

func TestDamageWhileOpenIsTold(t *testing.T) {
	c := config(t)
	c.Children = true
	s := open(t, start(t, c), Choice{Env: core.Practice})
	defer closeAll(t, s)
	commit := s.Vault.Commit()
	if report, err := s.Check(t.Context()); err != nil || report.Commit != commit || report.Profiles != 1 {
		t.Errorf("%+v, %v", report, err)
	}
	told := make(chan event.Event, 10)
	defer s.Events.Subscribe(func(e event.Event) { told <- e })()
	damage(t, c, func(data []byte) { clear(data[8192:]) })
	if _, err := s.Check(t.Context()); !fault.Is(err, fault.VaultDamaged) {
		t.Errorf("Check = %v", err)
	}
	if e := <-told; e != (event.VaultDamaged{}) {
		t.Errorf("told of %T", e)
	}
	if err := s.Vault.PutProfile(s.Profile); !fault.Is(err, fault.VaultDamaged) {
		t.Errorf("still writes: %v", err)
	}
}

// linked opens the environment and links a bank with all of its history.
func linked(t *testing.T, p *Program) (*Services, core.ItemID) {
	t.Helper()
	s := open(t, p, Choice{Env: core.Practice})
	end, err := s.Links.Wait(t.Context(), instantly(t, s))
	if err != nil || end.Stage != link.Done {
		t.Fatalf("linking ended as %s, %+v, %v", end.Stage, end.Trouble, err)
	}
	items, err := s.Vault.Items()
	if err != nil || len(items) != 1 {
		t.Fatalf("%v, %v", items, err)
	}
	return s, items[0].ID
}

func TestRecoverFromASnapshot(t *testing.T) {
	c := config(t)
	c.Children = true
	p := start(t, c)
	s, _ := linked(t, p)
	if _, err := s.Vault.TakeSnapshot(t.Context(), vault.Daily); err != nil {
		t.Fatal(err)
	}
	rows, seen := s.Vault.Count(), s.keychain().name(secret.SeenName(s.Vault.ID()))
	closeAll(t, s)
	if err := c.Secrets.Set(t.Context(), seen, secret.New("999999")); err != nil {
		t.Fatal(err)
	}
	damaged := damage(t, c, tables)
	if _, err := p.Open(t.Context(), Choice{Env: core.Practice}); !fault.Is(err, fault.VaultDamaged, fault.VaultForeign) {
		t.Errorf("Open = %v", err)
	}
	done, err := p.Recover(t.Context(), Choice{Env: core.Practice})
	if err != nil || done.From != core.FromSnapshot || done.Report.Rows != rows || done.Since.IsZero() {
		t.Errorf("%+v, %v", done, err)
	}
	if kept, err := os.ReadFile(done.Quarantine); err != nil || !bytes.Equal(kept, damaged) {
		t.Errorf("what is in quarantine is not the damaged file: %v", err)
	}
	if _, err := c.Secrets.Get(t.Context(), seen); !fault.Is(err, fault.SecretMissing) {
		t.Errorf("a newer commit is still said to have been seen: %v", err)
	}
	s = open(t, p, Choice{Env: core.Practice})
	defer closeAll(t, s)
	if s.Vault.Count() != rows {
		t.Errorf("%d rows, want %d", s.Vault.Count(), rows)
	}
}

// A vault that is whole but names the wrong protector is no older than it was.
func TestRecoverOfAWholeVaultForgetsNothing(t *testing.T) {
	c := config(t)
	p := start(t, c)
	s := open(t, p, Choice{Env: core.Practice})
	seen := s.keychain().name(secret.SeenName(s.Vault.ID()))
	closeAll(t, s)
	v, err := vault.Open(t.Context(), vault.Options{Path: VaultPath(c.DataDir, core.Practice), Env: core.Practice, Key: keyFrom(c.Secrets)})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(v.SetProtector(core.ByPassphrase), v.Close()); err != nil {
		t.Fatal(err)
	}
	before, err := c.Secrets.Get(t.Context(), seen)
	if err != nil {
		t.Fatal(err)
	}
	if done, err := p.Recover(t.Context(), Choice{Env: core.Practice}); err != nil || done.From != "" {
		t.Errorf("%+v, %v", done, err)
	}
	if after, err := c.Secrets.Get(t.Context(), seen); err != nil || after != before {
		t.Errorf("what was seen is forgotten: %v", err)
	}
	closeAll(t, open(t, p, Choice{Env: core.Practice}))
}

// What could only be salvaged is whole again after a sync.
func TestSalvagedBanksAreFetchedAgain(t *testing.T) {
	c := config(t)
	c.Children = true
	p := start(t, c)
	s, id := linked(t, p)
	rows := s.Vault.Count()
	if rows == 0 {
		t.Fatal("the bank has no transactions")
	}
	closeAll(t, s)
	if err := vault.RemoveSnapshots(vault.SnapshotDir(VaultPath(c.DataDir, core.Practice))); err != nil {
		t.Fatal(err)
	}
	damage(t, c, tables)
	done, err := p.Recover(t.Context(), Choice{Env: core.Practice})
	if err != nil || done.From != core.FromSalvage || done.Report.Items != 1 || done.Report.Rows != 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	s = open(t, p, Choice{Env: core.Practice})
	defer closeAll(t, s)
	if err := s.Sync.SyncAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if item, err := s.Vault.Item(id); err != nil || s.Vault.Count() != rows || item.Sync.Phase != core.HistoryDone {
		t.Errorf("%d rows, want %d; %+v, %v", s.Vault.Count(), rows, item.Sync, err)
	}
}

func TestFolderRisk(t *testing.T) {
	c := config(t)
	c.DataDir = filepath.Join(t.TempDir(), "Dropbox", "data")
	p := start(t, c)
	s := open(t, p, Choice{Env: core.Practice})
	if risk := s.FolderRisk(); risk.Service != "Dropbox" {
		t.Errorf("%+v", risk)
	}
	closeAll(t, s)
	s = open(t, p, Choice{Env: core.Practice, SessionOnly: true})
	if risk := s.FolderRisk(); !risk.None() {
		t.Errorf("a session that keeps nothing: %+v", risk)
	}
	closeAll(t, s)
}
