package boot

import (
	"context"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/storage/vault"
)

// RemoveBank ends a connection, here and at the provider, and destroys what the
// vault's file and its copies still hold of it. What of that fails is logged and
// done later: the bank is gone from the vault all the same.
func (s *Services) RemoveBank(ctx context.Context, id core.ItemID) error {
	s.Sync.Stop(id)
	if err := s.Remover.Remove(ctx, id); err != nil {
		return err
	}
	s.shred(ctx)
	return nil
}

// RemoveProfile removes a profile with all of its banks, as RemoveBank does. The
// one that new banks are linked for cannot be removed (Invalid). Links for the
// profile must have ended. If a bank cannot be removed, the profile stays, with
// the banks that are left.
func (s *Services) RemoveProfile(ctx context.Context, id core.ProfileID) error {
	if id == s.Profile.ID {
		return fault.New("boot: remove profile", fault.Invalid, nil)
	}
	items, err := s.Vault.Items()
	if err != nil {
		return err
	}
	for _, item := range items {
		if item.Profile != id {
			continue
		}
		s.Sync.Stop(item.ID)
		if err := s.Remover.Remove(ctx, item.ID); err != nil {
			return err
		}
	}
	if err := s.Vault.RemoveProfile(id); err != nil {
		return err
	}
	s.shred(ctx)
	return nil
}

// RotateKeys writes the vault anew under new keys, and destroys the old ones
// with every copy that they open.
func (s *Services) RotateKeys(ctx context.Context) error {
	s.protecting.Lock()
	defer s.protecting.Unlock()
	if err := s.Vault.Rotate(ctx, vault.RotateOptions{}); err != nil {
		return err
	}
	return s.dropOldKeys(ctx)
}

// shred finishes what a removal, or a rotation, has left to do. Resume does it
// again after one that failed.
func (s *Services) shred(ctx context.Context) {
	s.protecting.Lock()
	defer s.protecting.Unlock()
	var err error
	if s.Vault.ShredPending() {
		err = s.Vault.Rotate(ctx, vault.RotateOptions{})
	}
	if err == nil {
		err = s.dropOldKeys(ctx)
	}
	if err != nil {
		s.program.log.Warn("what was removed is not destroyed yet", "error", err)
		s.tellDamage(err)
	}
}

// dropOldKeys puts a fresh snapshot in the place of those that only an old key
// opens, and then destroys the old keys. The caller holds protecting.
func (s *Services) dropOldKeys(ctx context.Context) error {
	if s.Vault.HasRetired() && !s.SessionOnly {
		fresh, err := s.Vault.TakeSnapshot(ctx, vault.Daily)
		if err != nil {
			return err
		}
		if err := vault.RemoveSnapshots(vault.SnapshotDir(s.Vault.Path()), fresh.Path); err != nil {
			return err
		}
	}
	return s.Vault.DropStrays(ctx, s.dropKey)
}
