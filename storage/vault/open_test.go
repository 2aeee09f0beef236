package vault_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

func TestFilesThatAreNoVault(t *testing.T) {
	h := newHome(t)
	must(t, filled(t, h, 500).Close())
	whole := get[[]byte](t)(os.ReadFile(h.path))
	used := len(bytes.TrimRight(whole, "\x00")) // the file is longer than what is in it
	damaged := []fault.Kind{fault.VaultDamaged, fault.VaultForeign}
	for name, c := range map[string]struct {
		make  func(path string) error
		kinds []fault.Kind
	}{
		"empty":            {write(nil), []fault.Kind{fault.VaultForeign}},
		"text":             {write([]byte(strings.Repeat("Dear diary\n", 5000))), []fault.Kind{fault.VaultForeign}},
		"short text":       {write([]byte("x")), []fault.Kind{fault.VaultForeign}},
		"folder":           {func(p string) error { return os.Mkdir(p, 0o700) }, []fault.Kind{fault.VaultForeign}},
		"symbolic link":    {func(p string) error { return os.Symlink(h.path, p) }, []fault.Kind{fault.Unreadable}},
		"zeros":            {write(make([]byte, 64<<10)), []fault.Kind{fault.VaultForeign}},
		"first page only":  {write(whole[:4096]), damaged},
		"two pages":        {write(whole[:8192]), damaged},
		"half":             {write(whole[:used/2]), damaged},
		"without an end":   {write(whole[:used*3/4]), damaged},
		"first page lost":  {write(append(make([]byte, 4096), whole[4096:]...)), damaged},
		"second page lost": {write(splice(whole, 4096, make([]byte, 4096))), damaged},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "vault.db")
			if err := c.make(path); err != nil {
				t.Skipf("cannot make one here: %v", err)
			}
			before := get[os.FileInfo](t)(os.Lstat(path))
			opts := h.options()
			opts.Path = path
			opts.NewKey = func(context.Context, vault.Info, secret.Text) error { t.Error("made a new key"); return nil }
			_, err := vault.Open(t.Context(), opts)
			wantKind(t, err, c.kinds...)
			after := get[os.FileInfo](t)(os.Lstat(path))
			if !os.SameFile(before, after) || before.Size() != after.Size() {
				t.Error("the file was touched")
			}
			// Once more: the first try must have let go of the file's lock.
			_, err = vault.Open(t.Context(), opts)
			wantKind(t, err, c.kinds...)
		})
	}
}

func write(data []byte) func(string) error {
	return func(path string) error { return os.WriteFile(path, data, 0o600) }
}

func splice(data []byte, at int, part []byte) []byte {
	out := append([]byte(nil), data...)
	copy(out[at:], part)
	return out
}

func TestEnvironmentsDoNotMix(t *testing.T) {
	h := newHome(t)
	must(t, h.open(t).Close())
	opts := h.options()
	opts.Env = core.Production
	_, err := vault.Open(t.Context(), opts)
	wantKind(t, err, fault.VaultForeign)
	opts.Env = "elsewhere"
	_, err = vault.Open(t.Context(), opts)
	wantKind(t, err, fault.Internal)
}

func TestKeys(t *testing.T) {
	h := newHome(t)
	v := h.open(t)
	id := v.ID()
	must(t, v.PutSetting("a", "b"))
	must(t, v.Close())
	other := newHome(t)
	foreign := other.open(t)
	missing := fault.New("keychain: get", fault.SecretMissing, nil)
	for name, c := range map[string]struct {
		key  func(context.Context, vault.Info) (secret.Text, error)
		kind fault.Kind
	}{
		"another vault's": {func(ctx context.Context, _ vault.Info) (secret.Text, error) {
			return other.keys.Key(ctx, foreign.Info())
		}, fault.VaultKey},
		"empty":         {func(context.Context, vault.Info) (secret.Text, error) { return secret.Text{}, nil }, fault.VaultKey},
		"no key's text": {func(context.Context, vault.Info) (secret.Text, error) { return secret.New("hunter2"), nil }, fault.VaultKey},
		"missing":       {func(context.Context, vault.Info) (secret.Text, error) { return secret.Text{}, missing }, fault.SecretMissing},
		"nobody to ask": {nil, fault.VaultKey},
	} {
		t.Run(name, func(t *testing.T) {
			opts := h.options()
			opts.Key = c.key
			_, err := vault.Open(t.Context(), opts)
			wantKind(t, err, c.kind)
		})
	}
	again := h.open(t)
	if value, _, err := again.Setting("a"); again.ID() != id || value != "b" || err != nil {
		t.Errorf("after wrong keys: %q, %v", value, err)
	}
}

func TestKeyIsSafeBeforeTheFileAppears(t *testing.T) {
	h := newHome(t)
	opts := h.options()
	refused := fault.New("keychain: set", fault.KeychainLied, nil)
	called := false
	opts.NewKey = func(_ context.Context, info vault.Info, key secret.Text) error {
		called = info.ID != "" && !key.IsEmpty()
		if _, err := os.Lstat(h.path); !errors.Is(err, os.ErrNotExist) {
			t.Error("the file is there before its key is kept")
		}
		return refused
	}
	_, err := vault.Open(t.Context(), opts)
	wantKind(t, err, fault.KeychainLied)
	if left := get[[]os.DirEntry](t)(os.ReadDir(filepath.Dir(h.path))); len(left) != 0 || !called {
		t.Errorf("left behind: %v", left)
	}
	opts.NewKey = nil
	_, err = vault.Open(t.Context(), opts)
	wantKind(t, err, fault.NotFound)
}

func TestTwoThatMakeTheSameVault(t *testing.T) {
	h := newHome(t)
	opts := h.options()
	var first *vault.Vault
	opts.NewKey = func(ctx context.Context, info vault.Info, key secret.Text) error {
		if first == nil {
			first = h.open(t) // somebody else is faster
			must(t, first.PutSetting("who", "first"))
			must(t, first.Close())
		}
		return h.keys.NewKey(ctx, info, key)
	}
	second, err := vault.Open(t.Context(), opts)
	must(t, err)
	defer second.Close()
	if value, _, err := second.Setting("who"); second.ID() != first.ID() || value != "first" || err != nil {
		t.Errorf("the second replaced the first: %q, %v", value, err)
	}
}

func TestSecondInstance(t *testing.T) {
	h := newHome(t)
	v := h.open(t)
	key := get[secret.Text](t)(h.keys.Key(t.Context(), v.Info()))
	before := get[[]byte](t)(os.ReadFile(h.path))
	out := get[[]byte](t)(child(t, "open", h.path, key).Output())
	kind, took, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	t.Logf("refused after %s", took)
	if fault.Kind(kind) != fault.VaultInUse {
		t.Errorf("a second instance met %q", out)
	}
	if string(get[[]byte](t)(os.ReadFile(h.path))) != string(before) {
		t.Error("a second instance wrote to the file")
	}
	_, err := vault.Open(t.Context(), h.options())
	wantKind(t, err, fault.VaultInUse)
	_, err = vault.Inspect(h.path)
	wantKind(t, err, fault.VaultInUse)
	must(t, v.Close())
	if out := get[[]byte](t)(child(t, "open", h.path, key).Output()); !strings.HasPrefix(string(out), " ") {
		t.Errorf("after the first has closed: %q", out)
	}
}

func TestInspectNeedsNoKey(t *testing.T) {
	h := newHome(t)
	opts := h.options()
	opts.Protector = core.ThisSessionOnly
	v := get[*vault.Vault](t)(vault.Open(t.Context(), opts))
	want := v.Info()
	must(t, v.Close())
	got := get[vault.Info](t)(vault.Inspect(h.path))
	if got != want || got.Protector != core.ThisSessionOnly || got.Env != core.Practice || got.Format != vault.Format || got.ID != v.ID() {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestReplacedFile(t *testing.T) {
	for name, replace := range map[string]func(path string) error{
		"by another": func(path string) error { return os.Rename(path+".copy", path) },
		"by nothing": os.Remove,
	} {
		t.Run(name, func(t *testing.T) {
			h := newHome(t)
			v := filled(t, h, 100)
			copyFile(t, h.path, h.path+".copy")
			if err := replace(h.path); err != nil {
				t.Skipf("an open file cannot be replaced here: %v", err)
			}
			wantKind(t, v.PutSetting("a", "b"), fault.VaultReplaced)
			_, err := v.ApplySync(core.SyncBatch{Item: "item-2", At: now})
			wantKind(t, err, fault.VaultReplaced)
			get[contents](t)(read(v))
		})
	}
}

func TestOthersAreKeptOut(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no permission bits")
	}
	h := newHome(t)
	must(t, h.open(t).Close())
	modes := func() [2]os.FileMode {
		dir, file := get[os.FileInfo](t)(os.Stat(filepath.Dir(h.path))), get[os.FileInfo](t)(os.Stat(h.path))
		return [2]os.FileMode{dir.Mode().Perm(), file.Mode().Perm()}
	}
	want := [2]os.FileMode{0o700, 0o600}
	wantEqual(t, "modes of a new vault", modes(), want)
	must(t, os.Chmod(filepath.Dir(h.path), 0o755))
	must(t, os.Chmod(h.path, 0o644))
	must(t, h.open(t).Close())
	wantEqual(t, "modes of an opened vault", modes(), want)
}

func TestFoldersThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "file"), nil, 0o600))
	must(t, os.Mkdir(filepath.Join(dir, "real"), 0o700))
	must(t, os.Symlink(filepath.Join(dir, "real"), filepath.Join(dir, "link")))
	must(t, os.Mkdir(filepath.Join(dir, "shared"), 0o700))
	must(t, os.Chmod(filepath.Join(dir, "shared"), 0o777|os.ModeSticky))
	for _, folder := range []string{"file", "link", "shared"} {
		t.Run(folder, func(t *testing.T) {
			opts := newHome(t).options()
			opts.Path = filepath.Join(dir, folder, "vault.db")
			_, err := vault.Open(t.Context(), opts)
			wantKind(t, err, fault.Unreadable)
		})
	}
	t.Run("closed", func(t *testing.T) {
		if os.Geteuid() == 0 {
			t.Skip("permission bits do not bind root")
		}
		h := newHome(t)
		must(t, h.open(t).Close())
		must(t, os.Chmod(h.path, 0))
		_, err := vault.Open(t.Context(), h.options())
		wantKind(t, err, fault.Unreadable)
	})
}

func TestCanceledOpen(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	h := newHome(t)
	_, err := vault.Open(ctx, h.options())
	wantKind(t, err, fault.Canceled)
	if _, err := os.Lstat(h.path); !errors.Is(err, os.ErrNotExist) {
		t.Error("a canceled Open made a file")
	}
}
