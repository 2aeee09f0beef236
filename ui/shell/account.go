package shell

import (
	"context"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/ach"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/ui/kit"
	"bankbook/ui/say"
	"bankbook/ui/screen/account"
	"bankbook/ui/sheet"
)

// Accounts is what the window does with accounts.
type Accounts interface {
	account.Service
	// AddAccount adds an account that is kept by hand, with numbers if there are any.
	AddAccount(ctx context.Context, n accounts.NewAccount, numbers *ach.Entry) error
}

// accountPage is the page of one account.
func accountPage(w *window) (*account.Model, *page) {
	m := account.New(account.Deps{
		Runner: w.shell.deps.Runner, Now: w.shell.deps.Now, Service: w.services.Accounts,
		Undo: w.shell.undo, Say: w.shell.Say, Report: w.shell.Report, CopyDetails: w.shell.CopyDetails,
		CopySecret: w.shell.copyNumber,
		Navigate: account.Navigate{
			Banks:        func() { w.visit(Banks{}) },
			Transactions: func(id core.AccountID) { w.visit(Transactions{Account: id}) },
			Repair:       func(id core.ItemID) { w.visit(RepairBank{Item: id}) },
			Verify:       func(i core.ItemID, a core.AccountID) { w.visit(VerifyAccount{Item: i, Account: a}) },
		},
	})
	view := account.NewView(m)
	p := &page{content: view.Content(), title: m.Title, beside: m.Mask, show: nothing, hide: m.Hide, age: m.Load}
	p.handle = func(e event.Event) { m.Handle(e) }
	p.trail = func() []kit.Crumb {
		trail := []kit.Crumb{{Text: "Banks", OnTap: func() { w.visit(Banks{}) }}}
		if bank := m.Bank(); bank != "" {
			trail = append(trail, kit.Crumb{Text: bank, OnTap: func() { w.visit(Banks{}) }})
		}
		return trail
	}
	m.OnTitle(func() {
		if w.page == p {
			w.header.show(p)
		}
	})
	return m, p
}

// copyNumber puts a number on the clipboard for a short while.
func (s *Shell) copyNumber(n bank.Numbers, routing bool) {
	number, what := n.Number, "Account number"
	if routing {
		number, what = n.Routing, "Routing number"
	}
	s.guard.Put(number)
	s.Say(what + " copied for 30 seconds")
}

// Forget takes a number off the clipboard that was copied, as when the program
// ends.
func (s *Shell) Forget() { s.guard.Clear() }

// addAccount asks for an account that is kept by hand. The profile that is shown is
// proposed as its owner.
func (w *window) addAccount() {
	service, runner := w.services.Accounts, w.shell.deps.Runner
	runner.Go(func(context.Context) {
		owners, err := service.AccountOwners()
		runner.UI(func() {
			if err != nil {
				w.shell.Report(err)
				return
			}
			w.showAddAccount(owners)
		})
	})
}

func (w *window) showAddAccount(owners []core.Profile) {
	service := w.services.Accounts
	var list []core.Profile
	for _, p := range owners {
		if w.services.Profile == "" || p.ID == w.services.Profile {
			list = append(list, p)
		}
	}
	sheet.Account(w.shell.host(), sheet.AccountSpec{
		Owners: list, Kept: say.NumbersKept(service.Confirms()), Add: service.AddAccount,
		Added: func(name string) { w.shell.Say(name + " added") },
	})
}
