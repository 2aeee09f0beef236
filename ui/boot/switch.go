package boot

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
	"bankbook/storage/lockbox"
	"bankbook/storage/vault"
	"bankbook/ui/say"
)

const (
	// moveSetting is the vault's setting that holds a move until nothing of it is
	// left to do.
	moveSetting = "protector-move"
	// tidyTime is how long it may take to clean up after a person has gone on.
	tidyTime = 10 * time.Second
)

// move is the way of secrets from one protector to another. It is kept in the
// vault before anything is copied. Who finds one then knows by the vault's
// header whether it took place, and so at which end the entries are to be
// removed.
type move struct {
	From, To core.Protector
	Names    []secret.Name
}

var errAlready = errors.New("it is protected so already")

// UsePassphrase moves the master key and all secrets from the keychain into a
// lockbox. Errors: Invalid for a passphrase that is too short, and if there is
// one already, Unsupported in a session that keeps nothing, and those of both
// stores. After an error everything is where it was.
func (s *Services) UsePassphrase(ctx context.Context, passphrase secret.Text) (err error) {
	defer s.did(ctx, protection(say.SubjectPassphraseOn), &err)
	if err := secret.CheckPassphrase(passphrase); err != nil {
		return err
	}
	return s.move(ctx, core.ByPassphrase, func(ctx context.Context) (secret.Store, error) {
		return s.newBox(ctx, passphrase)
	})
}

// UseKeychain moves the master key and all secrets from the lockbox into the
// keychain. Its errors are those of UsePassphrase.
func (s *Services) UseKeychain(ctx context.Context) (err error) {
	defer s.did(ctx, protection(say.SubjectKeychainOn), &err)
	return s.move(ctx, core.ByKeychain, func(context.Context) (secret.Store, error) { return s.keychain(), nil })
}

// newBox makes the lockbox to move to, with a slot for the recovery key if the
// vault has one.
func (s *Services) newBox(ctx context.Context, passphrase secret.Text) (*lockbox.Box, error) {
	box, err := lockbox.Create(ctx, s.lockboxPath(), passphrase)
	if err != nil {
		return nil, err
	}
	wrapping, err := s.recoveryWrapping()
	if err == nil && wrapping != nil {
		err = box.SetRecovery(ctx, wrapping)
	}
	return box, err
}

// move moves everything to the store that place makes.
func (s *Services) move(ctx context.Context, to core.Protector, place func(context.Context) (secret.Store, error)) error {
	const op = "boot: change protector"
	s.protecting.Lock()
	defer s.protecting.Unlock()
	from := s.Vault.Info().Protector
	switch {
	case s.SessionOnly:
		return fault.New(op, fault.Unsupported, nil)
	case from == to:
		return fault.New(op, fault.Invalid, errAlready)
	}
	// What an earlier change has left is known by where it was then.
	if err := errors.Join(s.tidy(ctx), s.dropOldKeys(ctx)); err != nil {
		return err
	}
	release, err := s.store.hold(ctx, op)
	if err != nil {
		return err
	}
	defer release()
	values, err := s.allSecrets(ctx)
	if err != nil {
		return err
	}
	store, err := s.carry(ctx, move{From: from, To: to, Names: slices.Sorted(maps.Keys(values))}, values, place)
	if err != nil {
		return errors.Join(err, s.tidyLater(ctx))
	}
	err = s.program.traced("set protector", func() error { return s.Vault.SetProtector(to) })
	if err != nil {
		return err // the next start sees whether it is recorded all the same
	}
	old := s.box
	s.use(store)
	if old != nil {
		err = old.Close()
	}
	if err := errors.Join(err, s.tidyLater(ctx)); err != nil {
		s.program.log.Warn("old entries of secrets are left for the next start", "error", err)
	}
	return nil
}

// carry copies all secrets to the store that place makes, and reads them back.
func (s *Services) carry(ctx context.Context, m move, values map[secret.Name]secret.Text, place func(context.Context) (secret.Store, error)) (store secret.Store, err error) {
	if m.To == core.ByPassphrase {
		if err := s.setLockboxAside(); err != nil {
			return nil, err
		}
	}
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"note move", func() error { return s.putMove(m) }},
		{"place", func() (err error) { store, err = place(ctx); return err }},
		{"copy", func() error { return copyTo(ctx, store, values) }},
	} {
		if err := s.program.traced(step.name, step.do); err != nil {
			return nil, err
		}
	}
	return store, nil
}

// copyTo sets secrets and reads each back.
func copyTo(ctx context.Context, store secret.Store, values map[secret.Name]secret.Text) error {
	if box, ok := store.(*lockbox.Box); ok {
		if err := box.SetAll(ctx, values); err != nil {
			return err
		}
	} else {
		for name, value := range values {
			if err := store.Set(ctx, name, value); err != nil {
				return err
			}
		}
	}
	for name, value := range values {
		got, err := store.Get(ctx, name)
		if err != nil {
			return err
		}
		if got != value {
			return fault.New("boot: read back", fault.KeychainLied, nil)
		}
	}
	return nil
}

// allSecrets reads every secret of the environment. Without the master key
// there would be nothing to protect.
func (s *Services) allSecrets(ctx context.Context) (map[secret.Name]secret.Text, error) {
	store := s.store.current()
	names, err := s.secretNames(ctx, store)
	if err != nil {
		return nil, err
	}
	values := map[secret.Name]secret.Text{}
	for _, name := range names {
		value, err := store.Get(ctx, name)
		if err == nil {
			values[name] = value
		} else if !fault.Is(err, fault.SecretMissing) || name == s.masterKeyName() {
			return nil, err
		}
	}
	return values, nil
}

// masterKeyName is the entry of the vault's present master key.
func (s *Services) masterKeyName() secret.Name {
	info := s.Vault.Info()
	return secret.VaultKeyName(info.ID, info.KeyID)
}

// secretNames returns the names that entries of the environment can have. A
// lockbox knows its own; those of a keychain, which cannot be listed, follow from
// the vault, and from what has been used since the start.
func (s *Services) secretNames(ctx context.Context, store secret.Store) ([]secret.Name, error) {
	if box, ok := store.(*lockbox.Box); ok {
		return box.Names(ctx)
	}
	names := append(s.store.names(), s.masterKeyName(), secret.SeenName(s.Vault.ID()), secret.KeysName(s.Env))
	items, err := s.Vault.Items()
	if err != nil {
		return nil, err
	}
	for _, item := range items {
		names = append(names, secret.TokenName(s.Env, item.ID))
	}
	accounts, err := s.Vault.Accounts()
	if err != nil {
		return nil, err
	}
	for _, account := range accounts {
		names = append(names, secret.NumbersName(s.Env, account.ID))
	}
	sessions, err := s.Vault.Sessions()
	if err != nil {
		return nil, err
	}
	for _, session := range sessions {
		kept, err := link.Secrets(ctx, store, s.Env, session)
		if err != nil {
			return nil, err
		}
		names = append(names, kept...)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// dropKey deletes a master key that no file needs any more, where it is kept.
func (s *Services) dropKey(ctx context.Context, info vault.Info) error {
	name := secret.VaultKeyName(info.ID, info.KeyID)
	switch info.Protector {
	case s.Vault.Info().Protector:
		return s.Secrets.Delete(ctx, name)
	case core.ByKeychain:
		return s.keychain().Delete(ctx, name)
	}
	return nil // its lockbox is no more
}

func (s *Services) putMove(m move) error {
	text, err := json.Marshal(m)
	if err != nil {
		return fault.New("boot: note the move", fault.Internal, err)
	}
	return s.Vault.PutSetting(moveSetting, string(text))
}

// tidyLater is tidy for when the work itself is done: ctx may be over.
func (s *Services) tidyLater(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tidyTime)
	defer cancel()
	return s.tidy(ctx)
}

// tidy ends a move that was begun at some time: it removes the entries at the end
// that the vault does not name as its protector.
func (s *Services) tidy(ctx context.Context) error {
	text, ok, err := s.Vault.Setting(moveSetting)
	if err != nil || !ok || text == "" {
		return err
	}
	var m move
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return fault.New("boot: read the move", fault.Internal, err)
	}
	stray := m.To
	if s.Vault.Info().Protector == m.To {
		stray = m.From
	}
	if err := s.removeAll(ctx, stray, m.Names); err != nil {
		return err
	}
	return s.Vault.PutSetting(moveSetting, "")
}

// removeAll removes what a move has left at one end.
func (s *Services) removeAll(ctx context.Context, at core.Protector, names []secret.Name) error {
	if at == core.ByPassphrase {
		return s.program.traced("remove lockbox", func() error { return lockbox.Remove(ctx, s.lockboxPath()) })
	}
	for _, name := range names {
		if err := s.keychain().Delete(ctx, name); err != nil {
			return err
		}
	}
	return nil
}
