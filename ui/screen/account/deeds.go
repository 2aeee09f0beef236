package account

import (
	"context"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/input"
	"bankbook/ui/say"
)

// Rename gives the account a nickname, "" takes it away. It can be undone. wrong is
// told what is wrong with it, "" if nothing is.
func (m *Model) Rename(name string, wrong func(string)) {
	id, before, service := m.id, m.state.Page.Choices.Nickname, m.deps.Service
	name, flaw := input.Line(name, accounts.MaxName)
	if !m.state.Ready || flaw == "" && name == before {
		wrong("")
		return
	}
	if flaw != "" {
		wrong(say.Problem(input.Problem{Field: accounts.Nickname, Flaw: flaw}))
		return
	}
	wrong("")
	set := func(name string) error {
		_, err := service.UpdateAccount(id, accounts.Changes{Nickname: &name})
		return err
	}
	text := "Nickname saved"
	if name == "" {
		text = "Nickname removed"
	}
	m.work(func() error { return set(name) }, func() { m.deps.Undo(text, func() error { return set(before) }) })
}

// Give gives the account to another profile. If that is not shown here, nor is the
// account any more. It can be undone.
func (m *Model) Give(owner core.Profile) {
	id, before, service := m.id, m.state.Page.Owner(), m.deps.Service
	if !m.state.Ready || owner.ID == before {
		return
	}
	title, given := m.Title(), accounts.Given{}
	m.work(func() (err error) { given, err = service.GiveAccount(id, owner.ID); return err }, func() {
		m.gave = true
		m.deps.Undo(title+" belongs to "+owner.Name+" now", func() error { return service.TakeBackAccount(given) })
	})
}

// SetHidden leaves the account out of lists and totals, or has it in them again.
func (m *Model) SetHidden(hidden bool) {
	id, service := m.id, m.deps.Service
	m.work(func() error {
		_, err := service.UpdateAccount(id, accounts.Changes{Hidden: &hidden})
		return err
	}, nil)
}

// SetPrimary makes the account the first choice for uses, or no longer.
func (m *Model) SetPrimary(uses core.Primary, on bool) {
	id, service := m.id, m.deps.Service
	m.work(func() error {
		_, err := service.SetPrimary(id, uses, on)
		return err
	}, nil)
}

// StopAccount lets the account take in nothing. It can be undone.
func (m *Model) StopAccount() { m.end(m.deps.Service.StopAccount, "Account stopped") }

// CloseAccount notes that the account no longer exists. It can be undone.
func (m *Model) CloseAccount() { m.end(m.deps.Service.CloseAccount, "Account closed") }

func (m *Model) end(do func(core.AccountID) (accounts.Row, error), text string) {
	id, service := m.id, m.deps.Service
	m.work(func() error { _, err := do(id); return err }, func() {
		m.deps.Undo(text, func() error { _, err := service.ReopenAccount(id); return err })
	})
}

// Reopen lets a stopped or closed account take in again what its bank says.
func (m *Model) Reopen() {
	id, service := m.id, m.deps.Service
	m.work(func() error { _, err := service.ReopenAccount(id); return err }, func() { m.deps.Say("Account reopened") })
}

// Removed goes back to the banks: there is no account any more.
func (m *Model) Removed(name string) {
	m.deps.Say(name + " removed")
	m.deps.Navigate.Banks()
}

// FetchNumbers asks the bank for routing and account number.
func (m *Model) FetchNumbers() {
	id, service := m.id, m.deps.Service
	m.deps.Runner.Go(func(ctx context.Context) {
		err := service.FetchNumbers(ctx, id)
		m.deps.Runner.UI(func() {
			if err != nil {
				m.deps.Report(err)
			}
			m.Load()
		})
	})
}

// Transactions shows all transactions of the account.
func (m *Model) Transactions() { m.deps.Navigate.Transactions(m.id) }

// Repair signs in to the account's bank again.
func (m *Model) Repair() { m.deps.Navigate.Repair(m.state.Page.Of.ID) }

// CanVerify reports whether the bank waits for what its small deposits were.
func (m *Model) CanVerify() bool {
	p := m.state.Page
	return m.deps.Navigate.Verify != nil && !p.Of.Manual() && p.Account.ACH.Status == core.VerifyPending
}

// Verify begins to prove the numbers.
func (m *Model) Verify() { m.deps.Navigate.Verify(m.state.Page.Of.ID, m.id) }
