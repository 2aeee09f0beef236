package shell_test

import (
	"context"
	"flag"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/ui/screen/welcome"
	"bankbook/ui/sheet"
	"bankbook/ui/shell"
	"bankbook/ui/uitest"
)

// tour is where TestTour leaves its pictures.
var tour = flag.String("tour", "", "draw every screen and state into this folder")

// stop is a state of the window to draw.
type stop struct {
	name string
	at   func(*bench)
}

func stops() []stop {
	return slices.Concat(screenStops(), accountStops(), settingsStops(), keyStops(), activityStops(), linkStops(), startStops(), lockStops())
}

func practice(b *bench) { b.ready(core.Practice) }

func screenStops() []stop {
	return []stop{
		{"overview", practice},
		{"overview-empty", func(b *bench) {
			b.bakery.items, b.bakery.accounts, b.bakery.rows = nil, nil, nil
			b.ready(core.Practice)
		}},
		{"overview-first-sync", func(b *bench) {
			b.bakery.items, b.bakery.accounts, b.bakery.rows = b.bakery.items[:1], b.bakery.accounts[:2], nil
			b.bakery.items[0].Sync = core.SyncState{}
			_ = b.bakery.put(link.Session{ID: "l1", Stage: link.Waiting})
			b.ready(core.Sandbox)
		}},
		{"overview-failed", func(b *bench) {
			b.bakery.err = fault.New("vault: read items", fault.VaultDamaged, nil)
			b.ready(core.Production)
		}},
		{"banks", func(b *bench) { b.ready(core.Practice); b.Go(shell.Banks{}); b.settle() }},
		{"banks-syncing", banksSyncing},
		{"banks-deposit", func(b *bench) {
			b.bakery.items[3].Institution, b.bakery.items[3].Status = core.Institution{}, core.Connected
			for i := range b.bakery.accounts {
				if b.bakery.accounts[i].Item == b.bakery.items[3].ID {
					b.bakery.accounts[i].ACH = core.ACHAccount{Status: core.VerifyPending}
				}
			}
			b.ready(core.Practice)
			b.Go(shell.Banks{})
			b.settle()
			b.tap("More for First Gingham Credit Union")
		}},
		{"banks-remove", func(b *bench) {
			b.ready(core.Production)
			b.Go(shell.Banks{})
			b.settle()
			b.tap("More for First Platypus Bank")
			b.tap("Remove bank…")
		}},
		{"profile-menu", func(b *bench) { b.ready(core.Practice); b.tap("Juniper Bakery LLC") }},
		{"profile-new", func(b *bench) { b.ready(core.Practice); b.tap("Juniper Bakery LLC"); b.tap("New profile…") }},
		{"profile-edit", func(b *bench) { b.ready(core.Practice); b.tap("Juniper Bakery LLC"); b.tap("Edit this profile…") }},
		{"profile-delete", func(b *bench) {
			b.ready(core.Production)
			b.tap("Juniper Bakery LLC")
			b.tap("Edit this profile…")
			b.tap("Delete…")
		}},
		{"banks-leaving", func(b *bench) {
			b.bakery.items[0].Leaving = core.Leaving{Since: now}
			b.bakery.items[3].Leaving = core.Leaving{Since: now, Told: true, Trouble: core.Trouble{Kind: fault.Network}}
			b.ready(core.Practice)
			b.Go(shell.Banks{})
			b.settle()
		}},
		{"banks-continue", func(b *bench) {
			b.bakery.earlier = earlierBanks()
			b.ready(core.Practice)
			b.askContinue()
		}},
		{"banks-empty", func(b *bench) {
			b.bakery.items, b.bakery.accounts = nil, nil
			b.ready(core.Practice)
			b.Go(shell.Banks{})
			b.settle()
		}},
		{"transactions", func(b *bench) { b.ready(core.Practice); b.Go(shell.Transactions{}); b.settle() }},
		{"transactions-detail", transactionsDetail},
		{"transactions-found", func(b *bench) {
			b.ready(core.Practice)
			b.Go(shell.Transactions{Text: "farm", Account: "checking"})
			b.settle()
		}},
		{"transactions-nothing", func(b *bench) {
			b.ready(core.Practice)
			b.Go(shell.Transactions{Text: "farm", Account: "card"})
			b.settle()
		}},
		{"transactions-empty", func(b *bench) {
			b.bakery.rows = nil
			b.ready(core.Practice)
			b.Go(shell.Transactions{})
			b.settle()
		}},
		{"palette", func(b *bench) {
			b.ready(core.Practice)
			b.tap("Search or type a command")
			uitest.Type(b.t, b.canvas(), "Search or type a command", "ging")
			b.settle()
		}},
		{"account-menu", func(b *bench) {
			b.ready(core.Practice)
			b.Go(shell.Transactions{})
			b.settle()
			b.tap("Account")
		}},
		{"report", func(b *bench) {
			b.ready(core.Practice)
			b.Report(fault.New("sync", fault.Network, nil))
			b.settle()
		}},
		{"report-details", func(b *bench) {
			b.ready(core.Practice)
			b.Report(fault.New("sync", fault.Network, nil))
			b.settle()
			b.tap("Show")
		}},
	}
}

func banksSyncing(b *bench) {
	b.bakery.items[3].Sync = core.SyncState{}
	b.bakery.items[0].Sync.Trouble = core.Trouble{Kind: fault.BankDown}
	b.ready(core.Practice)
	b.Go(shell.Banks{})
	b.settle()
	b.bakery.bus.Publish(event.SyncProgress{Item: "houndstooth", Running: true, Rows: 1240, Started: now.Add(-20 * time.Second)})
	b.settle()
}

func transactionsDetail(b *bench) {
	b.ready(core.Practice)
	b.Go(shell.Transactions{})
	b.settle()
	b.tap("Blue Door Diner")
}

func (b *bench) choose(change func(*welcome.Deps)) {
	d := welcome.Deps{
		Folder:     "~/.local/share/bankbook",
		Keychain:   func(context.Context) error { return nil },
		Protector:  func(context.Context, core.Environment) (core.Protector, error) { return "", nil },
		HasKeys:    func(context.Context, core.Environment) (bool, error) { return false, nil },
		CheckKeys:  func(context.Context, core.Environment, welcome.Keys) error { return nil },
		Start:      func(context.Context, welcome.Choice) error { return nil },
		PickFolder: func() {},
		Restore: func(spec sheet.RestoreSpec) {
			spec.PickFile = func(chosen func(string)) { chosen("/media/disk/bankbook-backup-2026-11-16.age") }
			spec.Restore = func(context.Context, sheet.RestoreOrder) error { return b.restoreErr }
			b.Restore(spec)
		},
	}
	if change != nil {
		change(&d)
	}
	b.Choose(d)
	b.settle()
}

// restoreWith is a restoring that comes to nothing.
func (b *bench) restoreWith(kind fault.Kind) {
	b.restoreErr = fault.New("restore", kind, nil)
	b.choose(nil)
	b.tap("Restore a backup…")
	b.tap("Choose…")
	uitest.Type(b.t, b.canvas(), "Passphrase of the backup", "correct horse battery")
	b.tap("Restore and open")
}

func startStops() []stop {
	return []stop{
		{"starting", func(*bench) {}},
		{"welcome", func(b *bench) { b.choose(nil) }},
		{"welcome-keys", func(b *bench) { b.choose(nil); b.tap("Plaid Sandbox"); b.tap("Continue") }},
		{"welcome-keys-refused", func(b *bench) {
			b.choose(func(d *welcome.Deps) {
				d.CheckKeys = func(context.Context, core.Environment, welcome.Keys) error { return fault.New("t", fault.Keys, nil) }
			})
			b.tap("Plaid Production")
			b.tap("Continue")
			uitest.Type(b.t, b.canvas(), "Client ID", "5f3a9c2b7d1e4f6a8b0c2d4e")
			uitest.Type(b.t, b.canvas(), "Plaid Production secret", "0123456789abcdef0123456789abcd")
			b.tap("Check and open Plaid Production")
		}},
		{"welcome-no-keychain", func(b *bench) {
			b.choose(func(d *welcome.Deps) {
				d.Keychain = func(context.Context) error { return fault.New("keychain: probe", fault.KeychainMissing, nil) }
			})
		}},
		{"welcome-no-keychain-passphrase", func(b *bench) {
			b.choose(func(d *welcome.Deps) {
				d.Keychain = func(context.Context) error { return fault.New("keychain: probe", fault.KeychainMissing, nil) }
			})
			b.tap("Protect with a passphrase")
			b.tap("Start with the practice bank")
		}},
		{"welcome-passphrase", func(b *bench) { b.choose(nil); b.tap("Use a passphrase instead of the keychain") }},
		{"welcome-switch", func(b *bench) {
			b.choose(func(d *welcome.Deps) {
				d.Current, d.Back = core.Practice, func() {}
				d.HasKeys = func(context.Context, core.Environment) (bool, error) { return true, nil }
			})
			b.tap("Plaid Sandbox")
		}},
		{"welcome-restore", func(b *bench) { b.choose(nil); b.tap("Restore a backup…") }},
		{"welcome-restore-wrong", func(b *bench) { b.restoreWith(fault.Passphrase) }},
		{"welcome-restore-damaged", func(b *bench) { b.restoreWith(fault.BackupDamaged) }},
		{"welcome-restore-taken", func(b *bench) { b.restoreWith(fault.Occupied) }},
		{"failed-damaged", func(b *bench) {
			b.Failed(fault.New("vault: open", fault.VaultDamaged, nil), shell.Remedies{
				Recover: func() {}, OtherFolder: func() {}, Source: func() {},
			})
			b.settle()
		}},
		{"failed-key", func(b *bench) {
			b.Failed(fault.New("vault: open", fault.VaultKey, nil), shell.Remedies{
				Retry: func() {}, OtherFolder: func() {}, Source: func() {}, RecoveryKey: func() {},
			})
			b.settle()
		}},
		{"failed-in-use", func(b *bench) {
			b.Failed(fault.New("vault: open", fault.VaultInUse, nil), shell.Remedies{Retry: func() {}})
			b.settle()
		}},
		{"failed-keychain", func(b *bench) {
			b.Failed(fault.New("keychain: get", fault.KeychainLocked, nil), shell.Remedies{Retry: func() {}, SessionOnly: func() {}, Source: func() {}})
			b.settle()
		}},
	}
}

// TestTour brings the window into every state. With the flag -tour it draws
// each in light and dark, and the main ones in the smallest window.
func TestTour(t *testing.T) {
	for _, s := range stops() {
		t.Run(s.name, func(t *testing.T) {
			b := newBench(t, windowSize, uitest.Light)
			s.at(b)
			if len(uitest.Texts(b.canvas())) == 0 {
				t.Fatal("the window is empty")
			}
			if *tour == "" {
				return
			}
			b.draw(s.name)
			b = newBench(t, windowSize, uitest.Dark)
			s.at(b)
			b.draw(s.name + "-dark")
		})
	}
	if *tour == "" {
		return
	}
	for _, name := range []string{"overview", "banks", "account", "account-numbers", "account-add-error", "transactions-detail", "link-browser", "welcome", "welcome-no-keychain-passphrase", "welcome-restore-taken", "welcome-keys", "settings", "settings-plaid-keys", "settings-security", "settings-backup", "settings-recovery", "locked", "activity-failed-entry"} {
		for suffix, size := range map[string]fyne.Size{"-1080": fyne.NewSize(1080, 680), "-900": fyne.NewSize(900, 600)} {
			for _, s := range stops() {
				if s.name == name {
					b := newBench(t, size, uitest.Light)
					s.at(b)
					b.draw(name + suffix)
				}
			}
		}
	}
}

func (b *bench) draw(name string) {
	uitest.WritePNG(b.t, filepath.Join(*tour, name+".png"), b.canvas().Capture())
}
