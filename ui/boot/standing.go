package boot

import (
	"errors"
	"io/fs"
	"os"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/storage/vault"
)

// Protected tells how the data of an environment that is not open is protected;
// the zero Protection if there is none. It waits for a vault that is open for as
// long as Open does.
func (p *Program) Protected(env core.Environment) (core.Protection, error) {
	path := VaultPath(p.dataDir, env)
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return core.Protection{}, nil
	}
	info, err := vault.Inspect(path)
	if err != nil {
		return core.Protection{}, err
	}
	return core.Protection{Protector: info.Protector, RecoveryKey: info.Recovery, LockAfter: p.lockAfter(info.Protector)}, nil
}

// Path returns the vault's file.
func (s *Services) Path() string { return s.Vault.Path() }

// Bytes returns the size of the vault's file.
func (s *Services) Bytes() (int64, error) {
	info, err := os.Stat(s.Path())
	if err != nil {
		return 0, fault.New("boot: size of the vault", fault.OfFile(err), err)
	}
	return info.Size(), nil
}

// ReviewCopy reports whether this is a copy for a reviewer, without access to
// banks.
func (s *Services) ReviewCopy() bool { return s.reviewCopy }
