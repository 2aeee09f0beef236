package vault

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/durable"
)

// QuarantineDir returns the folder that damaged files of the vault at path are
// put into.
func QuarantineDir(path string) string { return filepath.Join(filepath.Dir(path), "quarantine") }

// Recover puts the newest state that is whole in the place of a damaged vault:
// its last state, if what is damaged does not belong to that; or the one before
// the last commit; or a snapshot. If none is whole, it makes a vault of the
// profiles, items and accounts that can still be read, whose transactions a sync
// then fetches again. A vault that is whole is left as it is.
//
// The damaged file is first copied to QuarantineDir, and never deleted. What
// takes its place is complete, read wholly and durable before it is renamed, as
// the last act: whenever Recover is killed, the next start finds the old or the
// new.
//
// Errors: VaultInUse if a program has the vault open, this one too; those of
// opts.Key, of which nothing is recovered then; VaultForeign, VaultNewer;
// VaultDamaged if there is nothing to recover from.
func Recover(ctx context.Context, opts Options) (core.Recovery, error) {
	const op = "vault: recover"
	opts, err := complete(opts)
	if err != nil {
		return core.Recovery{}, fail(op, err)
	}
	lock, err := lockFile(opts.Path)
	if err != nil {
		return core.Recovery{}, fail(op, err)
	}
	r := &recoverer{ctx: ctx, opts: opts, lock: lock}
	defer r.clean()
	done, err := r.run()
	return done, fail(op, err)
}

// lockFile opens a vault's file and takes its lock.
func lockFile(path string) (*os.File, error) {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "open", Path: path, Err: errNotRegular}
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	if err := durable.TryLock(f); err != nil {
		if durable.IsHeld(err) {
			err = fault.New("vault: lock", fault.VaultInUse, err)
		}
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// recoverer is one run of Recover.
type recoverer struct {
	ctx  context.Context
	opts Options
	// lock is the damaged file; nil once its lock has been given up.
	lock  *os.File
	temps []string
	// key is the master key, if the damaged file still tells which it is.
	key secret.Text
}

// candidate is a whole file that can take the place of the damaged one.
type candidate struct {
	reading
	path  string
	from  core.RecoveredFrom
	since time.Time
}

func (r *recoverer) run() (core.Recovery, error) {
	durable.RemoveStale(r.opts.Path, r.opts.Now())
	got, whole, err := r.examine()
	if err != nil || whole {
		return core.Recovery{Report: r.report(got)}, err
	}
	best, err := r.best()
	if err != nil {
		return core.Recovery{}, err
	}
	quarantine, err := r.quarantine()
	if err != nil {
		return core.Recovery{}, err
	}
	if err := r.replace(best.path); err != nil {
		return core.Recovery{}, err
	}
	return core.Recovery{From: best.from, Quarantine: quarantine, Since: best.since, Report: r.report(best.reading)}, nil
}

func (r *recoverer) report(got reading) core.VaultReport {
	got.Checked = r.opts.Now().UTC()
	return got.VaultReport
}

// examine reads the vault as it is, and its key, and reports whether it is whole.
func (r *recoverer) examine() (got reading, whole bool, err error) {
	raw, err := r.raw(r.opts.Path)
	if err != nil {
		return reading{}, false, err
	}
	var found finding
	r.key, err = keyOf(r.ctx, r.opts, raw)
	if err == nil {
		found, err = do(r.ctx, r.opts.Children, task{Act: verify, Path: raw, Env: r.opts.Env}, r.key)
	}
	if isBeyond(err) {
		return reading{}, false, nil
	}
	return found.Read, err == nil, err
}

// isBeyond reports whether a file is so damaged that nothing more comes of it. One
// without a header looks like a foreign one.
func isBeyond(err error) bool {
	return fault.Is(err, fault.VaultDamaged, fault.VaultForeign, fault.NotFound) && !errors.Is(err, errOtherSource)
}

// best returns the newest state that is whole.
func (r *recoverer) best() (candidate, error) {
	var best candidate
	for back := range 2 {
		c, err := r.mended(back)
		if err != nil && !isBeyond(err) {
			return candidate{}, err
		}
		if err == nil {
			best = c
			break
		}
	}
	list, err := Snapshots(SnapshotDir(r.opts.Path))
	if err != nil {
		return candidate{}, err
	}
	for _, s := range list {
		if best.path != "" && s.Commit <= best.Commit {
			continue
		}
		c, err := r.snapshot(s)
		switch {
		case err == nil:
			return c, nil
		case !isBeyond(err) && !fault.Is(err, fault.SecretMissing, fault.VaultKey, fault.VaultForeign):
			return candidate{}, err
		}
	}
	if best.path != "" {
		return best, nil
	}
	return r.salvaged(list)
}

// mended makes a candidate of the state at the newest meta page, or at the one
// before.
func (r *recoverer) mended(back int) (candidate, error) {
	if r.key.IsEmpty() {
		return candidate{}, fault.New("vault: mend", fault.NotFound, nil)
	}
	raw, err := r.raw(r.opts.Path)
	if err != nil {
		return candidate{}, err
	}
	found, path, err := r.make(task{Act: mend, Path: raw, Back: back}, r.key)
	if err != nil {
		return candidate{}, err
	}
	c := candidate{reading: found.Read, path: path, from: core.FromLastCommit, since: found.Read.Written}
	if back == 0 && !found.Alone {
		c.from, c.since = core.FromItself, time.Time{}
	}
	return c, nil
}

// snapshot makes a candidate of a snapshot, which stays as it is.
func (r *recoverer) snapshot(s core.Snapshot) (candidate, error) {
	raw, err := r.raw(s.Path)
	if err != nil {
		return candidate{}, err
	}
	key, err := keyOf(r.ctx, r.opts, raw)
	if err != nil {
		return candidate{}, err
	}
	found, path, err := r.make(task{Act: duplicate, Path: raw}, key)
	return candidate{reading: found.Read, path: path, from: core.FromSnapshot, since: s.Taken}, err
}

// salvaged makes a candidate of what can be read anywhere.
func (r *recoverer) salvaged(list []core.Snapshot) (candidate, error) {
	raw, err := r.raw(r.opts.Path)
	if err != nil {
		return candidate{}, err
	}
	t := task{Act: salvage, Path: raw}
	for _, s := range list {
		t.More = append(t.More, s.Path)
	}
	key := r.key
	for i := 0; key.IsEmpty(); i++ {
		if i == len(t.More) {
			return candidate{}, fault.New("vault: salvage", fault.VaultDamaged, errHeader)
		}
		var err error
		if key, err = keyOf(r.ctx, r.opts, t.More[i]); err != nil && !isBeyond(err) {
			return candidate{}, err
		}
	}
	found, path, err := r.make(t, key)
	return candidate{reading: found.Read, path: path, from: core.FromSalvage}, err
}

// make does a task that writes a file, and returns the file.
func (r *recoverer) make(t task, key secret.Text) (finding, string, error) {
	temp, err := durable.Temp(r.opts.Path)
	if err != nil {
		return finding{}, "", err
	}
	r.temps = append(r.temps, temp.Name())
	if err := temp.Close(); err != nil {
		return finding{}, "", err
	}
	t.Env, t.To = r.opts.Env, temp.Name()
	found, err := do(r.ctx, r.opts.Children, t, key)
	return found, temp.Name(), err
}

// raw makes a copy of a file for one task.
func (r *recoverer) raw(path string) (string, error) {
	raw, err := rawCopy(path, r.opts.Path)
	if err == nil {
		r.temps = append(r.temps, raw)
	}
	return raw, err
}

// quarantine keeps the damaged file as it is, beside those that are there.
func (r *recoverer) quarantine() (string, error) {
	dir := QuarantineDir(r.opts.Path)
	if err := PrepareDir(dir); err != nil {
		return "", err
	}
	name := filepath.Join(dir, r.opts.Now().UTC().Format(nameTime))
	path := name + ".db"
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			break
		}
		path = fmt.Sprintf("%s-%d.db", name, n)
	}
	if _, err := r.lock.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	return path, durable.Write(path, func(w io.Writer) error {
		_, err := io.Copy(w, r.lock)
		return err
	})
}

// replace gives a candidate the vault's name. Windows renames nothing over a
// file that is open.
func (r *recoverer) replace(path string) error {
	if runtime.GOOS == "windows" {
		if err := r.unlock(); err != nil {
			return err
		}
	}
	return durable.Replace(path, r.opts.Path)
}

func (r *recoverer) unlock() error {
	f := r.lock
	r.lock = nil
	return letGo(f)
}

// clean gives up the lock and removes what is not needed any more.
func (r *recoverer) clean() {
	if r.lock != nil {
		_ = r.unlock()
	}
	for _, path := range r.temps {
		_ = os.Remove(path) // that of the candidate has another name now
	}
}
