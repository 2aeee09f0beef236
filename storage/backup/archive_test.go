package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"filippo.io/age"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// archived is a file in an archive that somebody else has made.
type archived struct {
	tar.Header
	data []byte
}

func regular(name string, data []byte) archived {
	return archived{tar.Header{Name: name, Typeflag: tar.TypeReg, Mode: 0o600, Size: int64(len(data))}, data}
}

// whole is a right archive without a vault that opens.
func whole() (Manifest, []archived) {
	files := []archived{
		regular("README.txt", []byte("read me")), regular("settings.json", []byte("{}")),
		regular("practice/vault.db", []byte("no vault")), regular("practice/secrets.json", []byte(`[{"name":"a","base64":"YQ=="}]`)),
		regular("practice/bank.json", []byte(`{"bank":1}`)),
	}
	m := Manifest{Format: 1, Kind: Full, Program: "1", Sources: []Counts{{Env: core.Practice}}}
	for _, f := range files {
		sum := sha256.Sum256(f.data)
		m.Files = append(m.Files, File{f.Name, f.Size, hex.EncodeToString(sum[:])})
	}
	return m, files
}

// tarOf writes an archive, with what comes after its end.
func tarOf(t testing.TB, m any, files []archived, tail []byte) []byte {
	t.Helper()
	description, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, f := range append([]archived{regular("backup.json", description)}, files...) {
		if err := w.WriteHeader(&f.Header); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(f.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return append(out.Bytes(), tail...)
}

var secretWord = secret.New("hunter2 hunter2")

// readTar encrypts an archive as its maker would, and reads it into dir.
func readTar(t testing.TB, archive []byte, dir string) (Contents, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "backup")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	recipient, err := age.NewScryptRecipient(secretWord.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	recipient.SetWorkFactor(1)
	w, err := age.Encrypt(out, recipient)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(archive); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return Read(context.Background(), path, secretWord, Tools{Dir: dir, Verify: believe})
}

// believe takes every vault for one that holds nothing.
func believe(context.Context, Source) (core.VaultReport, error) { return core.VaultReport{}, nil }

func TestArchives(t *testing.T) {
	type change func(m *Manifest, files *[]archived)
	rename := func(i int, to string) change {
		return func(m *Manifest, files *[]archived) { m.Files[i].Path, (*files)[i].Name = to, to }
	}
	for name, c := range map[string]struct {
		change change
		want   fault.Kind
	}{
		"right":            {func(*Manifest, *[]archived) {}, fault.None},
		"no settings":      {drop(1), fault.None},
		"no bank":          {drop(4), fault.None},
		"no vault":         {drop(2), fault.BackupDamaged},
		"no secrets":       {drop(3), fault.BackupDamaged},
		"no readme":        {drop(0), fault.BackupDamaged},
		"nothing":          {func(m *Manifest, files *[]archived) { m.Files, *files = nil, nil }, fault.BackupDamaged},
		"path upwards":     {rename(2, "../vault.db"), fault.BackupDamaged},
		"absolute path":    {rename(2, "/tmp/vault.db"), fault.BackupDamaged},
		"other source":     {rename(2, "production/vault.db"), fault.BackupDamaged},
		"other name":       {rename(4, "practice/evil.sh"), fault.BackupDamaged},
		"unclean path":     {rename(2, "practice/./vault.db"), fault.BackupDamaged},
		"backslashes":      {rename(2, `practice\vault.db`), fault.BackupDamaged},
		"upper case":       {rename(2, "practice/VAULT.DB"), fault.BackupDamaged},
		"source upwards":   {func(m *Manifest, _ *[]archived) { m.Sources[0].Env = "../practice" }, fault.BackupDamaged},
		"no source":        {func(m *Manifest, _ *[]archived) { m.Sources = nil }, fault.BackupDamaged},
		"source twice":     {func(m *Manifest, _ *[]archived) { m.Sources = append(m.Sources, m.Sources[0]) }, fault.BackupDamaged},
		"newer":            {func(m *Manifest, _ *[]archived) { m.Format = 2 }, fault.VaultNewer},
		"no format":        {func(m *Manifest, _ *[]archived) { m.Format = 0 }, fault.BackupDamaged},
		"unknown kind":     {func(m *Manifest, _ *[]archived) { m.Kind = "half" }, fault.BackupDamaged},
		"review with bank": {func(m *Manifest, _ *[]archived) { m.Kind = Review }, fault.BackupDamaged},
		"other sum":        {func(m *Manifest, _ *[]archived) { m.Files[2].Sum = m.Files[3].Sum }, fault.BackupDamaged},
		"other size":       {func(m *Manifest, _ *[]archived) { m.Files[2].Size-- }, fault.BackupDamaged},
		"negative size":    {func(m *Manifest, _ *[]archived) { m.Files[2].Size = -1 }, fault.BackupDamaged},
		"huge":             {func(m *Manifest, _ *[]archived) { m.Files[2].Size = 1 << 40 }, fault.BackupDamaged},
		"twice as much": {func(m *Manifest, _ *[]archived) {
			m.Files[2].Size, m.Files[4].Size = 1<<62, 1<<62
		}, fault.BackupDamaged},
		"other counts": {func(m *Manifest, _ *[]archived) { m.Sources[0].Rows = 1 }, fault.BackupDamaged},
		"order": {func(m *Manifest, files *[]archived) {
			m.Files[2], m.Files[3], (*files)[2], (*files)[3] = m.Files[3], m.Files[2], (*files)[3], (*files)[2]
		}, fault.BackupDamaged},
		"order of the archive": {func(_ *Manifest, files *[]archived) {
			(*files)[2], (*files)[3] = (*files)[3], (*files)[2]
		}, fault.BackupDamaged},
		"one more": {func(_ *Manifest, files *[]archived) {
			*files = append(*files, regular("evil", []byte("x")))
		}, fault.BackupDamaged},
		"one more that is named": {func(m *Manifest, files *[]archived) {
			*files = append(*files, (*files)[4])
			m.Files = append(m.Files, m.Files[4])
		}, fault.BackupDamaged},
		"one less": {func(_ *Manifest, files *[]archived) { *files = (*files)[:4] }, fault.BackupDamaged},
		"symbolic link": {func(m *Manifest, files *[]archived) {
			m.Files[2].Size = 0
			(*files)[2] = archived{Header: tar.Header{Name: "practice/vault.db", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}}
		}, fault.BackupDamaged},
		"hard link": {func(m *Manifest, files *[]archived) {
			m.Files[2].Size = 0
			(*files)[2] = archived{Header: tar.Header{Name: "practice/vault.db", Typeflag: tar.TypeLink, Linkname: "README.txt"}}
		}, fault.BackupDamaged},
		"folder": {func(m *Manifest, files *[]archived) {
			m.Files[2].Size = 0
			(*files)[2] = archived{Header: tar.Header{Name: "practice/vault.db", Typeflag: tar.TypeDir}}
		}, fault.BackupDamaged},
		"secrets are none":     {with(3, []byte("[{]")), fault.BackupDamaged},
		"secret twice":         {with(3, []byte(`[{"name":"a"},{"name":"a"}]`)), fault.BackupDamaged},
		"too many secrets":     {with(3, make([]byte, maxSecrets+1)), fault.BackupDamaged},
		"too much in settings": {with(1, make([]byte, maxSettings+1)), fault.BackupDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			m, files := whole()
			c.change(&m, &files)
			dir := t.TempDir()
			got, err := readTar(t, tarOf(t, m, files, nil), dir)
			if !fault.Is(err, c.want) {
				t.Fatalf("%v, want %q", err, c.want)
			}
			if err == nil && (got.Sources[0].Secrets["a"].Reveal() != "a" || got.Sources[0].Env != core.Practice) {
				t.Errorf("read %+v", got)
			}
			onlyOurs(t, dir)
		})
	}
}

// drop leaves a file out.
func drop(i int) func(*Manifest, *[]archived) {
	return func(m *Manifest, files *[]archived) {
		m.Files, *files = slices.Delete(m.Files, i, i+1), slices.Delete(*files, i, i+1)
	}
}

// with gives a file other contents, as its maker would.
func with(i int, data []byte) func(*Manifest, *[]archived) {
	return func(m *Manifest, files *[]archived) {
		sum := sha256.Sum256(data)
		(*files)[i] = regular((*files)[i].Name, data)
		m.Files[i] = File{(*files)[i].Name, int64(len(data)), hex.EncodeToString(sum[:])}
	}
}

func TestAfterTheEnd(t *testing.T) {
	m, files := whole()
	for name, c := range map[string]struct {
		tail []byte
		want fault.Kind
	}{
		"padding":         {make([]byte, 20_000), fault.None},
		"text":            {[]byte("hidden"), fault.BackupDamaged},
		"text in padding": {append(make([]byte, 70_000), 'x'), fault.BackupDamaged},
		"second archive":  {tarOf(t, m, files, nil), fault.BackupDamaged},
	} {
		if _, err := readTar(t, tarOf(t, m, files, c.tail), t.TempDir()); !fault.Is(err, c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if _, err := readTar(t, tarOf(t, []int{1}, files, nil), t.TempDir()); !fault.Is(err, fault.BackupDamaged) {
		t.Errorf("a manifest that is none: %v", err)
	}
}

// onlyOurs makes sure that nothing has come out of an archive but what belongs
// into one.
func onlyOurs(t testing.TB, dir string) {
	t.Helper()
	allowed := []string{".", "practice", "sandbox", "production"}
	for _, env := range core.Environments() {
		for _, name := range []string{vaultName, bankName} {
			allowed = append(allowed, filepath.Join(string(env), name))
		}
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if !slices.Contains(allowed, name) || !d.IsDir() && !d.Type().IsRegular() {
			t.Errorf("unpacked %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// FuzzArchive reads archives that somebody who knows the passphrase has made.
func FuzzArchive(f *testing.F) {
	m, files := whole()
	right := tarOf(f, m, files, nil)
	f.Add(right)
	f.Add(right[:len(right)/2])
	drop(2)(&m, &files)
	f.Add(tarOf(f, m, files, []byte("x")))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, archive []byte) {
		dir := t.TempDir()
		c, err := readTar(t, archive, dir)
		if err != nil && !fault.Is(err, fault.BackupDamaged, fault.VaultNewer) {
			t.Errorf("%v", err)
		}
		if err == nil && total(c.Manifest) > int64(len(archive)) {
			t.Errorf("%d bytes came out of %d", total(c.Manifest), len(archive))
		}
		onlyOurs(t, dir)
	})
}
