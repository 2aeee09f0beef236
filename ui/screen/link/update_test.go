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

func TestErrandsAskTheDriverAndBeginAgain(t *testing.T) {
	for purpose, asked := range map[link.Purpose]string{
		link.Repair: "repair item", link.Accounts: "accounts item", link.Products: "products item [auth]", link.Verify: "verify item a1",
	} {
		errand := screen.Errand{Purpose: purpose, Item: "item", Account: "a1"}
		b := newBench(t, link.Session{ID: "l1", Stage: link.Preparing, Purpose: purpose, Repairs: "item", Account: "a1"})
		b.driver.beginErr = fault.New("link", fault.Network, nil)
		b.Go(errand)
		b.queue.Settle()
		if s := b.State(); s.Face() != screen.FaceEnded || s.Err == nil {
			t.Errorf("%s that could not begin: face %d, %v", purpose, s.Face(), s.Err)
		}
		b.driver.beginErr = nil
		b.Again()
		b.queue.Settle()
		b.at(link.Session{ID: "l1", Stage: link.Exited, Purpose: purpose, Repairs: "item", Account: "a1"})
		b.Again()
		b.queue.Settle()
		if want := []string{asked, asked, asked}; !slices.Equal(b.driver.asked, want) {
			t.Errorf("asked %v, want %v", b.driver.asked, want)
		}
	}
}

// Each purpose has its words from the first picture to the last.
func TestUpdateViews(t *testing.T) {
	numbered := core.ACHAccount{Status: core.Verified, NumberLast4: "0000"}
	shared := core.Account{ID: "a1", Item: "item", Name: "Checking", Mask: "0000", ACH: numbered}
	gone := core.Account{ID: "a2", Item: "item", Name: "Savings", Mask: "1111", Unshared: true}
	for _, tt := range []struct {
		purpose            link.Purpose
		title, do, below   string
		accounts           []core.Account
		before             []core.AccountID
		done, lead         string
		again, leftStaysAs string
	}{
		{
			link.Repair, "Sign in again", "Sign in to your bank there.", "Nothing you have is changed",
			[]core.Account{shared},
			nil,
			"First Platypus Bank is connected again", "New transactions come", "Sign in again", "The bank stays as it was.",
		},
		{
			link.Accounts, "Add or remove accounts", "which accounts Bankbook may see", "stay in Bankbook with their history",
			[]core.Account{shared, gone, {ID: "a0", Item: "item", Name: "Kept"}},
			[]core.AccountID{"a0", "a2"},
			"Your choice is kept", "1 account added, 1 no longer shared.", "Choose again", "The bank stays as it was.",
		},
		{
			link.Products, "Add account numbers", "Allow Bankbook there", "Nothing else about this bank changes.",
			[]core.Account{shared},
			nil,
			"Account numbers are added", "kept with bank access", "Ask again", "The bank stays as it was.",
		},
		{
			link.Verify, "Verify micro-deposits", "Enter the three letters", "After three wrong codes",
			[]core.Account{shared},
			nil,
			"The account is verified", "Its numbers are kept", "Enter the code again", "The bank stays as it was.",
		},
	} {
		t.Run(string(tt.purpose), func(t *testing.T) {
			of := func(stage link.Stage) link.Session {
				return link.Session{
					ID: "l1", Stage: stage, Purpose: tt.purpose, Repairs: "item", Before: tt.before, URL: "http://127.0.0.1:1/x",
					Expires: now.Add(time.Hour), Exit: bank.LinkExit{Status: "requires_account_selection", RequestID: "r"},
				}
			}
			s := show(t, of(link.Waiting))
			s.accounts = tt.accounts
			s.shows(tt.do, tt.below)
			if s.view.Title() != tt.title {
				t.Errorf("title %q", s.view.Title())
			}
			s.at(of(link.Done))
			s.settle()
			s.shows(tt.done, tt.lead)
			s.at(of(link.Exited))
			s.settle()
			s.shows(tt.again, tt.leftStaysAs)
		})
	}
}

// Where nothing can be tried again, nothing is offered but the way back.
func TestTooManyWrongCodesAreTheEnd(t *testing.T) {
	tooMany := "TOO_MANY_VERIFICATION_ATTEMPTS"
	for _, end := range []link.Session{
		{Stage: link.Exited, Exit: bank.LinkExit{Code: tooMany}},
		{Stage: link.Failed, Trouble: core.Trouble{Kind: fault.Refused, Code: tooMany}},
	} {
		end.ID, end.Purpose, end.Repairs = "l1", link.Verify, "item"
		s := show(t, end)
		s.shows("The account can’t be verified any more")
		s.hides("Enter the code again")
		s.tap("Back")
		if s.left != 1 || len(s.driver.asked) != 0 {
			t.Errorf("left %d times, asked %v", s.left, s.driver.asked)
		}
	}
}

func TestAccountsThatCameBackAreTold(t *testing.T) {
	s := show(t, link.Session{ID: "l1", Stage: link.Syncing, Purpose: link.Accounts, Repairs: "item"})
	s.accounts = []core.Account{
		{ID: "new", Item: "item", Name: "Checking", Mask: "0000"}, {ID: "old", Item: "item", Name: "Checking", Mask: "0000", Unshared: true},
	}
	s.hides("Checking ••0000 came back as another account.")
	s.at(link.Session{ID: "l1", Stage: link.Done, Purpose: link.Accounts, Repairs: "item", Moved: []link.Move{{Old: "old", New: "new"}}})
	s.settle()
	s.shows("Checking ••0000 came back as another account.", "No longer shared", "1 account and its balance saved")
	s.tap("Continue its history…")
	if s.continued != "item" {
		t.Errorf("continued %q", s.continued)
	}
	s.accounts = s.accounts[:1]
	s.Handle(event.AccountsChanged{Item: "item"})
	s.settle()
	s.hides("Continue its history…")
	s.hides("Checking ••0000 came back as another account.")
}

func TestManyAccountsThatCameBackAreToldAtOnce(t *testing.T) {
	s := show(t, link.Session{ID: "l1", Stage: link.Syncing, Purpose: link.Repair, Repairs: "item"})
	s.accounts = []core.Account{
		{ID: "n1", Item: "item", Name: "Checking"},
		{ID: "n2", Item: "item", Name: "Savings"},
		{ID: "o1", Item: "item", Name: "Checking", Unshared: true},
		{ID: "o2", Item: "item", Name: "Savings", Unshared: true},
	}
	moved := []link.Move{{Old: "o1", New: "n1"}, {Old: "o2", New: "n2"}}
	s.at(link.Session{ID: "l1", Stage: link.Done, Purpose: link.Repair, Repairs: "item", Moved: moved})
	s.settle()
	s.shows("2 accounts came back as others.", "there twice until that history goes on", "Continue its history…")
}

func TestSmallDepositsAndSeveralBanksAtTheEnd(t *testing.T) {
	s := show(t, link.Session{ID: "l1", Stage: link.Waiting, Options: link.Options{Several: true}, Expires: now.Add(time.Hour)})
	s.shows("I have finished")
	s.accounts = []core.Account{{ID: "a1", Item: "item", ACH: core.ACHAccount{Status: core.VerifyPending}}, {ID: "a2", Item: "other"}, {ID: "a3", Item: "strange"}}
	s.at(link.Session{ID: "l1", Stage: link.Done, Items: []core.ItemID{"item", "other"}})
	s.settle()
	s.shows("2 banks are linked", "2 accounts and their balances saved")
	s.at(link.Session{ID: "l1", Stage: link.Done, Items: []core.ItemID{"item"}, Options: link.Options{Deposits: true}})
	s.settle()
	s.shows("The deposit is on its way", "one or two business days")
	s.hides("Older history saved")
}

func TestAdvancedOptions(t *testing.T) {
	s := show(t, link.Session{ID: "l1"})
	s.hides("Redirect URI")
	s.tap("Show advanced options")
	s.shows("Redirect URI", "Android package", "Link several banks in one go", "My bank can’t sign in")
	s.typeInto("https://", "example.org")
	s.tap("Continue")
	s.shows("Enter an https address")
	if len(s.driver.asked) != 0 {
		t.Fatalf("asked %v", s.driver.asked)
	}
	s.typeInto("https://", "https://example.org/back")
	s.hides("Enter an https address without ? and #.")
	s.typeInto("org.example.app", "app")
	s.tap("Continue")
	s.shows("Enter a package name")
	s.typeInto("org.example.app", "org.example")
	s.tap("Continue")
	s.shows("not both")
	s.typeInto("org.example.app", "")
	s.tap("Hide advanced options")
	s.shows("In use: redirect URI")
	s.tap("Continue")
	if o := s.driver.options; o.RedirectURI != "https://example.org/back" || o.AndroidPackage != "" || o.Several || o.Deposits {
		t.Errorf("options %+v", o)
	}
}

// A mistake that is out of sight is shown.
func TestAMistakeOpensTheAdvancedOptions(t *testing.T) {
	s := show(t, link.Session{ID: "l1"})
	s.Set(func(f *screen.Form) { f.AndroidPackage = "app" })
	s.settle()
	s.tap("Continue")
	s.shows("Enter a package name")
}

func TestDepositsNeedNoOtherChoice(t *testing.T) {
	s := show(t, link.Session{ID: "l1"})
	s.tap("Show advanced options")
	s.Set(func(f *screen.Form) { f.Deposits, f.Several, f.Cash, f.Cards = true, true, false, false })
	s.settle()
	s.hides("History")
	s.hides("Link several banks in one go")
	s.tap("Continue")
	if o := s.driver.options; !o.Deposits || o.Several {
		t.Errorf("options %+v", o)
	}
}

// typeInto puts text in the place of what is in a field.
func (s *shown) typeInto(field, text string) {
	s.t.Helper()
	entry := uitest.Entry(s.window.Canvas(), field)
	if entry == nil {
		s.t.Fatalf("no field %q", field)
	}
	for range 200 {
		entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
	uitest.Type(s.t, s.window.Canvas(), field, text)
	s.settle()
}

func TestAddedNumbersAreToldByAccount(t *testing.T) {
	s := show(t, link.Session{ID: "l1", Stage: link.Waiting, Purpose: link.Products, Repairs: "item"})
	s.accounts = []core.Account{
		{ID: "a1", Item: "item", Name: "Checking", ACH: core.ACHAccount{Status: core.Verified, NumberLast4: "0000", RoutingLast4: "1533"}},
		{ID: "a2", Item: "item", Name: "Loan"},
	}
	s.at(link.Session{ID: "l1", Stage: link.Done, Purpose: link.Products, Repairs: "item"})
	s.settle()
	s.shows("Verified", "No numbers")
}
