package shell_test

import (
	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/shell"
	"bankbook/ui/uitest"
)

// atAccount shows the page of an account, after change.
func (b *bench) atAccount(id core.AccountID, change func(*core.Account)) {
	b.bakery.bakers(id, change)
	b.ready(core.Practice)
	b.Go(shell.Account{ID: id})
	b.settle()
}

// bakers changes an account of the bakery.
func (b *bakery) bakers(id core.AccountID, change func(*core.Account)) {
	for i := range b.accounts {
		if b.accounts[i].ID == id {
			change(&b.accounts[i])
		}
	}
}

// byHand adds a bank that is kept by hand, with an account.
func (b *bakery) byHand(bank, name string, minor int64) {
	item := b.addBank("manual-"+bank, "", bank, core.Connected, 0)
	item.Connection = core.ByHand
	b.addAccount(core.Account{
		ID: core.AccountID("manual-" + name), Item: item.ID, Name: name, Type: core.Depository, Subtype: "checking",
		Balance: core.Balance{Current: usd(minor)},
	})
}

func unverified(a *core.Account) {
	a.ACH.Status, a.ACH.From, a.ACH.RoutingLast4, a.ACH.NumberLast4 = core.Unverified, core.ByHand, "0021", "7890"
	a.Choices.Nickname = "Payroll"
}

func asItIs(*core.Account) {}

func (b *bench) addManually() {
	b.ready(core.Practice)
	b.Go(shell.Banks{})
	b.settle()
	b.tap("Add account manually")
	uitest.Type(b.t, b.canvas(), "Where the account is", "Mill Valley Savings")
	uitest.Type(b.t, b.canvas(), "What you call it", "Rainy day")
	uitest.Type(b.t, b.canvas(), "5 to 17 digits", "1111222233334417")
}

func accountStops() []stop {
	return []stop{
		{"account", func(b *bench) { b.atAccount("payroll", unverified) }},
		{"account-verified", func(b *bench) {
			b.atAccount("checking", func(a *core.Account) { a.ACH.RoutingLast4, a.ACH.Tokenized = "1533", true })
		}},
		{"account-card", func(b *bench) { b.atAccount("card", asItIs) }},
		{"account-sign-in", func(b *bench) { b.atAccount("reserve", asItIs) }},
		{"account-stopped", func(b *bench) {
			b.atAccount("savings", func(a *core.Account) { a.Choices.Status = core.Stopped })
		}},
		{"account-unshared", func(b *bench) {
			b.atAccount("savings", func(a *core.Account) { a.Unshared = true })
			b.tap("More for this account")
		}},
		{"account-manual", func(b *bench) {
			b.bakery.byHand("Cash box", "Coins", 24000)
			b.atAccount("manual-Coins", asItIs)
		}},
		{"account-asking", func(b *bench) {
			b.ledger.wait = make(chan struct{})
			b.atAccount("checking", asItIs)
			uitest.Tap(b.t, b.canvas(), "Get balance now")
		}},
		{"account-costs", func(b *bench) {
			b.ledger.costs = true
			b.atAccount("checking", asItIs)
			b.tap("Get balance now…")
		}},
		{"account-missing", func(b *bench) { b.atAccount("nowhere", asItIs) }},
		{"account-failed", func(b *bench) {
			b.ready(core.Practice)
			b.bakery.err = fault.New("vault: read", fault.Unreadable, nil)
			b.Go(shell.Account{ID: "checking"})
			b.settle()
		}},
		{"account-menu-more", func(b *bench) { b.atAccount("checking", asItIs); b.tap("More for this account") }},
		{"account-remove", func(b *bench) {
			b.atAccount("savings", func(a *core.Account) { a.Unshared = true })
			b.tap("More for this account")
			b.tap("Remove account…")
		}},
		{"account-numbers", func(b *bench) {
			b.atAccount("reserve", asItIs)
			b.tap("Add numbers…")
			uitest.Type(b.t, b.canvas(), "Nine digits", "021000021")
		}},
		{"account-reveal", func(b *bench) {
			b.ledger.passphrase = "correct horse battery"
			b.atAccount("payroll", unverified)
			b.tap("Reveal…")
		}},
		{"account-revealed", func(b *bench) {
			b.atAccount("payroll", unverified)
			b.tap("Reveal…")
			b.tap("Show numbers")
		}},
		{"account-copy", func(b *bench) { b.atAccount("payroll", unverified); b.tap("Copy…") }},
		{"banks-by-hand", func(b *bench) {
			b.bakery.byHand("Cash box", "Coins", 24000)
			b.bakery.byHand("Mill Valley Savings", "Rainy day", 100000)
			b.bakery.bakers("manual-Rainy day", unverified)
			b.bakery.bakers("checking", func(a *core.Account) { a.Choices.Primary = core.Primary{Deposits: true, Withdrawals: true} })
			b.bakery.bakers("payroll", unverified)
			b.bakery.bakers("reserve", func(a *core.Account) { a.Choices.Hidden = true })
			b.bakery.bakers("savings", func(a *core.Account) { a.Choices.Status = core.Stopped })
			b.ready(core.Practice)
			b.Go(shell.Banks{})
			b.settle()
		}},
		{"account-add", func(b *bench) {
			b.addManually()
			uitest.Type(b.t, b.canvas(), "Nine digits", "021000021")
		}},
		{"account-add-error", func(b *bench) {
			b.addManually()
			uitest.Type(b.t, b.canvas(), "Nine digits", "021000012")
		}},
	}
}
