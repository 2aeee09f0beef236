package vault

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/durable"
)

// RotateOptions say what else changes with the keys.
type RotateOptions struct {
	// Protector is recorded as what keeps the new master key; "" leaves it as it
	// is.
	Protector core.Protector
	// NewKey keeps the new master key; nil means Options.NewKey.
	NewKey func(ctx context.Context, info Info, key secret.Text) error
}

// Rotate writes the vault anew, under a new data key and a new master key, and
// goes on with the new file. What has been deleted is not in it, and what is
// left of the old file on the disk can be opened by nobody once DropStrays has
// destroyed the old master key; neither can copies made before.
//
// The new key is handed to NewKey before the new file takes the place of the
// old one. If Rotate fails or is killed, the old file is still there with its
// key, or the new one with its; DropStrays removes the other key. Changes wait
// while it runs, readers only while the files are exchanged.
func (v *Vault) Rotate(ctx context.Context, opts RotateOptions) error {
	const op = "vault: rotate"
	v.rotating.Lock()
	defer v.rotating.Unlock()
	if opts.NewKey == nil {
		opts.NewKey = v.newKey
	}
	if opts.NewKey == nil {
		return fault.New(op, fault.NotFound, nil)
	}
	info, masterKey := v.Info(), random(keySize)
	info.KeyID = hex.EncodeToString(random(keyIDSize))
	if opts.Protector != "" {
		info.Protector = opts.Protector
	}
	// A key that no file needs, because this ends early, must be found again.
	err := v.update(op, func(w *writer) error {
		w.sums.Strays = append(w.sums.Strays, stray{info.KeyID, info.Protector, false})
		return nil
	})
	if err != nil {
		return err
	}
	if err := opts.NewKey(ctx, info, keyText(masterKey)); err != nil {
		return fail(op, fmt.Errorf("keep key: %w", err))
	}
	return fail(op, v.replace(ctx, info, masterKey))
}

// keyIDSize is the length of a key's id: enough that no two of a vault's are
// ever the same.
const keyIDSize = 8

// replace puts a file under new keys in the place of the vault's.
func (v *Vault) replace(ctx context.Context, info Info, masterKey []byte) error {
	v.writing.Lock()
	defer v.writing.Unlock()
	temp, err := durable.Temp(rotatedPath(v.path))
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // it has another name if all went well
	if err := temp.Close(); err != nil {
		return err
	}
	if err := fill(temp.Name(), info, masterKey); err != nil {
		return err
	}
	next, err := open(ctx, Options{
		Path: temp.Name(), Env: info.Env, LockTimeout: defaultLockTimeout, Now: v.now,
		Key: func(context.Context, Info) (secret.Text, error) { return keyText(masterKey), nil },
	})
	if err != nil {
		return err
	}
	err = v.copyInto(ctx, next)
	if err == nil {
		err = next.Verify(ctx)
	}
	if err != nil {
		return errors.Join(err, next.Close())
	}
	return v.exchange(next)
}

// exchange gives the file of next the name of the vault's, and goes on with it.
// next is closed if that fails. The caller holds writing.
func (v *Vault) exchange(next *Vault) error {
	v.touching.Lock()
	defer v.touching.Unlock()
	if v.closed {
		return errors.Join(fault.New("vault: exchange", fault.Canceled, os.ErrClosed), next.Close())
	}
	if err := v.checkIdentity(); err != nil {
		return errors.Join(err, next.Close())
	}
	err := v.rename(next)
	if !next.at(v.path) {
		return errors.Join(err, next.Close())
	}
	v.db, next.db = next.db, v.db
	v.handle, next.handle = next.handle, v.handle
	v.seal, v.key, v.identity = next.seal, next.key, next.identity
	v.appearing.Lock()
	defer v.appearing.Unlock()
	v.adopt(manifest{Rows: next.rows, Commit: next.commit, Shred: next.shred, Strays: next.strays})
	v.adoptInfo(next.info)
	return errors.Join(err, next.Close()) // which is the old file now
}

// at reports whether the vault's file is the one at path.
func (v *Vault) at(path string) bool {
	info, err := os.Stat(path)
	return err == nil && os.SameFile(info, v.identity)
}

// rename gives the file of next, which is durable, the name of the vault's.
// Where files that are open cannot be renamed, both are closed for as long as
// that takes. If one cannot be opened again, the vault is broken.
func (v *Vault) rename(next *Vault) error {
	if openFilesMove {
		return durable.Replace(next.path, v.path)
	}
	err := errors.Join(next.db.Close(), v.db.Close())
	if err == nil {
		err = durable.Replace(next.path, v.path)
	}
	db, handle, again := openBolt(v.path, defaultLockTimeout)
	if again != nil {
		v.broken.Store(true)
		return errors.Join(err, again)
	}
	if next.at(v.path) {
		next.db, next.handle = db, handle
	} else {
		v.db, v.handle = db, handle
	}
	return err
}

// rotatedPath is the path beside which new files for the vault at path are
// made.
func rotatedPath(path string) string { return path + ".rotated" }

// removeRotated removes new files that never took the place of the vault at
// path. Only who has that open makes them.
func removeRotated(path string) {
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), durable.TempPattern(rotatedPath(path))))
	if err != nil {
		return
	}
	for _, name := range left {
		_ = os.Remove(name)
	}
}

// ShredPending reports whether something has been deleted, by RemoveItem,
// RemoveProfile or DropRecovery, that the file still holds, sealed. Rotate
// settles that.
func (v *Vault) ShredPending() bool {
	v.appearing.RLock()
	defer v.appearing.RUnlock()
	return v.shred
}

// HasStrays reports whether a master key other than the present one may still
// be kept.
func (v *Vault) HasStrays() bool {
	v.appearing.RLock()
	defer v.appearing.RUnlock()
	return len(v.strays) > 0
}

// HasRetired reports whether a former master key may still be kept: then the
// vault has been rotated, and copies made before it can still be opened.
func (v *Vault) HasRetired() bool {
	v.appearing.RLock()
	defer v.appearing.RUnlock()
	return slices.ContainsFunc(v.strays, func(s stray) bool { return s.Retired })
}

// DropStrays lets drop destroy every master key that may be kept and is not the
// present one; Info tells which by KeyID and Protector. Dropping a key that is
// not there must be no error. One that cannot be dropped stays noted.
func (v *Vault) DropStrays(ctx context.Context, drop func(ctx context.Context, info Info) error) error {
	const op = "vault: drop old keys"
	v.rotating.Lock()
	defer v.rotating.Unlock()
	v.appearing.RLock()
	info, strays := v.info, v.strays
	v.appearing.RUnlock()
	if len(strays) == 0 {
		return nil
	}
	// The file that needs none of them must be the one that a power cut leaves.
	if err := durable.SyncDir(filepath.Dir(v.path)); err != nil {
		return fail(op, err)
	}
	var errs []error
	dropped := map[stray]bool{}
	for _, s := range strays {
		old := info
		old.KeyID, old.Protector = s.KeyID, s.Protector
		err := drop(ctx, old)
		errs = append(errs, err)
		dropped[s] = err == nil
	}
	errs = append(errs, v.update(op, func(w *writer) error {
		w.sums.Strays = slices.DeleteFunc(w.sums.Strays, func(s stray) bool { return dropped[s] })
		return nil
	}))
	return fail(op, errors.Join(errs...))
}
