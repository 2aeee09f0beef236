package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/durable"
)

// Source is one environment in a backup.
type Source struct {
	Env core.Environment
	// Vault is the path of a copy of its vault, which nobody writes to.
	Vault string
	// Bank is the path of the practice bank's file, or "".
	Bank string
	// Secrets are the entries of its secret store, the vault's key among them.
	Secrets map[secret.Name]secret.Text
	// Report is what a whole reading of the vault has come to.
	Report core.VaultReport
}

// Order says what to write, and where to.
type Order struct {
	// Path is the backup's file; it is replaced only if Overwrite says so.
	Path       string
	Overwrite  bool
	Passphrase secret.Text
	// WorkFactor makes scrypt cost 2^n; 0 is age's own, about a second.
	WorkFactor int

	Kind    Kind
	Created time.Time
	// Program is the version of the program.
	Program string
	// Settings is the contents of settings.json, nil if there are none.
	Settings []byte
	// Sources are in the order of core.Environments.
	Sources []Source
	Tools
}

// Tools are what writing and reading need.
type Tools struct {
	// Dir is an existing folder for what is unpacked: sealed vaults, no secrets.
	Dir string
	// Verify opens the vault of a source with the secrets that came with it,
	// reads it wholly, and changes nothing.
	Verify func(context.Context, Source) (core.VaultReport, error)
	// Progress is told of bytes done; nil if nobody wants to know.
	Progress func(done, total int64)
}

// Write makes a backup and reads it back before it gets its name. Errors:
// Occupied if there is something at Path, Unreadable, DiskFull, Canceled,
// Invalid for a passphrase that is too short, those of Verify.
func Write(ctx context.Context, o Order) (Manifest, error) {
	const op = "backup: write"
	if err := secret.CheckPassphrase(o.Passphrase); err != nil {
		return Manifest{}, err
	}
	if err := o.checkPlace(); err != nil {
		return Manifest{}, err
	}
	pieces, err := o.pieces(ctx)
	defer closePieces(pieces)
	if err != nil {
		return Manifest{}, fail(op, err)
	}
	m := o.manifest(pieces)
	growing := filepath.Join(filepath.Dir(o.Path), unfinished)
	durable.RemoveStale(growing, time.Now())
	temp, err := durable.Temp(growing)
	if err != nil {
		return Manifest{}, fail(op, err)
	}
	defer os.Remove(temp.Name())
	meter := newMeter(o.Progress, 2*total(m))
	if err := errors.Join(o.fill(ctx, temp, m, pieces, meter), temp.Close()); err != nil {
		return Manifest{}, fail(op, err)
	}
	if err := o.readBack(ctx, temp.Name(), meter); err != nil {
		return Manifest{}, fmt.Errorf("%s: read back: %w", op, err)
	}
	return m, fail(op, o.publish(temp.Name()))
}

// unfinished is what temporary files are named after, whatever the backup is called:
// the next one has another day in its name, and must know what a crash has left.
const unfinished = "bankbook-backup"

func (o Order) checkPlace() error {
	const op = "backup: look at place"
	info, err := os.Lstat(o.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fail(op, err)
	case !o.Overwrite || !info.Mode().IsRegular():
		return fault.New(op, fault.Occupied, nil)
	}
	return nil
}

func (o Order) publish(temp string) error {
	if o.Overwrite {
		return durable.Replace(temp, o.Path)
	}
	err := durable.Publish(temp, o.Path)
	if errors.Is(err, fs.ErrExist) {
		return fault.New("backup: name file", fault.Occupied, err)
	}
	return err
}

// piece is a file of the archive before it is written.
type piece struct {
	File
	// from is read from its start.
	from io.ReadSeeker
}

// pieces opens everything that goes into the archive, and sums it up. The
// caller closes the pieces, also after an error.
func (o Order) pieces(ctx context.Context) (list []piece, err error) {
	readme := fullReadme
	if o.Kind == Review {
		readme = reviewReadme
	}
	list = append(list, inMemory(readmeName, []byte(readme)))
	if o.Settings != nil {
		list = append(list, inMemory(settingsName, o.Settings))
	}
	for _, s := range o.Sources {
		if list, err = appendFile(ctx, list, inside(s.Env, vaultName), s.Vault); err != nil {
			return list, err
		}
		secrets, err := encodeSecrets(s.Secrets)
		if err != nil {
			return list, err
		}
		list = append(list, inMemory(inside(s.Env, secretsName), secrets))
		if s.Bank != "" {
			if list, err = appendFile(ctx, list, inside(s.Env, bankName), s.Bank); err != nil {
				return list, err
			}
		}
	}
	return list, nil
}

func inMemory(path string, data []byte) piece {
	sum := sha256.Sum256(data)
	return piece{File{Path: path, Size: int64(len(data)), Sum: hex.EncodeToString(sum[:])}, bytes.NewReader(data)}
}

// appendFile opens a file and sums it up. It stays open, so that what is
// written is what was summed up even if another takes its name.
func appendFile(ctx context.Context, list []piece, path, from string) ([]piece, error) {
	f, err := os.Open(from)
	if err != nil {
		return list, err
	}
	hash := sha256.New()
	size, err := io.Copy(hash, &endingReader{ctx, f})
	list = append(list, piece{File{Path: path, Size: size, Sum: hex.EncodeToString(hash.Sum(nil))}, f})
	return list, err
}

func closePieces(list []piece) {
	for _, p := range list {
		if f, ok := p.from.(*os.File); ok {
			_ = f.Close() // it was only read
		}
	}
}

func (o Order) manifest(pieces []piece) Manifest {
	m := Manifest{Format: Format, Kind: o.Kind, Created: o.Created.UTC(), Program: o.Program}
	for _, s := range o.Sources {
		m.Sources = append(m.Sources, countsOf(s.Env, s.Report))
	}
	for _, p := range pieces {
		m.Files = append(m.Files, p.File)
	}
	return m
}

// total returns the bytes of all files that a manifest names.
func total(m Manifest) (sum int64) {
	for _, f := range m.Files {
		sum += f.Size
	}
	return sum
}

// fill writes the encrypted archive.
func (o Order) fill(ctx context.Context, out io.Writer, m Manifest, pieces []piece, meter *meter) error {
	recipient, err := age.NewScryptRecipient(typed(o.Passphrase))
	if err != nil {
		return err
	}
	if o.WorkFactor > 0 {
		recipient.SetWorkFactor(o.WorkFactor)
	}
	sealed, err := age.Encrypt(out, recipient)
	if err != nil {
		return err
	}
	description, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	archive := tar.NewWriter(sealed)
	for _, p := range append([]piece{inMemory(manifestName, description)}, pieces...) {
		header := tar.Header{Typeflag: tar.TypeReg, Name: p.Path, Size: p.Size, Mode: 0o600, ModTime: m.Created}
		if err := archive.WriteHeader(&header); err != nil {
			return err
		}
		if _, err := p.from.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if _, err := io.CopyN(archive, meter.reading(&endingReader{ctx, p.from}), p.Size); err != nil {
			return err
		}
	}
	return errors.Join(archive.Close(), sealed.Close())
}

// readBack reads what was written as a restore would, into a folder of its own.
func (o Order) readBack(ctx context.Context, path string, meter *meter) error {
	dir, err := os.MkdirTemp(o.Dir, "verify-")
	if err != nil {
		return fail("backup: make a folder", err)
	}
	tools := o.Tools
	tools.Dir = dir
	_, err = read(ctx, path, o.Passphrase, tools, meter)
	return errors.Join(err, os.RemoveAll(dir))
}
