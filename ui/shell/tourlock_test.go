package shell_test

import (
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/ui/say"
	"bankbook/ui/screen/lock"
	"bankbook/ui/shell"
	"bankbook/ui/uitest"
)

// atSettings goes to the settings and presses what leads to a state.
func atSettings(presses ...string) func(*bench) {
	return func(b *bench) {
		b.lock = func() {}
		b.ready(core.Practice)
		b.Go(shell.Settings{})
		b.settle()
		for _, text := range presses {
			b.tap(text)
		}
	}
}

func settingsStops() []stop {
	return []stop{
		{"settings", atSettings("Check now")},
		{"settings-backup", atSettings("Back up…")},
		{"settings-schedule", atSettings("Every 6 hours")},
		{"settings-backup-wrong", atSettings("Back up…", "Back up")},
		{"settings-restore", atSettings("Restore…")},
		{"settings-security", atSettings("Security")},
		{"settings-lock-after", atSettings("Security", "15 minutes")},
		{"settings-passphrase", atSettings("Security", "Change…")},
		{"settings-keychain", atSettings("Security", "Use keychain…")},
		{"settings-create-recovery", atSettings("Security", "Create…")},
		{"settings-recovery", atSettings("Security", "Create…", "Create recovery key")},
		{"settings-keys", atSettings("Security", "Change keys…")},
		{"settings-session", func(b *bench) { b.brief = true; atSettings("Security")(b) }},
		{"notices", func(b *bench) {
			b.rolledBack = core.RolledBack{Commit: 40, Seen: 43}
			b.recover = func() {}
			b.ready(core.Practice)
			b.bakery.bus.Publish(event.VaultDamaged{})
			b.settle()
		}},
		{"review-copy", func(b *bench) { b.review = true; b.ready(core.Practice) }},
	}
}

// locked shows the lock screen in front of the bakery.
func locked(by core.Protector) func(*bench) {
	return func(b *bench) {
		b.ready(core.Practice)
		b.Lock(lock.Deps{Protector: by, HasRecovery: true, Open: b.refuse, Source: func() {}, Opened: func() {}})
		b.settle()
	}
}

func lockStops() []stop {
	return []stop{
		{"recovered", func(b *bench) {
			b.Recovered(say.Recovery(core.Recovery{
				From: core.FromSnapshot, Since: now.Add(-20 * time.Hour), Report: core.VaultReport{Items: 4, Accounts: 6, Rows: 1093},
			}, now), func() {})
			b.settle()
		}},
		{"locked", locked(core.ByPassphrase)},
		{"locked-wrong", func(b *bench) {
			b.openErr = fault.New("open", fault.Passphrase, nil)
			locked(core.ByPassphrase)(b)
			b.unlock("wrong")
		}},
		{"locked-keychain", locked(core.ByKeychain)},
		{"locked-keychain-failed", func(b *bench) {
			b.openErr = fault.New("open", fault.KeychainTimeout, nil)
			locked(core.ByKeychain)(b)
			b.tap("Unlock with keychain")
		}},
		{"locked-recovery", func(b *bench) {
			locked(core.ByPassphrase)(b)
			b.tap("Use recovery key…")
			uitest.Type(b.t, b.canvas(), "Recovery key", "7KQ2M-")
			b.settle()
		}},
	}
}
