package desk

import (
	"context"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/boot"
	"bankbook/ui/screen/lock"
)

// lock closes what is open and shows nothing but the lock screen.
func (d *desk) lock() {
	services := d.opened
	if services == nil {
		return
	}
	d.opened = nil
	closed := make(chan struct{})
	d.showLock(locked{choice: boot.Choice{Env: services.Env}, protection: d.protection, closed: closed})
	log := d.program.Log()
	d.runner.Go(func(context.Context) {
		defer close(closed)
		if err := d.custody.close(services); err != nil {
			log.Error("lock", "environment", string(services.Env), "error", err)
			return
		}
		log.Info("closed", "environment", string(services.Env))
	})
}

// locked is what the lock screen stands before.
type locked struct {
	choice     boot.Choice
	protection core.Protection
	// closed ends when the data is closed; nil if it is.
	closed <-chan struct{}
	// recovery asks for the recovery key at once.
	recovery bool
	// damaged says that the data has to be recovered before it is opened.
	damaged bool
}

func (d *desk) showLock(l locked) {
	var came opening
	var done core.Recovery
	choice := l.choice
	program := d.program
	program.Log().Info("locked", "environment", string(choice.Env))
	d.shell.Lock(lock.Deps{
		Protector: l.protection.Protector, HasRecovery: l.protection.RecoveryKey && !l.damaged, Recovery: l.recovery,
		Open: func(ctx context.Context, k lock.Key) (err error) {
			if l.closed != nil {
				select {
				case <-l.closed:
				case <-ctx.Done():
					return fault.New("unlock", fault.Canceled, ctx.Err())
				}
			}
			choice = withKey(l.choice, k)
			if l.damaged {
				done, err = program.Recover(ctx, choice)
				return err
			}
			came, err = d.reopen(ctx, nil, program, choice)
			return openErr(came, err)
		},
		Opened: func() {
			if l.damaged {
				d.recovered(choice, done, nil)
				return
			}
			d.arrived(choice, came, nil)
		},
		Failed: func(err error) { d.failed(choice, l.protection, err) },
		Source: d.choose,
	})
}

// withKey is a choice with what a person has given to open it.
func withKey(c boot.Choice, k lock.Key) boot.Choice {
	c.Passphrase, c.RecoveryKey = k.Passphrase, k.Recovery
	if !k.Recovery.IsEmpty() && !k.Passphrase.IsEmpty() {
		c.Protector = core.ByPassphrase
	}
	return c
}

// openErr is the fault of what did not open. One that came with services is
// about something else, and no reason to stay locked.
func openErr(o opening, err error) error {
	if o.services != nil {
		return nil
	}
	return err
}
