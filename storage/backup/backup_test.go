package backup_test

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"filippo.io/age"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/backup"
)

func TestRoundTrip(t *testing.T) {
	s := source(t, 2_000)
	o := order(t, s)
	var last, end int64
	o.Progress = func(done, total int64) {
		if done < last || done > total {
			t.Errorf("progress went from %d to %d of %d", last, done, total)
		}
		last, end = done, total
	}
	m := write(t, o)
	if last != end || end == 0 {
		t.Errorf("progress ended at %d of %d", last, end)
	}
	info, err := os.Stat(o.Path)
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the backup can be read by others: %v", info.Mode())
	}
	if got := namesIn(t, filepath.Dir(o.Path)); !slices.Equal(got, []string{"bankbook.backup"}) {
		t.Errorf("beside the backup: %v", got)
	}
	if got := namesIn(t, o.Dir); len(got) != 0 {
		t.Errorf("left in the folder for verification: %v", got)
	}

	c, err := read(t, o.Path)
	must(t, err)
	if len(c.Sources) != 1 || !maps.Equal(c.Sources[0].Secrets, s.Secrets) || !bytes.Equal(c.Settings, o.Settings) {
		t.Errorf("%d sources, or other secrets or settings", len(c.Sources))
	}
	got := c.Sources[0]
	if sumOf(t, got.Vault) != sumOf(t, s.Vault) || sumOf(t, got.Bank) != sumOf(t, s.Bank) || got.Report != s.Report {
		t.Error("another vault or another bank")
	}
	want := backup.Counts{Env: core.Practice, Commit: s.Report.Commit, Items: 1, Rows: 2_000}
	if c.Manifest.Sources[0] != want || !slices.Equal(c.Manifest.Files, m.Files) || !c.Manifest.Created.Equal(now) || c.Manifest.Program != "1.2.3" {
		t.Errorf("the manifest is %+v", c.Manifest)
	}
}

func TestNoSecretOutsideOfTheEncryptedStream(t *testing.T) {
	s := source(t, 50)
	o := order(t, s)
	var seen [][]byte
	o.Verify = func(ctx context.Context, s backup.Source) (core.VaultReport, error) {
		// Everything that is on disk while a backup is written is there now.
		for _, dir := range []string{o.Dir, filepath.Dir(o.Path)} {
			must(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				data, err := os.ReadFile(path)
				seen = append(seen, data)
				return err
			}))
		}
		return verify(ctx, s)
	}
	write(t, o)
	if len(seen) < 3 { // the backup, the vault and the bank
		t.Fatalf("%d files were on disk", len(seen))
	}
	for _, data := range seen {
		for name, value := range s.Secrets {
			if !value.IsEmpty() && bytes.Contains(data, []byte(value.Reveal())) {
				t.Errorf("%s is in a file", name)
			}
		}
	}
}

func TestSeveralSourcesAndNoSettings(t *testing.T) {
	practice, sandbox := source(t, 10), source(t, 20)
	sandbox.Env, sandbox.Bank = core.Sandbox, ""
	o := order(t, practice, sandbox)
	o.Settings = nil
	o.Verify = func(ctx context.Context, s backup.Source) (core.VaultReport, error) {
		s.Env = core.Practice // what the vault was made for
		return verify(ctx, s)
	}
	write(t, o)
	c, err := backup.Read(t.Context(), o.Path, passphrase, o.Tools)
	must(t, err)
	if len(c.Sources) != 2 || c.Settings != nil || c.Sources[1].Bank != "" || c.Sources[1].Report.Rows != 20 {
		t.Errorf("read %+v", c.Manifest)
	}
}

func TestPlaces(t *testing.T) {
	s := source(t, 10)
	o := order(t, s)
	must(t, os.WriteFile(o.Path, []byte("precious"), 0o644))
	_, err := backup.Write(t.Context(), o)
	wantKind(t, "file that is there", err, fault.Occupied)
	if data, _ := os.ReadFile(o.Path); string(data) != "precious" {
		t.Error("the file was changed")
	}
	o.Overwrite = true
	write(t, o)
	if _, err := read(t, o.Path); err != nil {
		t.Errorf("after overwriting: %v", err)
	}
	folder := o
	folder.Path = filepath.Dir(o.Path)
	_, err = backup.Write(t.Context(), folder)
	wantKind(t, "folder", err, fault.Occupied)
	nowhere := o
	nowhere.Path = filepath.Join(t.TempDir(), "missing", "backup")
	_, err = backup.Write(t.Context(), nowhere)
	wantKind(t, "no such folder", err, fault.Unreadable)
	open := o
	open.Passphrase = secret.New("too short")
	_, err = backup.Write(t.Context(), open)
	wantKind(t, "short passphrase", err, fault.Invalid)
	_, err = read(t, filepath.Join(t.TempDir(), "missing"))
	wantKind(t, "no backup", err, fault.Unreadable)
}

// A vault that is not what the report says must not end up in a backup.
func TestWhatIsWrittenIsVerified(t *testing.T) {
	s := source(t, 10)
	o := order(t, s)
	s.Report.Rows++
	o.Sources = []backup.Source{s}
	_, err := backup.Write(t.Context(), o)
	wantKind(t, "another count", err, fault.BackupDamaged)

	s = source(t, 10)
	delete(s.Secrets, slices.Collect(maps.Keys(s.Secrets))[0])
	maps.DeleteFunc(s.Secrets, func(n secret.Name, _ secret.Text) bool { return n != "empty" })
	o.Sources = []backup.Source{s}
	_, err = backup.Write(t.Context(), o)
	wantKind(t, "no key", err, fault.BackupDamaged)
	if got := namesIn(t, filepath.Dir(o.Path)); len(got) != 0 {
		t.Errorf("left beside the place of the backup: %v", got)
	}
}

// What a crash leaves beside a backup is removed by the next one in that folder,
// under whatever name, but not while it could be in use.
func TestLeftovers(t *testing.T) {
	s := source(t, 10)
	o := order(t, s)
	dir := filepath.Dir(o.Path)
	verified := 0
	o.Verify = func(ctx context.Context, s backup.Source) (core.VaultReport, error) {
		verified++
		for _, name := range namesIn(t, dir) { // as a crash would leave it
			must(t, os.WriteFile(filepath.Join(dir, name+"0"), nil, 0o600))
		}
		return verify(ctx, s)
	}
	write(t, o)
	if left := namesIn(t, dir); len(left) != 2 || verified != 1 {
		t.Fatalf("after %d crashes there is %v", verified, left)
	}
	o.Path, o.Verify = filepath.Join(dir, "of tomorrow"), verify
	write(t, o)
	left := namesIn(t, dir)
	if len(left) != 3 {
		t.Errorf("what can be in use was removed: %v", left)
	}
	then := time.Now().Add(-2 * time.Hour)
	for _, name := range left {
		must(t, os.Chtimes(filepath.Join(dir, name), then, then))
	}
	o.Path = filepath.Join(dir, "of the day after")
	write(t, o)
	if left := namesIn(t, dir); !slices.Equal(left, []string{"bankbook.backup", "of the day after", "of tomorrow"}) {
		t.Errorf("left are %v", left)
	}
}

func TestPassphrase(t *testing.T) {
	o := order(t, source(t, 10))
	write(t, o)
	for _, wrong := range []secret.Text{{}, secret.New("Correct horse battery staple"), secret.New(passphrase.Reveal() + " ")} {
		dir := t.TempDir()
		_, err := backup.Read(t.Context(), o.Path, wrong, backup.Tools{Dir: dir, Verify: verify})
		wantKind(t, "wrong passphrase", err, fault.Passphrase)
		if got := namesIn(t, dir); len(got) != 0 {
			t.Errorf("unpacked %v", got)
		}
	}
}

func TestPassphraseTypedOtherwise(t *testing.T) {
	o := order(t, source(t, 10))
	o.Passphrase = secret.New("cafe\u0301 in the morning")
	write(t, o)
	_, err := backup.Read(t.Context(), o.Path, secret.New("caf\u00e9 in the morning"), backup.Tools{Dir: t.TempDir(), Verify: verify})
	must(t, err)
}

func TestOtherFiles(t *testing.T) {
	s := source(t, 10)
	dir := t.TempDir()
	recipient, err := age.GenerateX25519Identity()
	must(t, err)
	var other bytes.Buffer
	w, err := age.Encrypt(&other, recipient.Recipient())
	must(t, err)
	must(t, w.Close())
	vaultFile, err := os.ReadFile(s.Vault)
	must(t, err)
	for name, data := range map[string][]byte{
		"empty": nil, "text": []byte("dear diary"), "vault": vaultFile, "for a key": other.Bytes(),
		"endless header": bytes.Join([][]byte{[]byte("age-encryption.org/v1"), bytes.Repeat([]byte("\n-> a b\n"), 20_000)}, nil),
		"too much work":  []byte("age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 21\n" + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"),
	} {
		path := filepath.Join(dir, "file")
		must(t, os.WriteFile(path, data, 0o600))
		_, err := read(t, path)
		wantKind(t, name, err, fault.BackupDamaged)
	}
	_, err = read(t, dir)
	wantKind(t, "folder", err, fault.BackupDamaged)
}

// Every bit of the header, and samples of the rest.
func TestFlippedBits(t *testing.T) {
	o := order(t, source(t, 30))
	write(t, o)
	whole, err := os.ReadFile(o.Path)
	must(t, err)
	at := func(bit int) {
		t.Helper()
		broken := slices.Clone(whole)
		broken[bit/8] ^= 1 << (bit % 8)
		wantRejected(t, broken)
	}
	for bit := range 8 * 400 {
		if broken := whole[bit/8] ^ 1<<(bit%8); bit/8 >= len("age-encryption.org/v1\n-> scrypt ") || broken > 0 {
			at(bit)
		}
	}
	for bit := 8 * 400; bit < 8*len(whole); bit += 8*997 + 3 {
		at(bit)
	}
	for bit := 8 * (len(whole) - 20); bit < 8*len(whole); bit++ {
		at(bit)
	}
}

func TestTruncatedAndExtended(t *testing.T) {
	o := order(t, source(t, 30))
	write(t, o)
	whole, err := os.ReadFile(o.Path)
	must(t, err)
	for size := 0; size < len(whole); size += max(1, size/50) {
		wantRejected(t, whole[:size])
	}
	for _, chunk := range []int{1, 16, 64<<10 + 16} { // age seals chunks of this size
		wantRejected(t, whole[:len(whole)-chunk])
		wantRejected(t, slices.Concat(whole, make([]byte, chunk)))
		wantRejected(t, slices.Concat(whole, whole[len(whole)-chunk:]))
	}
}

func wantRejected(t *testing.T, data []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "broken")
	must(t, os.WriteFile(path, data, 0o600))
	never := func(context.Context, backup.Source) (core.VaultReport, error) {
		t.Error("a vault of a damaged backup was opened")
		return core.VaultReport{}, nil
	}
	_, err := backup.Read(t.Context(), path, passphrase, backup.Tools{Dir: t.TempDir(), Verify: never})
	wantKind(t, "broken backup", err, fault.BackupDamaged, fault.Passphrase)
}

func TestCancel(t *testing.T) {
	o := order(t, source(t, 500))
	for stop := int64(1); ; stop++ {
		ctx, cancel := context.WithCancel(t.Context())
		calls, done := int64(0), false
		o.Progress = func(got, total int64) {
			calls++
			if calls == stop*7 {
				cancel()
			}
			done = got == total
		}
		_, err := backup.Write(ctx, o)
		cancel()
		if err == nil {
			if !done {
				t.Error("it ended before it was done")
			}
			break
		}
		wantKind(t, "cancelled", err, fault.Canceled)
		if left := namesIn(t, filepath.Dir(o.Path)); len(left) != 0 {
			t.Fatalf("left behind: %v", left)
		}
	}
	for stop := int64(1); stop < 5; stop++ {
		ctx, cancel := context.WithCancel(t.Context())
		calls := int64(0)
		tools := backup.Tools{Dir: t.TempDir(), Verify: verify, Progress: func(int64, int64) {
			if calls++; calls == stop {
				cancel()
			}
		}}
		_, err := backup.Read(ctx, o.Path, passphrase, tools)
		cancel()
		wantKind(t, "cancelled", err, fault.Canceled)
	}
}
