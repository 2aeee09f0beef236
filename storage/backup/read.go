package backup

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"filippo.io/age"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/durable"
)

const (
	// maxWorkFactor caps what a hostile file can cost: 2^20 is a gibibyte and
	// some seconds. age itself writes 2^18.
	maxWorkFactor = 20
	// maxHeader caps what age reads before it knows that the passphrase fits.
	maxHeader = 1 << 16

	dirMode = 0o700
)

// Contents are what a backup held.
type Contents struct {
	Manifest Manifest
	// Settings is the contents of settings.json, or nil.
	Settings []byte
	// Sources have their files in the folder that Read was given.
	Sources []Source
}

var (
	errSecrets = errors.New("the secrets are not what was written")
	errEntry   = errors.New("the archive does not hold the file that comes next")
	errSum     = errors.New("a file is not what the manifest says")
	errCounts  = errors.New("a vault does not hold what the manifest says")
	errTail    = errors.New("there is something after the last file")
	errHeader  = errors.New("the file's header is too long")
)

// Read unpacks a backup into tools.Dir, which must be empty, and verifies all of
// it: <dir>/<source>/vault.db and, if there is one, bank.json, synced to disk.
// After an error there can be a part of it. Errors: Passphrase, BackupDamaged,
// VaultNewer if a newer Bankbook wrote it, Unreadable, DiskFull, Canceled.
func Read(ctx context.Context, path string, passphrase secret.Text, tools Tools) (Contents, error) {
	return read(ctx, path, passphrase, tools, nil)
}

// read is Read with a meter that goes on from another, nil to begin one.
func read(ctx context.Context, path string, passphrase secret.Text, tools Tools, meter *meter) (Contents, error) {
	const op = "backup: read"
	f, err := os.Open(path)
	if err != nil {
		return Contents{}, fail(op, err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return Contents{}, fail(op, err)
	case !info.Mode().IsRegular():
		return Contents{}, damaged(fmt.Errorf("%s is no file", filepath.Base(path)))
	}
	in := &sourceReader{endingReader: endingReader{ctx, f}, header: maxHeader}
	plain, err := in.decrypt(passphrase)
	if err != nil {
		return Contents{}, in.explain(err)
	}
	u := &unpacker{tools: tools, archive: tar.NewReader(plain), limit: info.Size(), meter: meter}
	err = u.unpack()
	if err == nil {
		err = atEnd(plain)
	}
	if err != nil {
		return Contents{}, in.explain(err)
	}
	return u.contents, u.verify(ctx)
}

// decrypt returns the archive in clear. age authenticates each 64 KiB of it
// before it hands them out, and the end.
func (s *sourceReader) decrypt(passphrase secret.Text) (io.Reader, error) {
	identity, err := age.NewScryptIdentity(typed(passphrase))
	if err != nil {
		return nil, fault.New("backup: decrypt", fault.Passphrase, err)
	}
	identity.SetMaxWorkFactor(maxWorkFactor)
	plain, err := age.Decrypt(s, identity)
	s.header = -1
	var wrong *age.NoIdentityMatchError
	if errors.As(err, &wrong) && slices.Equal(wrong.StanzaTypes, []string{"scrypt"}) {
		return nil, fault.New("backup: decrypt", fault.Passphrase, nil)
	}
	return plain, err
}

// atEnd makes sure that nothing but zeros, which tar pads with, is left, and
// that the end is the one that was written.
func atEnd(plain io.Reader) error {
	buf := make([]byte, 32<<10)
	for {
		n, err := plain.Read(buf)
		if slices.ContainsFunc(buf[:n], func(b byte) bool { return b != 0 }) {
			return damaged(errTail)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// unpacker takes an archive apart.
type unpacker struct {
	tools    Tools
	archive  *tar.Reader
	limit    int64
	meter    *meter
	contents Contents
}

// unpack reads the manifest and then what it names.
func (u *unpacker) unpack() error {
	header, err := u.archive.Next()
	if err != nil {
		return err
	}
	if header.Name != manifestName || header.Typeflag != tar.TypeReg || header.Size > maxManifest {
		return damaged(errEntry)
	}
	description, err := io.ReadAll(u.archive)
	if err != nil {
		return err
	}
	m, err := parseManifest(description, u.limit)
	if err != nil {
		return err
	}
	if u.meter == nil {
		u.meter = newMeter(u.tools.Progress, total(m))
	}
	u.contents.Manifest = m
	for _, s := range m.Sources {
		u.contents.Sources = append(u.contents.Sources, Source{Env: s.Env})
	}
	for _, f := range m.Files {
		if err := u.file(f); err != nil {
			return err
		}
	}
	if _, err := u.archive.Next(); !errors.Is(err, io.EOF) {
		return errors.Join(damaged(errTail), err)
	}
	return nil
}

// file reads the next file, which must be f. The manifest has been checked: its
// path is one of the layout's.
func (u *unpacker) file(f File) error {
	header, err := u.archive.Next()
	if err != nil {
		return err
	}
	if header.Name != f.Path || header.Typeflag != tar.TypeReg || header.Size != f.Size {
		return damaged(errEntry)
	}
	hash := sha256.New()
	from := io.TeeReader(u.meter.reading(u.archive), hash)
	if err := u.take(f, from); err != nil {
		return err
	}
	if hex.EncodeToString(hash.Sum(nil)) != f.Sum {
		return damaged(errSum)
	}
	return nil
}

// take puts a file where it belongs: in memory or in the folder.
func (u *unpacker) take(f File, from io.Reader) (err error) {
	switch f.Path {
	case readmeName:
		_, err = io.Copy(io.Discard, from)
		return err
	case settingsName:
		u.contents.Settings, err = io.ReadAll(from)
		return err
	}
	env, name, _ := strings.Cut(f.Path, "/")
	at := slices.IndexFunc(u.contents.Sources, func(s Source) bool { return string(s.Env) == env })
	source := &u.contents.Sources[at]
	if name == secretsName {
		data, err := io.ReadAll(from)
		if err != nil {
			return err
		}
		source.Secrets, err = decodeSecrets(data)
		return err
	}
	path := filepath.Join(u.tools.Dir, env, name)
	if name == vaultName {
		source.Vault = path
	} else {
		source.Bank = path
	}
	return save(path, from)
}

// save writes a new file and makes it durable.
func save(path string, from io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(path), dirMode); err != nil {
		return unwritten(err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, durable.FileMode)
	if err != nil {
		return unwritten(err)
	}
	_, err = io.Copy(destination{f}, from)
	return errors.Join(err, unwritten(f.Sync()), unwritten(f.Close()))
}

// verify opens every vault and compares it with the manifest.
func (u *unpacker) verify(ctx context.Context) error {
	for i := range u.contents.Sources {
		source := &u.contents.Sources[i]
		report, err := u.tools.Verify(ctx, *source)
		if fault.Is(err, fault.VaultDamaged, fault.VaultForeign, fault.VaultKey, fault.SecretMissing) {
			return damaged(err)
		}
		if err != nil {
			return err
		}
		if countsOf(source.Env, report) != u.contents.Manifest.Sources[i] {
			return damaged(errCounts)
		}
		if u.contents.Manifest.Kind == Review && len(source.Secrets) != 1 {
			return damaged(errSecrets)
		}
		source.Report = report
	}
	return nil
}
