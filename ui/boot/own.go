package boot

import (
	"context"
	"crypto/rand"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// ownSetting is the vault's setting that tells the entries of copies of one vault
// apart that are kept in the same keychain: a backup restored beside its original
// has another. A vault made before there was this setting has none.
const ownSetting = "own-entries"

// ownEntries is a keychain, which others use too, as one vault sees it. Its
// entries are under names of its own; a master key's name is that anyway, and
// the person's Plaid keys are the same for all.
type ownEntries struct {
	store   secret.Store
	env     core.Environment
	vaultID string
	// own is ownSetting; "" leaves every name as it is, for vaults from before.
	own string
}

var _ secret.Store = (*ownEntries)(nil)

// Set implements secret.Store.
func (o *ownEntries) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	return o.store.Set(ctx, o.name(name), value)
}

// Get implements secret.Store.
func (o *ownEntries) Get(ctx context.Context, name secret.Name) (secret.Text, error) {
	return o.store.Get(ctx, o.name(name))
}

// Delete implements secret.Store.
func (o *ownEntries) Delete(ctx context.Context, name secret.Name) error {
	return o.store.Delete(ctx, o.name(name))
}

// ownEntriesOf returns a keychain as an open vault sees it.
func ownEntriesOf(v *vault.Vault, store secret.Store) (*ownEntries, error) {
	own, _, err := v.Setting(ownSetting)
	return &ownEntries{store: store, env: v.Info().Env, vaultID: v.ID(), own: own}, err
}

// name is the name in the keychain of what the vault calls so.
func (o *ownEntries) name(name secret.Name) secret.Name {
	isMasterKey := name.OfVault() && name != secret.SeenName(o.vaultID)
	if o.own == "" || isMasterKey || name == secret.KeysName(o.env) {
		return name
	}
	return secret.OwnName(o.own, name)
}

// keychain is the keychain as this vault sees it; before the vault is open, only
// its master keys can be told.
func (s *Services) keychain() *ownEntries {
	if s.own == nil {
		s.own = &ownEntries{store: s.program.store(), env: s.Env}
	}
	return s.own
}

// findOwn finds out under which names the vault that has just been opened keeps its
// entries. One that has none yet gets names of its own.
func (s *Services) findOwn() error {
	own, ok, err := s.Vault.Setting(ownSetting)
	if err != nil {
		return err
	}
	if !ok && !s.SessionOnly {
		empty, err := s.isEmpty()
		if err != nil {
			return err
		}
		if empty {
			return s.renameOwn()
		}
	}
	s.keychain().vaultID, s.keychain().own = s.Vault.ID(), own
	return nil
}

// renameOwn gives the entries of the vault other names from now on.
func (s *Services) renameOwn() error {
	own := rand.Text()
	if err := s.Vault.PutSetting(ownSetting, own); err != nil {
		return err
	}
	s.keychain().vaultID, s.keychain().own = s.Vault.ID(), own
	return nil
}

// isEmpty reports whether nothing has been linked yet, so that there are no
// entries but keys.
func (s *Services) isEmpty() (bool, error) {
	items, err := s.Vault.Items()
	if err != nil || len(items) > 0 {
		return false, err
	}
	sessions, err := s.Vault.Sessions()
	return len(sessions) == 0, err
}
