package boot

import (
	"slices"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// namesOf lists the entries that a vault's environment can have in its store: the
// vault's key and the mark first, then what is kept for banks and accounts. Some
// need not be there.
func namesOf(v *vault.Vault) ([]secret.Name, error) {
	info := v.Info()
	names := []secret.Name{
		secret.VaultKeyName(info.ID, info.KeyID), secret.SeenName(info.ID), secret.KeysName(info.Env),
	}
	items, err := v.Items()
	if err != nil {
		return nil, err
	}
	sessions, err := v.Sessions()
	if err != nil {
		return nil, err
	}
	accounts, err := v.Accounts()
	if err != nil {
		return nil, err
	}
	var linked []core.ItemID
	for _, item := range items {
		linked = append(linked, item.ID)
	}
	for _, session := range sessions { // an item in the making has its token before it is in the vault
		linked = append(linked, session.Items...)
	}
	slices.Sort(linked)
	for _, id := range slices.Compact(linked) {
		names = append(names, secret.TokenName(info.Env, id))
	}
	for _, a := range accounts {
		if a.ACH.Exists() {
			names = append(names, secret.NumbersName(info.Env, a.ID))
		}
	}
	return names, nil
}
