package boot

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/recovery"
	"bankbook/core/secret"
	"bankbook/storage/durable"
	"bankbook/storage/lockbox"
	"bankbook/storage/vault"
	"bankbook/ui/say"
)

var errNotRecovered = errors.New("it was not opened with a recovery key")

// lockboxName is the file that holds the secrets of an environment.
const lockboxName = "lockbox"

// lockboxPath is where the secrets of an environment are if a passphrase
// protects them.
func (s *Services) lockboxPath() string { return filepath.Join(s.dir, lockboxName) }

// openVault opens the vault, and the one store that its protector names: which
// that is says the vault's header, or for a new vault the person. A store that
// does not open is an error, and never a reason to take another. The vault can be
// open even if there is an error.
func (s *Services) openVault(ctx context.Context, choice Choice) (err error) {
	options := vault.Options{
		Path: filepath.Join(s.dir, "vault.db"), Env: s.Env, Protector: choice.protector(), Now: s.Now,
		Children: s.program.config.Children,
		Key: func(ctx context.Context, info vault.Info) (secret.Text, error) {
			if err := s.openStore(ctx, info.Protector, choice); err != nil {
				return secret.Text{}, err
			}
			return s.Secrets.Get(ctx, secret.VaultKeyName(info.ID, info.KeyID))
		},
		NewKey: func(ctx context.Context, info vault.Info, key secret.Text) error {
			if s.store.current() == nil {
				if err := s.newStore(ctx, info.Protector, choice); err != nil {
					return err
				}
			}
			return s.Secrets.Set(ctx, secret.VaultKeyName(info.ID, info.KeyID), key)
		},
		BeforeMigration: func(ctx context.Context, v *vault.Vault) error {
			_, err := v.TakeSnapshot(ctx, vault.Migration)
			return err
		},
	}
	if !choice.RecoveryKey.IsEmpty() {
		key, err := recovery.Parse(choice.RecoveryKey.Reveal())
		if err != nil {
			return err
		}
		options.Recovery = key
		options.Recovered = func(ctx context.Context, info vault.Info, masterKey secret.Text) error {
			s.recovered = true
			if err := s.recoverStore(ctx, info, key, choice); err != nil {
				return err
			}
			return s.Secrets.Set(ctx, secret.VaultKeyName(info.ID, info.KeyID), masterKey)
		}
	}
	if s.Vault, err = vault.Open(ctx, options); err != nil {
		return err
	}
	return s.findOwn()
}

// protector is that of a new vault.
func (c Choice) protector() core.Protector {
	switch {
	case c.SessionOnly:
		return core.ThisSessionOnly
	case c.Protector == "":
		return core.ByKeychain
	}
	return c.Protector
}

// openStore opens the store that holds the secrets of a vault.
func (s *Services) openStore(ctx context.Context, protector core.Protector, choice Choice) error {
	if protector == core.ByKeychain {
		s.use(s.keychain())
		return nil
	}
	store, err := s.program.openStore(ctx, protector, s.dir, choice.Passphrase)
	if err != nil {
		return err
	}
	s.use(store)
	return nil
}

func (p *Program) openStore(ctx context.Context, protector core.Protector, dir string, passphrase secret.Text) (secret.Store, error) {
	switch protector {
	case core.ThisSessionOnly:
		return secret.NewMemory(), nil
	case core.ByPassphrase:
		if passphrase.IsEmpty() {
			return nil, fault.New("boot: open secrets", fault.Locked, nil)
		}
		return lockbox.Open(ctx, filepath.Join(dir, lockboxName), passphrase)
	}
	return p.store(), nil
}

// newStore makes the store of a new vault. A lockbox that is there already is
// left from an attempt that came to no vault, or it has lost its vault: then it
// is opened, and nothing is put in its place.
func (s *Services) newStore(ctx context.Context, protector core.Protector, choice Choice) error {
	if _, err := os.Lstat(s.lockboxPath()); err == nil || protector != core.ByPassphrase {
		return s.openStore(ctx, protector, choice)
	}
	box, err := lockbox.Create(ctx, s.lockboxPath(), choice.Passphrase)
	if err != nil {
		return err
	}
	s.use(box)
	return nil
}

// use keeps secrets in a store from now on.
func (s *Services) use(store secret.Store) {
	s.box, _ = store.(*lockbox.Box)
	s.store.become(store)
}

// recoverStore opens the store of a vault that the recovery key has opened. A
// lockbox that the key does not open is beyond recovery: access to the banks is
// lost with it, but no data. ResetPassphrase makes another; until then secrets are
// in memory.
func (s *Services) recoverStore(ctx context.Context, info vault.Info, key recovery.Key, choice Choice) error {
	switch {
	case info.Protector == core.ByPassphrase:
	case choice.Protector == core.ByPassphrase:
		s.use(secret.NewMemory())
		return nil
	default:
		return s.openStore(ctx, info.Protector, choice)
	}
	wrapping, err := lockbox.RecoveryWrapping(key, info.ID)
	if err != nil {
		return err
	}
	box, err := lockbox.OpenWithRecovery(ctx, s.lockboxPath(), wrapping)
	switch {
	case err == nil:
		s.use(box)
		return nil
	case fault.Is(err, fault.Passphrase, fault.LockboxDamaged):
		s.use(secret.NewMemory())
		return nil
	}
	return err
}

// ResetPassphrase gives a passphrase to an environment that was opened with the
// recovery key, which is Invalid otherwise: the one that is lost is not asked for.
// What was protected by a keychain that is no more is protected by the passphrase
// from then on.
func (s *Services) ResetPassphrase(ctx context.Context, next secret.Text) (err error) {
	const op = "boot: reset passphrase"
	defer s.did(ctx, protection(say.SubjectResetPassphrase), &err)
	s.protecting.Lock()
	defer s.protecting.Unlock()
	if !s.recovered {
		return fault.New(op, fault.Invalid, errNotRecovered)
	}
	if err := secret.CheckPassphrase(next); err != nil {
		return err
	}
	if s.box != nil {
		return s.box.ResetPassphrase(ctx, next)
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
	if err := s.setLockboxAside(); err != nil {
		return err
	}
	box, err := s.newBox(ctx, next)
	if err != nil {
		return err
	}
	if err := copyTo(ctx, box, values); err != nil {
		return err
	}
	if err := s.Vault.SetProtector(core.ByPassphrase); err != nil {
		return err
	}
	s.use(box)
	return nil
}

// setLockboxAside moves a lockbox that is of no use to quarantine, if there is
// one: somebody may know yet how to open it.
func (s *Services) setLockboxAside() error {
	const op = "boot: set the lockbox aside"
	if _, err := os.Lstat(s.lockboxPath()); err != nil {
		return nil
	}
	aside := filepath.Join(s.dir, "quarantine")
	if err := prepareDir(aside); err != nil {
		return err
	}
	name := s.Now().UTC().Format("20060102T150405.000000000") + ".lockbox"
	if err := durable.Replace(s.lockboxPath(), filepath.Join(aside, name)); err != nil {
		return fault.New(op, fault.OfFile(err), err)
	}
	return nil
}
