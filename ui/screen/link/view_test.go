package link_test

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	screen "bankbook/ui/screen/link"
	"bankbook/ui/uitest"
)

// shown is a bench with its view in a window.
type shown struct {
	*bench
	t      *testing.T
	view   *screen.View
	window fyne.Window
}

func show(t *testing.T, s link.Session) *shown {
	t.Helper()
	b := newBench(t, s)
	v := &shown{bench: b, t: t, view: screen.NewView(b.Model)}
	v.window = uitest.Window(t, v.view.Content(), fyne.NewSize(1072, 744), uitest.Light)
	if s.Stage != "" {
		b.Resume(s.ID)
	}
	v.settle()
	return v
}

func (s *shown) settle() {
	s.queue.Settle()
	uitest.Relayout(s.window)
}

func (s *shown) shows(texts ...string) {
	s.t.Helper()
	uitest.MustShow(s.t, s.window.Canvas(), texts...)
}

func (s *shown) hides(text string) {
	s.t.Helper()
	if uitest.Shows(s.window.Canvas(), text) {
		s.t.Errorf("%q is on screen", text)
	}
}

func (s *shown) tap(text string) {
	s.t.Helper()
	uitest.Tap(s.t, s.window.Canvas(), text)
	s.settle()
}

func TestOptionsView(t *testing.T) {
	s := show(t, link.Session{ID: "l1"})
	s.shows("What should Bankbook get?", "24 months", "Household", "a page of the practice bank")
	s.tap("Loans")
	s.tap("Credit cards")
	s.tap("Checking and savings")
	s.tap("Loans")
	if uitest.Enabled(s.window.Canvas(), "Continue") {
		t.Error("can continue with no kind of account")
	}
	s.tap("Credit cards")
	s.at(link.Session{ID: "l1", Stage: link.Preparing})
	s.tap("Continue")
	if want := []core.AccountType{core.Credit}; !slices.Equal(s.driver.options.Kinds, want) {
		t.Errorf("kinds %v", s.driver.options.Kinds)
	}
	s.shows("Preparing a secure page")
}

func TestWaitingViewCountsDown(t *testing.T) {
	s := show(t, link.Session{
		ID: "l1", Stage: link.Waiting, URL: "https://secure.plaid.com/link/1", Expires: now.Add(28*time.Minute + 41*time.Second),
		Options: link.Options{Kinds: []core.AccountType{core.Depository, core.Credit}, HistoryDays: 730},
	})
	s.shows("Continue in your browser", "28:41", "Use your phone instead", "Checking, savings and credit cards, 24 months of history")
	for _, press := range []string{"Open again", "Copy link", "I closed the page"} {
		s.tap(press)
	}
	if want := []string{"open l1", "check l1"}; !slices.Equal(s.driver.asked, want) || len(s.copied) != 1 {
		t.Errorf("asked %v, copied %v", s.driver.asked, s.copied)
	}
	if s.view.CloseWords() != "Cancel" || s.view.Title() != "Link a bank" {
		t.Errorf("%q, %q", s.view.Title(), s.view.CloseWords())
	}
	s.tap("Back to options")
	s.shows("What should Bankbook get?")
	if s.driver.asked[len(s.driver.asked)-1] != "cancel l1" {
		t.Errorf("asked %v", s.driver.asked)
	}
}

func TestWaitingViewWithoutBrowser(t *testing.T) {
	s := show(t, link.Session{ID: "l1", Stage: link.Waiting, NoBrowser: true, URL: "http://127.0.0.1:4000/link/1", Expires: now.Add(time.Hour)})
	s.shows("Open this link in a browser", "http://127.0.0.1:4000/link/1", "user_good")
	s.hides("Use your phone instead")
}

func TestDecidingViewKeepsTheKeyboardWhereItIs(t *testing.T) {
	s := show(t, link.Session{ID: "l1", Stage: link.Deciding, Found: []link.Candidate{{
		Institution: core.Institution{Name: "First Platypus Bank"}, Twins: []core.AccountID{"a1"},
		Accounts: []bank.LinkAccount{{Name: "Checking", Mask: "0000", Subtype: "checking"}, {Name: "Savings", Mask: "1111", Subtype: "savings"}},
	}}})
	s.shows("You already linked First Platypus Bank ••0000", "Already in Bankbook", "New", "Nothing saved yet", "Reconnect")
	row := uitest.Find(s.window.Canvas(), "Link as a second connection")
	s.tap("Link as a second connection")
	if uitest.Find(s.window.Canvas(), "Link as a second connection") != row {
		t.Error("the answers were made anew")
	}
	s.tap("Link a second time")
	s.tap("Discard this sign-in")
	if want := []string{"decide l1 second", "decide l1 drop"}; !slices.Equal(s.driver.asked, want) {
		t.Errorf("asked %v", s.driver.asked)
	}
}

func TestSyncingView(t *testing.T) {
	s := show(t, link.Session{ID: "l1", Stage: link.Syncing, Items: []core.ItemID{"item"}, Options: link.Options{HistoryDays: 730}})
	s.Handle(event.SyncProgress{
		Item: "item", Running: true, Rows: 1240, Started: now.Add(-20 * time.Second), Phase: core.InitialDone,
		Accounts: map[core.AccountID]event.AccountProgress{"a1": {Rows: 864, Oldest: core.NewDate(2026, 3, 2)}},
	})
	s.settle()
	title := uitest.Find(s.window.Canvas(), "Getting your transactions")
	s.Handle(event.SyncProgress{Item: "item", Running: true, Rows: 1239, Started: now, Phase: core.InitialDone})
	s.Handle(event.SyncProgress{
		Item: "item", Running: true, Rows: 1240, Started: now.Add(-20 * time.Second), Phase: core.InitialDone,
		Accounts: map[core.AccountID]event.AccountProgress{"a1": {Rows: 864, Oldest: core.NewDate(2026, 3, 2)}},
	})
	s.settle()
	if uitest.Find(s.window.Canvas(), "Getting your transactions") != title {
		t.Error("the picture was made anew, so that its bar starts again with each count")
	}
	s.shows("Getting your transactions", "1,240", "20 s", "Back to Mar 2", "864 transactions", "Last 30 days saved", "Older history, up to 24 months")
	if s.view.CloseWords() != "Close" {
		t.Errorf("the sync is called off by %q", s.view.CloseWords())
	}
	s.at(link.Session{ID: "l1", Stage: link.Done, Items: []core.ItemID{"item"}, Options: link.Options{HistoryDays: 730}})
	s.settle()
	s.shows("First Platypus Bank is linked", "Older history saved, up to 24 months")
	s.tap("Go to Overview")
	if s.overview != 1 || s.State().HasSession {
		t.Errorf("overview %d", s.overview)
	}
}

func TestStumbledFirstSyncCanBeTriedAgain(t *testing.T) {
	s := show(t, link.Session{ID: "l1", Stage: link.Syncing, Items: []core.ItemID{"item"}, Trouble: core.Trouble{Kind: fault.BankDown}})
	s.shows("its history is not complete yet")
	s.tap("Try again")
	if !slices.Equal(s.driver.asked, []string{"retry l1"}) {
		t.Errorf("asked %v", s.driver.asked)
	}
}

func TestEndViews(t *testing.T) {
	for _, tt := range []struct {
		name    string
		session link.Session
		shows   string
		press   string
		asked   string
	}{
		{"left", link.Session{Stage: link.Exited, Exit: bank.LinkExit{Status: "requires_code"}}, "checking that it is you", "Start again", ""},
		{"refused", link.Session{Stage: link.Exited, Exit: bank.LinkExit{Code: "INVALID_CREDENTIALS"}}, "did not accept", "Copy details", ""},
		{"expired", link.Session{Stage: link.Expired}, "The page has expired", "Start again", ""},
		{"keychain", link.Session{Stage: link.Exchanging, Trouble: core.Trouble{Kind: fault.KeychainLocked}}, "Your sign-in is kept for now.", "Try again", "retry l1"},
		{"lost", link.Session{Stage: link.Failed, Trouble: core.Trouble{Kind: fault.Expired, Code: "LINK_ACCESS_LOST"}}, "works only once", "Start again", ""},
		{"repair expired", link.Session{Stage: link.Expired, Purpose: link.Repair, Repairs: "item"}, "The page has expired", "Sign in again", "repair item"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.session.ID = "l1"
			s := show(t, tt.session)
			s.shows(tt.shows)
			s.tap(tt.press)
			if tt.asked != "" && !slices.Contains(s.driver.asked, tt.asked) {
				t.Errorf("asked %v, want %s", s.driver.asked, tt.asked)
			}
		})
	}
}
