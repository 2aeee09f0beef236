package lockbox

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"bankbook/core/fault"
	"bankbook/core/recovery"
	"bankbook/core/secret"
	"bankbook/core/secret/secrettest"
)

// place returns where a box of the test can be.
func place(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "lockbox")
}

func create(t testing.TB, path string) *Box {
	t.Helper()
	b, err := Create(t.Context(), path, secret.New(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func reopen(t testing.TB, path, with string) *Box {
	t.Helper()
	b, err := Open(t.Context(), path, secret.New(with))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func set(t testing.TB, b *Box, name secret.Name, value string) {
	t.Helper()
	if err := b.Set(t.Context(), name, secret.New(value)); err != nil {
		t.Fatal(err)
	}
}

func wantEntry(t testing.TB, b *Box, name secret.Name, want string) {
	t.Helper()
	if got, err := b.Get(t.Context(), name); err != nil || got.Reveal() != want {
		t.Errorf("%s holds %q, %v; want %q", name, got.Reveal(), err, want)
	}
}

func wantFault(t testing.TB, what string, err error, want fault.Kind) {
	t.Helper()
	if !fault.Is(err, want) {
		t.Errorf("%s: %v, want the kind %s", what, err, want)
	}
}

// wrapping is that of a recovery key for the box of some vault.
func wrapping(t testing.TB, k recovery.Key) []byte {
	t.Helper()
	w, err := RecoveryWrapping(k, "8f1c")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestConforms(t *testing.T) {
	secrettest.Run(t, func(t *testing.T) secret.Store { return create(t, place(t)) })
}

func TestReopen(t *testing.T) {
	path := place(t)
	b := create(t, path)
	set(t, b, "practice/token/1", "access-1")
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	wantEntry(t, reopen(t, path, passphrase), "practice/token/1", "access-1")
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	reopen(t, path, passphrase)
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("a file open to others stays %v, %v", info.Mode(), err)
	}
}

func TestWrongPassphrase(t *testing.T) {
	path := place(t)
	create(t, path)
	for _, wrong := range []string{"", "correct horse batterz", "Correct horse battery", passphrase + " "} {
		b, err := Open(t.Context(), path, secret.New(wrong))
		wantFault(t, wrong, err, fault.Passphrase)
		if b != nil {
			t.Errorf("%q opens a box", wrong)
		}
	}
}

func TestPassphraseIsTheSameOnEveryKeyboard(t *testing.T) {
	path := place(t)
	b, err := Create(t.Context(), path, secret.New("Žluťoučký kůň"))
	if err != nil {
		t.Fatal(err)
	}
	set(t, b, "a", "1")
	const decomposed = "Z\u030clut\u030couc\u030cky\u0301 ku\u030an\u030c"
	wantEntry(t, reopen(t, path, decomposed), "a", "1")
}

func TestShortPassphraseIsRefused(t *testing.T) {
	path := place(t)
	_, err := Create(t.Context(), path, secret.New("žžžžžžžžž"))
	wantFault(t, "Create", err, fault.Invalid)
	if _, err := os.Stat(path); err == nil {
		t.Error("a box was made")
	}
	b := create(t, path)
	wantFault(t, "ChangePassphrase", b.ChangePassphrase(t.Context(), secret.New(passphrase), secret.New("short")), fault.Invalid)
	wantFault(t, "ResetPassphrase", b.ResetPassphrase(t.Context(), secret.New("short")), fault.Invalid)
	reopen(t, path, passphrase)
}

func TestCreateReplacesNothing(t *testing.T) {
	path := place(t)
	set(t, create(t, path), "a", "1")
	_, err := Create(t.Context(), path, secret.New("another passphrase"))
	wantFault(t, "Create", err, fault.Occupied)
	wantEntry(t, reopen(t, path, passphrase), "a", "1")
}

func TestMissingBoxIsDamage(t *testing.T) {
	path := place(t)
	_, err := Open(t.Context(), path, secret.New(passphrase))
	wantFault(t, "Open", err, fault.LockboxDamaged)
	b := create(t, path)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	_, err = b.Get(t.Context(), "a")
	wantFault(t, "Get", err, fault.LockboxDamaged)
	wantFault(t, "Set", b.Set(t.Context(), "a", secret.New("1")), fault.LockboxDamaged)
	if _, err := os.Stat(path); err == nil {
		t.Error("a new box took the place of one that is gone")
	}
}

func TestChangePassphrase(t *testing.T) {
	path := place(t)
	b := create(t, path)
	set(t, b, "a", "1")
	other := reopen(t, path, passphrase)
	next := secret.New("another passphrase")
	wantFault(t, "a wrong old one", b.ChangePassphrase(t.Context(), secret.New("not the old one"), next), fault.Passphrase)
	reopen(t, path, passphrase)
	if err := b.ChangePassphrase(t.Context(), secret.New(passphrase), next); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), path, secret.New(passphrase))
	wantFault(t, "the old one", err, fault.Passphrase)
	set(t, other, "b", "2") // somebody who has it open goes on
	set(t, b, "c", "3")
	again := reopen(t, path, next.Reveal())
	for name, value := range map[secret.Name]string{"a": "1", "b": "2", "c": "3"} {
		wantEntry(t, again, name, value)
	}
}

func TestRecoveryKey(t *testing.T) {
	path := place(t)
	b := create(t, path)
	set(t, b, "a", "1")
	key, other := wrapping(t, recovery.New()), wrapping(t, recovery.New())
	openWith := func(k []byte) error {
		_, err := OpenWithRecovery(t.Context(), path, k)
		return err
	}
	wantFault(t, "no recovery key yet", openWith(key), fault.Passphrase)
	if err := b.SetRecovery(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	wantFault(t, "all zeros", openWith(make([]byte, keySize)), fault.Passphrase)
	wantFault(t, "nothing", openWith(nil), fault.Passphrase)
	wantFault(t, "another key", openWith(other), fault.Passphrase)

	lost, err := OpenWithRecovery(t.Context(), path, key)
	if err != nil {
		t.Fatal(err)
	}
	wantEntry(t, lost, "a", "1")
	if err := lost.ResetPassphrase(t.Context(), secret.New("the new passphrase")); err != nil {
		t.Fatal(err)
	}
	wantEntry(t, reopen(t, path, "the new passphrase"), "a", "1")
	if err := openWith(key); err != nil {
		t.Errorf("after a new passphrase the recovery key gives %v", err)
	}

	if err := b.SetRecovery(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	wantFault(t, "the replaced key", openWith(key), fault.Passphrase)
	if err := b.DropRecovery(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantFault(t, "the dropped key", openWith(other), fault.Passphrase)
	if err := b.DropRecovery(t.Context()); err != nil {
		t.Errorf("dropping what is not there: %v", err)
	}
}

func TestClosedBoxIsLocked(t *testing.T) {
	path := place(t)
	b := create(t, path)
	set(t, b, "a", "1")
	for range 2 {
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if b.key != ([keySize]byte{}) {
		t.Error("the key is still there")
	}
	_, getErr := b.Get(t.Context(), "a")
	_, listErr := b.Names(t.Context())
	for what, err := range map[string]error{
		"Get": getErr, "Names": listErr, "Set": b.Set(t.Context(), "a", secret.New("2")), "Delete": b.Delete(t.Context(), "a"),
		"ResetPassphrase": b.ResetPassphrase(t.Context(), secret.New(passphrase)),
		"SetRecovery":     b.SetRecovery(t.Context(), wrapping(t, recovery.New())), "DropRecovery": b.DropRecovery(t.Context()),
	} {
		wantFault(t, what, err, fault.Locked)
	}
	wantEntry(t, reopen(t, path, passphrase), "a", "1")
}

func TestWhatDoesNotFitIsRefused(t *testing.T) {
	b := create(t, place(t))
	set(t, b, "kept", "1")
	for what, err := range map[string]error{
		"no name":    b.Set(t.Context(), "", secret.New("x")),
		"no text":    b.Set(t.Context(), "\xff", secret.New("x")),
		"too long":   b.Set(t.Context(), "a", secret.New(string(make([]byte, maxValue+1)))),
		"half of it": b.SetAll(t.Context(), map[secret.Name]secret.Text{"good": secret.New("x"), "": secret.New("y")}),
	} {
		wantFault(t, what, err, fault.Invalid)
	}
	names, err := b.Names(t.Context())
	if err != nil || len(names) != 1 || names[0] != "kept" {
		t.Errorf("entries %q, %v", names, err)
	}
}
