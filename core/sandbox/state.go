package sandbox

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"bankbook/core/sandbox/hook"
	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/journey"
	"bankbook/core/sandbox/ledger"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/timepiece"
	"bankbook/core/sandbox/transfer"
	"bankbook/core/sandbox/trouble"
	"bankbook/core/sandbox/verify"
)

// state is everything that the practice bank remembers. It holds no token, key
// of the API or number of an account.
type state struct {
	Version int           `json:"version"`
	Key     ident.Keyring `json:"key"`
	Links   []*link       `json:"links"`
	Publics []*public     `json:"publics"`
	Items   []*item       `json:"items"`
	Users   []*user       `json:"users,omitempty"`
	// Transfer is nil until money is moved for the first time.
	Transfer *transfer.State `json:"transfer,omitempty"`
	// Clock is how the practice bank's clock runs.
	Clock timepiece.Setting `json:"clock,omitzero"`
	// Faults are those that a tester has set, in the order of setting.
	Faults []*trouble.Fault `json:"faults,omitempty"`
	// Signers are the keys that webhooks are signed with, the newest last.
	Signers []hook.Key `json:"signers,omitempty"`

	// outbox are the webhooks that the change under way announces.
	outbox []hook.Delivery

	// owners remembers whose a token is, in memory only. Whoever reads may add to
	// it.
	owners *owners
}

// owners are the ids of Items by their access tokens, as far as they have been
// asked for. One that is no longer right does no harm: what it says is checked.
type owners struct{ sync.Map }

// of returns the id of the Item that a token was of, or "".
func (o *owners) of(token string) string {
	if o == nil {
		return ""
	}
	id, _ := o.Load(token)
	text, _ := id.(string)
	return text
}

func (o *owners) remember(token, id string) {
	if o != nil {
		o.Store(token, id)
	}
}

// The mark and the version of a state file.
const (
	stateFormat  = "practice bank state"
	stateVersion = 1
)

// link is a link token with what has happened on its page.
type link struct {
	ID         string                   `json:"id"`
	Created    time.Time                `json:"created"`
	Expires    time.Time                `json:"expires"`
	Client     string                   `json:"client"`
	Language   string                   `json:"language"`
	Countries  []string                 `json:"countries"`
	Products   []string                 `json:"products"`
	Optional   []string                 `json:"optional,omitempty"`
	Consented  []string                 `json:"consented,omitempty"`
	Filters    map[string]people.Filter `json:"filters,omitempty"`
	Days       int                      `json:"days"`
	Webhook    string                   `json:"webhook,omitempty"`
	Redirect   string                   `json:"redirect,omitempty"`
	Completion string                   `json:"completion,omitempty"`
	Hosted     bool                     `json:"hosted"`
	// User is the client's name for its user; Phone is the user's number, or "".
	User  string `json:"user,omitempty"`
	Phone string `json:"phone,omitempty"`
	// Auth and Routing say how an account's numbers may be found out.
	Auth    authOptions `json:"auth,omitzero"`
	Routing string      `json:"routing,omitempty"`
	// Update is the Item to sign in to again, or "". Selection lets its accounts
	// be chosen anew, Reconsent renews the user's consent.
	Update    string `json:"update,omitempty"`
	Selection bool   `json:"selection,omitempty"`
	Reconsent bool   `json:"reconsent,omitempty"`
	// Several lets bank after bank be linked in one session.
	Several  bool       `json:"several,omitempty"`
	Sessions []*session `json:"sessions"`
	// Spent says that too many sign-ins were wrong: the link is dead.
	Spent bool `json:"spent,omitempty"`
}

// session is one run through the page, in one browser.
type session struct {
	ID string `json:"id"`
	// Browser is the hash of the browser's cookie.
	Browser  []byte    `json:"browser"`
	Started  time.Time `json:"started"`
	Finished time.Time `json:"finished,omitzero"`
	// State is how far it has come: the institution chosen last, the code of the
	// last error shown, and so on.
	journey.State
	// User and Custom say who has signed in, as an Item does.
	User   string          `json:"user,omitempty"`
	Custom json.RawMessage `json:"custom,omitempty"`
	// Silent says that the bank tells nothing of account numbers. Verification is
	// that of numbers that were entered, or nil.
	Silent       bool          `json:"silent,omitempty"`
	Verification *verify.State `json:"verification,omitempty"`
	// Public is the id of the public token made last, or ""; Earlier are those made
	// before it, where there can be several.
	Public  string   `json:"public,omitempty"`
	Earlier []string `json:"earlier,omitempty"`
	// Left says that the user left without finishing; Where is Plaid's status,
	// Reason what the user gave as one.
	Left   bool    `json:"left,omitempty"`
	Where  string  `json:"where,omitempty"`
	Reason string  `json:"reason,omitempty"`
	Events []event `json:"events"`
	// Told says that a webhook has told of the session as one left alone.
	Told bool `json:"told,omitempty"`
}

// event is something that happened in a session.
type event struct {
	ID        string    `json:"id"`
	At        time.Time `json:"at"`
	RequestID string    `json:"request_id"`
	journey.Event
}

// public is a public token.
type public struct {
	ID        string    `json:"id"`
	Item      string    `json:"item"`
	Created   time.Time `json:"created"`
	Exchanged bool      `json:"exchanged,omitempty"`
}

// item is one login at one institution.
type item struct {
	ID          string    `json:"id"`
	Institution string    `json:"institution"`
	Created     time.Time `json:"created"`
	Removed     time.Time `json:"removed,omitzero"`
	Seed        int64     `json:"seed"`
	Products    []string  `json:"products"`
	Consented   []string  `json:"consented,omitempty"`
	Webhook     string    `json:"webhook,omitempty"`
	// Client is the client's name for its user, as given when the bank was linked.
	Client string `json:"client,omitempty"`
	// Turns counts how often the access token was replaced.
	Turns int `json:"turns,omitempty"`
	// User is the person's user name; "" is user_good.
	User string `json:"user,omitempty"`
	// Custom is a custom user's configuration, or nil.
	Custom   json.RawMessage `json:"custom,omitempty"`
	Accounts []string        `json:"accounts"`
	Days     int             `json:"days"`
	// Verification is how the numbers of an account are verified, or nil if the
	// bank tells them.
	Verification *verify.State `json:"verification,omitempty"`
	// LoginRequired says that the bank wants the user to sign in again.
	LoginRequired bool `json:"login_required,omitempty"`
	// Refreshes are the instants at which a refresh was asked for, in order.
	Refreshes []time.Time `json:"refreshes,omitempty"`
	// Written are the transactions of /sandbox/transactions/create, in order.
	Written []ledger.Entry `json:"written,omitempty"`
	// Chosen are earlier values of Accounts, in order.
	Chosen [][]string `json:"chosen,omitempty"`
	// Renamed are the accounts that have got other ids, in order; Renames are those that
	// get others when their user has been on an update's page.
	Renamed []renaming `json:"renamed,omitempty"`
	Renames []string   `json:"renames,omitempty"`
	// Breaks is when the bank wants the user to sign in again; zero is never.
	Breaks time.Time `json:"breaks,omitzero"`
	// ConsentEnds is when the user's consent ends; zero is never.
	ConsentEnds time.Time `json:"consent_ends,omitzero"`
	// Told, ToldRefreshes and ToldWritten are the moment up to which webhooks have told of
	// what happened; Synced says that /transactions/sync has been called.
	Told          time.Time `json:"told,omitzero"`
	ToldRefreshes int       `json:"told_refreshes,omitempty"`
	ToldWritten   int       `json:"told_written,omitempty"`
	Synced        bool      `json:"synced,omitempty"`
	// LastWebhook is the one that was announced last.
	LastWebhook *sentWebhook `json:"last_webhook,omitempty"`

	// who is the custom user of Custom.
	who *people.Person
}

// sentWebhook is when a webhook was sent, and its code.
type sentWebhook struct {
	At   time.Time `json:"at"`
	Code string    `json:"code"`
}

// token returns the access token. Its first is derived from the id alone, each
// that replaces one from how many there were before it, too.
func (i *item) token(key ident.Keyring) string {
	record := i.ID
	if i.Turns > 0 {
		record = fmt.Sprintf("%s/%d", i.ID, i.Turns)
	}
	return key.Token(ident.AccessToken, record)
}

// copy returns an item that shares nothing with it that can change.
func (i *item) copy() item {
	c := *i
	c.Products = slices.Clone(i.Products)
	c.Consented = slices.Clone(i.Consented)
	c.Refreshes = slices.Clone(i.Refreshes)
	c.Written = slices.Clone(i.Written)
	c.Chosen = slices.Clone(i.Chosen)
	c.Renamed, c.Renames = slices.Clone(i.Renamed), slices.Clone(i.Renames)
	if i.Verification != nil {
		v := *i.Verification
		c.Verification = &v
	}
	return c
}

// The lives of things (PLAID §0, §2).
const (
	publicLife    = 30 * time.Minute
	hostedLife    = 30 * time.Minute
	maxHostedLife = 21 * 24 * time.Hour
	linkLife      = 4 * time.Hour
	sessionLife   = 6 * time.Hour
)

// readable reports whether /link/token/get still answers for l.
func (l *link) readable(now time.Time) bool {
	last := l.Expires
	for _, s := range l.Sessions {
		if s.Finished.After(last) {
			last = s.Finished
		}
	}
	return now.Before(last.Add(sessionLife))
}

// forget drops what no client can ask for any more.
func (st *state) forget(now time.Time) {
	st.Links = slices.DeleteFunc(st.Links, func(l *link) bool { return !l.readable(now) })
	st.Publics = slices.DeleteFunc(st.Publics, func(p *public) bool { return now.After(p.Created.Add(publicLife + sessionLife)) })
}

func (st *state) item(id string) *item {
	return find(st.Items, func(i *item) bool { return i.ID == id })
}

func (st *state) public(id string) *public {
	return find(st.Publics, func(p *public) bool { return p.ID == id })
}

// itemByToken returns the Item of an access token, or nil. Whose a token is has
// been found out once by deriving the tokens of all Items; it is remembered, in
// memory only, and checked again.
func (st *state) itemByToken(token string) *item {
	if it := st.item(st.owners.of(token)); it != nil && ident.Same(it.token(st.Key), token) {
		return it
	}
	it := find(st.Items, func(i *item) bool { return ident.Same(i.token(st.Key), token) })
	if it != nil {
		st.owners.remember(token, it.ID)
	}
	return it
}

func (st *state) publicByToken(token string) *public {
	return find(st.Publics, func(p *public) bool { return ident.Same(st.Key.Token(ident.PublicToken, p.ID), token) })
}

func (st *state) linkByToken(token string) *link {
	return find(st.Links, func(l *link) bool { return ident.Same(st.Key.Token(ident.LinkToken, l.ID), token) })
}

func (st *state) linkByPath(path string) *link {
	return find(st.Links, func(l *link) bool { return l.Hosted && ident.Same(st.Key.Path(l.ID), path) })
}

// find returns the first element that is asked for, or nil.
func find[T any](list []*T, is func(*T) bool) *T {
	if i := slices.IndexFunc(list, is); i >= 0 {
		return list[i]
	}
	return nil
}
