package shell_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/ui/look"
	"bankbook/ui/shell"
	"bankbook/ui/uitest"
)

func TestStartingIsReplacedByWhatIsThere(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.shows("Opening your data…")
	b.choose(nil)
	b.shows("Where should Bankbook get bank data?")
	b.Failed(fault.New("vault: open", fault.VaultNewer, nil), shell.Remedies{})
	b.settle()
	b.shows("Your data is from a newer Bankbook", "Quit")
	b.ready(core.Practice)
	b.shows("Juniper Bakery LLC", "Overview", "Practice bank", "Synced 2 min ago")
	b.Close()
	b.settle()
	b.shows("Opening your data…")
}

func TestFailedStartOffersItsRemedies(t *testing.T) {
	for _, tt := range []struct {
		kind  fault.Kind
		title string
		press string
	}{
		{fault.VaultInUse, "Bankbook is already open", "Try again"},
		{fault.VaultForeign, "This is not Bankbook’s data", "Choose another folder…"},
		{fault.VaultDamaged, "Your data is damaged", "Recover my data"},
		{fault.KeychainMissing, "No keychain on this computer", "Use for this session only"},
		{fault.KeychainLocked, "The keychain is locked", "Use for this session only"},
		{fault.NoKeys, "No Plaid keys yet", "Enter keys…"},
		{fault.LockboxDamaged, "The lockbox is damaged", "Restore a backup…"},
	} {
		t.Run(string(tt.kind), func(t *testing.T) {
			b := newBench(t, windowSize, uitest.Light)
			pressed := 0
			press := func() { pressed++ }
			b.Failed(fault.New("start", tt.kind, nil), shell.Remedies{Retry: press, SessionOnly: press, OtherFolder: press, Keys: press, Source: press, Recover: press, Restore: press})
			b.settle()
			b.shows(tt.title)
			b.tap(tt.press)
			b.tap("Copy details")
			if pressed != 1 || len(b.copied) != 1 || !strings.Contains(b.copied[0], "Problem: "+string(tt.kind)) {
				t.Errorf("pressed %d, copied %q", pressed, b.copied)
			}
			b.shows("Details copied")
		})
	}
}

func TestNavigation(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.shows("Cash flow")
	b.tap("Banks")
	b.shows("4 banks, 6 accounts")
	b.tap("Transactions")
	b.shows("1,093 transactions")
	b.tap("Overview")
	b.tap("Link a bank")
	b.shows("What should Bankbook get?")
	b.hides("Search or type a command")
	b.tap("Cancel")
	b.shows("Cash flow")
	b.tap("Practice bank")
	if b.sources != 1 {
		t.Error("the badge does not lead to the sources")
	}
}

func TestSidebarCountsFollowEvents(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.shows("1,093")
	b.bakery.rows = b.bakery.rows[1:]
	b.bakery.items[1].Status = core.Connected
	b.bakery.items[2].ConsentEnds = time.Time{}
	b.bakery.bus.Publish(event.TransactionsChanged{Item: "platypus"})
	b.settle()
	b.shows("1,092")
	b.hides("Needs attention")
}

func TestHeaderSyncsStopsAndReports(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.bakery.syncErr = fault.New("sync", fault.Network, nil)
	b.tap("Sync")
	if !slices.Equal(b.bakery.asked, []string{"sync all"}) {
		t.Errorf("asked %v", b.bakery.asked)
	}
	b.shows("No connection")
	b.tap("Show")
	b.shows("Bankbook couldn’t reach Plaid.", "Check your internet connection and try again.")
	b.tap("Copy details")
	if len(b.copied) != 1 || !strings.Contains(b.copied[0], "Operation: sync") {
		t.Errorf("copied %q", b.copied)
	}
	b.tap("Close")

	b.bakery.bus.Publish(event.SyncProgress{Item: "platypus", Running: true, Rows: 3})
	b.settle()
	b.shows("Syncing 1 of 3 banks…")
	b.tap("Stop")
	if b.bakery.asked[len(b.bakery.asked)-1] != "stop platypus" {
		t.Errorf("asked %v", b.bakery.asked)
	}
	b.bakery.bus.Publish(event.SyncProgress{Item: "platypus"})
	b.settle()
	b.shows("Synced 2 min ago")
}

func TestHeaderSaysOffline(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.bakery.items[0].Sync.Trouble = core.Trouble{Kind: fault.Network}
	b.ready(core.Practice)
	b.shows("Offline, data from 2 min ago")
}

func TestNothingToSyncDisablesTheButton(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.bakery.items = nil
	b.ready(core.Practice)
	b.shows("Nothing to sync yet")
	if uitest.Enabled(b.canvas(), "Sync") {
		t.Error("the button can be pressed")
	}
}

func TestFaultsThatTheBanksShowAreNotReported(t *testing.T) {
	for _, err := range []error{nil, fault.New("sync", fault.SignIn, nil), fault.New("sync", fault.Canceled, nil)} {
		b := open(t, windowSize, uitest.Light)
		b.bakery.syncErr = err
		b.tap("Sync")
		b.hides("Show")
	}
}

// menuItem returns an item of the main menu by its label.
func menuItem(t *testing.T, m *fyne.MainMenu, label string) *fyne.MenuItem {
	t.Helper()
	for _, menu := range m.Items {
		for _, item := range menu.Items {
			if item.Label == label {
				return item
			}
		}
	}
	t.Fatalf("no menu item %q", label)
	return nil
}

func TestMenuDoesWhatItSays(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	choose := func(label string) {
		t.Helper()
		item := menuItem(t, b.Menu(), label)
		if item.Shortcut == nil && label != "Change source…" {
			t.Errorf("%q has no shortcut", label)
		}
		item.Action()
		b.settle()
	}
	choose("Banks")
	b.shows("4 banks, 6 accounts")
	choose("Find transactions")
	b.shows("1,093 transactions")
	if b.canvas().Focused() == nil {
		t.Error("the keyboard is not in the search field")
	}
	choose("Overview")
	b.shows("Cash flow")
	choose("Link a bank…")
	b.shows("What should Bankbook get?")
	choose("Sync all banks")
	if !slices.Equal(b.bakery.asked, []string{"sync all"}) {
		t.Errorf("asked %v", b.bakery.asked)
	}
	choose("Change source…")
	if b.sources != 1 {
		t.Error("source was not changed")
	}
}

func TestMenuDoesNothingBehindADialogOrBeforeTheStart(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	menuItem(t, b.Menu(), "Banks").Action()
	b.shows("Opening your data…")
	b.ready(core.Practice)
	b.tap("Search or type a command")
	menuItem(t, b.Menu(), "Banks").Action()
	b.settle()
	uitest.Key(b.canvas(), fyne.KeyEscape)
	b.settle()
	b.shows("Cash flow")
}

func TestAppearanceIsSwitchedAndMarked(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	items := menuItem(t, b.Menu(), "Appearance").ChildMenu.Items
	items[2].Action()
	if !slices.Equal(b.modes, []look.Mode{look.AlwaysDark}) || !items[2].Checked || items[0].Checked {
		t.Errorf("modes %v", b.modes)
	}
}

func TestPalette(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	find := func(query string) {
		t.Helper()
		b.tap("Search or type a command")
		uitest.Type(t, b.canvas(), "Search or type a command", query)
		b.settle()
	}
	find("ging")
	b.shows("Reconnect First Gingham Credit Union", "Operating ••4471", "$6,135.20", "Show transactions with “ging”")
	uitest.Key(b.canvas(), fyne.KeyReturn)
	b.settle()
	b.shows("Sign in again")
	if !slices.Equal(b.bakery.asked, []string{"repair gingham"}) {
		t.Errorf("asked %v", b.bakery.asked)
	}
	b.Go(shell.Overview{})
	find("savings")
	uitest.Key(b.canvas(), fyne.KeyReturn)
	b.settle()
	b.shows("Account and routing numbers", "Savings", "••1111", "Platypus Money Saver")
	find("diner")
	b.tap("Show transactions with “diner”")
	b.shows("Blue Door Diner")
	b.hides("Counter sales")
	find("")
	uitest.Key(b.canvas(), fyne.KeyDown)
	uitest.Key(b.canvas(), fyne.KeyReturn)
	b.settle()
	b.shows("4 banks, 6 accounts")
}

func TestKeyboardLeavesAFieldThatIsNotShownAnyMore(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.Go(shell.Transactions{Search: true})
	b.settle()
	if b.canvas().Focused() == nil {
		t.Fatal("the search field has no focus")
	}
	b.Go(shell.LinkBank{})
	b.settle()
	if f := b.canvas().Focused(); f != nil {
		t.Errorf("%T of the page before has the keyboard", f)
	}
}

func TestLinkFollowsItsSessionAndTheHeaderWithIt(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.Go(shell.LinkBank{})
	b.settle()
	b.tap("Continue")
	b.shows("Preparing a secure page", "Cancel")
	_ = b.bakery.put(link.Session{ID: "l1", Stage: link.Syncing, Items: []core.ItemID{"platypus"}})
	b.settle()
	b.shows("Getting your transactions", "Close")
	b.hides("Cancel")
	b.tap("Go to Overview")
	b.shows("Cash flow")
}

func TestInterruptedLinkComesBackOnTheOverview(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	_ = b.bakery.put(link.Session{ID: "l1", Stage: link.Waiting, URL: "https://secure.plaid.com/x", Expires: now.Add(time.Hour)})
	b.ready(core.Sandbox)
	b.shows("A bank is half linked")
	b.tap("Continue")
	b.shows("Continue in your browser", "1:00:00")
}

func TestRepairFromTheOverview(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.tap("Reconnect")
	b.shows("Sign in again", "Preparing a secure page")
}

func TestRemovedBankIsSaid(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.Go(shell.Banks{})
	b.settle()
	b.tap("More for Tartan Bank")
	b.tap("Remove bank…")
	b.tap("Remove bank")
	b.shows("Tartan Bank is being removed", "Undo")
}

func TestAgesAreWrittenAnew(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.bakery.items[0].Sync.LastSuccess = now.Add(-20 * time.Minute)
	b.bakery.bus.Publish(event.ItemChanged{Item: "platypus"})
	b.settle()
	b.shows("Synced 20 min ago")
	clocks := b.queue.Clocks()
	b.Close()
	if b.queue.Clocks() >= clocks {
		t.Errorf("%d clocks before, %d after closing", clocks, b.queue.Clocks())
	}
	b.queue.Advance(time.Minute)
	b.settle()
}

func TestEventsAfterTheCloseAreNotHeard(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.bakery.bus.Publish(event.ItemChanged{Item: "platypus"})
	b.Failed(errors.New("gone"), shell.Remedies{})
	b.settle()
	b.bakery.bus.Publish(event.ItemChanged{Item: "platypus"})
	b.settle()
	b.shows("Something went wrong in Bankbook")
}

func TestSessionOnlyIsAlwaysSaid(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.Ready(shell.Services{
		Environment: core.Practice, SessionOnly: true, Profile: "juniper", Profiles: owners{b}, Repository: b.bakery, Links: b.bakery, Syncer: b.bakery,
		Remover: b.bakery, Carrier: b.bakery, Index: b.bakery, Bus: b.bakery.bus, ChooseSource: func() {},
	})
	b.settle()
	b.shows("Nothing is kept after closing")
}

func TestBrowserFaultIsReported(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.openErr = fault.New("browser", fault.NoBrowser, nil)
	b.choose(nil)
	b.tap("Plaid Sandbox")
	b.tap("Continue")
	b.tap("Open that page")
	b.shows("No browser opened")
}

func TestWindowSwitchesBetweenLightAndDark(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	light := b.canvas().Capture().At(600, 790)
	uitest.SetVariant(b.window, uitest.Dark)
	if dark := b.canvas().Capture().At(600, 790); dark == light {
		t.Error("the page is as light as before")
	}
}
