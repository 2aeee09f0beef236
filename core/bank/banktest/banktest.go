package banktest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// World is a provider and what a person can do with it. All of it is fresh: no
// Item is linked.
type World struct {
	bank.Provider
	bank.InstantLinker
	// Bank has checking and credit accounts, and a history longer than one page;
	// Name is what it is called.
	Bank core.InstitutionID
	Name string
	// User and Password sign in there.
	User     string
	Password secret.Text
	// Finish goes through a link page: it signs in at Bank and shares all
	// accounts.
	Finish func(ctx context.Context, link bank.Link) error
	// Share is Finish for the accounts of the given names alone.
	Share func(ctx context.Context, link bank.Link, names ...string) error
	// Enter types account numbers in instead of a sign-in.
	Enter func(ctx context.Context, link bank.Link) error
	// Several signs in at Bank, and then at another one.
	Several func(ctx context.Context, link bank.Link) error
	// Exit opens a link page, chooses Bank and leaves without a sign-in.
	Exit func(ctx context.Context, link bank.Link) error
	// Break makes an Item's bank want another sign-in.
	Break func(ctx context.Context, access secret.Text) error
	// Wait lets time pass at the provider.
	Wait func(d time.Duration)
	// Foreign is a token of the kind given ("link", "public" or "access") that has
	// the right form and belongs to nothing.
	Foreign func(kind string) secret.Text
}

// Harness makes a World for one test.
type Harness func(t *testing.T) World

// Run runs the whole suite.
func Run(t *testing.T, h Harness) {
	for name, check := range map[string]func(*testing.T, World){
		"link a bank":                 linkBank,
		"link limited accounts":       linkLimited,
		"leave the page":              leavePage,
		"two pages at once":           twoPages,
		"link without a browser":      linkInstantly,
		"tokens that are not":         foreignTokens,
		"accounts and balances":       accountsAndBalances,
		"numbers":                     numbers,
		"institutions":                institutions,
		"the whole history":           wholeHistory,
		"a first sync in two parts":   firstSync,
		"a change between two pages":  changeBetweenPages,
		"a cursor of another item":    foreignCursor,
		"sign-in needed, then repair": repair,
		"accounts chosen anew":        chooseAccounts,
		"more products":               askForMore,
		"numbers proved by a deposit": proveNumbers,
		"several banks on one page":   severalBanks,
		"remove an item":              remove,
		"change an access token":      rotate,
		"a context that is over":      contextOver,
		"receipts":                    receipts,
	} {
		t.Run(name, func(t *testing.T) { check(t, h(t)) })
	}
}

// request asks for a page for a new Item with a long history.
func request() bank.LinkRequest {
	return bank.LinkRequest{
		User: "banktest-user", Products: []core.Product{core.Transactions}, Optional: []core.Product{core.Auth}, HistoryDays: 730,
	}
}

// instant links the World's bank without a browser.
func instant(t *testing.T, w World) bank.Grant {
	t.Helper()
	public, err := w.InstantLink(t.Context(), bank.InstantRequest{
		Institution: w.Bank, User: w.User, Password: w.Password,
		Products: []core.Product{core.Transactions, core.Auth}, HistoryDays: 730,
	})
	must(t, err)
	grant, err := w.Exchange(t.Context(), public)
	must(t, err)
	return grant
}

// page makes a link page.
func page(t *testing.T, w World, req bank.LinkRequest) bank.Link {
	t.Helper()
	link, err := w.CreateLink(t.Context(), req)
	must(t, err)
	if link.Token.IsEmpty() || link.URL == "" || link.Expires.IsZero() {
		t.Fatalf("the link lacks something: %+v", link)
	}
	return link
}

func status(t *testing.T, w World, link bank.Link) bank.LinkStatus {
	t.Helper()
	got, err := w.LinkStatus(t.Context(), link.Token)
	must(t, err)
	return got
}

// finished returns the one session of a page that is finished.
func finished(t *testing.T, got bank.LinkStatus) bank.LinkSession {
	t.Helper()
	if len(got.Sessions) != 1 || got.Sessions[0].Finished.IsZero() || got.Sessions[0].ID == "" {
		t.Fatalf("want one finished session, got %+v", got.Sessions)
	}
	return got.Sessions[0]
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantFault checks that err is a fault.Error of the kind, and that neither it
// nor a cause of it tells one of the secrets.
func wantFault(t *testing.T, err error, kind fault.Kind, secrets ...secret.Text) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != kind {
		t.Errorf("got %v, want %s", err, kind)
	}
	for ; err != nil; err = errors.Unwrap(err) {
		for _, s := range secrets {
			if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), s.Reveal()) {
				t.Errorf("an error of kind %s tells a secret", kind)
			}
		}
	}
}

// operations are all methods that take the given access token.
func (w World) operations(access secret.Text) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"Item":     func(ctx context.Context) error { return second(w.Item(ctx, access)) },
		"Accounts": func(ctx context.Context) error { return second(w.Accounts(ctx, access)) },
		"Balances": func(ctx context.Context) error { return second(w.Balances(ctx, access)) },
		"Numbers":  func(ctx context.Context) error { return second(w.Numbers(ctx, access)) },
		"Sync":     func(ctx context.Context) error { return second(w.Sync(ctx, access, "")) },
		"Refresh":  func(ctx context.Context) error { return w.Refresh(ctx, access) },
		"CreateLink": func(ctx context.Context) error {
			return second(w.CreateLink(ctx, bank.LinkRequest{User: "banktest-user", Access: access}))
		},
	}
}

func second[T any](_ T, err error) error { return err }
