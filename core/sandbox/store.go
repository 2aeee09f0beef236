package sandbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"bankbook/core/sandbox/ident"
)

// store keeps the state, and keeps it on disk if it has a path.
type store struct {
	mu   sync.RWMutex
	path string
	// lock keeps other programs away from the file; nil without a path.
	lock *fileLock
	st   state
	// last is the state as it was written last, to go back to if a write fails.
	last []byte
	// kept is told of every change that has been kept, before the next can
	// begin. It must not wait.
	kept   func(*state)
	closed bool
}

// openStore reads the state file, or makes a new state if there is none. A file
// that is not a whole state of a known version is an error, and is left alone;
// so is one that another practice bank has open.
func openStore(path string) (*store, error) {
	b := &store{path: path, kept: func(*state) {}}
	if path == "" {
		return b, b.create()
	}
	lock, err := lockFile(path + lockSuffix)
	if err != nil {
		return nil, err
	}
	b.lock = lock
	if err := b.load(); err != nil {
		return nil, errors.Join(err, lock.release())
	}
	return b, nil
}

// load reads the state from the file.
func (b *store) load() error {
	if err := removeLeftovers(b.path); err != nil {
		return err
	}
	raw, err := os.ReadFile(b.path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return b.create()
	case err != nil:
		return fmt.Errorf("sandbox: read state: %w", err)
	}
	body, err := unseal(raw)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, &b.st); err != nil {
		return badState("it is damaged: %w", err)
	}
	b.last = body
	return b.st.check()
}

// close gives up the file. No change is kept from now on.
func (b *store) close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed || b.lock == nil {
		b.closed = true
		return nil
	}
	b.closed = true
	return b.lock.release()
}

// ErrState is in the chain of every error about a state file that is not a whole
// state of a known version.
var ErrState = errors.New("the practice bank's state file cannot be used")

func badState(format string, args ...any) error {
	return fmt.Errorf("sandbox: %w: %w", ErrState, fmt.Errorf(format, args...))
}

// seal puts a line in front of the state that tells what it is and its sum.
func seal(body []byte) []byte {
	return append(fmt.Appendf(nil, "%s %x\n", stateFormat, sha256.Sum256(body)), body...)
}

// unseal returns the state behind the line, if it is the one that was sealed.
func unseal(raw []byte) ([]byte, error) {
	line, body, _ := bytes.Cut(raw, []byte{'\n'})
	sum, ours := bytes.CutPrefix(line, []byte(stateFormat+" "))
	switch {
	case !ours:
		return nil, badState("it is not a practice bank's")
	case string(sum) != fmt.Sprintf("%x", sha256.Sum256(body)):
		return nil, badState("it is damaged: its sum is wrong")
	}
	return body, nil
}

// keyLength is that of the state's key, in bytes.
const keyLength = 32

func (st *state) check() error {
	switch {
	case st.Version != stateVersion:
		return badState("it has version %d, known is %d", st.Version, stateVersion)
	case len(st.Key) != keyLength:
		return badState("it is damaged: no key")
	}
	for _, p := range st.Publics {
		if st.item(p.Item) == nil {
			return badState("it is damaged: a token without an item")
		}
	}
	return nil
}

func (b *store) create() error {
	b.st = state{Version: stateVersion, Key: ident.Random(keyLength)}
	return b.save()
}

// read runs fn on the state. fn must not change it, nor keep any part of it.
func (b *store) read(fn func(*state)) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	fn(&b.st)
}

var errClosed = errors.New("sandbox: the practice bank is closed")

// change runs fn on the state and keeps the result. If fn or the write fails,
// the state is as it was before.
func (b *store) change(fn func(*state) error) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return errClosed
	}
	if b.st.owners == nil {
		b.st.owners = &owners{}
	}
	err := fn(&b.st)
	if err == nil {
		err = b.save()
	}
	if err == nil {
		b.kept(&b.st)
		b.st.outbox = nil
	}
	if err != nil {
		b.st = state{}
		if undo := json.Unmarshal(b.last, &b.st); undo != nil {
			return errors.Join(err, undo)
		}
	}
	return err
}

func (b *store) save() error {
	raw, err := json.Marshal(&b.st)
	if err != nil {
		return fmt.Errorf("sandbox: encode state: %w", err)
	}
	if b.path != "" {
		if err := replaceFile(b.path, seal(raw)); err != nil {
			return fmt.Errorf("sandbox: write state: %w", err)
		}
	}
	b.last = raw
	return nil
}

// tempSuffix is how the name of a file that is being written ends.
const tempSuffix = ".tmp"

// removeLeftovers removes what a program killed while it wrote has left behind.
func removeLeftovers(path string) error {
	names, err := os.ReadDir(filepath.Dir(path))
	if errors.Is(err, os.ErrNotExist) {
		return nil // told when the state is written
	}
	for _, n := range names {
		if strings.HasPrefix(n.Name(), filepath.Base(path)+".") && strings.HasSuffix(n.Name(), tempSuffix) {
			err = errors.Join(err, os.Remove(filepath.Join(filepath.Dir(path), n.Name())))
		}
	}
	if err != nil {
		return fmt.Errorf("sandbox: state: %w", err)
	}
	return nil
}

// replaceFile puts content in the place of the file at path: written beside,
// synced, renamed, and the directory synced, so that a crash leaves the old
// file or the new one.
func replaceFile(path string, content []byte) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, filepath.Base(path)+".*"+tempSuffix) // mode 0600
	if err != nil {
		return err
	}
	err = errors.Join(writeSynced(f, content), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncDir(dir)
}

func writeSynced(f *os.File, content []byte) error {
	if _, err := f.Write(content); err != nil {
		return err
	}
	return f.Sync()
}
