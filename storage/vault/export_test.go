package vault

import "bytes"

// NewestRoot returns the root page of the newest state of a file.
func NewestRoot(data []byte) uint64 { return wholeMetas(bytes.NewReader(data))[0].root }

// NewestFree returns the page with the list of free pages of that state.
func NewestFree(data []byte) uint64 { return wholeMetas(bytes.NewReader(data))[0].free }

// Superfluous is superfluous.
var Superfluous = superfluous

// SealedSetting returns the sealed value of a setting.
func (v *Vault) SealedSetting(name string) (value []byte, err error) {
	err = v.view("vault: test", func(r reader) error {
		in, err := r.bucket(inSettings)
		value = bytes.Clone(in.Get(r.seal.idKey(inSettings, name)))
		return err
	})
	return value, err
}
