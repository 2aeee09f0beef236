package vault

import "bankbook/core"

// SetProtector records what keeps the master key from now on. Whoever calls it
// has put the key there already.
func (v *Vault) SetProtector(p core.Protector) error {
	return v.changeHeader("vault: set protector", func(_ *writer, h *header, _ []byte) error {
		h.Protector = p
		return nil
	})
}
