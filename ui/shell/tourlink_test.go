package shell_test

import (
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/ui/shell"
	"bankbook/ui/uitest"
)

func (b *bench) session(e core.Environment, s link.Session) {
	s.ID = "l1"
	if s.Options.HistoryDays == 0 {
		s.Options = link.Options{Kinds: []core.AccountType{core.Depository, core.Credit}, HistoryDays: 730}
	}
	_ = b.bakery.put(s)
	b.ready(e)
	b.Go(shell.LinkSession{ID: "l1"})
	b.settle()
}

func linkStops() []stop {
	page := link.Session{Stage: link.Waiting, URL: "https://secure.plaid.com/link/lp1234567890abcdef", Expires: now.Add(28*time.Minute + 41*time.Second)}
	noBrowser := page
	noBrowser.NoBrowser, noBrowser.URL = true, "http://127.0.0.1:41234/link/lp1234567890abcdef"
	repair := page
	repair.Purpose, repair.Repairs, repair.URL = link.Repair, "gingham", noBrowser.URL
	platypus := core.Institution{ID: "ins_109508", Name: "First Platypus Bank"}
	return []stop{
		{"link-options", func(b *bench) { b.ready(core.Sandbox); b.Go(shell.LinkBank{}); b.settle() }},
		{"link-preparing", func(b *bench) { b.session(core.Sandbox, link.Session{Stage: link.Preparing}) }},
		{"link-browser", func(b *bench) { b.session(core.Sandbox, page) }},
		{"link-no-browser", func(b *bench) { b.session(core.Practice, noBrowser) }},
		{"link-repair", func(b *bench) { b.session(core.Practice, repair) }},
		{"link-duplicate", func(b *bench) {
			b.session(core.Production, link.Session{Stage: link.Deciding, Found: []link.Candidate{{
				Institution: platypus, Twins: []core.AccountID{"checking", "savings"},
				Accounts: []bank.LinkAccount{
					{ID: "x", Name: "Checking", Mask: "0000", Type: core.Depository, Subtype: "checking"},
					{ID: "y", Name: "Savings", Mask: "1111", Type: core.Depository, Subtype: "savings"},
					{ID: "z", Name: "Money market", Mask: "4444", Type: core.Depository, Subtype: "money market"},
				},
			}}})
		}},
		{"link-keychain", func(b *bench) {
			b.session(core.Sandbox, link.Session{Stage: link.Exchanging, Trouble: core.Trouble{Kind: fault.KeychainLocked}, Found: []link.Candidate{{Institution: platypus}}})
		}},
		{"link-advanced", linkAdvanced},
		{"link-accounts", func(b *bench) {
			s := page
			s.Purpose, s.Repairs = link.Accounts, "gingham"
			b.session(core.Sandbox, s)
		}},
		{"link-accounts-done", func(b *bench) {
			b.bakery.accounts[1].Unshared = true
			b.session(core.Sandbox, link.Session{
				Stage: link.Done, Purpose: link.Accounts, Repairs: b.bakery.accounts[1].Item, Before: []core.AccountID{b.bakery.accounts[1].ID},
				Moved: []link.Move{{Old: b.bakery.accounts[1].ID, New: b.bakery.accounts[0].ID}},
			})
		}},
		{"link-numbers", func(b *bench) {
			s := page
			s.Purpose, s.Repairs = link.Products, "gingham"
			b.session(core.Practice, s)
		}},
		{"link-verify", func(b *bench) {
			s := noBrowser
			s.NoBrowser, s.Purpose, s.Repairs = false, link.Verify, "gingham"
			b.session(core.Practice, s)
		}},
		{"link-code-wrong", func(b *bench) {
			b.session(core.Sandbox, link.Session{
				Stage: link.Exited, Purpose: link.Verify, Repairs: "gingham", Exit: bank.LinkExit{Code: "TOO_MANY_VERIFICATION_ATTEMPTS", RequestID: "abc"},
			})
		}},
		{"link-accounts-left", func(b *bench) {
			b.session(core.Sandbox, link.Session{
				Stage: link.Exited, Purpose: link.Accounts, Repairs: "gingham", Exit: bank.LinkExit{Status: "requires_account_selection", RequestID: "abc"},
			})
		}},
		{"link-first-sync", linkFirstSync},
		{"link-done", func(b *bench) {
			b.session(core.Sandbox, link.Session{Stage: link.Done, Items: []core.ItemID{"platypus"}})
		}},
		{"link-done-again", func(b *bench) {
			b.relinked(b.bakery.accounts[0])
			b.session(core.Sandbox, link.Session{Stage: link.Done, Items: []core.ItemID{"platypus"}})
		}},
		{"link-exited", func(b *bench) {
			b.session(core.Sandbox, link.Session{Stage: link.Exited, Exit: bank.LinkExit{Status: "requires_credentials"}})
		}},
		{"link-wrong-password", func(b *bench) {
			b.session(core.Sandbox, link.Session{Stage: link.Exited, Exit: bank.LinkExit{Code: "INVALID_CREDENTIALS", Institution: platypus, RequestID: "abc"}})
		}},
		{"link-expired", func(b *bench) { b.session(core.Sandbox, link.Session{Stage: link.Expired}) }},
		{"link-lost", func(b *bench) {
			b.session(core.Sandbox, link.Session{Stage: link.Failed, Trouble: core.Trouble{Kind: fault.Expired, Code: "LINK_ACCESS_LOST"}})
		}},
	}
}

func linkAdvanced(b *bench) {
	b.ready(core.Sandbox)
	b.Go(shell.LinkBank{})
	b.settle()
	b.tap("Show advanced options")
	uitest.Type(b.t, b.canvas(), "https://", "http://example.org")
	b.settle()
	b.tap("Continue")
	b.settle()
}

func linkFirstSync(b *bench) {
	b.session(core.Sandbox, link.Session{Stage: link.Syncing, Items: []core.ItemID{"platypus"}})
	b.bakery.bus.Publish(event.SyncProgress{
		Item: "platypus", Running: true, Rows: 1240, Started: now.Add(-20 * time.Second), Phase: core.InitialDone,
		Accounts: map[core.AccountID]event.AccountProgress{"checking": {Rows: 864, Oldest: core.NewDate(2026, 3, 2)}},
	})
	b.settle()
}
