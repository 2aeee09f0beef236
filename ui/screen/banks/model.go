package banks

import (
	"context"
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/ui/run"
	"bankbook/ui/say"
)

// Source is where the screen reads.
type Source interface {
	Items() ([]core.Item, error)
	Accounts() ([]core.Account, error)
	// Owners are the names of the profiles, where banks of more than one are shown.
	Owners() (map[core.ProfileID]string, error)
	// Continuations are the earlier banks that go on in others, the latest first.
	Continuations() ([]core.Continuation, error)
}

// Syncer gets transactions. Sync returns when the run has ended.
type Syncer interface {
	Sync(ctx context.Context, item core.ItemID) error
	Stop(item core.ItemID)
}

// Remover ends bank connections: at the provider, in the keychain and here.
type Remover interface {
	// RemoveBank asks for that, and what happens then shows on the Item; keep says
	// that accounts and history stay, kept by hand.
	RemoveBank(ctx context.Context, item core.ItemID, keep bool) error
	// UndoRemove takes it back, as long as the provider has not been told.
	UndoRemove(item core.ItemID) error
	// RotateToken takes new access in the place of the old, which ends at once.
	RotateToken(ctx context.Context, item core.ItemID) error
}

// Primary makes accounts the first choice of their owner.
type Primary interface {
	SetPrimary(id core.AccountID, uses core.Primary, on bool) (accounts.Row, error)
}

// Navigate are the ways from this screen to others.
type Navigate struct {
	Link   func()
	Repair func(core.ItemID)
	// History shows what was done with a bank.
	History func(core.ItemID)
	// Continue lets an earlier bank go on in one, and UndoContinue takes that back.
	Continue     func(core.Item)
	UndoContinue func(core.Continuation)
	// Accounts chooses anew which accounts are shared, Numbers asks for account
	// numbers, and Verify tells the code of a small deposit.
	Accounts func(core.ItemID)
	Numbers  func(core.ItemID)
	Verify   func(core.ItemID, core.AccountID)
	// Add adds an account that is kept by hand, and Account shows one.
	Add     func()
	Account func(core.AccountID)
	Keys    func()
}

// Deps is what the model needs.
type Deps struct {
	Runner run.Runner
	Now    func() time.Time
	// Environment decides what is said about money and plans.
	Environment core.Environment
	Source      Source
	Syncer      Syncer
	Remover     Remover
	Primary     Primary
	Navigate    Navigate
	// Report shows a fault of something that the person has just asked for.
	Report func(error)
	// CopyDetails puts the details of a fault on the clipboard and says so.
	CopyDetails func(error)
	// Say shows a short text for a few seconds.
	Say func(text string)
	// Removing is told of each connection that is to end.
	Removing func(id core.ItemID, name string)
}

// State is what the view shows.
type State struct {
	// Ready says that Cards are there; before that the screen is loading.
	Ready bool
	Cards []Card
	// Err is why the last reading failed; Cards are then as they were.
	Err error
	// Hidden says that hidden accounts are shown.
	Hidden bool
}

// Accounts counts the accounts of all banks that are shown.
func (s State) Accounts() int {
	n := 0
	for _, c := range s.Cards {
		n += len(s.Shown(c))
	}
	return n
}

// Shown returns the accounts of a bank that are shown.
func (s State) Shown(c Card) []core.Account {
	return slices.DeleteFunc(slices.Clone(c.Accounts), func(a core.Account) bool { return a.Choices.Hidden && !s.Hidden })
}

// Concealed counts the accounts that are hidden.
func (s State) Concealed() int {
	n := 0
	for _, c := range s.Cards {
		for _, a := range c.Accounts {
			if a.Choices.Hidden {
				n++
			}
		}
	}
	return n
}

// Model is the state of the screen. All methods belong to the UI thread.
type Model struct {
	deps     Deps
	state    State
	loader   run.Loader[[]Card]
	progress map[core.ItemID]event.SyncProgress
	changed  func()
	updated  func(Card)
}

// New returns a model that has read nothing yet.
func New(deps Deps) *Model {
	m := &Model{
		deps:     deps,
		progress: map[core.ItemID]event.SyncProgress{},
		changed:  func() {},
		updated:  func(Card) {},
	}
	m.loader = run.Loader[[]Card]{Runner: deps.Runner, Fetch: m.fetch, Show: m.show}
	return m
}

// OnChange sets what is called after a change of the state: all after any
// number of cards have changed, one after only the progress of one has.
func (m *Model) OnChange(all func(), one func(Card)) { m.changed, m.updated = all, one }

// State returns the present state.
func (m *Model) State() State { return m.state }

// Now returns the time by the model's clock.
func (m *Model) Now() time.Time { return m.deps.Now() }

// RealBanks reports whether the banks exist and Plaid may charge for them.
func (m *Model) RealBanks() bool { return m.deps.Environment.RealMoney() }

// CopyDetails puts the details of a fault on the clipboard.
func (m *Model) CopyDetails(err error) { m.deps.CopyDetails(err) }

// Load reads everything again.
func (m *Model) Load() { m.loader.Load() }

// Handle takes an event in.
func (m *Model) Handle(e event.Event) {
	switch e := e.(type) {
	case event.ItemChanged, event.AccountsChanged:
		m.Load()
	case event.SyncProgress:
		m.take(e)
	}
}

// take keeps the progress of a sync and shows it without reading anything. The
// end of a run is read, because it changes the Item.
func (m *Model) take(p event.SyncProgress) {
	_, before := m.progress[p.Item]
	if !p.Running {
		delete(m.progress, p.Item)
		m.Load()
		return
	}
	m.progress[p.Item] = p
	for i := range m.state.Cards {
		if c := &m.state.Cards[i]; c.ID == p.Item {
			m.dress(c)
			if before {
				m.updated(*c)
				return
			}
		}
	}
	m.changed()
}

// dress puts what is going on onto a card.
func (m *Model) dress(c *Card) {
	c.Progress, c.Syncing = m.progress[c.ID]
}

// Sync gets the news of one bank.
func (m *Model) Sync(id core.ItemID) {
	m.deps.Runner.Go(func(ctx context.Context) {
		err := m.deps.Syncer.Sync(ctx, id)
		if err != nil && !keptOnItem(err) {
			m.deps.Runner.UI(func() { m.deps.Report(err) })
		}
	})
}

// keptOnItem reports whether a sync's fault needs no report of its own: it was
// asked for, or the card shows it with its next step.
func keptOnItem(err error) bool {
	return fault.Is(err, fault.Canceled, fault.SignIn, fault.Consent, fault.Gone)
}

// Stop ends the sync of one bank.
func (m *Model) Stop(id core.ItemID) { m.deps.Syncer.Stop(id) }

// Repair signs in to a bank again.
func (m *Model) Repair(id core.ItemID) { m.deps.Navigate.Repair(id) }

// ChangeAccounts chooses anew which accounts a bank shares.
func (m *Model) ChangeAccounts(id core.ItemID) { m.deps.Navigate.Accounts(id) }

// AddNumbers asks a bank for account numbers.
func (m *Model) AddNumbers(id core.ItemID) { m.deps.Navigate.Numbers(id) }

// Verify tells the code of the small deposit that an account of a bank waits for.
func (m *Model) Verify(c Card) {
	if id := c.Pending(); id != "" {
		m.deps.Navigate.Verify(c.ID, id)
	}
}

// History shows what was done with a bank.
func (m *Model) History(id core.ItemID) { m.deps.Navigate.History(id) }

// Link links another bank.
func (m *Model) Link() { m.deps.Navigate.Link() }

// Add adds an account that is kept by hand.
func (m *Model) Add() { m.deps.Navigate.Add() }

// Account shows one account.
func (m *Model) Account(id core.AccountID) { m.deps.Navigate.Account(id) }

// SetPrimary makes an account the first choice for everything, or for nothing.
func (m *Model) SetPrimary(id core.AccountID, on bool) {
	m.deps.Runner.Go(func(context.Context) {
		if _, err := m.deps.Primary.SetPrimary(id, core.Primary{Deposits: true, Withdrawals: true}, on); err != nil {
			m.deps.Runner.UI(func() { m.deps.Report(err) })
		}
	})
}

// ShowHidden has hidden accounts among the others, or not.
func (m *Model) ShowHidden(on bool) {
	m.state.Hidden = on
	m.changed()
}

// Keys goes to where Plaid keys are given.
func (m *Model) Keys() { m.deps.Navigate.Keys() }

// Remove asks for a connection to end. The view has asked the person before.
func (m *Model) Remove(c Card, keep bool) {
	m.deps.Runner.Go(func(ctx context.Context) {
		err := m.deps.Remover.RemoveBank(ctx, c.ID, keep)
		m.deps.Runner.UI(func() {
			if err != nil {
				m.deps.Report(err)
				return
			}
			m.deps.Removing(c.ID, c.Institution.Name)
			m.Load()
		})
	})
}

// RotateToken takes new access to a bank.
func (m *Model) RotateToken(c Card) {
	m.deps.Runner.Go(func(ctx context.Context) {
		err := m.deps.Remover.RotateToken(ctx, c.ID)
		m.deps.Runner.UI(func() {
			if err != nil {
				m.deps.Report(err)
				return
			}
			m.deps.Say("Access to " + say.BankName(c.Institution) + " renewed")
		})
	})
}

// Continue lets an earlier bank go on in this one.
func (m *Model) Continue(c Card) { m.deps.Navigate.Continue(c.Item) }

// UndoContinue puts the earlier bank back that went on in this one last.
func (m *Model) UndoContinue(c Card) { m.deps.Navigate.UndoContinue(c.Continued) }

// Undo takes back that a connection is to end.
func (m *Model) Undo(id core.ItemID) {
	m.deps.Runner.Go(func(context.Context) {
		if err := m.deps.Remover.UndoRemove(id); err != nil {
			m.deps.Runner.UI(func() { m.deps.Report(err) })
		}
	})
}

func (m *Model) redress() {
	for i := range m.state.Cards {
		m.dress(&m.state.Cards[i])
	}
	m.changed()
}

// fetch runs on a worker and touches nothing of the model but its sources.
func (m *Model) fetch(context.Context) ([]Card, error) {
	items, err := m.deps.Source.Items()
	if err != nil {
		return nil, err
	}
	accounts, err := m.deps.Source.Accounts()
	if err != nil {
		return nil, err
	}
	list := cards(items, accounts, m.deps.Now())
	continued, err := m.deps.Source.Continuations()
	if err != nil {
		return nil, err
	}
	owners, err := m.deps.Source.Owners()
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Owner = owners[list[i].Profile]
		at := slices.IndexFunc(continued, func(c core.Continuation) bool { return c.To == list[i].ID })
		if at >= 0 {
			list[i].Continued = continued[at]
		}
	}
	return list, nil
}

func (m *Model) show(list []Card, err error) {
	m.state.Err = err
	if err == nil {
		m.state.Cards, m.state.Ready = list, true
	}
	m.redress()
}
