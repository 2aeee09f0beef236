package lockbox

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/durable"
)

// Box is an open lockbox. It is safe for concurrent use, and so is its file
// for several processes.
type Box struct {
	path string
	// changing has one place, held while this Box changes the file.
	changing chan struct{}

	mu     sync.Mutex
	key    [keySize]byte
	closed bool
}

var _ secret.Store = (*Box)(nil)

// Create makes a new and empty box. Errors: Invalid for a passphrase that is
// too short (secret.CheckPassphrase), Occupied if something is there, and those
// of Set.
func Create(ctx context.Context, path string, passphrase secret.Text) (*Box, error) {
	const op = "lockbox: create"
	if err := secret.CheckPassphrase(passphrase); err != nil {
		return nil, err
	}
	if err := secret.Ended(ctx, op); err != nil {
		return nil, err
	}
	b := newBox(path)
	h := header{Magic: magic, Format: format}
	_, _ = rand.Read(b.key[:]) // it never fails
	_, _ = rand.Read(h.ID[:])
	if err := h.setPassphrase(b.key, passphrase); err != nil {
		return nil, fault.New(op, fault.Internal, err)
	}
	release, err := b.lock(ctx, op)
	if err != nil {
		return nil, err
	}
	defer release()
	if _, err := os.Lstat(path); err == nil {
		return nil, fault.New(op, fault.Occupied, fs.ErrExist)
	}
	if err := b.write(op, h, entries{}); err != nil {
		return nil, err
	}
	return b, nil
}

// Open opens a box with its passphrase, which takes about half a second. Errors:
// Passphrase if it is the wrong one, LockboxDamaged if the file is not what was
// written or is not there, VaultNewer, Unreadable.
func Open(ctx context.Context, path string, passphrase secret.Text) (*Box, error) {
	return open(ctx, path, func(h header) ([keySize]byte, error) { return h.byPassphrase(passphrase) })
}

// OpenWithRecovery opens a box with the RecoveryWrapping of its recovery key. Its
// errors are those of Open.
func OpenWithRecovery(ctx context.Context, path string, wrapping []byte) (*Box, error) {
	return open(ctx, path, func(h header) ([keySize]byte, error) { return h.byRecovery(wrapping) })
}

func open(ctx context.Context, path string, unlock func(header) ([keySize]byte, error)) (*Box, error) {
	const op = "lockbox: open"
	if err := secret.Ended(ctx, op); err != nil {
		return nil, err
	}
	if err := tighten(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(op, fault.OfFile(err), err)
	}
	b := newBox(path)
	s, err := b.read()
	if err != nil {
		return nil, err
	}
	if b.key, err = unlock(s.header); err != nil {
		return nil, err
	}
	if _, err := s.open(b.key); err != nil {
		return nil, err
	}
	return b, nil
}

// Remove removes a box and what is beside it. One that is not there is no error.
func Remove(ctx context.Context, path string) error {
	const op = "lockbox: remove"
	release, err := newBox(path).lock(ctx, op)
	if err != nil {
		return err
	}
	defer release()
	if err := errors.Join(removeHalf(path), os.Remove(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault.New(op, fault.OfFile(err), err)
	}
	if err := durable.SyncDir(filepath.Dir(path)); err != nil {
		return fault.New(op, fault.OfFile(err), err)
	}
	return nil
}

func newBox(path string) *Box { return &Box{path: path, changing: make(chan struct{}, 1)} }

// Close forgets the key: all later calls are fault.Locked. Closing twice is no
// error.
func (b *Box) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	clear(b.key[:])
	return nil
}

// boxKey returns the key, or fault.Locked after Close.
func (b *Box) boxKey(op string) ([keySize]byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return b.key, fault.New(op, fault.Locked, nil)
	}
	return b.key, nil
}

// ChangePassphrase puts another passphrase in the place of the old one. Errors:
// Passphrase if old is not the one, Invalid if next is too short, and those of
// Set.
func (b *Box) ChangePassphrase(ctx context.Context, old, next secret.Text) error {
	return b.rewrap(ctx, next, func(h header) error {
		_, err := h.byPassphrase(old)
		return err
	})
}

// ResetPassphrase puts another passphrase in the place of one that is lost, in a
// box that the recovery key has opened.
func (b *Box) ResetPassphrase(ctx context.Context, next secret.Text) error {
	return b.rewrap(ctx, next, func(header) error { return nil })
}

func (b *Box) rewrap(ctx context.Context, next secret.Text, allowed func(header) error) error {
	if err := secret.CheckPassphrase(next); err != nil {
		return err
	}
	return b.change(ctx, "lockbox: change passphrase", func(h *header, _ entries, key [keySize]byte) (bool, error) {
		if err := allowed(*h); err != nil {
			return false, err
		}
		return true, h.setPassphrase(key, next)
	})
}

// SetRecovery lets the RecoveryWrapping of a recovery key open the box, in the
// place of an earlier one.
func (b *Box) SetRecovery(ctx context.Context, wrapping []byte) error {
	return b.change(ctx, "lockbox: set recovery key", func(h *header, _ entries, key [keySize]byte) (bool, error) {
		return true, h.setRecovery(key, wrapping)
	})
}

// DropRecovery makes the recovery key worthless for this box.
func (b *Box) DropRecovery(ctx context.Context) error {
	return b.change(ctx, "lockbox: drop recovery key", func(h *header, _ entries, _ [keySize]byte) (bool, error) {
		had := h.Recovery.Present != 0
		h.Recovery = recoverySlot{}
		return had, nil
	})
}
