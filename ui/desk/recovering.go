package desk

import (
	"context"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

// recover puts the last whole state in the place of damaged data, says what is
// lost, and opens it.
func (d *desk) recover(choice boot.Choice) {
	working, cancel := context.WithCancel(secret.Attended(d.ctx))
	d.shell.Working("Recovering your data…", cancel)
	program := d.program
	d.runner.Go(func(ctx context.Context) {
		defer cancel()
		defer context.AfterFunc(ctx, cancel)()
		done, err := program.Recover(working, choice)
		d.runner.UI(func() { d.recovered(choice, done, err) })
	})
}

func (d *desk) recovered(choice boot.Choice, done core.Recovery, err error) {
	switch {
	case fault.Is(err, fault.Locked, fault.Passphrase):
		d.showLock(locked{choice: choice, protection: core.Protection{Protector: core.ByPassphrase}, damaged: true})
	case err != nil:
		d.failed(choice, core.Protection{}, err)
	default:
		d.shell.Recovered(say.Recovery(done, d.now()), func() { d.open(choice) })
	}
}

// recoverOpen recovers data that is open. What a passphrase protects has to be
// unlocked for that: the passphrase is not kept.
func (d *desk) recoverOpen(services *boot.Services) {
	choice, p := boot.Choice{Env: services.Env}, d.protection
	d.shell.Working("Recovering your data…", nil)
	d.opened = nil
	log := d.program.Log()
	d.runner.Go(func(context.Context) {
		if err := d.custody.close(services); err != nil {
			log.Error("close damaged data", "error", err)
		}
		d.runner.UI(func() {
			if p.Protector == core.ByPassphrase {
				d.showLock(locked{choice: choice, protection: p, damaged: true})
				return
			}
			d.recover(choice)
		})
	})
}
