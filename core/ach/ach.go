// Package ach is what a person does with ACH accounts: the routing and account
// numbers of a bank account, from its bank or entered by hand. The numbers
// themselves are in the secret store alone; the vault knows how they end and how far
// they are verified.
//
// Two stores cannot be changed as one, so each change has an order in which a
// program that is killed anywhere leaves nothing that nobody knows of, and no numbers
// that count as verified and are not. An entry of the secret store is named after
// its account: as long as the account is in the vault, its numbers are known of, and
// go with it.
//
//   - New numbers go to the secret store first, and are named in the vault when they
//     are there. Killed in between, the account has an entry that it does not tell
//     of: the next numbers replace it, and it is deleted with the account.
//   - A new account goes to the vault first, without numbers, because the entry would
//     otherwise be named after an account that there is not.
//   - Other numbers in the place of old ones: the vault says first that they are not
//     verified, then the entry is replaced, then the vault tells how they end.
//     Killed in between, the ends are put right when the numbers are read.
//   - Deleted are the numbers first, then what the vault says of them. Killed in
//     between, the vault tells of numbers that are no more, and they can be deleted
//     again.
package ach

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/input"
	"bankbook/core/scope"
	"bankbook/core/secret"
)

// The fields of ACH accounts.
const (
	AccountField  input.Field = "account"
	RoutingField  input.Field = "routing"
	NumberField   input.Field = "number"
	KindField     input.Field = "kind"
	HolderField   input.Field = "holder"
	NicknameField input.Field = "ach_nickname"
	ConfirmField  input.Field = "confirm"
)

// Numbers is what is needed of the provider.
type Numbers interface {
	// Numbers returns routing and account numbers of the accounts that have them.
	Numbers(ctx context.Context, access secret.Text) ([]bank.Numbers, error)
}

// Repo is what is needed of the vault.
type Repo interface {
	UpdateAccounts(change func([]core.Account) error) error
}

// Adder adds and removes accounts that are kept by hand.
type Adder interface {
	AddByHand(view scope.View, n accounts.NewAccount) (accounts.Row, error)
	Remove(ctx context.Context, view scope.View, id core.AccountID) error
}

// Journal keeps what was done.
type Journal interface {
	Record(core.Activity) error
	// Begin notes that something begins, so that a kill does not lose it from the
	// journal. ended is called after Record.
	Begin(core.Activity) (ended func())
}

// Confirmer checks that it is the person who asks.
type Confirmer interface {
	// Confirm compares a passphrase with the one that protects the data, and changes
	// nothing. It is fault.Passphrase if it is another, and nil where there is none.
	Confirm(ctx context.Context, passphrase secret.Text) error
}

// Deps are the parts that a Service works with.
type Deps struct {
	Env       core.Environment
	Bank      Numbers
	Secrets   secret.Store
	Repo      Repo
	Accounts  Adder
	Journal   Journal
	Confirmer Confirmer
	Events    *event.Bus
	Clock     clock.Clock
}

// Service does what a person asks for. It is safe for concurrent use.
type Service struct {
	deps Deps
	// changing is held while numbers change, so that entry and vault go together.
	changing sync.Mutex
}

// New returns a Service.
func New(deps Deps) *Service { return &Service{deps: deps} }

// tidyTime is how long it may take to undo what could not be finished, also when
// the person has called it off.
const tidyTime = 20 * time.Second

// tidying is the context of an undoing.
func tidying(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), tidyTime)
}

func (s *Service) name(id core.AccountID) secret.Name { return secret.NumbersName(s.deps.Env, id) }

// get returns an account of the view that has numbers; NotFound if it has none.
func (s *Service) get(view scope.View, id core.AccountID) (accounts.Row, error) {
	a, item, err := view.Account(id)
	if err == nil && !a.ACH.Exists() {
		err = fault.New("ach: get", fault.NotFound, nil)
	}
	return accounts.Row{Account: a, Of: item}, err
}

// change changes what the vault says of the numbers of one account, in one commit
// with the reading of all.
func (s *Service) change(r accounts.Row, do func(a *core.Account, all []core.Account) error) (accounts.Row, error) {
	err := s.deps.Repo.UpdateAccounts(func(all []core.Account) error {
		at := slices.IndexFunc(all, func(a core.Account) bool { return a.ID == r.ID })
		if at < 0 || all[at].Owner(r.Of) != r.Owner() {
			return fault.New("ach: change", fault.NotFound, nil)
		}
		if err := do(&all[at], all); err != nil {
			return err
		}
		r.Account = all[at]
		return nil
	})
	if err != nil {
		return accounts.Row{}, fmt.Errorf("ach: keep: %w", err)
	}
	s.deps.Events.Publish(event.AccountsChanged{Item: r.Of.ID})
	return r, nil
}

// record keeps in the journal what was done, or how it failed.
func (s *Service) record(action core.Action, r accounts.Row, err error) error {
	entry := s.entry(action, r)
	entry.Trouble, entry.RequestID = core.TroubleOf(err), fault.Describe(err).RequestID
	return s.deps.Journal.Record(entry)
}

// begin tells the journal that something begins.
func (s *Service) begin(action core.Action, r accounts.Row) (ended func()) {
	return s.deps.Journal.Begin(s.entry(action, r))
}

func (s *Service) entry(action core.Action, r accounts.Row) core.Activity {
	return core.Activity{
		At: s.deps.Clock.Now(), Profile: r.Owner(), Action: action, Item: r.Of.ID, Account: r.ID, Subject: accounts.Subject(r.Account),
	}
}
