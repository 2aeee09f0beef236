package core

import (
	"slices"
	"time"

	"bankbook/core/fault"
)

// Product is a Plaid product name, such as "transactions". Unknown names are
// kept as they come.
type Product string

// The products that Bankbook asks for.
const (
	Transactions Product = "transactions"
	Auth         Product = "auth"
)

// Institution is a bank as Plaid lists it. Both fields can be empty: an Item
// made by micro-deposits has no institution.
type Institution struct {
	ID   InstitutionID
	Name string
}

// ItemStatus is what the user has to know about a bank connection.
type ItemStatus string

// The states of a bank connection.
const (
	// Connected means that the last contact worked.
	Connected ItemStatus = "connected"
	// SignInNeeded means that the bank wants the user to sign in again.
	SignInNeeded ItemStatus = "sign_in_needed"
	// ConsentNeeded means that the user has to allow access again.
	ConsentNeeded ItemStatus = "consent_needed"
	// Gone means that the bank or Plaid ended the connection for good.
	Gone ItemStatus = "gone"
)

// ItemStatuses lists the states of a bank connection.
func ItemStatuses() []ItemStatus { return []ItemStatus{Connected, SignInNeeded, ConsentNeeded, Gone} }

// SyncPhase says how much history Plaid has handed over
// (transactions_update_status).
type SyncPhase string

// The phases, in the order in which they are passed.
const (
	// NotReady means that Plaid has no transactions yet.
	NotReady SyncPhase = "not_ready"
	// InitialDone means that about 30 days are there.
	InitialDone SyncPhase = "initial_done"
	// HistoryDone means that all of the history asked for is there.
	HistoryDone SyncPhase = "history_done"
)

// ConnectionType says who tells what is in an account.
type ConnectionType string

// The types of connection.
const (
	// ByPlaid means that the bank does, through Plaid.
	ByPlaid ConnectionType = "plaid"
	// ByHand means that the person does.
	ByHand ConnectionType = "manual"
)

// Item is one login at one institution: a bank connection. Its access token is
// not here but in the secret store.
type Item struct {
	ID      ItemID
	Profile ProfileID
	// Connection is ByHand for accounts that the person keeps themselves: there is
	// no login then, and no token. "" is ByPlaid, as in the first programs' vaults.
	Connection  ConnectionType
	Institution Institution
	Products    []Product
	LinkedAt    time.Time
	// HistoryDays is the depth of history asked for. Plaid fixes it when the
	// Item is made.
	HistoryDays int
	Status      ItemStatus
	// ConsentEnds is when the bank's permission lapses; zero if it does not.
	ConsentEnds time.Time
	Sync        SyncState
	// Leaving is set while the connection is being ended.
	Leaving Leaving
	// Rotating is since when a new access token is being taken; zero if none is.
	Rotating time.Time
	// Back is the way back that the bank was linked or signed in to with last.
	Back WayBack `json:",omitzero"`
}

// WayBack is where a bank's own sign-in leads back to: the address RedirectURI or, on
// a telephone, the app AndroidPackage. Few need either.
type WayBack struct{ RedirectURI, AndroidPackage string }

// Manual reports whether the person keeps the accounts themselves.
func (i Item) Manual() bool { return i.Connection == ByHand }

// Syncs reports whether the Item is synced without being asked for by name: its
// bank has the accounts, does not wait for the person, and is to stay.
func (i Item) Syncs() bool {
	if i.Manual() || !i.Leaving.IsZero() {
		return false
	}
	switch i.Status {
	case SignInNeeded, ConsentNeeded, Gone:
		return false
	}
	return true
}

// Has reports whether the bank gives a product. An Item whose products are not known
// is one with transactions.
func (i Item) Has(p Product) bool {
	return slices.Contains(i.Products, p) || len(i.Products) == 0 && p == Transactions
}

// Leaving is a bank connection that is being ended: noted first, then told to the
// provider, then done. The zero Leaving is one that stays.
type Leaving struct {
	// Since is when the person asked for it.
	Since time.Time
	// Keep says that the accounts and their history stay, kept by hand from then on.
	Keep bool
	// Told says that the provider has been asked: there is no way back.
	Told bool
	// Trouble is why the last try failed.
	Trouble Trouble
}

// IsZero reports whether the connection stays.
func (l Leaving) IsZero() bool { return l.Since.IsZero() }

// SyncState is how far an Item's transactions have come. The cursor changes
// only together with the rows it stands for.
type SyncState struct {
	// Cursor is Plaid's; empty before the first complete loop.
	Cursor string
	// Replay asks the next sync to begin at the beginning, and to remove what the
	// bank does not name again.
	Replay      bool
	Phase       SyncPhase
	LastSuccess time.Time
	LastTry     time.Time
	// Trouble is why the last try failed; its Kind is fault.None after success.
	Trouble Trouble
}

// Trouble is a fault in the form in which it is kept: no text that came from
// outside, so it can hold no secret.
type Trouble struct {
	Kind fault.Kind
	// Code is the provider's own error code, such as "ITEM_LOGIN_REQUIRED".
	Code string
	// RequestID identifies the failed request to Plaid's support.
	RequestID string
}

// TroubleOf reduces an error to what is kept of it. A nil error gives the zero
// Trouble.
func TroubleOf(err error) Trouble {
	d := fault.Describe(err)
	return Trouble{Kind: d.Kind, Code: d.Code, RequestID: d.RequestID}
}
