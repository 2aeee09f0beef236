package shell

import (
	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/link"
	"bankbook/ui/kit"
	"bankbook/ui/screen/account"
	"bankbook/ui/screen/activity"
	"bankbook/ui/screen/banks"
	linkscreen "bankbook/ui/screen/link"
	"bankbook/ui/screen/overview"
	"bankbook/ui/screen/settings"
	"bankbook/ui/screen/transactions"
)

// page is a screen as the window holds it.
type page struct {
	content fyne.CanvasObject
	title   func() string
	// beside stands behind the title, and trail before it; nil for most pages.
	beside func() string
	trail  func() []kit.Crumb
	// show and hide are called when the page comes and goes.
	show, hide func()
	handle     func(event.Event)
	// always says that the page hears of events while it is not shown.
	always bool
	// confirm is what Return does while no field has the keyboard; nil for pages
	// that have no one deed.
	confirm func()
	// age writes ages anew; nil if the page shows none.
	age func()
	// shut closes a wizard, with words for its button; nil for other pages.
	shut      func()
	shutWords func() string
}

// pages are the screens of an open environment and the models behind them.
type pages struct {
	overview     *overview.Model
	banks        *banks.Model
	link         *linkscreen.Model
	account      *account.Model
	transactions *transactions.Model
	list         *transactions.View
	activity     *activity.Model
	log          *activity.View
	settings     *settings.Model

	overviewPage, banksPage, accountPage, linkPage, transactionsPage, activityPage, settingsPage *page
}

func newPages(w *window) pages {
	var p pages
	p.overview, p.overviewPage = overviewPage(w)
	p.banks, p.banksPage = banksPage(w)
	p.account, p.accountPage = accountPage(w)
	p.link, p.linkPage = linkPage(w)
	p.transactions, p.list, p.transactionsPage = transactionsPage(w)
	p.activity, p.log, p.activityPage = activityPage(w)
	p.settings, p.settingsPage = settingsPage(w)
	return p
}

// all lists the pages in no particular order.
func (p *pages) all() []*page {
	return []*page{p.overviewPage, p.banksPage, p.accountPage, p.linkPage, p.transactionsPage, p.activityPage, p.settingsPage}
}

// of returns the page of a route.
func (p *pages) of(r Route) *page {
	switch r.(type) {
	case Banks:
		return p.banksPage
	case Account:
		return p.accountPage
	case Transactions:
		return p.transactionsPage
	case LinkBank, LinkSession, RepairBank, ChangeAccounts, AddNumbers, VerifyAccount:
		return p.linkPage
	case Activity:
		return p.activityPage
	case Settings:
		return p.settingsPage
	}
	return p.overviewPage
}

// arrive does what a route asks for beyond its page.
func (p *pages) arrive(r Route) {
	switch r := r.(type) {
	case Account:
		p.account.Open(r.ID)
	case LinkBank:
		p.link.Options()
	case LinkSession:
		p.link.Resume(r.ID)
	case RepairBank:
		p.link.Go(linkscreen.Errand{Purpose: link.Repair, Item: r.Item})
	case ChangeAccounts:
		p.link.Go(linkscreen.Errand{Purpose: link.Accounts, Item: r.Item})
	case AddNumbers:
		p.link.Go(linkscreen.Errand{Purpose: link.Products, Item: r.Item})
	case VerifyAccount:
		p.link.Go(linkscreen.Errand{Purpose: link.Verify, Item: r.Item, Account: r.Account})
	case Activity:
		if r.Item != "" {
			p.activity.ShowBank(r.Item)
		}
		if r.Search {
			p.log.Search()
		}
	case Transactions:
		if r.Text != "" || r.Account != "" {
			p.transactions.Show(transactions.Filter{Text: r.Text}.InAccount(r.Account))
		}
		if r.Search {
			p.list.Search()
		}
	}
}

// enterKeys goes to where Plaid keys are given.
func (w *window) enterKeys() {
	w.pages.settings.Choose(settings.Keys)
	w.visit(Settings{})
}

func fixed(title string) func() string { return func() string { return title } }

func nothing() {}

func overviewPage(w *window) (*overview.Model, *page) {
	m := overview.New(overview.Deps{
		Runner: w.shell.deps.Runner, Now: w.shell.deps.Now, Environment: w.services.Environment,
		Source: w.services.Repository, Links: w.services.Links, CopyDetails: w.shell.CopyDetails,
		Navigate: overview.Navigate{
			Link:         func() { w.visit(LinkBank{}) },
			Resume:       func(id core.LinkID) { w.visit(LinkSession{ID: id}) },
			Repair:       func(id core.ItemID) { w.visit(RepairBank{Item: id}) },
			Banks:        func() { w.visit(Banks{}) },
			Account:      func(id core.AccountID) { w.visit(Account{ID: id}) },
			Transactions: func() { w.visit(Transactions{}) },
		},
	})
	return m, &page{
		content: overview.NewView(m).Content(), title: fixed("Overview"),
		show: m.Load, hide: nothing, handle: m.Handle, age: m.Load,
	}
}

func banksPage(w *window) (*banks.Model, *page) {
	m := banks.New(banks.Deps{
		Runner: w.shell.deps.Runner, Now: w.shell.deps.Now, Environment: w.services.Environment,
		Source: w.services.Repository, Syncer: w.services.Syncer, Remover: w.services.Remover, Primary: w.services.Accounts,
		Report: w.shell.Report, CopyDetails: w.shell.CopyDetails,
		Say: w.shell.Say,
		Removing: func(id core.ItemID, name string) {
			w.shell.undo(name+" is being removed", func() error { return w.services.Remover.UndoRemove(id) })
		},
		Navigate: banks.Navigate{
			Link:     func() { w.visit(LinkBank{}) },
			Add:      w.addAccount,
			Account:  func(id core.AccountID) { w.visit(Account{ID: id}) },
			Repair:   func(id core.ItemID) { w.visit(RepairBank{Item: id}) },
			History:  func(id core.ItemID) { w.visit(Activity{Item: id}) },
			Continue: w.askContinue, UndoContinue: w.undoContinue,
			Accounts: func(id core.ItemID) { w.visit(ChangeAccounts{Item: id}) },
			Numbers:  func(id core.ItemID) { w.visit(AddNumbers{Item: id}) },
			Verify:   func(id core.ItemID, a core.AccountID) { w.visit(VerifyAccount{Item: id, Account: a}) },
			Keys:     w.enterKeys,
		},
	})
	return m, &page{
		content: banks.NewView(m).Content(), title: fixed("Banks"),
		show: m.Load, hide: nothing, handle: m.Handle, always: true, age: m.Load,
	}
}

func linkPage(w *window) (*linkscreen.Model, *page) {
	m := linkscreen.New(linkscreen.Deps{
		Runner: w.shell.deps.Runner, Now: w.shell.deps.Now, Environment: w.services.Environment,
		Driver: w.services.Links, Source: w.services.Repository,
		Copy: w.shell.Copy, Report: w.shell.Report, CopyDetails: w.shell.CopyDetails, Keys: w.services.Keys,
		Navigate: linkscreen.Navigate{
			Leave: func() { w.visit(w.back) }, Overview: func() { w.visit(Overview{}) }, Keys: w.enterKeys, Continue: w.askContinue,
		},
	})
	view := linkscreen.NewView(m)
	p := &page{
		content: view.Content(), title: view.Title, show: m.Show, hide: m.Hide, handle: m.Handle, always: true,
		confirm: m.Confirm,
		shut:    m.Cancel, shutWords: view.CloseWords,
	}
	view.OnChange(func() {
		if w.page == p {
			w.header.show(p)
		}
	})
	return m, p
}

func transactionsPage(w *window) (*transactions.Model, *transactions.View, *page) {
	m := transactions.New(transactions.Deps{
		Runner: w.shell.deps.Runner, Now: w.shell.deps.Now, Source: w.services.Repository, Index: w.services.Index,
		Copy: w.shell.Copy, CopyDetails: w.shell.CopyDetails,
		Navigate: transactions.Navigate{Link: func() { w.visit(LinkBank{}) }, Banks: func() { w.visit(Banks{}) }},
	})
	view := transactions.NewView(m)
	return m, view, &page{
		content: view.Content(), title: fixed("Transactions"), show: m.Load, hide: nothing, handle: m.Handle,
	}
}

func activityPage(w *window) (*activity.Model, *activity.View, *page) {
	files := w.services.Settings.Files
	m := activity.New(activity.Deps{
		Runner: w.shell.deps.Runner, Now: w.shell.deps.Now, Source: w.services.Repository,
		Export: w.services.ExportActivity, Home: files.Home, PickFolder: files.PickFolder,
		Copy: w.shell.Copy, Say: w.shell.Say, Report: w.shell.Report, CopyDetails: w.shell.CopyDetails,
	})
	view := activity.NewView(m)
	return m, view, &page{
		content: view.Content(), title: fixed("Activity"), show: m.Load, hide: nothing, handle: m.Handle,
	}
}

func settingsPage(w *window) (*settings.Model, *page) {
	d := w.services.Settings
	d.Runner, d.Now, d.Environment, d.SessionOnly = w.shell.deps.Runner, w.shell.deps.Now, w.services.Environment, w.services.SessionOnly
	d.ReviewCopy = w.services.ReviewCopy
	d.ChooseSource, d.Lock = w.services.ChooseSource, w.services.Lock
	tell := d.Protected
	d.Protected = func(p core.Protection) {
		w.services.LockAfter = p.LockAfter
		if tell != nil {
			tell(p)
		}
	}
	d.OpenURL = w.shell.openURL
	d.Copy, d.Say, d.Report, d.CopyDetails = w.shell.Copy, w.shell.Say, w.shell.Report, w.shell.CopyDetails
	m := settings.New(d)
	return m, &page{
		content: settings.NewView(m).Content(), title: fixed("Settings"), show: m.Load, hide: nothing, handle: m.Handle, age: m.Load,
	}
}
