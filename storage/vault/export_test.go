package vault

import (
	"bytes"

	"bankbook/core"
)

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

// AllRecords opens every sealed record of the vault.
func (v *Vault) AllRecords() (list [][]byte, err error) {
	err = v.view("vault: read everything", func(r reader) error {
		plain, _, _, err := r.get(inVault, []byte(manifestKey))
		if err != nil {
			return err
		}
		list = append(list, plain)
		for _, b := range sealedBuckets() {
			_, err := r.records(b, func(key, value []byte) error {
				plain, _, err := r.seal.open(b, key, value, nil)
				list = append(list, plain)
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// ChunkState is what a directory tells of a chunk.
type ChunkState struct {
	Rows, Dead int
	Stamp      uint64
}

// Chunks returns what a month's directory tells, by number.
func (v *Vault) Chunks(m core.Month) (list []ChunkState, err error) {
	err = v.view("vault: test", func(r reader) error {
		dir, err := r.directory(m)
		for _, c := range dir {
			list = append(list, ChunkState{c.rows, len(c.dead), c.stamp})
		}
		return err
	})
	return list, err
}
