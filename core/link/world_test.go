package link_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
	"bankbook/core/syncer/syncertest"
)

// world is all that outlives a driver: the bank, the vault and the secret
// store. Each life of the program reaches it through a gate of its own.
type world struct {
	env     core.Environment
	bank    *fakeBank
	repo    *fakeRepo
	secrets *fakeSecrets
	// instant says that sessions go without a browser.
	instant bool
	// stops counts the syncs that were stopped.
	stops int
}

func newWorld() *world {
	return &world{
		env: core.Practice,
		bank: &fakeBank{
			pages: map[string]*fakePage{}, publics: map[string]*fakeItem{}, items: map[string]*fakeItem{},
			results: 1, visits: 2, number: "1111222233330000",
		},
		repo:    &fakeRepo{Repo: syncertest.NewRepo(), sessions: map[core.LinkID]link.Session{}},
		secrets: &fakeSecrets{entries: map[secret.Name]secret.Text{}},
	}
}

// gate stands between one life of the program and the world. It counts every
// crossing, before and after an operation, and can act on any of them: at the
// n-th, or on those of a name.
type gate struct {
	mu    sync.Mutex
	count int
	at    map[int]func() error
	on    map[string]func() error
	dead  bool
	died  chan struct{}
	names []string
}

var errDead = errors.New("the program has been killed")

func newGate() *gate {
	return &gate{at: map[int]func() error{}, on: map[string]func() error{}, died: make(chan struct{})}
}

// killAt ends the life at the n-th crossing: nothing gets through any more.
func (g *gate) killAt(n int) *gate {
	g.at[n] = func() error {
		g.mu.Lock()
		defer g.mu.Unlock()
		if !g.dead {
			g.dead = true
			close(g.died)
		}
		return errDead
	}
	return g
}

func (g *gate) isDead() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.dead
}

// cross passes the gate once. An even crossing lies before an operation, an
// odd one behind it.
func (g *gate) cross(name string) error {
	g.mu.Lock()
	if g.dead {
		g.mu.Unlock()
		return errDead
	}
	act := g.at[g.count]
	if act == nil {
		act = g.on[name]
	}
	g.count++
	g.names = append(g.names, name)
	g.mu.Unlock()
	if act == nil {
		return nil
	}
	return act()
}

// through performs an operation between two crossings.
func through[T any](g *gate, name string, operation func() (T, error)) (T, error) {
	var nothing T
	if err := g.cross("before " + name); err != nil {
		return nothing, err
	}
	result, err := operation()
	if failed := g.cross("after " + name); failed != nil {
		return nothing, failed
	}
	return result, err
}

func pass(g *gate, name string, operation func() error) error {
	_, err := through(g, name, func() (struct{}, error) { return struct{}{}, operation() })
	return err
}

// life is one run of the program.
type life struct {
	*link.Driver
	gate   *gate
	events *event.Bus
	opened chan string
}

// live starts the program on the world; it ends with the test at the latest.
func (w *world) live(t *testing.T, g *gate) *life {
	l := &life{gate: g, events: &event.Bus{}, opened: make(chan string, 100)}
	l.Driver = link.NewDriver(t.Context(), link.Deps{
		Bank: gatedBank{w.bank, g}, Secrets: gatedSecrets{w.secrets, g}, Repo: gatedRepo{w.repo, g},
		Syncer: gatedSyncer{w, g}, Events: l.events, Clock: clock.System{}, Env: w.env,
		Instant: gatedBank{w.bank, g},
		OpenURL: func(page string) error {
			return pass(g, "open", func() error { l.opened <- page; return nil })
		},
	})
	t.Cleanup(l.Close)
	return l
}

// fakeBank is the provider. A page brings results when it has been looked at
// some times.
type fakeBank struct {
	mu      sync.Mutex
	pages   map[string]*fakePage
	publics map[string]*fakeItem
	items   map[string]*fakeItem

	// singleUse says that a public token can be exchanged once only.
	singleUse bool
	// results is how many Items a page brings, visits how many looks it takes.
	results, visits int
	// exit is how the user leaves instead.
	exit *bank.LinkExit
	// never says that the user does nothing.
	never bool
	// trouble is what Item reports.
	trouble core.Trouble
	url     string
	// open says that a visit to the page never ends.
	open bool
	// failing is how Accounts and Numbers fail.
	failing struct{ accounts, numbers fault.Kind }
	// number is the account number.
	number string
	// asked are the requests for pages.
	asked []bank.LinkRequest
	// linked says that so many Items are made on a page that is still open.
	linked int
	// refusesCompletion says that no page is made that leads elsewhere at its end.
	refusesCompletion bool
	// refusesWays says that no page is made with a way back.
	refusesWays bool
	// updates is what the user does on a page about an Item that is there, unless
	// they leave it.
	updates func(*fakeItem)
}

type fakePage struct {
	repair bool
	item   *fakeItem
	made   []bank.LinkResult
	looks  int
	done   *bank.LinkSession
}

type fakeItem struct {
	id        core.ItemID
	access    secret.Text
	exchanged bool
	removed   bool
	accounts  []core.Account
	offered   bank.LinkResult
	// unasked says that the user has not been asked for numbers.
	unasked bool
}

func (b *fakeBank) newItem() *fakeItem {
	n := len(b.publics) + 1
	institution := core.Institution{ID: "ins_109508"}
	account := core.Account{
		ID: core.AccountID(fmt.Sprintf("account-%d", n)), Name: "Plaid Checking", Mask: fmt.Sprintf("%04d", n),
		Type: core.Depository,
	}
	item := &fakeItem{
		id: core.ItemID(fmt.Sprintf("item-%d", n)), access: secret.New(fmt.Sprintf("access-%d", n)),
		accounts: []core.Account{account},
		offered: bank.LinkResult{
			Public: secret.New(fmt.Sprintf("public-%d", n)), Institution: institution,
			Accounts: []bank.LinkAccount{{ID: account.ID, Name: account.Name, Mask: account.Mask, Type: account.Type}},
		},
	}
	b.publics[item.offered.Public.Reveal()] = item
	b.items[item.access.Reveal()] = item
	return item
}

func refuse(kind fault.Kind) error { return fault.New("fake bank", kind, nil) }

func (b *fakeBank) CreateLink(_ context.Context, req bank.LinkRequest) (bank.Link, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked = append(b.asked, req)
	if b.refusesCompletion && req.CompletionURI != "" {
		return bank.Link{}, refuse(fault.Refused)
	}
	if b.refusesWays && req.WayBack != (core.WayBack{}) {
		return bank.Link{}, refuse(fault.Refused)
	}
	token := fmt.Sprintf("link-%d", len(b.pages)+1)
	b.pages[token] = &fakePage{repair: !req.Access.IsEmpty(), item: b.items[req.Access.Reveal()]}
	page := b.url
	if page == "" {
		page = "http://127.0.0.1:1/" + token
	}
	return bank.Link{Token: secret.New(token), URL: page, Expires: clock.System{}.Now().Add(stale)}, nil
}

func (b *fakeBank) LinkStatus(_ context.Context, token secret.Text) (bank.LinkStatus, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.pages[token.Reveal()]
	if p == nil {
		return bank.LinkStatus{}, refuse(fault.Expired)
	}
	if b.linked > 0 {
		return bank.LinkStatus{Sessions: []bank.LinkSession{{Results: b.linkedOn(p)}}}, nil
	}
	if b.open {
		return bank.LinkStatus{Sessions: []bank.LinkSession{{}}}, nil
	}
	if p.looks++; p.looks < b.visits || b.never {
		return bank.LinkStatus{}, nil
	}
	if p.done == nil {
		p.done = &bank.LinkSession{Finished: clock.System{}.Now(), Exit: b.exit}
		if p.item != nil && b.updates != nil && b.exit == nil {
			b.updates(p.item)
		}
		for range b.results {
			if b.exit == nil && !p.repair {
				p.done.Results = append(p.done.Results, b.newItem().offered)
			}
		}
	}
	return bank.LinkStatus{Sessions: []bank.LinkSession{*p.done}}, nil
}

// linkedOn returns the Items made so far on a page that is open.
func (b *fakeBank) linkedOn(p *fakePage) []bank.LinkResult {
	for len(p.made) < b.linked {
		p.made = append(p.made, b.newItem().offered)
	}
	return p.made
}

// finishPages has the person go on to n Items and finish.
func (b *fakeBank) finishPages(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.linked = n
	for _, p := range b.pages {
		p.done = &bank.LinkSession{Finished: clock.System{}.Now(), Results: b.linkedOn(p)}
	}
	b.linked = 0
}

func (b *fakeBank) Exchange(_ context.Context, public secret.Text) (bank.Grant, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	item := b.publics[public.Reveal()]
	if item == nil || item.removed || item.exchanged && b.singleUse {
		return bank.Grant{}, refuse(fault.Expired)
	}
	item.exchanged = true
	return bank.Grant{Item: item.id, Access: item.access}, nil
}

func (b *fakeBank) InstantLink(context.Context, bank.InstantRequest) (secret.Text, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.newItem().offered.Public, nil
}

func (b *fakeBank) find(access secret.Text) (*fakeItem, error) {
	item := b.items[access.Reveal()]
	if item == nil || !item.exchanged || item.removed {
		return nil, refuse(fault.Gone)
	}
	return item, nil
}

func (b *fakeBank) Item(_ context.Context, access secret.Text) (bank.Item, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	item, err := b.find(access)
	if err != nil {
		return bank.Item{}, err
	}
	return bank.Item{
		ID: item.id, Institution: core.Institution{ID: "ins_109508"},
		Products: item.products(), Trouble: b.trouble,
	}, nil
}

func (i *fakeItem) products() []core.Product {
	if i.unasked {
		return []core.Product{core.Transactions}
	}
	return []core.Product{core.Transactions, core.Auth}
}

func (b *fakeBank) RemoveItem(_ context.Context, access secret.Text) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if item, err := b.find(access); err == nil {
		item.removed = true
	}
	return nil
}

func (b *fakeBank) Accounts(_ context.Context, access secret.Text) ([]core.Account, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	item, err := b.find(access)
	if err != nil {
		return nil, err
	}
	if b.failing.accounts != fault.None {
		return nil, refuse(b.failing.accounts)
	}
	return slices.Clone(item.accounts), nil
}

func (b *fakeBank) Numbers(ctx context.Context, access secret.Text) ([]bank.Numbers, error) {
	accounts, err := b.Accounts(ctx, access)
	if err != nil {
		return nil, err
	}
	if b.failing.numbers != fault.None {
		return nil, refuse(b.failing.numbers)
	}
	if item, _ := b.find(access); item.unasked {
		return nil, refuse(fault.Consent)
	}
	return []bank.Numbers{{Account: accounts[0].ID, Routing: secret.New("011401533"), Number: secret.New(b.number)}}, nil
}

func (b *fakeBank) Institution(_ context.Context, id core.InstitutionID) (core.Institution, error) {
	return core.Institution{ID: id, Name: "First Platypus Bank"}, nil
}

// live returns the Items whose access somebody has, by id.
func (b *fakeBank) live() map[core.ItemID]*fakeItem {
	b.mu.Lock()
	defer b.mu.Unlock()
	live := map[core.ItemID]*fakeItem{}
	for _, item := range b.items {
		if item.exchanged && !item.removed {
			live[item.id] = item
		}
	}
	return live
}
