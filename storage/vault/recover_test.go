package vault_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// inChild returns the options of a vault whose dangerous work a child does.
func (h *home) inChild() vault.Options {
	opts := h.options()
	opts.Children = true
	opts.Now = func() time.Time { return now }
	return opts
}

// twoStates makes a vault without spare pages, and with a snapshot, and returns its contents then and
// after one more commit, which is its last.
func twoStates(t testing.TB, h *home) (before, after contents) {
	t.Helper()
	v := filled(t, h, 2500)
	dense := filepath.Join(t.TempDir(), "dense.db")
	get[core.VaultReport](t)(v.Copy(context.Background(), dense))
	must(t, v.Close())
	copyFile(t, dense, h.path)
	v = get[*vault.Vault](t)(vault.Open(context.Background(), h.inChild()))
	before = get[contents](t)(read(v))
	get[core.Snapshot](t)(v.TakeSnapshot(context.Background(), vault.Daily))
	must(t, v.PutSetting("profile", "the last commit"))
	after = get[contents](t)(read(v))
	must(t, v.Close())
	return before, after
}

// recovered recovers the vault and returns what came of it, and its contents.
func recovered(t testing.TB, h *home) (core.Recovery, contents) {
	t.Helper()
	done := get[core.Recovery](t)(vault.Recover(context.Background(), h.inChild()))
	v := get[*vault.Vault](t)(vault.Open(context.Background(), h.options()))
	must(t, v.Verify(context.Background()))
	if v.Commit() != done.Report.Commit || v.Count() != done.Report.Rows {
		t.Errorf("the report tells of %+v, but the vault has %d rows at commit %d", done.Report, v.Count(), v.Commit())
	}
	got := get[contents](t)(read(v))
	must(t, v.PutSetting("after", "it works"))
	must(t, v.Close())
	return done, got
}

// spoil changes a file in its place.
func spoil(t testing.TB, path string, change func(data []byte) []byte) (damaged []byte) {
	t.Helper()
	damaged = change(get[[]byte](t)(os.ReadFile(path)))
	must(t, os.WriteFile(path, damaged, 0o600))
	return damaged
}

// loseLastCommit damages the root page of the newest state: the one that the
// newer meta page names.
func loseLastCommit(t testing.TB, data []byte) []byte {
	t.Helper()
	root := vault.NewestRoot(data)
	clear(data[root*4096 : root*4096+4096])
	return data
}

func TestRecoverBeforeTheLastCommit(t *testing.T) {
	h := newHome(t)
	before, _ := twoStates(t, h)
	must(t, vault.RemoveSnapshots(vault.SnapshotDir(h.path)))
	damaged := spoil(t, h.path, func(data []byte) []byte { return loseLastCommit(t, data) })
	_, err := vault.Open(t.Context(), h.options())
	wantKind(t, err, fault.VaultDamaged)
	done, got := recovered(t, h)
	wantEqual(t, "contents", got, before)
	if done.From != core.FromLastCommit || done.Since.IsZero() {
		t.Errorf("recovered %+v", done)
	}
	if kept := get[[]byte](t)(os.ReadFile(done.Quarantine)); !bytes.Equal(kept, damaged) {
		t.Error("what is in quarantine is not the damaged file")
	}
	wantOnly(t, filepath.Dir(h.path), "vault.db", "snapshots", "quarantine")
}

func TestRecoverLosesNothingThatIsWhole(t *testing.T) {
	h := newHome(t)
	_, after := twoStates(t, h)
	spoil(t, h.path, func(data []byte) []byte {
		free := vault.NewestFree(data)
		clear(data[free*4096 : free*4096+4096])
		return data
	})
	done, got := recovered(t, h)
	wantEqual(t, "contents", got, after)
	if done.From != core.FromItself || !done.Since.IsZero() {
		t.Errorf("recovered %+v", done)
	}
}

func TestRecoverFromSnapshot(t *testing.T) {
	h := newHome(t)
	before, _ := twoStates(t, h)
	spoil(t, h.path, func(data []byte) []byte { return data[:len(data)/2] })
	done, got := recovered(t, h)
	wantEqual(t, "contents", got, before)
	if done.From != core.FromSnapshot || !done.Since.Equal(now) {
		t.Errorf("recovered %+v", done)
	}
	if list := get[[]core.Snapshot](t)(vault.Snapshots(vault.SnapshotDir(h.path))); len(list) != 1 {
		t.Errorf("snapshots: %v", list)
	}
}

func TestRecoverFromASnapshotWithoutAHeader(t *testing.T) {
	h := newHome(t)
	before, _ := twoStates(t, h)
	spoil(t, h.path, func(data []byte) []byte { clear(data); return data })
	_, got := recovered(t, h)
	wantEqual(t, "contents", got, before)
}

func TestRecoverSkipsDamagedSnapshots(t *testing.T) {
	h := newHome(t)
	before, _ := twoStates(t, h)
	newest := get[[]core.Snapshot](t)(vault.Snapshots(vault.SnapshotDir(h.path)))[0]
	damaged := filepath.Join(filepath.Dir(newest.Path), "20991231T000000.000Z-999999-daily.db")
	copyFile(t, newest.Path, damaged)
	spoil(t, damaged, func(data []byte) []byte { return data[:len(data)/3] })
	spoil(t, h.path, func(data []byte) []byte { return data[:len(data)/2] })
	_, got := recovered(t, h)
	wantEqual(t, "contents", got, before)
}

func TestSalvage(t *testing.T) {
	h := newHome(t)
	twoStates(t, h)
	v := h.open(t)
	must(t, v.PutSetting("place", "first"))
	must(t, v.PutSetting("place", "second"))
	items, accounts, profiles := get[[]core.Item](t)(v.Items()), get[[]core.Account](t)(v.Accounts()), get[[]core.Profile](t)(v.Profiles())
	commit := v.Commit()
	must(t, v.Close())
	must(t, vault.RemoveSnapshots(vault.SnapshotDir(h.path)))
	// No page of a tree leads anywhere any more.
	spoil(t, h.path, func(data []byte) []byte { clear(data[:8192]); return data })
	done, got := recovered(t, h)
	for i := range items {
		items[i].Sync = core.SyncState{}
	}
	wantEqual(t, "items", got.Items, items)
	wantEqual(t, "accounts", got.Accounts, accounts)
	wantEqual(t, "profiles", got.Profiles, profiles)
	if done.From != core.FromSalvage || got.Count != 0 || len(got.Rows) != 0 || done.Report.Commit <= commit {
		t.Errorf("recovered %+v with %d rows", done, got.Count)
	}
	v = h.open(t)
	if place, _, err := v.Setting("place"); place != "second" || err != nil {
		t.Errorf("the setting is %q, %v", place, err)
	}
	must(t, v.Close())
}

func TestNothingToRecoverFrom(t *testing.T) {
	h := newHome(t)
	twoStates(t, h)
	must(t, vault.RemoveSnapshots(vault.SnapshotDir(h.path)))
	damaged := spoil(t, h.path, func(data []byte) []byte { clear(data); return data })
	_, err := vault.Recover(t.Context(), h.inChild())
	wantKind(t, err, fault.VaultDamaged)
	if !bytes.Equal(get[[]byte](t)(os.ReadFile(h.path)), damaged) {
		t.Error("the file was touched")
	}
	wantOnly(t, filepath.Dir(h.path), "vault.db", "snapshots")
}

func TestRecoverLeavesAloneWhatIsWhole(t *testing.T) {
	h := newHome(t)
	_, after := twoStates(t, h)
	was := get[[]byte](t)(os.ReadFile(h.path))
	done := get[core.Recovery](t)(vault.Recover(t.Context(), h.inChild()))
	if done.From != "" || done.Quarantine != "" || done.Report.Rows != after.Count {
		t.Errorf("recovered %+v", done)
	}
	if !bytes.Equal(get[[]byte](t)(os.ReadFile(h.path)), was) {
		t.Error("the file was touched")
	}
	wantOnly(t, filepath.Dir(h.path), "vault.db", "snapshots")
}

func TestRecoverRefuses(t *testing.T) {
	h := newHome(t)
	twoStates(t, h)
	spoil(t, h.path, func(data []byte) []byte { return loseLastCommit(t, data) })
	was := get[[]byte](t)(os.ReadFile(h.path))
	missing := fault.New("keychain: get", fault.SecretMissing, nil)
	for name, c := range map[string]struct {
		change func(*vault.Options)
		kind   fault.Kind
	}{
		"without the key": {func(o *vault.Options) {
			o.Key = func(context.Context, vault.Info) (secret.Text, error) { return secret.Text{}, missing }
		}, fault.SecretMissing},
		"another environment": {func(o *vault.Options) { o.Env = core.Production }, fault.VaultForeign},
		"no file":             {func(o *vault.Options) { o.Path += ".none" }, fault.Unreadable},
	} {
		t.Run(name, func(t *testing.T) {
			opts := h.inChild()
			c.change(&opts)
			_, err := vault.Recover(t.Context(), opts)
			wantKind(t, err, c.kind)
		})
	}
	t.Run("while it is open", func(t *testing.T) {
		other := newHome(t)
		other.open(t)
		_, err := vault.Recover(t.Context(), other.inChild())
		wantKind(t, err, fault.VaultInUse)
	})
	t.Run("called off", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := vault.Recover(ctx, h.inChild())
		wantKind(t, err, fault.Canceled)
	})
	if !bytes.Equal(get[[]byte](t)(os.ReadFile(h.path)), was) {
		t.Error("the file was touched")
	}
	wantOnly(t, filepath.Dir(h.path), "vault.db", "snapshots")
}

// wantOnly makes sure what a folder holds.
func wantOnly(t testing.TB, dir string, names ...string) {
	t.Helper()
	left := map[string]bool{}
	for _, e := range get[[]os.DirEntry](t)(os.ReadDir(dir)) {
		left[e.Name()] = true
	}
	for _, name := range names {
		if !left[name] {
			t.Errorf("%s is missing", name)
		}
		delete(left, name)
	}
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Every damage ends in a state that was once committed (SECURITY §7).
func TestEveryDamageIsRecovered(t *testing.T) {
	h := newHome(t)
	before, after := twoStates(t, h)
	whole := get[[]byte](t)(os.ReadFile(h.path))
	copies := 6
	if *torture {
		copies = 38
	}
	from := map[core.RecoveredFrom]int{}
	for _, name := range damageKinds() {
		damage := damages()[name]
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(damageSeed, uint64(len(name))))
			for range copies {
				must(t, os.WriteFile(h.path, damage(r, bytes.Clone(whole)), 0o600))
				done, got := recovered(t, h)
				from[done.From]++
				switch done.From {
				case "", core.FromItself:
					wantEqual(t, "contents", got, after)
				case core.FromSnapshot:
					wantEqual(t, "contents", got, before)
				case core.FromLastCommit:
					if got.Setting != after.Setting {
						wantEqual(t, "contents", got, before)
					} else {
						wantEqual(t, "contents", got, after)
					}
				default:
					t.Errorf("recovered from %s", done.From)
				}
			}
		})
	}
	t.Logf("seed %d: %d copies of %d kinds: %v", damageSeed, copies*len(damageKinds()), len(damageKinds()), from)
}
