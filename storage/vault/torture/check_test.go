package torture

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// check opens what has been left at path, with what the child told before, and
// returns the step that the vault has reached, or what is wrong with it. The
// vault must also go on working.
func check(h *history, path string, s *told) (reached int, err error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		if s.step != untouched {
			return 0, fmt.Errorf("step %d was done, but there is no vault", s.step)
		}
	}
	p := &player{path: path, keys: s.keys}
	if err := p.open(); err != nil {
		return 0, fmt.Errorf("after step %d: %w", s.step, err)
	}
	defer func() { err = errors.Join(err, p.v.Close()) }()
	if reached, err = whole(h, p.v, s); err != nil {
		return 0, err
	}
	if err := h.snapshots(path, s); err != nil {
		return 0, err
	}
	if err := p.dropOldKeys(); err != nil {
		return 0, fmt.Errorf("drop old keys: %w", err)
	}
	if err := oneKey(p.v.Info(), s.keys); err != nil {
		return 0, err
	}
	if err := p.v.PutProfile(profile); err != nil {
		return 0, fmt.Errorf("the next commit: %w", err)
	}
	if err := p.v.Verify(background()); err != nil {
		return 0, fmt.Errorf("after the next commit: %w", err)
	}
	return reached, nil
}

// oneKey makes sure that the keychain holds the key of a vault and no other of
// its keys.
func oneKey(info vault.Info, keys *keychain) error {
	for name := range keys.names {
		if strings.HasPrefix(string(name), string(secret.VaultName(info.ID))) && name != keyName(info) {
			return fmt.Errorf("%s is the vault's key, but there is %s too", keyName(info), name)
		}
	}
	return nil
}

// whole compares an open vault with what the child told.
func whole(h *history, v *vault.Vault, s *told) (reached int, err error) {
	if err := v.Verify(background()); err != nil {
		return 0, fmt.Errorf("verify after step %d: %w", s.step, err)
	}
	if v.Commit() < s.commit {
		return 0, fmt.Errorf("the vault is at commit %d, but %d was told", v.Commit(), s.commit)
	}
	got, err := contents(v)
	if err != nil {
		return 0, err
	}
	// The later one first: a step that changes no contents may as well be over.
	for _, n := range []int{s.step + 1, s.step} {
		if n >= opened && got == h.after(n) {
			return n, nil
		}
	}
	return 0, fmt.Errorf("step %d was done, but the contents are %s", s.step, h.describe(got))
}

// snapshots makes sure that what is called a snapshot is whole, and that the
// last one that the child told of, or a later one, is there.
func (h *history) snapshots(path string, s *told) error {
	list, err := vault.Snapshots(vault.SnapshotDir(path))
	if err != nil {
		return err
	}
	if s.snapshot > 0 && (len(list) == 0 || list[0].Commit < s.snapshot) {
		return fmt.Errorf("a snapshot of commit %d was taken, but there are %v", s.snapshot, list)
	}
	for _, one := range list {
		if err := h.snapshotIsWhole(one, s.keys); err != nil {
			return err
		}
	}
	return nil
}

// snapshotIsWhole reads a copy of a snapshot. What has been found whole is not
// read again.
func (h *history) snapshotIsWhole(one core.Snapshot, keys secret.Store) error {
	data, err := os.ReadFile(one.Path)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	if h.whole[sum] {
		return nil
	}
	dir, err := os.MkdirTemp(filepath.Dir(one.Path), "copy-")
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "vault.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return err
	}
	info, err := vault.Inspect(path)
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	v, err := vault.Open(background(), options(path, keys))
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	defer v.Close()
	if err := v.Verify(background()); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	if want := one.Commit + uint64(vault.Format-info.Format); v.Commit() != want { // a migration is a commit
		return fmt.Errorf("a snapshot of commit %d is named %d", v.Commit(), one.Commit)
	}
	h.whole[sum] = true
	return os.RemoveAll(dir)
}
