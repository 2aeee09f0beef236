package sandbox

import (
	"errors"
	"fmt"
	"os"
)

// ErrInUse is in the chain of the error about a state file that another
// practice bank has open.
var ErrInUse = errors.New("another practice bank has this state file open")

// lockSuffix is how the name of the file begins to differ that is locked in the
// place of the state file, which is replaced again and again. It is left behind:
// who removed it could take it from under another.
const lockSuffix = ".lock"

// fileLock is a lock that the kernel keeps for this process, and lets go of when
// the process ends, in whatever way.
type fileLock struct{ file *os.File }

// lockFile locks the file at path, and makes it if there is none.
func lockFile(path string) (*fileLock, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("sandbox: state: %w", err)
	}
	err = lockNow(f)
	switch {
	case err == nil:
		return &fileLock{f}, nil
	case heldElsewhere(err):
		err = ErrInUse
	}
	return nil, errors.Join(fmt.Errorf("sandbox: lock state: %w", err), f.Close())
}

func (l *fileLock) release() error {
	if err := l.file.Close(); err != nil {
		return fmt.Errorf("sandbox: unlock state: %w", err)
	}
	return nil
}
