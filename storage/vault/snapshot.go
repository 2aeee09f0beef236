package vault

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/durable"
)

// The reasons for a snapshot.
const (
	// Daily is taken every day on which something has changed.
	Daily = "daily"
	// Migration is taken before the file gets a newer format.
	Migration = "migration"
	// Asked is taken at a person's word.
	Asked = "asked"
)

// SnapshotDir returns the folder with the snapshots of the vault at path.
func SnapshotDir(path string) string { return filepath.Join(filepath.Dir(path), "snapshots") }

// Copy makes a copy of the vault at path, in the place of what is there: as
// compact as can be, without anything deleted, read wholly, and durable. The
// vault can be used meanwhile. VaultDamaged means that the vault itself is
// damaged; it then takes no more writes.
func (v *Vault) Copy(ctx context.Context, path string) (core.VaultReport, error) {
	const op = "vault: copy"
	var got reading
	err := v.withRaw(path, func(raw string, key secret.Text) error {
		var err error
		got, err = copyOf(ctx, v.children, task{Path: raw, Env: v.info.Env}, key, path)
		return err
	})
	if fault.Is(err, fault.VaultDamaged) {
		v.spoiled.Store(true)
	}
	got.Checked = v.now().UTC()
	return got.VaultReport, fail(op, err)
}

// Check reads all of the vault's file, as it is now, in a child if the vault was
// opened so. VaultDamaged means that the vault then takes no more writes. It
// needs as much room beside the file as the file takes.
func (v *Vault) Check(ctx context.Context) (core.VaultReport, error) {
	const op = "vault: check"
	var found finding
	err := v.withRaw(v.path, func(raw string, key secret.Text) error {
		var err error
		found, err = do(ctx, v.children, task{Act: verify, Path: raw, Env: v.info.Env}, key)
		return err
	})
	if fault.Is(err, fault.VaultDamaged) {
		v.spoiled.Store(true)
	}
	found.Read.Checked = v.now().UTC()
	return found.Read.VaultReport, fail(op, err)
}

// withRaw copies the file as it is beside path, for as long as use takes, which
// gets the copy's master key too. No transaction is open while the copy is used.
func (v *Vault) withRaw(path string, use func(raw string, key secret.Text) error) error {
	raw, err := durable.Temp(path)
	if err != nil {
		return err
	}
	defer os.Remove(raw.Name())
	var key secret.Text
	err = v.touch("vault: copy", func() error {
		key = v.key
		return v.db.View(func(tx *bolt.Tx) error {
			to := &sink{w: raw}
			_, err := tx.WriteTo(to)
			switch {
			case to.err != nil:
				return to.err // bbolt keeps the text of it alone
			case errors.Is(err, io.EOF):
				return damaged("the file is shorter than it was: %w", err)
			}
			return err
		})
	})
	if err := errors.Join(err, raw.Close()); err != nil {
		return err
	}
	return use(raw.Name(), key)
}

// sink remembers the first error of a writer.
type sink struct {
	w   io.Writer
	err error
}

func (s *sink) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.err = cmp.Or(s.err, err)
	return n, err
}

// copyOf makes the compact copy of a file that nobody has open.
func copyOf(ctx context.Context, children bool, t task, key secret.Text, path string) (reading, error) {
	temp, err := durable.Temp(path)
	if err != nil {
		return reading{}, err
	}
	defer os.Remove(temp.Name())
	if err := temp.Close(); err != nil {
		return reading{}, err
	}
	t.Act, t.To = duplicate, temp.Name()
	found, err := do(ctx, children, t, key)
	if err != nil {
		return reading{}, err
	}
	return found.Read, durable.Replace(temp.Name(), path)
}

// TakeSnapshot makes a copy in SnapshotDir and removes the snapshots that are no
// longer worth their room: those of the last 7 days, 4 weeks and 12 months stay.
// What Copy tells of damage holds here too.
func (v *Vault) TakeSnapshot(ctx context.Context, reason string) (core.Snapshot, error) {
	const op = "vault: take snapshot"
	v.snapping.Lock()
	defer v.snapping.Unlock()
	dir := SnapshotDir(v.path)
	if err := PrepareDir(dir); err != nil {
		return core.Snapshot{}, fail(op, err)
	}
	// The name tells what is in it, which is known only when it has been made.
	unnamed := filepath.Join(dir, unnamedFile)
	report, err := v.Copy(ctx, unnamed)
	if err != nil {
		return core.Snapshot{}, fail(op, err)
	}
	s, err := name(unnamed, core.Snapshot{Taken: v.now().UTC(), Commit: report.Commit, Bytes: report.Bytes, Reason: reason})
	return s, fail(op, err)
}

// rawCopy copies a file byte by byte to a temporary one beside path.
func rawCopy(from, path string) (raw string, err error) {
	in, err := os.Open(from)
	if err != nil {
		return "", err
	}
	defer in.Close()
	out, err := durable.Temp(path)
	if err != nil {
		return "", err
	}
	if _, err = io.Copy(out, in); err != nil {
		return "", errors.Join(err, out.Close(), os.Remove(out.Name()))
	}
	return out.Name(), out.Close()
}

// keyOf asks for the master key of a file that can be damaged.
func keyOf(ctx context.Context, opts Options, path string) (secret.Text, error) {
	found, err := do(ctx, opts.Children, task{Act: identify, Path: path}, secret.Text{})
	if err != nil {
		return secret.Text{}, err
	}
	if found.Info.Env != opts.Env {
		return secret.Text{}, fault.New("vault: check header", fault.VaultForeign, errOtherSource)
	}
	if opts.Key == nil {
		return secret.Text{}, fault.New("vault: get key", fault.VaultKey, nil)
	}
	return opts.Key(ctx, found.Info)
}

// unnamedFile is a finished snapshot that does not have its name yet.
const unnamedFile = "unnamed.db"

// nameTime is how the name of a file tells its time: to the millisecond, so that
// two do not meet.
const nameTime = "20060102T150405.000Z"

// name gives a finished snapshot its name, and thins the others out.
func name(unnamed string, s core.Snapshot) (core.Snapshot, error) {
	dir := filepath.Dir(unnamed)
	s.Taken = s.Taken.Truncate(time.Millisecond)
	s.Path = filepath.Join(dir, fmt.Sprintf("%s-%d-%s.db", s.Taken.Format(nameTime), s.Commit, s.Reason))
	if err := os.Rename(unnamed, s.Path); err != nil {
		return core.Snapshot{}, err
	}
	if err := durable.SyncDir(dir); err != nil {
		return core.Snapshot{}, err
	}
	durable.RemoveStale(unnamed, s.Taken)
	list, err := Snapshots(dir)
	if err != nil {
		return core.Snapshot{}, err
	}
	return s, remove(dir, superfluous(list))
}

// Snapshots lists the snapshots in a folder by their names, the newest first;
// none if there is no such folder.
func Snapshots(dir string) ([]core.Snapshot, error) {
	const op = "vault: list snapshots"
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fail(op, err)
	}
	var list []core.Snapshot
	for _, e := range entries {
		s, ok := parseName(e.Name())
		info, err := e.Info()
		if !ok || err != nil || !info.Mode().IsRegular() {
			continue
		}
		s.Path, s.Bytes = filepath.Join(dir, e.Name()), info.Size()
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b core.Snapshot) int {
		return cmp.Or(b.Taken.Compare(a.Taken), cmp.Compare(b.Commit, a.Commit), cmp.Compare(a.Path, b.Path))
	})
	return list, nil
}

// parseName reads the name of a snapshot.
func parseName(file string) (core.Snapshot, bool) {
	parts := regexp.MustCompile(`^(\d{8}T\d{6}\.\d{3}Z)-(\d+)-([a-z]+)\.db$`).FindStringSubmatch(file)
	if parts == nil {
		return core.Snapshot{}, false
	}
	taken, errTime := time.Parse(nameTime, parts[1])
	commit, errCommit := strconv.ParseUint(parts[2], 10, 64)
	return core.Snapshot{Taken: taken, Commit: commit, Reason: parts[3]}, errTime == nil && errCommit == nil
}

// RemoveSnapshots removes all snapshots in a folder but those at some paths: what
// has been deleted from the vault is still in them.
func RemoveSnapshots(dir string, but ...string) error {
	const op = "vault: remove snapshots"
	list, err := Snapshots(dir)
	if err != nil {
		return fail(op, err)
	}
	list = slices.DeleteFunc(list, func(s core.Snapshot) bool { return slices.Contains(but, s.Path) })
	return fail(op, remove(dir, append(list, core.Snapshot{Path: filepath.Join(dir, unnamedFile)})))
}

func remove(dir string, list []core.Snapshot) error {
	for _, s := range list {
		if err := os.Remove(s.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := durable.SyncDir(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
