package boot

import (
	"context"

	"bankbook/core"
	"bankbook/storage/vault"
)

// RemoveBank ends a connection, here and at the provider, and destroys what the
// vault's file and its copies still hold of it. What of the destroying fails is
// logged and done later: the bank is gone from the vault all the same.
func (s *Services) RemoveBank(ctx context.Context, id core.ItemID) error {
	s.Sync.Stop(id)
	return s.Remover.Remove(ctx, id, false)
}

// bankEnded does what is left to do after a connection has ended.
func (s *Services) bankEnded(ctx context.Context, _ core.Item) {
	s.shred(ctx)
	s.sweep(ctx)
}

// sweep removes the profiles that are to be deleted and have no bank left.
func (s *Services) sweep(ctx context.Context) {
	removed, err := s.Keeper.Sweep(ctx)
	if err != nil {
		s.program.log.Warn("a profile is not deleted yet", "error", err)
	}
	for _, p := range removed {
		// Its own entries are gone with it.
		s.Activity.Did(ctx, core.Activity{Action: core.RemovedProfile, Subject: p.Name}, nil)
	}
	if len(removed) > 0 {
		s.shred(ctx)
	}
}

// RemoveProfile removes a profile with all of its banks, as RemoveBank does. If a
// bank cannot be removed, the profile stays marked for it, with the banks that are
// left.
func (s *Services) RemoveProfile(ctx context.Context, id core.ProfileID) error {
	if err := s.DeleteProfile(id); err != nil {
		return err
	}
	items, err := s.Vault.Items()
	if err != nil {
		return err
	}
	for _, item := range items {
		if item.Profile != id {
			continue
		}
		if err := s.Remover.Finish(ctx, item.ID); err != nil {
			return err
		}
	}
	s.sweep(ctx)
	return nil
}

// DeleteProfile asks for a profile to be removed with all of its banks. It can be
// undone (Keeper.UndoDelete) until the first of them has been told.
func (s *Services) DeleteProfile(id core.ProfileID) error {
	for _, session := range s.Links.Active() {
		if session.Options.Profile == id {
			_ = s.Links.Cancel(session.ID) // it may have ended meanwhile
		}
	}
	items, err := s.Vault.Items()
	if err != nil {
		return err
	}
	for _, item := range items {
		if item.Profile == id {
			s.Sync.Stop(item.ID)
		}
	}
	return s.Keeper.Delete(id)
}

// RotateKeys writes the vault anew under new keys, and destroys the old ones
// with every copy that they open.
func (s *Services) RotateKeys(ctx context.Context) (err error) {
	defer s.did(ctx, core.Activity{Action: core.RotatedVault}, &err)
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

// Tend begins to end, in the background and until Close, the connections that the
// person has asked to end. A command does at once what it is asked for.
func (s *Services) Tend() {
	if s.untend == nil {
		s.untend = s.Remover.Start()
	}
}
