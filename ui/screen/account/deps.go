package account

import (
	"context"
	"time"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/ach"
	"bankbook/core/bank"
	"bankbook/core/money"
	"bankbook/core/review"
	"bankbook/ui/run"
)

// Service does what is asked for, within what the person sees. All of it runs on a
// worker, but for Costs and Confirms.
type Service interface {
	Account(id core.AccountID) (accounts.Row, error)
	// AccountOwners are the profiles that an account can belong to.
	AccountOwners() ([]core.Profile, error)
	History(id core.AccountID, from core.Date) ([]accounts.DayBalance, error)
	// First returns the newest n transactions that a query asks for.
	First(q review.Query, n int) ([]core.Transaction, error)
	Totals() ([]core.Total, error)

	UpdateAccount(id core.AccountID, c accounts.Changes) (accounts.Row, error)
	GiveAccount(id core.AccountID, owner core.ProfileID) (accounts.Given, error)
	TakeBackAccount(g accounts.Given) error
	SetPrimary(id core.AccountID, uses core.Primary, on bool) (accounts.Row, error)
	StopAccount(id core.AccountID) (accounts.Row, error)
	ReopenAccount(id core.AccountID) (accounts.Row, error)
	CloseAccount(id core.AccountID) (accounts.Row, error)
	Loss(id core.AccountID) (accounts.Loss, error)
	RemoveAccount(ctx context.Context, id core.AccountID) error
	SetBalance(id core.AccountID, b money.Amount) (accounts.Row, error)
	// BalanceNow asks the bank; Costs says that Plaid may charge for it.
	BalanceNow(ctx context.Context, id core.AccountID) (accounts.Row, error)
	Costs() bool

	AddNumbers(ctx context.Context, id core.AccountID, e ach.Entry) (accounts.Row, error)
	// FetchNumbers asks the account's bank for numbers.
	FetchNumbers(ctx context.Context, id core.AccountID) error
	DeleteNumbers(ctx context.Context, id core.AccountID) error
	Reveal(ctx context.Context, id core.AccountID, act ach.Act) (bank.Numbers, error)
	CopyNumbers(ctx context.Context, id core.AccountID, act ach.Act) (bank.Numbers, error)
	// Confirms says that Reveal and CopyNumbers want the passphrase.
	Confirms() bool
}

// Navigate are the ways from this screen to others.
type Navigate struct {
	Banks        func()
	Transactions func(core.AccountID)
	Repair       func(core.ItemID)
	// Verify begins to prove numbers by small deposits; nil if that is not offered.
	Verify func(core.ItemID, core.AccountID)
}

// Deps is what the model needs.
type Deps struct {
	Runner   run.Runner
	Now      func() time.Time
	Service  Service
	Navigate Navigate
	// Undo shows a short text, and what takes the deed back. back runs on a worker.
	Undo func(text string, back func() error)
	// Say shows a short text for a few seconds.
	Say func(text string)
	// CopySecret puts a secret on the clipboard for a short while.
	CopySecret func(n bank.Numbers, routing bool)
	// Report shows a fault of something that the person has just asked for.
	Report func(error)
	// CopyDetails puts the details of a fault on the clipboard and says so.
	CopyDetails func(error)
}
