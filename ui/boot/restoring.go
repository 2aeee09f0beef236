package boot

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/durable"
)

// A restore is prepared in a folder of its own. That this folder gets the name
// restoringName is the moment from which the restore has happened: what is left
// to do is to rename what is in it, and the next start does so if need be.
const (
	restoringName = "restoring"
	// freshName is a file in the folder with the names of entries in the keychain
	// that nothing but that folder needs.
	freshName = "fresh-entries"
	// restoringLock is locked while somebody restores. It is left behind: who
	// removed it could take it from under another.
	restoringLock  = ".restoring.lock"
	quarantineName = "quarantine"
)

// lockRestoring keeps others from restoring to the data directory, until release
// is called.
func (p *Program) lockRestoring() (release func(), err error) {
	const op = "boot: begin to restore"
	f, err := os.OpenFile(filepath.Join(p.dataDir, restoringLock), os.O_CREATE|os.O_RDWR, durable.FileMode)
	if err != nil {
		return nil, fault.New(op, fault.OfFile(err), err)
	}
	if err := durable.TryLock(f); err != nil {
		kind := fault.OfFile(err)
		if durable.IsHeld(err) {
			kind = fault.VaultInUse
		}
		return nil, fault.New(op, kind, errors.Join(err, f.Close()))
	}
	return func() { _ = f.Close() }, nil // the lock goes with it, whatever Close says
}

// resumeRestore ends a restore that was killed after it had happened.
func (p *Program) resumeRestore() error {
	if _, err := os.Lstat(filepath.Join(p.dataDir, restoringName)); err != nil {
		return nil
	}
	release, err := p.lockRestoring()
	if err != nil {
		return err
	}
	defer release()
	_, err = finishRestore(p.dataDir, p.Now())
	return err
}

// commitRestore makes a restore happen that has been prepared in dir, whose
// files have been synced.
func commitRestore(dataDir, dir string) error {
	const op = "boot: commit the restore"
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return durable.SyncDir(path)
	})
	if err == nil {
		err = os.Rename(dir, filepath.Join(dataDir, restoringName))
	}
	if err == nil {
		err = durable.SyncDir(dataDir)
	}
	if err != nil {
		return fault.New(op, fault.OfFile(err), err)
	}
	return nil
}

// finishRestore gives the folders of a restore that has happened their places,
// and what is there a place in quarantine, which it returns. The caller holds
// the lock. If there is no such restore, it does nothing.
func finishRestore(dataDir string, now time.Time) (quarantine string, err error) {
	const op = "boot: finish the restore"
	from := filepath.Join(dataDir, restoringName)
	if _, err := os.Lstat(from); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	for _, env := range core.Environments() {
		staged := filepath.Join(from, string(env))
		if _, err := os.Lstat(staged); err != nil {
			continue // it has its place already, or was not in the backup
		}
		moved, err := clearPlace(dataDir, env, now)
		if err != nil {
			return "", fault.New(op, fault.OfFile(err), err)
		}
		if moved != "" {
			quarantine = filepath.Dir(moved)
		}
		if err := errors.Join(os.Rename(staged, envDir(dataDir, env)), durable.SyncDir(dataDir)); err != nil {
			return "", fault.New(op, fault.OfFile(err), err)
		}
	}
	if err := os.RemoveAll(from); err != nil {
		return "", fault.New(op, fault.OfFile(err), err)
	}
	return quarantine, nil
}

// clearPlace moves what is kept for an environment into quarantine, and returns
// where it is now, "" if there was nothing.
func clearPlace(dataDir string, env core.Environment, now time.Time) (string, error) {
	place := envDir(dataDir, env)
	entries, err := os.ReadDir(place)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", err
	case len(entries) == 0:
		return "", os.Remove(place)
	}
	quarantine := filepath.Join(dataDir, quarantineName)
	if err := prepareDir(quarantine); err != nil {
		return "", err
	}
	moved := filepath.Join(quarantine, string(env)+"-"+timeName(now))
	if err := os.Rename(place, moved); err != nil {
		return "", err
	}
	return moved, durable.SyncDir(quarantine)
}

// noteFresh notes the names of entries before they are put into the keychain. The
// folder itself must last too: else power loss leaves some that nobody knows of.
func noteFresh(dir string, names []secret.Name) error {
	const op = "boot: note entries"
	note, err := json.Marshal(names) // a name can hold anything, and comes from the backup
	if err != nil {
		return fault.New(op, fault.Internal, err)
	}
	f, err := os.OpenFile(filepath.Join(dir, freshName), os.O_CREATE|os.O_APPEND|os.O_WRONLY, durable.FileMode)
	if err == nil {
		_, err = f.Write(note)
		err = errors.Join(err, f.Sync(), f.Close())
	}
	if err == nil {
		err = errors.Join(durable.SyncDir(dir), durable.SyncDir(filepath.Dir(dir)))
	}
	if err != nil {
		return fault.New(op, fault.OfFile(err), err)
	}
	return nil
}

// cleanUp removes what killed restores have left, that had not happened: their
// folders, and from the keychain the entries of the vaults in them. The caller holds
// the lock, so nobody works there. What the keychain does not give up now is
// tried again by the next restore.
func (p *Program) cleanUp(ctx context.Context) {
	entries, err := os.ReadDir(p.dataDir)
	if err != nil {
		return // the next step will tell
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), restorePrefix) {
			continue
		}
		dir := filepath.Join(p.dataDir, entry.Name())
		if err := p.forgetFresh(ctx, dir); err != nil {
			p.log.Warn("what a killed restore has left is not removed", "error", err)
			continue
		}
		_ = os.RemoveAll(dir) // what cannot be removed is sealed
	}
}

// forgetFresh deletes the entries that noteFresh has noted. What is noted in part
// was never put into the keychain.
func (p *Program) forgetFresh(ctx context.Context, dir string) error {
	f, err := os.Open(filepath.Join(dir, freshName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	store, notes := p.store(), json.NewDecoder(f)
	for {
		var names []secret.Name
		if notes.Decode(&names) != nil {
			return nil
		}
		for _, name := range names {
			// Whoever could write here cannot have the person's Plaid keys deleted.
			if !name.OfOne() {
				continue
			}
			if err := store.Delete(ctx, name); err != nil {
				return err
			}
		}
	}
}
