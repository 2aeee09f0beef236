package boot

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/storage/lockbox"
	"bankbook/storage/vault"
)

// restoreChild is the variable that makes the test binary restore, as its value
// says, until it is killed.
const restoreChild = "BANKBOOK_RESTORE_TEST_CHILD"

// childOrder is what a child is to do. Its passphrases are those of the tests.
type childOrder struct {
	DataDir, Secrets, Path string
	Protector              core.Protector
	Replace                bool
}

func childRestore(text string) error {
	var o childOrder
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return err
	}
	p, err := New(Config{DataDir: o.DataDir, Secrets: fileStore(o.Secrets), OpenURL: noBrowser})
	if err != nil {
		return err
	}
	fmt.Println(saysBegin)
	_, err = p.Restore(context.Background(), RestoreOrder{
		Path: o.Path, Passphrase: backupPassphrase, Protector: o.Protector, NewPassphrase: newPassphrase, Replace: o.Replace,
	})
	if err != nil {
		return err
	}
	fmt.Println(saysEnd)
	return nil
}

func TestKilledRestore(t *testing.T) {
	s := made(t, backupConfig(t))
	want := contentsOf(t, s.Vault, s.Secrets)
	path := backUp(t, s)
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	// How often a restore is killed: a passphrase takes its time.
	for protector, rounds := range map[core.Protector]int{core.ByKeychain: 12, core.ByPassphrase: 4} {
		whole := timeOfRestore(t, path, protector)
		for _, replace := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, replace %v", protector, replace), func(t *testing.T) {
				happened := 0
				for range rounds {
					k := &killed{t: t, c: backupConfig(t), want: want, replace: replace}
					k.begin()
					order := childOrder{DataDir: k.c.DataDir, Secrets: string(k.c.Secrets.(fileStore)), Path: path, Protector: protector, Replace: replace}
					killRestore(t, order, time.Duration(random.Int64N(int64(whole))))
					if k.check() {
						happened++
					}
					k.again(order)
				}
				t.Logf("%d of %d restores had happened when they were killed", happened, rounds)
			})
		}
	}
}

// timeOfRestore is how long a child takes after it has begun.
func timeOfRestore(t *testing.T, path string, protector core.Protector) time.Duration {
	t.Helper()
	c := backupConfig(t)
	return killRestore(t, childOrder{DataDir: c.DataDir, Secrets: string(c.Secrets.(fileStore)), Path: path, Protector: protector}, time.Minute)
}

// killRestore kills a child some time after it has begun, unless it has ended
// before, and tells how long it has lived since.
func killRestore(t *testing.T, o childOrder, wait time.Duration) time.Duration {
	t.Helper()
	return killChild(t, restoreChild+"="+inJSON(t, o), wait)
}

// killChild is killRestore for any child, named by its variable.
func killChild(t *testing.T, variable string, wait time.Duration) time.Duration {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), variable)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if !bufio.NewScanner(out).Scan() {
		t.Fatalf("it did not begin: %s", complaint.String())
	}
	begun := time.Now()
	timer := time.AfterFunc(wait, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	if err := cmd.Wait(); err != nil && cmd.ProcessState.Exited() {
		t.Fatalf("it was not killed but failed: %s", complaint.String())
	}
	return time.Since(begun)
}

// killed is a data directory in which a restore has been killed.
type killed struct {
	t       *testing.T
	c       Config
	want    contents
	replace bool
}

// begin makes what is to be replaced.
func (k *killed) begin() {
	if !k.replace {
		return
	}
	s := open(k.t, start(k.t, k.c), Choice{Env: core.Practice})
	if err := s.Vault.PutProfile(core.Profile{ID: "precious", Name: "Precious"}); err != nil {
		k.t.Fatal(err)
	}
	closeAll(k.t, s)
}

// check looks at the data directory as the next start finds it, and reports
// whether the restore has happened: all of it or nothing, and no vault without
// its key.
func (k *killed) check() (happened bool) {
	k.t.Helper()
	start(k.t, k.c)
	if _, err := os.Stat(filepath.Join(k.c.DataDir, restoringName)); err == nil {
		k.t.Error("the start has not ended the restore")
	}
	restored := 0
	for _, env := range []core.Environment{core.Practice, core.Sandbox} {
		if _, err := os.Stat(VaultPath(k.c.DataDir, env)); err == nil && !k.isPrecious(VaultPath(k.c.DataDir, env)) {
			restored++
		}
	}
	if restored == 1 {
		k.t.Error("half of the backup has been restored")
	}
	old, err := filepath.Glob(filepath.Join(k.c.DataDir, quarantineName, "practice-*", "vault.db"))
	if err != nil {
		k.t.Fatal(err)
	}
	if k.replace && restored > 0 && (len(old) != 1 || !k.isPrecious(old[0])) {
		k.t.Errorf("in quarantine is %v", old)
	}
	if k.replace && restored == 0 && !k.isPrecious(VaultPath(k.c.DataDir, core.Practice)) {
		k.t.Error("what was there is gone")
	}
	return restored == 2
}

// isPrecious opens a vault that the keychain has the key of, if it is the one that
// was there before.
func (k *killed) isPrecious(path string) bool {
	k.t.Helper()
	v := k.vault(path)
	defer v.Close()
	profiles, err := v.Profiles()
	if err != nil {
		k.t.Fatal(err)
	}
	for _, p := range profiles {
		if p.ID == "precious" {
			return true
		}
	}
	return false
}

// vault opens a vault with the key that is kept for it.
func (k *killed) vault(path string) *vault.Vault {
	k.t.Helper()
	store, err := k.store(path)
	if err != nil {
		k.t.Fatal(err)
	}
	info, err := vault.Inspect(path)
	if err != nil {
		k.t.Fatal(err)
	}
	v, err := vault.Open(k.t.Context(), vault.Options{Path: path, Env: info.Env, Key: keyFrom(store)})
	if err != nil {
		k.t.Fatalf("%s: %v", path, err)
	}
	return v
}

// store returns where the key of a vault is kept, by what the vault says.
func (k *killed) store(path string) (secret.Store, error) {
	info, err := vault.Inspect(path)
	if err != nil || info.Protector == core.ByKeychain {
		return k.c.Secrets, err
	}
	return lockbox.Open(k.t.Context(), filepath.Join(filepath.Dir(path), "lockbox"), newPassphrase)
}

// again restores once more, and finds all of the backup and nothing that was
// left over.
func (k *killed) again(o childOrder) {
	k.t.Helper()
	p := start(k.t, k.c)
	_, err := p.Restore(k.t.Context(), RestoreOrder{
		Path: o.Path, Passphrase: backupPassphrase, Protector: o.Protector, NewPassphrase: newPassphrase, Replace: true,
	})
	if err != nil {
		k.t.Fatal(err)
	}
	onlyIn(k.t, k.c.DataDir, "practice", "sandbox", "quarantine")
	path := VaultPath(k.c.DataDir, core.Practice)
	store, err := k.store(path)
	if err != nil {
		k.t.Fatal(err)
	}
	v := k.vault(path)
	if v.Info().Protector == core.ByKeychain {
		if store, err = ownEntriesOf(v, store); err != nil {
			k.t.Fatal(err)
		}
	}
	wantContents(k.t, contentsOf(k.t, v, store), k.want)
	if err := v.Close(); err != nil {
		k.t.Fatal(err)
	}
	k.entriesAreNeeded()
}

// entriesAreNeeded makes sure that every entry in the keychain, but the Plaid keys,
// is one of a vault that is there.
func (k *killed) entriesAreNeeded() {
	k.t.Helper()
	needed := map[secret.Name]bool{}
	err := filepath.WalkDir(k.c.DataDir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.Name() != "vault.db" {
			return err
		}
		v := k.vault(path)
		defer v.Close()
		names, err := namesOf(v)
		if err != nil {
			return err
		}
		own, err := ownEntriesOf(v, nil)
		for _, name := range names {
			needed[own.name(name)] = v.Info().Protector == core.ByKeychain
		}
		return err
	})
	if err != nil {
		k.t.Fatal(err)
	}
	for name := range entriesOf(k.c.Secrets) {
		if !needed[name] && name != secret.KeysName(core.Practice) && name != secret.KeysName(core.Sandbox) {
			k.t.Errorf("the entry %s is left in the keychain", name)
		}
	}
}

// What had happened before a power cut is ended by the next start, wherever it
// stopped.
func TestStartEndsARestore(t *testing.T) {
	s := made(t, backupConfig(t))
	path := backUp(t, s)
	for done := range 4 {
		c := backupConfig(t)
		k := &killed{t: t, c: c, replace: true}
		k.begin()
		ready := backupConfig(t)
		ready.Secrets = c.Secrets
		p := start(t, ready)
		if _, err := p.Restore(t.Context(), RestoreOrder{Path: path, Passphrase: backupPassphrase}); err != nil {
			t.Fatal(err)
		}
		// As it is after the commit, and after each of the renames.
		staged := filepath.Join(c.DataDir, restoringName)
		if err := os.Mkdir(staged, 0o700); err != nil {
			t.Fatal(err)
		}
		for i, env := range []string{"practice", "sandbox"} {
			to := filepath.Join(staged, env)
			if done > 2*i {
				if _, err := clearPlace(c.DataDir, core.Environment(env), p.Now()); err != nil {
					t.Fatal(err)
				}
			}
			if done > 2*i+1 {
				to = filepath.Join(c.DataDir, env)
			}
			if err := os.Rename(filepath.Join(ready.DataDir, env), to); err != nil {
				t.Fatal(err)
			}
		}
		if !k.check() {
			t.Errorf("stopped after %d steps, it is not all there", done)
		}
	}
}
