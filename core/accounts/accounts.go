// Package accounts is what a person does with bank accounts: name them, give them
// to a profile, choose the first one for a use, stop, reopen, close and remove
// them, keep some by hand, and see what they hold and held.
//
// Every method is handed what may be seen (scope.View). An account outside of it is
// fault.NotFound, and nothing changes. Fields that cannot be used are faults of
// kind Invalid with an input.Error.
package accounts

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/input"
	"bankbook/core/scope"
	"bankbook/core/secret"
)

// The fields of accounts.
const (
	Bank     input.Field = "bank"
	Name     input.Field = "name"
	Nickname input.Field = "nickname"
	Owner    input.Field = "owner"
	Type     input.Field = "type"
	Mask     input.Field = "mask"
	Opening  input.Field = "balance"
	Use      input.Field = "primary"
	Paging   input.Field = "page"
)

// MaxName is how many characters a name may have.
const MaxName = 60

// Asker is what is needed of the provider.
type Asker interface {
	// Balances asks the bank for balances now; it can take half a minute.
	Balances(ctx context.Context, access secret.Text) ([]core.Account, error)
}

// Secrets is what is needed of the secret store.
type Secrets interface {
	Get(ctx context.Context, name secret.Name) (secret.Text, error)
	Delete(ctx context.Context, name secret.Name) error
}

// Repo is what is needed of the vault.
type Repo interface {
	scope.Repo
	UpdateAccounts(change func([]core.Account) error) error
	UpdateBank(item core.ItemID, change func(*core.Item, []core.Account) error) error
	UpdateItem(item core.ItemID, change func(*core.Item) error) (core.Item, error)
	AddAccount(item core.Item, account core.Account) error
	RemoveAccount(item core.ItemID, account core.AccountID) error
	PutAccounts(item core.ItemID, accounts []core.Account) error
	// Balances returns what an account held on the days on which that was noted,
	// the earliest first.
	Balances(account core.AccountID, from core.Date) ([]core.DayBalance, error)
}

// Rows are the transactions.
type Rows interface {
	// Totals sums transactions by month, account and category.
	Totals() ([]core.Total, error)
	// Months lists the months that have any, the newest first.
	Months() ([]core.MonthCount, error)
	Month(core.Month) ([]core.Transaction, error)
}

// Journal keeps what was done.
type Journal interface {
	Record(core.Activity) error
	// Begin notes that something begins, so that a kill does not lose it from the
	// journal. ended is called after Record.
	Begin(core.Activity) (ended func())
}

// Deps are the parts that a Service works with.
type Deps struct {
	Env     core.Environment
	Bank    Asker
	Secrets Secrets
	Repo    Repo
	Rows    Rows
	Journal Journal
	Events  *event.Bus
	Clock   clock.Clock
}

// Service does what a person asks for. It is safe for concurrent use.
type Service struct {
	deps Deps
	// adding is held while an account is added, so that two of a bank that is not
	// here yet come to the same Item.
	adding sync.Mutex
}

// New returns a Service.
func New(deps Deps) *Service { return &Service{deps: deps} }

// Row is an account and the Item that it is of.
type Row struct {
	core.Account
	Of core.Item
}

// Owner is the profile that the account belongs to.
func (r Row) Owner() core.ProfileID { return r.Account.Owner(r.Of) }

// Get returns one account.
func (s *Service) Get(view scope.View, id core.AccountID) (Row, error) {
	a, item, err := view.Account(id)
	return Row{a, item}, err
}

// owners tells whom accounts belong to.
type owners map[core.ItemID]core.Item

func (o owners) of(a core.Account) core.ProfileID { return a.Owner(o[a.Item]) }

// change changes one account in one commit with the reading of all accounts, and
// records that as an action. The account is looked for in the view again within the
// commit.
func (s *Service) change(view scope.View, id core.AccountID, action core.Action, do func(*core.Account, []core.Account, owners) error) (Row, error) {
	found, item, err := view.Account(id)
	if err != nil {
		return Row{}, err
	}
	defer s.begin(action, Row{found, item})()
	items, err := s.deps.Repo.Items()
	if err != nil {
		return Row{}, err
	}
	whose := owners{}
	for _, i := range items {
		whose[i.ID] = i
	}
	var changed core.Account
	err = s.deps.Repo.UpdateAccounts(func(all []core.Account) error {
		at := slices.IndexFunc(all, func(a core.Account) bool { return a.ID == id })
		if at < 0 || view.Profile() != "" && whose.of(all[at]) != view.Profile() {
			return fault.New("accounts: change", fault.NotFound, nil)
		}
		if err := do(&all[at], all, whose); err != nil {
			return err
		}
		changed = all[at]
		return nil
	})
	if err != nil {
		return Row{}, err
	}
	r := Row{changed, item}
	s.record(action, r, nil)
	s.tell(item.ID)
	return r, nil
}

// tell says that accounts of an item have changed.
func (s *Service) tell(item core.ItemID) { s.deps.Events.Publish(event.AccountsChanged{Item: item}) }

// record keeps in the journal what was done, or how it failed. What is done is not
// undone because the journal cannot be written: the vault says so by itself.
func (s *Service) record(action core.Action, r Row, err error) {
	entry := s.entry(action, r)
	entry.Trouble, entry.RequestID = core.TroubleOf(err), fault.Describe(err).RequestID
	_ = s.deps.Journal.Record(entry)
}

// begin tells the journal that something begins.
func (s *Service) begin(action core.Action, r Row) (ended func()) {
	return s.deps.Journal.Begin(s.entry(action, r))
}

func (s *Service) entry(action core.Action, r Row) core.Activity {
	return core.Activity{
		At: s.deps.Clock.Now(), Profile: r.Owner(), Action: action, Item: r.Of.ID, Account: r.ID, Subject: Subject(r.Account),
	}
}

// Subject is what the journal calls an account: "Checking ••0000".
func Subject(a core.Account) string {
	if a.Mask == "" {
		return a.Title()
	}
	return a.Title() + " ••" + a.Mask
}

// token returns an Item's access token. Errors: ByHand, if there is no bank to ask,
// and Canceled while the connection is being ended.
func (s *Service) token(ctx context.Context, item core.Item) (secret.Text, error) {
	const op = "accounts: access"
	switch {
	case item.Manual():
		return secret.Text{}, fault.New(op, fault.ByHand, nil)
	case !item.Leaving.IsZero():
		return secret.Text{}, fault.New(op, fault.Canceled, nil)
	}
	access, err := s.deps.Secrets.Get(ctx, secret.TokenName(s.deps.Env, item.ID))
	if err != nil {
		return secret.Text{}, fmt.Errorf("%s: %w", op, err)
	}
	return access, nil
}

// sameName compares names as a person does.
func sameName(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }
