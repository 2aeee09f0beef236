package vault

import (
	"crypto/hmac"
	"crypto/subtle"
	"errors"
	"fmt"

	"bankbook/core/fault"
)

// recoveryPurpose is what the key of the header's slot is derived for.
const recoveryPurpose = "bankbook vault 2 recovery"

var (
	errNoSlot   = errors.New("the vault has no recovery key")
	errSlotKey  = errors.New("the recovery key is of another vault, or an old one")
	errShortKey = errors.New("the recovery key gives too short a key")
)

// RecoveryKey is what a person keeps in a drawer, in the form in which the
// vault needs it: it derives 32 bytes for a purpose and a salt.
type RecoveryKey interface {
	Derive(purpose string, salt []byte) ([]byte, error)
}

// slotKey derives from a recovery key what wraps the master key of a vault.
func slotKey(key RecoveryKey, vaultID string) ([]byte, error) {
	wrapping, err := key.Derive(recoveryPurpose, []byte(vaultID))
	if err != nil {
		return nil, fmt.Errorf("derive recovery key: %w", err)
	}
	if len(wrapping) != keySize {
		return nil, errShortKey
	}
	return wrapping, nil
}

// sealSlot wraps a master key for the header: a check value that tells a wrong
// recovery key from damage, and the ciphertext.
func sealSlot(wrapping []byte, vaultID string, masterKey []byte) ([]byte, error) {
	check, err := derive(wrapping, vaultID, recoveryPurpose+" check", hashSize)
	if err != nil {
		return nil, err
	}
	aead, err := derivedAEAD(wrapping, vaultID, recoveryPurpose+" wrap")
	if err != nil {
		return nil, err
	}
	return append(check, aead.Seal(nil, nil, masterKey, nil)...), nil
}

// openSlot returns the master key that sealSlot has wrapped.
func (h header) openSlot(wrapping []byte) ([]byte, error) {
	const op = "vault: open recovery slot"
	if len(h.slot) == 0 {
		return nil, fault.New(op, fault.Passphrase, errNoSlot)
	}
	check, err := derive(wrapping, h.ID, recoveryPurpose+" check", hashSize)
	if err != nil {
		return nil, err
	}
	if len(h.slot) < hashSize || !hmac.Equal(check, h.slot[:hashSize]) {
		return nil, fault.New(op, fault.Passphrase, errSlotKey)
	}
	aead, err := derivedAEAD(wrapping, h.ID, recoveryPurpose+" wrap")
	if err != nil {
		return nil, err
	}
	masterKey, err := aead.Open(nil, nil, h.slot[hashSize:], nil)
	if err != nil {
		return nil, damaged("the recovery slot is not what was written")
	}
	return masterKey, nil
}

// SetRecovery makes a recovery key open the vault, beside its master key, in
// the place of any earlier one.
func (v *Vault) SetRecovery(key RecoveryKey) error {
	const op = "vault: set recovery key"
	wrapping, err := slotKey(key, v.info.ID)
	if err != nil {
		return fail(op, err)
	}
	return v.changeHeader(op, func(w *writer, h *header, masterKey []byte) (err error) {
		// The wrapping key stays in the vault: the next master key is wrapped
		// under it without asking the person.
		w.sums.Recovery, w.sums.Shred = wrapping, w.sums.Shred || len(h.slot) > 0
		h.slot, err = sealSlot(wrapping, h.ID, masterKey)
		return err
	})
}

// DropRecovery makes the recovery key open the vault no more. What it opened is
// still among the free pages of the file, and in copies made before; so, like
// the replacing of a key by SetRecovery, this is a deletion that leaves a shred
// pending.
func (v *Vault) DropRecovery() error {
	return v.changeHeader("vault: drop recovery key", func(w *writer, h *header, _ []byte) error {
		w.sums.Shred = w.sums.Shred || len(h.slot) > 0
		w.sums.Recovery, h.slot = nil, nil
		return nil
	})
}

// changeHeader makes a commit that changes the header.
func (v *Vault) changeHeader(op string, change func(w *writer, h *header, masterKey []byte) error) error {
	v.writing.Lock()
	defer v.writing.Unlock()
	masterKey, err := parseKey(v.key)
	if err != nil {
		return fail(op, err)
	}
	var info Info
	err = v.write(op, func(w *writer) (err error) {
		info, err = w.changeHeader(masterKey, change)
		return err
	})
	if err == nil {
		v.appearing.Lock()
		defer v.appearing.Unlock()
		v.adoptInfo(info)
	}
	return err
}

// changeHeader changes the header and wraps the data key anew.
func (w *writer) changeHeader(masterKey []byte, change func(*writer, *header, []byte) error) (Info, error) {
	in, err := w.bucket(inVault)
	if err != nil {
		return Info{}, err
	}
	h, err := decodeHeader(in.Get([]byte(headerKey)))
	if err != nil {
		return Info{}, err
	}
	dataKey, err := h.unwrap(masterKey)
	if err != nil {
		return Info{}, err
	}
	if err := change(w, &h, masterKey); err != nil {
		return Info{}, err
	}
	h.Recovery = len(h.slot) > 0
	if err := h.wrap(masterKey, dataKey); err != nil {
		return Info{}, err
	}
	return h.Info, in.Put([]byte(headerKey), h.encode())
}

// adoptInfo takes over what can change of Info. The caller holds appearing.
func (v *Vault) adoptInfo(info Info) {
	v.info.Format, v.info.Protector = info.Format, info.Protector
	v.info.KeyID, v.info.Recovery = info.KeyID, info.Recovery
}

// checkSlot makes sure that the recovery key that the vault tells of would open
// it.
func (r reader) checkSlot(m manifest, masterKey []byte) error {
	in, err := r.bucket(inVault)
	if err != nil {
		return err
	}
	h, err := decodeHeader(in.Get([]byte(headerKey)))
	if err != nil {
		return err
	}
	if len(h.slot) == 0 && len(m.Recovery) == 0 {
		return nil
	}
	if within, err := h.openSlot(m.Recovery); err != nil || subtle.ConstantTimeCompare(within, masterKey) != 1 {
		return damaged("the recovery slot does not hold the master key")
	}
	return nil
}
