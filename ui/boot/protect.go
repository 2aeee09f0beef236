package boot

import (
	"context"
	"encoding/hex"
	"errors"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/recovery"
	"bankbook/core/secret"
	"bankbook/storage/lockbox"
	"bankbook/storage/settings"
	"bankbook/ui/say"
)

const (
	// lockAfter is after how long an environment locks itself that has a
	// passphrase, unless the person has said otherwise. One without has none to
	// ask for, and stays open.
	lockAfter = 15 * time.Minute

	// wrappingSetting is the vault's setting that holds what a recovery key wraps
	// a lockbox under, for a lockbox that is made later.
	wrappingSetting = "recovery-wrapping"
	// renewSetting is there while a recovery key is made that nobody has seen yet.
	renewSetting = "recovery-renewal"
)

var errNoPassphrase = errors.New("it is not protected by a passphrase")

// Protection tells how the environment is protected.
func (s *Services) Protection(context.Context) (core.Protection, error) {
	info := s.Vault.Info()
	p := core.Protection{Protector: info.Protector, RecoveryKey: info.Recovery}
	if !s.SessionOnly { // what a session keeps nowhere would be lost by locking it
		p.LockAfter = s.program.lockAfter(info.Protector)
	}
	return p, nil
}

// protection is the beginning of an entry about what protects the vault.
func protection(what string) core.Activity {
	return core.Activity{Action: core.ChangedProtector, Subject: what}
}

// SetLockAfter lets environments lock themselves after some time without a hand
// at the keyboard, in whole minutes; 0 means never.
func (s *Services) SetLockAfter(d time.Duration) error {
	minutes := settings.NeverLock
	if d > 0 {
		minutes = int((d + time.Minute - 1) / time.Minute)
	}
	return s.program.change(func(s *settings.Settings) { s.LockMinutes = minutes })
}

func (p *Program) lockAfter(protector core.Protector) time.Duration {
	switch minutes := p.current().LockMinutes; {
	case minutes > 0:
		return time.Duration(minutes) * time.Minute
	case minutes == 0 && protector == core.ByPassphrase:
		return lockAfter
	}
	return 0
}

// ChangePassphrase puts another passphrase in the place of the old one. Errors:
// Passphrase if old is not it, Invalid if next is too short or there is none.
func (s *Services) ChangePassphrase(ctx context.Context, old, next secret.Text) (err error) {
	defer s.did(ctx, protection(say.SubjectNewPassphrase), &err)
	s.protecting.Lock()
	defer s.protecting.Unlock()
	if s.box == nil {
		return fault.New("boot: change passphrase", fault.Invalid, errNoPassphrase)
	}
	return s.box.ChangePassphrase(ctx, old, next)
}

// NewRecoveryKey makes a recovery key, in the place of an earlier one, and
// returns it as a person notes it down. It is shown this once, and kept nowhere.
// After an error there is no recovery key at all.
func (s *Services) NewRecoveryKey(ctx context.Context) (_ secret.Text, err error) {
	defer s.did(ctx, protection(say.SubjectNewRecoveryKey), &err)
	key, err := s.renewRecovery(ctx)
	if err != nil {
		return secret.Text{}, err
	}
	s.shred(ctx)
	return key.Text(), nil
}

func (s *Services) renewRecovery(ctx context.Context) (recovery.Key, error) {
	s.protecting.Lock()
	defer s.protecting.Unlock()
	if s.SessionOnly {
		return recovery.Key{}, fault.New("boot: new recovery key", fault.Unsupported, nil)
	}
	key := recovery.New()
	if err := s.Vault.PutSetting(renewSetting, "begun"); err != nil {
		return recovery.Key{}, err
	}
	if err := s.setRecovery(ctx, key); err != nil {
		return recovery.Key{}, errors.Join(err, s.dropUnseen(context.WithoutCancel(ctx)))
	}
	return key, s.Vault.PutSetting(renewSetting, "")
}

func (s *Services) setRecovery(ctx context.Context, key recovery.Key) error {
	wrapping, err := lockbox.RecoveryWrapping(key, s.Vault.ID())
	if err != nil {
		return err
	}
	if err := s.Vault.PutSetting(wrappingSetting, hex.EncodeToString(wrapping)); err != nil {
		return err
	}
	if s.box != nil {
		if err := s.box.SetRecovery(ctx, wrapping); err != nil {
			return err
		}
	}
	return s.Vault.SetRecovery(key)
}

// recoveryWrapping returns what the recovery key wraps a lockbox under, or nil.
func (s *Services) recoveryWrapping() ([]byte, error) {
	text, _, err := s.Vault.Setting(wrappingSetting)
	if err != nil || text == "" {
		return nil, err
	}
	return hex.DecodeString(text)
}

// DropRecoveryKey makes the recovery key worthless, also for what is left of its
// slot in the vault's file.
func (s *Services) DropRecoveryKey(ctx context.Context) (err error) {
	defer s.did(ctx, protection(say.SubjectNoRecoveryKey), &err)
	drop := func() error {
		s.protecting.Lock()
		defer s.protecting.Unlock()
		return s.dropRecovery(ctx)
	}
	if err := drop(); err != nil {
		return err
	}
	s.shred(ctx)
	return nil
}

// dropRecovery drops the slot of the vault last: as long as it is there, the
// person is told that there is a recovery key, and can ask again.
func (s *Services) dropRecovery(ctx context.Context) error {
	if s.box != nil {
		if err := s.box.DropRecovery(ctx); err != nil {
			return err
		}
	}
	if err := s.Vault.PutSetting(wrappingSetting, ""); err != nil {
		return err
	}
	return s.Vault.DropRecovery()
}

// dropUnseen drops a recovery key that was made and never shown, so that nobody
// relies on it.
func (s *Services) dropUnseen(ctx context.Context) error {
	begun, _, err := s.Vault.Setting(renewSetting)
	if err != nil || begun == "" {
		return err
	}
	if err := s.dropRecovery(ctx); err != nil {
		return err
	}
	return s.Vault.PutSetting(renewSetting, "")
}

// settle ends what an earlier run has begun with protector and recovery key. It
// keeps nobody from their data: what fails now is tried again at the next start.
func (s *Services) settle(ctx context.Context) {
	// Nobody has asked for this, so nobody answers a keychain's question.
	tidying, cancel := context.WithTimeout(context.Background(), tidyTime)
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	if err := errors.Join(s.tidy(tidying), s.dropUnseen(tidying)); err != nil {
		s.program.log.Warn("old entries of secrets are left for the next start", "error", err)
	}
}
