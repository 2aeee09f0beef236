package desk

import (
	"context"
	"slices"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/boot"
	"bankbook/ui/say"
	"bankbook/ui/screen/settings"
	"bankbook/ui/sheet"
	"bankbook/ui/shell"
)

// backup makes backups of what is open and of its neighbours.
func backup(s *boot.Services) func(context.Context, settings.BackupOrder) (core.BackupReport, error) {
	return func(ctx context.Context, o settings.BackupOrder) (core.BackupReport, error) {
		return s.Backup(ctx, boot.BackupOrder{Path: o.Path, Passphrase: o.Passphrase, Reviewer: o.Reviewer, Progress: o.Progress})
	}
}

// askRestore lets the person bring back a backup.
func (d *desk) askRestore(spec sheet.RestoreSpec) {
	spec.PickFile, spec.Restore = d.chooseFile, d.restore(d.opened)
	d.shell.Restore(spec)
}

// restore brings a backup back and opens it. What is open, nil if nothing is, can
// be in its way, which is found out after all of the backup has been read and
// before anything is touched: only then is it closed.
func (d *desk) restore(s *boot.Services) func(context.Context, sheet.RestoreOrder) error {
	program := d.program
	return func(ctx context.Context, o sheet.RestoreOrder) error {
		order := boot.RestoreOrder{Path: o.Path, Passphrase: o.Passphrase, Protector: o.Protector, Replace: o.Replace, Progress: o.Progress}
		if order.Protector == core.ByPassphrase {
			order.NewPassphrase = o.Passphrase
		}
		report, err := program.Restore(ctx, order)
		switch {
		case fault.Is(err, fault.VaultInUse) && s != nil && !s.SessionOnly:
			d.runner.UI(func() { d.restoreClosed(s, order) })
			return nil
		case err == nil:
			d.runner.UI(func() { d.restored(s, order, report) })
		}
		return err
	}
}

// restoreClosed closes what is open, restores, and opens what has taken its
// place.
func (d *desk) restoreClosed(s *boot.Services, order boot.RestoreOrder) {
	d.shell.Working("Restoring your backup…", nil)
	d.opened, order.Progress = nil, nil // its sheet is gone
	program := d.program
	d.runner.Go(func(ctx context.Context) {
		var report core.BackupReport
		err := d.custody.close(s)
		if err == nil {
			report, err = program.Restore(secret.Attended(ctx), order)
		}
		d.runner.UI(func() {
			if err != nil {
				program.Log().Error("restore", "error", err)
				d.shell.Failed(err, shell.Remedies{Retry: func() { d.open(boot.Choice{Env: s.Env}) }, Source: d.choose})
				return
			}
			d.restored(s, order, report)
		})
	})
}

// restored says what is back and opens it: the source that was open, nil if none
// was, or the one that was chosen last, if it is in the backup.
func (d *desk) restored(before *boot.Services, order boot.RestoreOrder, report core.BackupReport) {
	envs := make([]core.Environment, len(report.Sources))
	for i, source := range report.Sources {
		envs[i] = source.Env
	}
	env := d.program.Environment()
	if before != nil && slices.Contains(envs, before.Env) {
		env = before.Env
	}
	if !slices.Contains(envs, env) {
		env = envs[0]
	}
	d.program.Log().Info("restored", "environment", string(env), "sources", len(envs), "review", report.Review)
	d.shell.Say(say.Restored(report).Sentence)
	d.open(boot.Choice{Env: env, Passphrase: order.NewPassphrase})
}
