package shell_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/money"
	"bankbook/ui/clip"
	"bankbook/ui/kit"
	"bankbook/ui/screen/lock"
	"bankbook/ui/shell"
	"bankbook/ui/uitest"
)

// account is what the bakery has of an account.
func (b *bench) account(id core.AccountID) (found core.Account) {
	for _, a := range b.bakery.accounts {
		if a.ID == id {
			found = a
		}
	}
	return found
}

// typed puts text into the field of a label, in the place of what is there, and leaves
// it with a key.
func (b *bench) typed(field, text string, end fyne.KeyName) {
	b.t.Helper()
	entry := uitest.Entry(b.canvas(), field)
	if entry == nil {
		b.t.Fatalf("no field %q", field)
	}
	b.canvas().Focus(entry)
	entry.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	for _, r := range text {
		entry.TypedRune(r)
	}
	if end != "" {
		entry.TypedKey(&fyne.KeyEvent{Name: end})
	}
	b.settle()
}

func TestWaysToAnAccount(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.tap("Savings")
	b.shows("Account and routing numbers", "$12,610.00", "••1111")
	b.tap("First Platypus Bank")
	b.shows("4 banks, 6 accounts", "ACH numbers")
	b.tap("Operating")
	b.shows("Gingham Business Share Draft", "Reconnect")
	b.tap("See all 89")
	b.shows("Operating ••4471")
	b.Go(shell.Account{ID: "checking"})
	b.settle()
	b.shows("••0000", "See all 692", "Days before Nov 18 are worked out")
	b.tap("1 year")
	b.shows("Nov 18")
	b.Go(shell.Account{ID: "nowhere"})
	b.settle()
	b.shows("This account is not here")
	b.tap("Go to Banks")
	b.shows("4 banks, 6 accounts")
}

func TestNicknameIsSavedAndUndone(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.atAccount("payroll", asItIs)
	b.typed("Nickname", "Wages", fyne.KeyReturn)
	b.shows("Wages", "Nickname saved")
	if got := b.account("payroll").Title(); got != "Wages" {
		t.Errorf("kept %q", got)
	}
	b.tap("Undo")
	if got := b.account("payroll").Title(); got != "Payroll" {
		t.Errorf("after the undo it is %q", got)
	}
	b.typed("Nickname", strings.Repeat("x", 61), fyne.KeyReturn)
	b.shows("Nickname is too long")
	if got := b.account("payroll").Choices.Nickname; got != "" {
		t.Errorf("kept %q", got)
	}
	b.typed("Nickname", "Left", "")
	b.canvas().Unfocus()
	b.settle()
	if got := b.account("payroll").Title(); got != "Left" {
		t.Errorf("leaving the field kept %q", got)
	}
}

// TestWhatIsBeingTypedIsNotLost: news of the bank come at any time.
func TestWhatIsBeingTypedIsNotLost(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.atAccount("payroll", asItIs)
	b.typed("Nickname", "Wag", "")
	b.bakery.bus.Publish(event.AccountsChanged{Item: "houndstooth"})
	b.settle()
	entry := uitest.Entry(b.canvas(), "Nickname")
	if got := entry.(interface{ Value() string }).Value(); got != "Wag" || b.canvas().Focused() != entry {
		t.Errorf("the field holds %q", got)
	}
}

func TestSwitchesOfAnAccount(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.bakery.bakers("savings", func(a *core.Account) { a.Choices.Primary.Deposits = true })
	b.atAccount("checking", asItIs)
	b.tap("First choice for deposits")
	b.tap("Hide this account")
	if a := b.account("checking"); !a.Choices.Primary.Deposits || a.Choices.Primary.Withdrawals || !a.Choices.Hidden || b.account("savings").Choices.Primary.Any() {
		t.Errorf("%+v", a.Choices)
	}
	b.tap("Banks")
	b.hides("Platypus Business Checking")
	b.tap("Show 1 hidden account")
	b.shows("Checking", "Hidden", "Leave out hidden accounts")
	b.tap("Make Savings ••1111 the first choice")
	if a := b.account("savings"); !a.Choices.Primary.Deposits || !a.Choices.Primary.Withdrawals || b.account("checking").Choices.Primary.Any() {
		t.Errorf("%+v", a.Choices)
	}
}

// openSelect opens the first list of answers on the page by the keyboard.
func (b *bench) openSelect() {
	b.t.Helper()
	for range 50 {
		b.canvas().FocusNext()
		if _, ok := b.canvas().Focused().(*kit.Select); ok {
			uitest.Key(b.canvas(), fyne.KeyDown)
			b.settle()
			return
		}
	}
	b.t.Fatal("there is no list of answers")
}

// TestAnAccountGivenAwayIsTakenBack gives an account to another profile by the list of
// owners, and takes it back by the toast.
func TestAnAccountGivenAwayIsTakenBack(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.atAccount("payroll", func(a *core.Account) { a.Choices.Primary.Deposits = true })
	b.openSelect()
	b.tap("Household")
	b.shows("Payroll belongs to Household now", "Undo")
	if a := b.account("payroll"); a.Choices.Profile != "household" || a.Choices.Primary.Any() {
		t.Fatalf("%+v", a.Choices)
	}
	b.tap("Undo")
	if a := b.account("payroll"); a.Choices.Profile != "" || !a.Choices.Primary.Deposits {
		t.Errorf("after the undo: %+v", a.Choices)
	}
}

func TestStopAndReopen(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.atAccount("checking", asItIs)
	b.tap("More for this account")
	b.tap("Stop this account")
	b.shows("Account stopped", "takes in nothing from its bank")
	b.hides("Get balance now", "First choice for deposits")
	b.tap("Undo")
	if a := b.account("checking"); a.Choices.Status != core.Open || !b.bakery.items[0].Sync.Replay {
		t.Errorf("%+v", a.Choices)
	}
	b.tap("More for this account")
	b.tap("Mark as closed")
	b.shows("Closed")
	b.tap("Reopen")
	b.shows("Account reopened", "Get balance now")
}

func TestTheBalanceCanBeCalledOff(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.ledger.wait, b.ledger.costs = make(chan struct{}), true
	b.atAccount("checking", asItIs)
	b.shows("Plaid may charge")
	b.tap("Get balance now…")
	if slices.Contains(b.bakery.asked, "balance checking") {
		t.Fatal("asked before the person has agreed")
	}
	uitest.Tap(t, b.canvas(), "Get balance now") // settling would wait for the bank
	b.queue.Drain()
	for range 100 {
		if uitest.Shows(b.canvas(), "Asking the bank") {
			break
		}
		b.queue.Drain()
	}
	b.shows("Asking the bank")
	uitest.Tap(t, b.canvas(), "Cancel")
	b.settle()
	b.shows("Get balance now…")
	if !slices.Contains(b.bakery.asked, "balance checking") || uitest.Shows(b.canvas(), "Stopped") {
		t.Errorf("asked %v", b.bakery.asked)
	}
}

func TestRevealAndCopy(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.ledger.passphrase = "correct horse battery"
	b.atAccount("payroll", unverified)
	b.shows("Asks for your passphrase. Copies clear after 30 s.", "Unverified", "••••7890", "Verify before moving money")
	b.tap("Reveal…")
	b.tap("Cancel")
	b.tap("Reveal…")
	b.typed("Passphrase", "wrong", fyne.KeyReturn)
	b.shows("This is not the passphrase of your data.")
	b.hides(theNumber)
	b.typed("Passphrase", "correct horse battery", fyne.KeyReturn)
	b.shows(theNumber, "011401533")
	b.tap("Hide")
	b.hides(theNumber)
	b.tap("Copy…")
	b.typed("Passphrase", "correct horse battery", "")
	b.tap("Copy number")
	b.shows("Account number copied for 30 seconds")
	if want := []string{"reveal payroll", "copy payroll"}; !slices.Equal(b.bakery.asked, want) || !slices.Equal(b.copied, []string{theNumber}) {
		t.Errorf("asked %v, copied %v", b.bakery.asked, b.copied)
	}
	b.queue.Advance(clip.After)
	if !slices.Equal(b.copied, []string{theNumber, ""}) {
		t.Errorf("the clipboard is not cleared: %v", b.copied)
	}
}

func TestLockingClearsTheClipboard(t *testing.T) {
	for name, end := range map[string]func(*bench){
		"lock": func(b *bench) { b.Lock(lock.Deps{}) },
		"quit": func(b *bench) { b.Forget() },
	} {
		b := newBench(t, windowSize, uitest.Light)
		b.atAccount("payroll", unverified)
		b.tap("Copy…")
		b.tap("Routing number")
		b.tap("Copy number")
		end(b)
		if !slices.Equal(b.copied, []string{"011401533", ""}) {
			t.Errorf("%s: the clipboard is not cleared: %v", name, b.copied)
		}
	}
}

func TestNumbersOfAnAccount(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.bakery.items[1].Products = []core.Product{core.Auth}
	b.atAccount("reserve", asItIs)
	b.tap("Get from bank")
	b.tap("Add numbers…")
	b.typed("Routing number", "02100002", "")
	b.tap("Add numbers")
	b.shows("Add numbers of Reserve ••4489")
	b.typed("Routing number", "021000012", "")
	b.shows("This routing number fails its check digit", "Fix 1 field to continue")
	if uitest.Enabled(b.canvas(), "Add numbers") {
		t.Error("a wrong number can be added")
	}
	b.typed("Routing number", "0210 0002 1", "")
	b.shows("Looks right", "Starts as unverified")
	b.typed("Account number", "5500000004417", fyne.KeyReturn)
	b.shows("Unverified", "••••0021", "••••4417")
	if a := b.account("reserve").ACH; a.Kind != core.Savings || a.Status != core.Unverified {
		t.Errorf("%+v", a)
	}
	b.tap("More for these numbers")
	b.tap("Remove numbers…")
	b.shows("can’t be undone")
	b.tap("Remove numbers")
	if want := []string{"fetch numbers of reserve", "delete numbers of reserve"}; !slices.Equal(b.bakery.asked, want) {
		t.Errorf("asked %v", b.bakery.asked)
	}
}

func TestAddAccountByHand(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.addManually()
	b.typed("Routing number", "021000012", "")
	b.shows("This routing number fails its check digit", "Fix 1 field to continue")
	if uitest.Enabled(b.canvas(), "Add account") {
		t.Error("a wrong number can be added")
	}
	uitest.Key(b.canvas(), fyne.KeyEscape)
	b.settle()
	if len(b.bakery.accounts) != 6 || b.canvas().Overlays().Top() != nil {
		t.Fatal("Escape did not cancel")
	}
	b.tap("Add account manually")
	b.tap("Add account")
	b.shows("Bank name is missing", "Account name is missing", "Fix 2 fields to continue")
	b.typed("Bank name", "Cash box", "")
	b.shows("If you know it, such as 240.00")
	b.typed("Nickname", "Coins", fyne.KeyReturn)
	b.shows("Coins added", "5 banks, 7 accounts", "Cash box", "Added by you")
	if a := b.bakery.accounts[6]; a.Name != "Coins" || a.ACH.Exists() || a.Balance.Current.Known {
		t.Errorf("%+v", a)
	}
	b.tap("Cash box")
	b.shows("Set balance…", "There are none here")
	b.tap("Set balance…")
	b.typed("What it holds now", "much", fyne.KeyReturn)
	b.shows("This isn’t an amount")
	b.typed("What it holds now", " ", fyne.KeyReturn)
	b.shows("Balance is missing")
	b.typed("What it holds now", "240.00", fyne.KeyReturn)
	b.shows("$240.00")
	b.tap("More for this account")
	b.tap("Remove account…")
	b.shows("It has no transactions.", "can’t be undone")
	b.tap("Remove account")
	b.shows("Coins removed", "Add account manually")
}

func TestASharedAccountIsNotOfferedToBeRemoved(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.atAccount("checking", asItIs)
	b.tap("More for this account")
	b.shows("The bank still shares it: stop it instead")
	if uitest.Enabled(b.canvas(), "Remove account…") {
		t.Error("it can be removed")
	}
}

func TestAnAccountAddedWithItsNumbers(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.addManually()
	b.tap("Add account")
	b.shows("Routing number is missing")
	if len(b.bakery.accounts) != 6 {
		t.Fatal("half of it was kept")
	}
	b.typed("Routing number", "021000021", fyne.KeyReturn)
	b.shows("Rainy day added")
	if a := b.bakery.accounts[6]; a.Mask != "4417" || a.ACH.Status != core.Unverified || a.ACH.RoutingLast4 != "0021" {
		t.Errorf("%+v", a)
	}
}

// TestAnAccountAddedWithItsBalance has the balance read as the dialog of the
// account's page reads it, and keeps nothing while it is no amount.
func TestAnAccountAddedWithItsBalance(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.addManually()
	b.typed("Account number", "", "")
	for _, wrong := range []string{"much", "240.005", "1e3", "240.00 EUR"} {
		b.typed("Balance today", wrong, fyne.KeyReturn)
		b.shows("This isn’t an amount", "Fix 1 field to continue")
		if len(b.bakery.accounts) != 6 || uitest.Enabled(b.canvas(), "Add account") {
			t.Errorf("%q: it can be added, or was", wrong)
		}
	}
	b.typed("Balance today", "−$1,240.50", "")
	if uitest.Shows(b.canvas(), "This isn’t an amount") {
		t.Error("an amount is refused")
	}
	b.typed("Balance today", "−$1,240.50", fyne.KeyReturn)
	b.shows("Rainy day added")
	want := core.Balance{Current: money.Known(money.Of(-124_050, money.USD)), At: now}
	if a := b.bakery.accounts[6]; a.Balance != want {
		t.Errorf("%+v", a.Balance)
	}
}
