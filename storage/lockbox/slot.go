package lockbox

import (
	"crypto/rand"
	"errors"
	"slices"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"bankbook/core/fault"
	"bankbook/core/recovery"
	"bankbook/core/secret"
)

// params are those of argon2id.
type params struct {
	Time uint32
	// Memory is in KiB.
	Memory  uint32
	Threads uint8
}

const (
	// What a reader is willing to spend on a passphrase: about four times what
	// a new box takes.
	maxTime    = 12
	maxMemory  = 256 << 10
	maxWork    = 768 << 10 // KiB times passes
	maxThreads = 16
)

var errParams = errors.New("the parameters of argon2id are beyond reason")

// newParams are those of a new passphrase (SECURITY §2: 0.5 s).
func newParams() params { return params{Time: 3, Memory: 64 << 10, Threads: 4} }

// check refuses what argon2id cannot take, and what would burn time or memory.
func (p params) check() error {
	switch {
	case p.Time < 1, p.Threads < 1, p.Memory < 8*uint32(p.Threads),
		p.Time > maxTime, p.Memory > maxMemory, p.Threads > maxThreads, p.Time*p.Memory > maxWork:
		return errParams
	}
	return nil
}

// passphraseSlot is the box key wrapped under a passphrase.
type passphraseSlot struct {
	Params  params
	Salt    [saltSize]byte
	Wrapped [wrappedSize]byte
}

// recoverySlot is the box key wrapped under a recovery key; all of it is 0 if
// there is none.
type recoverySlot struct {
	Present uint8
	Wrapped [wrappedSize]byte
}

// derive turns a passphrase into a key. The same characters can be written in
// several ways in Unicode, and keyboards differ.
func (s passphraseSlot) derive(passphrase secret.Text) []byte {
	return argon2.IDKey(norm.NFC.Bytes([]byte(passphrase.Reveal())), s.Salt[:], s.Params.Time, s.Params.Memory, s.Params.Threads, keySize)
}

// setPassphrase wraps the box key under a new passphrase.
func (h *header) setPassphrase(key [keySize]byte, passphrase secret.Text) error {
	h.Passphrase = passphraseSlot{Params: newParams(), Salt: salt()}
	wrapped, err := seal(h.Passphrase.derive(passphrase), key[:], h.passphraseAbout())
	copy(h.Passphrase.Wrapped[:], wrapped)
	return err
}

// byPassphrase returns the box key, or fault.Passphrase.
func (h header) byPassphrase(passphrase secret.Text) (key [keySize]byte, err error) {
	plain, err := unseal(h.Passphrase.derive(passphrase), h.Passphrase.Wrapped[:], h.passphraseAbout())
	if err != nil {
		return key, fault.New("lockbox: try passphrase", fault.Passphrase, nil)
	}
	copy(key[:], plain)
	return key, nil
}

// passphraseAbout is what the passphrase's slot vouches for.
func (h header) passphraseAbout() []byte { return h.encode()[:passphraseClear] }

// RecoveryWrapping returns what a recovery key wraps the box key under, in the
// lockbox that belongs to the vault with the given id. It opens this box and
// nothing else, so that it can be kept where the box's secrets are, for a box that
// has yet to be made.
func RecoveryWrapping(k recovery.Key, vaultID string) ([]byte, error) {
	return k.Derive("bankbook lockbox 1 recovery", []byte(vaultID))
}

// setRecovery wraps the box key a second time.
func (h *header) setRecovery(key [keySize]byte, wrapping []byte) error {
	wrapped, err := seal(wrapping, key[:], h.recoveryAbout())
	if err != nil {
		return err
	}
	h.Recovery = recoverySlot{Present: 1}
	copy(h.Recovery.Wrapped[:], wrapped)
	return nil
}

// byRecovery returns the box key, or fault.Passphrase.
func (h header) byRecovery(wrapping []byte) (key [keySize]byte, err error) {
	plain, err := unseal(wrapping, h.Recovery.Wrapped[:], h.recoveryAbout())
	if err != nil || h.Recovery.Present == 0 {
		return key, fault.New("lockbox: try recovery key", fault.Passphrase, nil)
	}
	copy(key[:], plain)
	return key, nil
}

// recoveryAbout is what the recovery key's slot vouches for: which box it is of.
// A new passphrase must not make it worthless.
func (h header) recoveryAbout() []byte { return slices.Concat(h.Magic[:], h.ID[:]) }

func salt() (s [saltSize]byte) {
	_, _ = rand.Read(s[:]) // it never fails
	return s
}
