package vault

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/durable"
)

// allocSize is the step in which a large file grows.
const allocSize = 1 << 20

// Open opens the vault at opts.Path, or makes it if nothing is there. The
// folder is closed to other users.
//
// Errors: VaultInUse if another program has it open, VaultForeign if the file
// is no vault or of another environment, VaultNewer, VaultDamaged, VaultKey if
// the key is not this vault's, Unreadable, DiskFull, and those of Key and
// NewKey. A file that is there is never replaced.
func Open(ctx context.Context, opts Options) (*Vault, error) {
	const op = "vault: open"
	opts, err := complete(opts)
	if err != nil {
		return nil, fail(op, err)
	}
	if err := ctx.Err(); err != nil {
		return nil, fail(op, err)
	}
	if err := PrepareDir(filepath.Dir(opts.Path)); err != nil {
		return nil, fail(op, err)
	}
	durable.RemoveStale(opts.Path, opts.Now()) // they hold nothing but keys to nothing
	if _, err := os.Lstat(opts.Path); errors.Is(err, fs.ErrNotExist) {
		key, err := create(ctx, opts)
		switch {
		case err == nil:
			opts.Key = func(context.Context, Info) (secret.Text, error) { return key, nil }
			opts.Recovery = nil // there is nothing to recover
		case !errors.Is(err, fs.ErrExist):
			return nil, fail(op, err)
		}
	}
	v, err := open(ctx, opts)
	if err != nil {
		return nil, fail(op, err)
	}
	if err := v.settle(ctx, opts); err != nil {
		return nil, fail(op, errors.Join(err, v.Close()))
	}
	return v, nil
}

// settle does what has to be done once a vault is open, before it is used.
func (v *Vault) settle(ctx context.Context, opts Options) error {
	removeRotated(v.path)
	if opts.Recovery != nil && opts.Recovered != nil {
		if err := opts.Recovered(ctx, v.Info(), v.key); err != nil {
			return fmt.Errorf("keep key: %w", err)
		}
	}
	return v.migrate(ctx, opts.BeforeMigration)
}

// Inspect tells what a vault's header says, without its key. It needs the
// file's lock for a moment, as Open does.
func Inspect(path string) (Info, error) {
	const op = "vault: inspect"
	db, _, err := openBolt(path, defaultLockTimeout)
	if err != nil {
		return Info{}, fail(op, err)
	}
	h, err := readHeader(db)
	return h.Info, fail(op, errors.Join(err, guard(op, db.Close)))
}

// complete fills in the defaults.
func complete(opts Options) (Options, error) {
	if _, err := core.ParseEnvironment(string(opts.Env)); err != nil {
		return opts, err
	}
	opts.Protector = cmp.Or(opts.Protector, core.ByKeychain)
	opts.LockTimeout = cmp.Or(opts.LockTimeout, defaultLockTimeout)
	if opts.Now == nil {
		opts.Now = time.Now
	}
	path, err := filepath.Abs(opts.Path)
	opts.Path = path
	return opts, err
}

// create makes a new vault beside its place, hands its key over, and gives the
// file its name last. It returns the key, or an fs.ErrExist if another program was faster.
func create(ctx context.Context, opts Options) (secret.Text, error) {
	if opts.NewKey == nil {
		return secret.Text{}, fault.New("vault: create", fault.NotFound, nil)
	}
	temp, err := durable.Temp(opts.Path)
	if err != nil {
		return secret.Text{}, err
	}
	defer os.Remove(temp.Name())
	if err := temp.Close(); err != nil {
		return secret.Text{}, err
	}
	masterKey := random(keySize)
	info := Info{
		Format: Format, ID: hex.EncodeToString(random(16)), Env: opts.Env, Protector: opts.Protector, Created: opts.Now().UTC(),
	}
	if err := fill(temp.Name(), info, masterKey); err != nil {
		return secret.Text{}, err
	}
	if err := durable.SyncFile(temp.Name()); err != nil {
		return secret.Text{}, err
	}
	key := keyText(masterKey)
	if err := opts.NewKey(ctx, info, key); err != nil {
		return secret.Text{}, fmt.Errorf("keep key: %w", err)
	}
	return key, durable.Publish(temp.Name(), opts.Path)
}

// fill writes an empty vault into an empty file.
func fill(path string, info Info, masterKey []byte) error {
	dataKey := random(keySize)
	h, err := newHeader(info, masterKey, dataKey)
	if err != nil {
		return err
	}
	seal, err := newSealer(dataKey)
	if err != nil {
		return err
	}
	return guard("vault: create", func() error {
		db, err := bolt.Open(path, fileMode, &bolt.Options{Timeout: defaultLockTimeout, FreelistType: bolt.FreelistMapType})
		if err != nil {
			return err
		}
		err = db.Update(func(tx *bolt.Tx) error {
			w, err := begin(tx, h, seal)
			if err != nil {
				return err
			}
			w.sums.At = info.Created
			return w.finish()
		})
		return errors.Join(err, db.Close())
	})
}

// open opens a vault that is there.
func open(ctx context.Context, opts Options) (*Vault, error) {
	db, handle, err := openBolt(opts.Path, opts.LockTimeout)
	if err != nil {
		return nil, err
	}
	v := &Vault{
		path: opts.Path, db: db, handle: handle, now: opts.Now, newKey: opts.NewKey, children: opts.Children,
	}
	if err := v.unlock(ctx, opts); err != nil {
		v.broken.Store(isPanic(err))
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

// unlock gets the key and makes the first checks.
func (v *Vault) unlock(ctx context.Context, opts Options) error {
	h, err := readHeader(v.db)
	if err != nil {
		return err
	}
	if h.Env != opts.Env {
		return fault.New("vault: check header", fault.VaultForeign, fmt.Errorf("is of the environment %s", h.Env))
	}
	v.info = h.Info
	if v.identity, err = v.handle.Stat(); err != nil {
		return err
	}
	// Another program may have put a new file here since this one was opened.
	if err := v.checkIdentity(); err != nil {
		return fault.New("vault: check file", fault.VaultInUse, err)
	}
	if v.seal, v.key, err = unseal(ctx, h, opts); err != nil {
		return err
	}
	return v.view("vault: check", v.check)
}

// unseal gets the master key, which it returns too, and unwraps the data key
// with it.
func unseal(ctx context.Context, h header, opts Options) (*sealer, secret.Text, error) {
	masterKey, err := masterKey(ctx, h, opts)
	if err != nil {
		return nil, secret.Text{}, err
	}
	dataKey, err := h.unwrap(masterKey)
	if err != nil {
		return nil, secret.Text{}, err
	}
	seal, err := newSealer(dataKey)
	return seal, keyText(masterKey), err
}

// masterKey opens the recovery slot, or else asks for the master key.
func masterKey(ctx context.Context, h header, opts Options) ([]byte, error) {
	switch {
	case opts.Recovery != nil:
		wrapping, err := slotKey(opts.Recovery, h.ID)
		if err != nil {
			return nil, err
		}
		return h.openSlot(wrapping)
	case opts.Key == nil:
		return nil, fault.New("vault: get key", fault.VaultKey, nil)
	}
	text, err := opts.Key(ctx, h.Info)
	if err != nil {
		return nil, fmt.Errorf("get key: %w", err)
	}
	return parseKey(text)
}

// check compares the manifest with what can be read quickly.
func (v *Vault) check(r reader) error {
	m, err := r.manifest()
	if err != nil {
		return err
	}
	for _, b := range smallBuckets() {
		got, err := r.records(b, func(_, _ []byte) error { return nil })
		if err != nil {
			return err
		}
		if err := m.compare(b, got); err != nil {
			return err
		}
	}
	masterKey, err := parseKey(v.key)
	if err != nil {
		return err
	}
	v.adopt(m)
	return r.checkSlot(m, masterKey)
}

// openBolt opens the bbolt file and takes its lock.
func openBolt(path string, timeout time.Duration) (db *bolt.DB, handle *os.File, err error) {
	if err := checkFile(path); err != nil {
		return nil, nil, err
	}
	err = guard("vault: open file", func() error {
		var err error
		db, err = bolt.Open(path, fileMode, &bolt.Options{
			Timeout:      timeout,
			FreelistType: bolt.FreelistMapType,
			NoStatistics: true,
			OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
				var err error
				handle, err = os.OpenFile(name, flag&^os.O_CREATE, mode)
				return handle, err
			},
		})
		if err != nil && kindOf(err) == fault.Internal {
			return damaged("bbolt: %w", err) // its other errors have a kind
		}
		if err != nil {
			return err
		}
		db.AllocSize = allocSize
		m, err := currentMeta(handle, db.Info().PageSize)
		if err != nil {
			return err
		}
		return checkBranches(handle, m)
	})
	switch {
	case err == nil:
		return db, handle, nil
	case db != nil:
		return nil, nil, errors.Join(err, abandon(db, handle))
	case handle != nil:
		_ = letGo(handle) // bbolt does not after a panic; after an error it has
	}
	return nil, nil, err
}

// readHeader reads the clear header of an open file.
func readHeader(db *bolt.DB) (h header, err error) {
	const op = "vault: read header"
	err = guard(op, func() error {
		return db.View(func(tx *bolt.Tx) error {
			in := tx.Bucket([]byte(inVault))
			if in == nil {
				return fault.New(op, fault.VaultForeign, errNotVault)
			}
			h, err = decodeHeader(in.Get([]byte(headerKey)))
			return err
		})
	})
	return h, err
}

// random returns n random bytes; crypto/rand never fails.
func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}
