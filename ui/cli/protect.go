package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

// newFileFlag names the file that holds a new passphrase.
const newFileFlag = "new-passphrase-file"

func (c *command) protectCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "protect",
		Short: "Show or choose what protects your data: the keychain or a passphrase",
		Long: `Shows what the key of your data, and the access to your banks, is protected by.
With "passphrase" or "keychain", moves all of it there. On a machine without a
keychain, "bankbook protect passphrase" is how to begin.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.with(cmd.Context(), c.printProtection) },
	}
	cmd.AddCommand(c.protectPassphraseCommand(), &cobra.Command{
		Use:   "keychain",
		Short: "Protect your data by the system's keychain",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error {
				if err := s.UseKeychain(secret.Attended(ctx)); err != nil {
					return err
				}
				return c.printProtection(ctx, s)
			})
		},
	})
	return cmd
}

func (c *command) protectPassphraseCommand() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "passphrase",
		Short: "Protect your data by a passphrase",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return c.protectByPassphrase(cmd.Context(), file) },
	}
	cmd.Flags().StringVar(&file, newFileFlag, "", "file whose first line is the passphrase; - is standard input")
	return cmd
}

// protectByPassphrase moves secrets into a lockbox, or begins with one where
// there is no data yet.
func (c *command) protectByPassphrase(ctx context.Context, file string) (err error) {
	p, env, err := c.prepare(nil)
	if err != nil {
		return err
	}
	_, missing := os.Lstat(boot.VaultPath(p.DataDir(), env))
	if missing == nil || c.sessionOnly {
		return errors.Join(p.Close(), c.with(ctx, func(ctx context.Context, s *boot.Services) error {
			passphrase, err := c.newPassphrase(ctx, say.AskNewPassphrase, file)
			if err != nil {
				return err
			}
			if err := s.UsePassphrase(secret.Attended(ctx), passphrase); err != nil {
				return err
			}
			return c.printProtection(ctx, s)
		}))
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	passphrase, err := c.newPassphrase(ctx, say.AskNewPassphrase, file)
	if err != nil {
		return err
	}
	s, err := p.Open(ctx, boot.Choice{Env: env, Protector: core.ByPassphrase, Passphrase: passphrase})
	if err != nil {
		return err
	}
	return errors.Join(c.printProtection(ctx, s), s.Close())
}

func (c *command) printProtection(ctx context.Context, s *boot.Services) error {
	got, err := s.Protection(ctx)
	if err != nil {
		return err
	}
	return c.output().print(
		protectionRecord{Protector: got.Protector, RecoveryKey: got.RecoveryKey, LockAfterSeconds: int(got.LockAfter.Seconds())},
		table{head: []string{"Protected by", "Recovery key", "Locks after"}, rows: [][]string{
			{say.Protector(got.Protector), say.HasRecoveryKey(got.RecoveryKey), say.LockAfter(got.LockAfter)},
		}})
}

func (c *command) passphraseCommand() *cobra.Command {
	var file string
	var forgotten bool
	cmd := &cobra.Command{
		Use:   "passphrase",
		Short: "Change the passphrase, or replace a lost one with the recovery key",
		Long: `Changes the passphrase that protects your data. With --forgotten, the recovery
key takes the place of the old one, and --passphrase-file holds that; what a lost
keychain protected is then protected by the new passphrase.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if forgotten {
				return c.replacePassphrase(cmd.Context(), file)
			}
			return c.changePassphrase(cmd.Context(), file)
		},
	}
	cmd.Flags().StringVar(&file, newFileFlag, "", "file whose first line is the new passphrase; - is standard input")
	cmd.Flags().BoolVar(&forgotten, "forgotten", false, "use the recovery key in the place of the old passphrase")
	return cmd
}

func (c *command) changePassphrase(ctx context.Context, file string) error {
	return c.with(ctx, func(ctx context.Context, s *boot.Services) error {
		next, err := c.newPassphrase(ctx, say.AskNewPassphrase, file)
		if err != nil {
			return err
		}
		if err := s.ChangePassphrase(ctx, c.opened, next); err != nil {
			return err
		}
		return c.say(say.PassphraseChanged)
	})
}

// replacePassphrase opens data with the recovery key, and gives it a new
// passphrase.
func (c *command) replacePassphrase(ctx context.Context, file string) (err error) {
	p, env, err := c.prepare(nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	choice := boot.Choice{Env: env, Protector: core.ByPassphrase}
	if _, err := os.Lstat(boot.VaultPath(p.DataDir(), env)); err != nil {
		return fault.New("open with the recovery key", fault.NotFound, err)
	}
	if choice.RecoveryKey, err = c.current(ctx, say.AskRecoveryKey); err != nil {
		return err
	}
	if choice.Passphrase, err = c.newPassphrase(ctx, say.AskNewPassphrase, file); err != nil {
		return err
	}
	s, err := p.Open(ctx, choice)
	if err != nil {
		return err
	}
	return errors.Join(c.say(say.PassphraseChanged), s.Close())
}

func (c *command) recoveryKeyCommand() *cobra.Command {
	remove := false
	cmd := &cobra.Command{
		Use:   "recovery-key",
		Short: "Print a new recovery key, in the place of an earlier one",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error {
				if remove {
					if err := s.DropRecoveryKey(ctx); err != nil {
						return err
					}
					return c.say(say.RecoveryKeyGone)
				}
				return c.printRecoveryKey(ctx, s)
			})
		},
	}
	cmd.Flags().BoolVar(&remove, "remove", false, "make the recovery key worthless, and print none")
	return cmd
}

func (c *command) printRecoveryKey(ctx context.Context, s *boot.Services) error {
	key, err := s.NewRecoveryKey(ctx)
	if err != nil {
		return err
	}
	if !c.asJSON {
		c.note("%s", say.RecoveryKeyNote)
	}
	return c.output().print(recoveryKeyRecord{RecoveryKey: key.Reveal()}, table{head: []string{"Recovery key"}, rows: [][]string{{key.Reveal()}}})
}

// say prints a sentence for people; machines see from the exit code that it is
// done.
func (c *command) say(sentence string) error {
	if c.asJSON {
		return nil
	}
	_, err := fmt.Fprintln(c.program.Out, sentence)
	return written(err)
}
