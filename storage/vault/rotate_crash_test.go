package vault_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// childStep is the variable that says at which step a child kills itself, and
// childKeys the one that names the folder of its keys.
const (
	childStep = "BANKBOOK_VAULT_TEST_STEP"
	childKeys = "BANKBOOK_VAULT_TEST_KEYS"
)

// keyDir keeps keys in files, for several processes.
type keyDir string

func (d keyDir) file(info vault.Info) string {
	return filepath.Join(string(d), strings.ReplaceAll(string(secret.VaultKeyName(info.ID, info.KeyID)), "/", "-"))
}

func (d keyDir) Key(_ context.Context, info vault.Info) (secret.Text, error) {
	data, err := os.ReadFile(d.file(info))
	return secret.New(string(data)), err
}

func (d keyDir) NewKey(_ context.Context, info vault.Info, key secret.Text) error {
	dieAt("before key")
	defer dieAt("after key")
	return os.WriteFile(d.file(info), []byte(key.Reveal()), 0o600)
}

func (d keyDir) Drop(_ context.Context, info vault.Info) error {
	dieAt("before drop")
	defer dieAt("after drop")
	if err := os.Remove(d.file(info)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (d keyDir) options(path string) vault.Options {
	return vault.Options{Path: path, Env: core.Practice, Key: d.Key, NewKey: d.NewKey}
}

// dieAt kills the process if it is a child that is to die there.
func dieAt(step string) {
	if os.Getenv(childStep) != step {
		return
	}
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {} // the signal is on its way
}

// childRotate plays a program that rotates the keys of its vault again and
// again.
func childRotate() int {
	keys := keyDir(os.Getenv(childKeys))
	v, err := vault.Open(context.Background(), keys.options(os.Getenv(childPath)))
	fmt.Println("open")
	for err == nil {
		err = errors.Join(v.Rotate(context.Background(), vault.RotateOptions{}), v.DropStrays(context.Background(), keys.Drop))
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// rotating prepares a child that rotates.
func rotating(t *testing.T, h *home, keys keyDir, step string) *exec.Cmd {
	t.Helper()
	cmd := child(t, "rotate", h.path, secret.Text{})
	cmd.Env = append(cmd.Env, childKeys+"="+string(keys), childStep+"="+step)
	return cmd
}

// whole makes sure that a vault whose rotation was killed is whole, and has one
// key once the others are dropped.
func (h *home) whole(t *testing.T, keys keyDir, want contents) (keyID string) {
	t.Helper()
	v := get[*vault.Vault](t)(vault.Open(t.Context(), keys.options(h.path)))
	must(t, v.Verify(t.Context()))
	wantEqual(t, "contents", get[contents](t)(read(v)), want)
	must(t, v.DropStrays(t.Context(), keys.Drop))
	if left := get[[]os.DirEntry](t)(os.ReadDir(string(keys))); len(left) != 1 || v.HasStrays() {
		t.Fatalf("keys left behind: %v", left)
	}
	onlyVaultIn(t, h)
	must(t, v.Close())
	return v.Info().KeyID
}

func TestKilledRotationLeavesOneVault(t *testing.T) {
	h, keys := newHome(t), keyDir(t.TempDir())
	v := get[*vault.Vault](t)(vault.Open(t.Context(), keys.options(h.path)))
	must(t, v.PutItem(item("item-1")))
	for n := range 150 {
		get[core.SyncCount](t)(v.ApplySync(crashBatch(n + 1)))
	}
	want, last := get[contents](t)(read(v)), v.Info().KeyID
	must(t, v.Close())

	for _, c := range []struct {
		step string
		next bool
	}{{"before key", false}, {"after key", false}, {"before drop", true}, {"after drop", true}} {
		cmd := rotating(t, h, keys, c.step)
		if err := cmd.Run(); err == nil || cmd.ProcessState.Exited() {
			t.Fatalf("%s: the child was not killed: %v", c.step, err)
		}
		now := h.whole(t, keys, want)
		if (now != last) != c.next {
			t.Errorf("killed %s: the key %q is now %q", c.step, last, now)
		}
		last = now
	}

	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random, changed := rand.New(rand.NewPCG(seed, 0)), 0
	for range crashRounds {
		cmd := rotating(t, h, keys, "")
		killOnce(t, cmd, "open", time.Duration(random.IntN(60_000))*time.Microsecond)
		if now := h.whole(t, keys, want); now != last {
			last = now
			changed++
		}
	}
	t.Logf("%d kills, %d of them after a rotation", crashRounds, changed)
}

// killOnce runs a child until it tells a line and some time has passed, and
// kills it.
func killOnce(t *testing.T, cmd *exec.Cmd, line string, wait time.Duration) {
	t.Helper()
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != line {
		t.Errorf("the child told %q", lines.Text())
	}
	timer := time.AfterFunc(wait, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	for lines.Scan() {
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
		t.Fatalf("the child was not killed but ended: %v", err)
	}
}

// childMigrate plays a program that opens a vault of an older format, and then
// waits to be killed.
func childMigrate() int {
	opts := keyDir(os.Getenv(childKeys)).options(os.Getenv(childPath))
	opts.BeforeMigration = func(context.Context, *vault.Vault) error {
		fmt.Println("migrating")
		dieAt("before migration")
		return nil
	}
	_, err := vault.Open(context.Background(), opts)
	dieAt("after migration")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	select {}
}

func TestKilledMigrationLeavesOneFormat(t *testing.T) {
	keys := keyDir(t.TempDir())
	must(t, keys.NewKey(t.Context(), vault.Info{ID: firstID}, secret.New(firstKey)))
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	formats := map[int]int{}
	for _, step := range append([]string{"before migration", "after migration"}, make([]string, crashRounds)...) {
		h := firstVault(t)
		cmd := child(t, "migrate", h.path, secret.Text{})
		cmd.Env = append(cmd.Env, childKeys+"="+string(keys), childStep+"="+step)
		wait := time.Duration(random.IntN(3_000)) * time.Microsecond
		if step != "" {
			wait = time.Minute // it dies by itself
		}
		killOnce(t, cmd, "migrating", wait)
		format := get[vault.Info](t)(vault.Inspect(h.path)).Format
		if step == "before migration" && format != 1 || step == "after migration" && format != vault.Format {
			t.Errorf("killed %s, the vault is of format %d", step, format)
		}
		formats[format]++
		v := get[*vault.Vault](t)(vault.Open(t.Context(), keys.options(h.path)))
		likeFormatOne(t, v)
		must(t, v.Close())
	}
	t.Logf("formats after kills: %v", formats)
}
