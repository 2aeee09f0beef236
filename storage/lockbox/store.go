package lockbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"

	"bankbook/core/fault"
	"bankbook/core/secret"
)

const (
	// maxValue is the most bytes of one secret, maxFile of the whole file, when
	// written and when read.
	maxValue = 64 << 10
	maxFile  = 8 << 20
)

var (
	errName    = errors.New("a name that is empty or no text")
	errFull    = fmt.Errorf("more than %d bytes of secrets", maxFile)
	errNotKept = errors.New("what was written is not what is read")
)

// Set implements secret.Store. Beside its errors there are Locked after Close,
// LockboxDamaged, DiskFull and Unreadable.
func (b *Box) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	return b.SetAll(ctx, map[secret.Name]secret.Text{name: value})
}

// SetAll is Set of several secrets in one change: all of them or none.
func (b *Box) SetAll(ctx context.Context, values map[secret.Name]secret.Text) error {
	const op = "lockbox: set"
	for name, value := range values {
		if err := checkEntry(op, name, value); err != nil {
			return err
		}
	}
	return b.change(ctx, op, func(_ *header, e entries, _ [keySize]byte) (bool, error) {
		for name, value := range values {
			e[string(name)] = []byte(value.Reveal())
		}
		return true, nil
	})
}

// checkEntry refuses what the file cannot hold.
func checkEntry(op string, name secret.Name, value secret.Text) error {
	if name == "" || !utf8.ValidString(string(name)) {
		return fault.New(op, fault.Invalid, errName)
	}
	if size := len(value.Reveal()); size > maxValue {
		return fault.New(op, fault.Invalid, fmt.Errorf("a value of %d bytes, at most %d", size, maxValue))
	}
	return nil
}

// Get implements secret.Store.
func (b *Box) Get(ctx context.Context, name secret.Name) (secret.Text, error) {
	const op = "lockbox: get"
	e, err := b.load(ctx, op)
	if err != nil {
		return secret.Text{}, err
	}
	value, ok := e[string(name)]
	if !ok {
		return secret.Text{}, fault.New(op, fault.SecretMissing, nil)
	}
	return secret.New(string(value)), nil
}

// Delete implements secret.Store.
func (b *Box) Delete(ctx context.Context, name secret.Name) error {
	return b.change(ctx, "lockbox: delete", func(_ *header, e entries, _ [keySize]byte) (bool, error) {
		_, had := e[string(name)]
		delete(e, string(name))
		return had, nil
	})
}

// Names returns the names of all secrets, sorted.
func (b *Box) Names(ctx context.Context) ([]secret.Name, error) {
	e, err := b.load(ctx, "lockbox: list")
	if err != nil {
		return nil, err
	}
	names := make([]secret.Name, 0, len(e))
	for _, name := range slices.Sorted(maps.Keys(e)) {
		names = append(names, secret.Name(name))
	}
	return names, nil
}

// load reads the entries as they are in the file now.
func (b *Box) load(ctx context.Context, op string) (entries, error) {
	if err := secret.Ended(ctx, op); err != nil {
		return nil, err
	}
	key, err := b.boxKey(op)
	if err != nil {
		return nil, err
	}
	s, err := b.read()
	if err != nil {
		return nil, err
	}
	return s.open(key)
}

// change reads the file, lets edit make its change, and writes the file if edit
// returns true.
func (b *Box) change(ctx context.Context, op string, edit func(*header, entries, [keySize]byte) (bool, error)) error {
	release, err := b.lock(ctx, op)
	if err != nil {
		return err
	}
	defer release()
	key, err := b.boxKey(op)
	if err != nil {
		return err
	}
	s, err := b.read()
	if err != nil {
		return err
	}
	e, err := s.open(key)
	if err != nil {
		return err
	}
	changed, err := edit(&s.header, e, key)
	if err != nil || !changed {
		return err
	}
	return b.write(op, s.header, e)
}

// write seals the entries, puts them into the file and reads them back. The
// caller holds the lock.
func (b *Box) write(op string, h header, e entries) error {
	key, err := b.boxKey(op)
	if err != nil {
		return err
	}
	file, err := newSealed(h, key, e)
	if err != nil {
		return fault.New(op, fault.Internal, err)
	}
	if len(file) > maxFile {
		return fault.New(op, fault.Invalid, errFull)
	}
	if err := writeFile(b.path, file); err != nil {
		return fault.New(op, kindOf(err), err)
	}
	back, err := readFile(b.path)
	if err != nil {
		return fault.New(op, kindOf(err), err)
	}
	if !bytes.Equal(back, file) {
		return fault.New(op, fault.LockboxDamaged, errNotKept)
	}
	return nil
}

// read reads the file up to what needs a key.
func (b *Box) read() (sealed, error) {
	file, err := readFile(b.path)
	if err != nil {
		return sealed{}, fault.New("lockbox: read", kindOf(err), err)
	}
	return parse(file)
}
