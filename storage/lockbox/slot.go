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

	recoveryPurpose = "bankbook lockbox 1 recovery"
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
	Salt    [saltSize]byte
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

// setRecovery wraps the box key under a recovery key.
func (h *header) setRecovery(key [keySize]byte, k recovery.Key) error {
	h.Recovery = recoverySlot{Present: 1, Salt: salt()}
	kek, err := k.Derive(recoveryPurpose, h.Recovery.Salt[:])
	if err != nil {
		return err
	}
	wrapped, err := seal(kek, key[:], h.recoveryAbout())
	copy(h.Recovery.Wrapped[:], wrapped)
	return err
}

// byRecovery returns the box key, or fault.Passphrase.
func (h header) byRecovery(k recovery.Key) (key [keySize]byte, err error) {
	const op = "lockbox: try recovery key"
	kek, err := k.Derive(recoveryPurpose, h.Recovery.Salt[:])
	if err != nil || h.Recovery.Present == 0 {
		return key, fault.New(op, fault.Passphrase, err)
	}
	plain, err := unseal(kek, h.Recovery.Wrapped[:], h.recoveryAbout())
	if err != nil {
		return key, fault.New(op, fault.Passphrase, nil)
	}
	copy(key[:], plain)
	return key, nil
}

// recoveryAbout is what the recovery key's slot vouches for: which box it is of.
// A new passphrase must not make it worthless.
func (h header) recoveryAbout() []byte {
	return slices.Concat(h.Magic[:], h.ID[:], h.Recovery.Salt[:])
}

func salt() (s [saltSize]byte) {
	_, _ = rand.Read(s[:]) // it never fails
	return s
}
