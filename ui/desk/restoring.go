package desk

import (
	"context"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/boot"
	"bankbook/ui/screen/settings"
	"bankbook/ui/sheet"
	"bankbook/ui/shell"
)

// backup makes backups of what is open and of its neighbours.
func backup(s *boot.Services) func(context.Context, settings.BackupOrder) (core.BackupReport, error) {
	return func(ctx context.Context, o settings.BackupOrder) (core.BackupReport, error) {
		return s.Backup(ctx, boot.BackupOrder{Path: o.Path, Passphrase: o.Passphrase, Reviewer: o.Reviewer})
	}
}

// restored is what is said when a backup is back.
const restored = "Backup restored"

// restore puts a backup in the place of what is here. What is open is in its way,
// which is found out after all of the backup has been read and before anything is
// touched: only then is it closed.
func (d *desk) restore(s *boot.Services) func(context.Context, sheet.RestoreOrder) error {
	program := d.program
	return func(ctx context.Context, o sheet.RestoreOrder) error {
		order := boot.RestoreOrder{Path: o.Path, Passphrase: o.Passphrase, Protector: o.Protector, Replace: o.Replace}
		if order.Protector == core.ByPassphrase {
			order.NewPassphrase = o.Passphrase
		}
		_, err := program.Restore(ctx, order)
		switch {
		case fault.Is(err, fault.VaultInUse):
			d.runner.UI(func() { d.restoreClosed(s, order) })
			return nil
		case err == nil:
			d.runner.UI(func() { d.shell.Say(restored) })
		}
		return err
	}
}

// restoreClosed closes what is open, restores, and opens what has taken its
// place.
func (d *desk) restoreClosed(s *boot.Services, order boot.RestoreOrder) {
	choice := boot.Choice{Env: s.Env, Passphrase: order.NewPassphrase}
	d.shell.Working("Restoring your backup…", nil)
	d.opened = nil
	program := d.program
	d.runner.Go(func(ctx context.Context) {
		err := d.custody.close(s)
		if err == nil {
			_, err = program.Restore(secret.Attended(ctx), order)
		}
		d.runner.UI(func() {
			if err != nil {
				program.Log().Error("restore", "error", err)
				d.shell.Failed(err, shell.Remedies{Retry: func() { d.open(boot.Choice{Env: s.Env}) }, Source: d.choose})
				return
			}
			d.shell.Say(restored)
			d.open(choice)
		})
	})
}
