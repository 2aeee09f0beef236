package vault

import (
	"context"
	"os"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// Options say which vault to open, and how its key is kept.
type Options struct {
	// Path is the vault's file. It is made if nothing is there.
	Path string
	Env  core.Environment
	// Key returns the master key that the vault's ID and KeyID name. Its errors
	// are passed on.
	Key func(ctx context.Context, info Info) (secret.Text, error)
	// NewKey keeps a master key under the vault's ID and KeyID. It is called
	// before the file that needs the key appears, so that no file is ever
	// without its key.
	NewKey func(ctx context.Context, info Info, key secret.Text) error
	// Recovery, if it is not nil, opens the vault in the place of Key. A wrong one
	// is a fault.Passphrase.
	Recovery RecoveryKey
	// Recovered is handed the master key that Recovery has opened, so that it can
	// be kept anew. Its errors are passed on.
	Recovered func(ctx context.Context, info Info, key secret.Text) error
	// BeforeMigration is called before a vault of an older format is changed, with
	// the vault as it is. If it fails, so does Open, and nothing has changed.
	BeforeMigration func(ctx context.Context, v *Vault) error
	// Protector is recorded in a new vault; "" means core.ByKeychain.
	Protector core.Protector
	// LockTimeout is how long to wait for another program to let go of the
	// file; 0 means a second.
	LockTimeout time.Duration
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Children says that files that can be damaged are read by a child of this
	// program, whose main calls Serve. Without it, they are read in this process,
	// which a damaged file can then bring down.
	Children bool
}

const defaultLockTimeout = time.Second

// Vault is an open vault. Its methods are safe for concurrent use; their
// errors are fault.Errors.
type Vault struct {
	path string
	info Info
	seal *sealer
	// key is the master key, for changes of the header, and for the child that
	// verifies a copy. It changes with db.
	key      secret.Text
	newKey   func(ctx context.Context, info Info, key secret.Text) error
	db       *bolt.DB
	handle   *os.File
	now      func() time.Time
	children bool
	// identity is what the file was when it was opened.
	identity os.FileInfo

	// touching is held for reading while bbolt is used, and for writing to
	// close.
	touching sync.RWMutex
	closed   bool
	// broken is set after a panic, when bbolt's own state is in doubt.
	broken atomic.Bool
	// spoiled is set when a copy of the file has turned out to be damaged. What
	// authenticates can still be read, but nothing more is written.
	spoiled atomic.Bool

	// rotating is held while keys are made or destroyed. It is taken before
	// writing.
	rotating sync.Mutex
	// writing is held by the one writer, and guards walked and ids.
	writing sync.Mutex
	// walked says that the pages have been found to hang together.
	walked bool
	// ids is nil until a batch needs it.
	ids *idMap
	// snapping is held while a snapshot is taken.
	snapping sync.Mutex

	// appearing is held for writing while a commit becomes visible, so that what
	// is told of it never lags behind what can be read. It guards info too, but
	// for the id, which never changes.
	appearing sync.RWMutex
	rows      int
	commit    uint64
	shred     bool
	strays    []stray

	warm   sync.Once
	mapped mapping
}

// ID returns the vault's id, which names its key in the secret store.
func (v *Vault) ID() string { return v.info.ID }

// Path returns the absolute path of the vault's file.
func (v *Vault) Path() string { return v.path }

// Info returns what the vault's header tells.
func (v *Vault) Info() Info {
	v.appearing.RLock()
	defer v.appearing.RUnlock()
	return v.info
}

// Count returns the number of transactions.
func (v *Vault) Count() int {
	v.appearing.RLock()
	defer v.appearing.RUnlock()
	return v.rows
}

// Commit returns the number of the last commit. If it is the same before and
// after some reading, then nothing has changed in between. It waits for a
// commit that is being written to disk.
func (v *Vault) Commit() uint64 {
	v.appearing.RLock()
	defer v.appearing.RUnlock()
	return v.commit
}

// Close closes the vault. It waits for running methods; later ones return a
// fault.Canceled. Closing twice is no error. Neither a key nor anything that was
// decrypted can be reached through a closed vault.
func (v *Vault) Close() error {
	err := v.closeFile()
	// Whoever still writes is refused at its next step.
	v.writing.Lock()
	defer v.writing.Unlock()
	v.touching.Lock()
	defer v.touching.Unlock()
	v.seal, v.key, v.ids = nil, secret.Text{}, nil
	return err
}

func (v *Vault) closeFile() error {
	v.touching.Lock()
	defer v.touching.Unlock()
	if v.closed {
		return nil
	}
	v.closed = true
	const op = "vault: close"
	if !v.broken.Load() {
		return guard(op, v.db.Close)
	}
	return fail(op, abandon(v.db, v.handle))
}

// abandonAfter is how long bbolt may take to close after a panic.
const abandonAfter = time.Second

// abandon closes a database whose state is in doubt. bbolt can still hold its
// own locks then and wait for ever; so after a while the file alone is closed,
// which lets go of its lock.
func abandon(db *bolt.DB, handle *os.File) error {
	done := make(chan error, 1)
	go func() { done <- guard("vault: close", db.Close) }()
	select {
	case err := <-done:
		if err == nil {
			return nil
		}
	case <-time.After(abandonAfter):
	}
	return letGo(handle)
}

// touch runs fn, which uses bbolt, unless the vault is closed or broken.
func (v *Vault) touch(op string, fn func() error) error {
	v.touching.RLock()
	defer v.touching.RUnlock()
	switch {
	case v.closed:
		return fault.New(op, fault.Canceled, os.ErrClosed)
	case v.broken.Load():
		return fault.New(op, fault.VaultDamaged, nil)
	}
	err := guard(op, fn)
	if isPanic(err) {
		v.broken.Store(true)
	}
	return err
}

// view runs fn in a read transaction. fn must not wait for anything.
func (v *Vault) view(op string, fn func(reader) error) error {
	return v.touch(op, func() error {
		return v.db.View(func(tx *bolt.Tx) error { return fn(reader{tx, v.seal, &v.mapped}) })
	})
}

// update makes one commit of what fn writes, or none if fn fails.
func (v *Vault) update(op string, fn func(*writer) error) error {
	v.writing.Lock()
	defer v.writing.Unlock()
	return v.write(op, fn)
}

// write is update for a caller that holds writing.
func (v *Vault) write(op string, fn func(*writer) error) error {
	var w *writer
	appearing := false
	err := v.touch(op, func() error {
		if v.spoiled.Load() {
			return fault.New(op, fault.VaultDamaged, nil)
		}
		if err := v.checkIdentity(); err != nil {
			return err
		}
		if err := v.walk(); err != nil {
			return err
		}
		return v.db.Update(func(tx *bolt.Tx) (err error) {
			if w, err = newWriter(reader{tx, v.seal, &v.mapped}, v.now()); err != nil {
				return err
			}
			if err := fn(w); err != nil {
				return err
			}
			if err := w.finish(); err != nil {
				return err
			}
			v.appearing.Lock() // bbolt commits as soon as this function returns
			appearing = true
			return nil
		})
	})
	if !appearing {
		return err
	}
	defer v.appearing.Unlock()
	if err != nil {
		v.lookAgain()
		return err
	}
	v.adopt(w.sums)
	return nil
}

// lookAgain finds out where the vault is after a commit that failed: if the
// last sync did, its changes can be seen all the same. The caller holds writing
// and appearing.
func (v *Vault) lookAgain() {
	v.ids = nil
	_ = v.view("vault: look again", func(r reader) error {
		m, err := r.manifest()
		if err != nil {
			return err
		}
		in, err := r.bucket(inVault)
		if err != nil {
			return err
		}
		h, err := decodeHeader(in.Get([]byte(headerKey)))
		if err == nil {
			v.adopt(m)
			v.adoptInfo(h.Info)
		}
		return err
	})
}

// adopt takes over what a manifest tells. The caller holds appearing.
func (v *Vault) adopt(m manifest) {
	v.rows, v.commit, v.shred, v.strays = m.Rows, m.Commit, m.Shred, m.Strays
}

// walk checks the file's pages before the first write. The caller holds
// writing.
func (v *Vault) walk() error {
	if v.walked {
		return nil
	}
	m, err := currentMeta(v.handle, v.db.Info().PageSize)
	if err != nil {
		return err
	}
	if err := checkPages(v.handle, m); err != nil {
		return err
	}
	v.walked = true
	return nil
}

// CheckPlace makes sure that the vault's file is still the one at its path, as
// every commit does before it writes: VaultReplaced if another file is there, or
// none, and Canceled if the vault is closed. It asks the disk, so it can wait.
func (v *Vault) CheckPlace() error {
	return v.touch("vault: check place", v.checkIdentity)
}

// checkIdentity makes sure that the open file is the one at its path: after a
// restore or a sync program has put another there, commits would succeed and
// vanish (SECURITY §0.7).
func (v *Vault) checkIdentity() error {
	const op = "vault: check file"
	info, err := os.Stat(v.path)
	switch {
	case os.IsNotExist(err):
		return fault.New(op, fault.VaultReplaced, err)
	case err != nil:
		return err
	case !os.SameFile(info, v.identity):
		return fault.New(op, fault.VaultReplaced, nil)
	}
	return nil
}
