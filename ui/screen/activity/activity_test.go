package activity_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/ui/run"
	"bankbook/ui/screen/activity"
	"bankbook/ui/uitest"
)

var now = time.Date(2026, 11, 18, 9, 43, 0, 0, time.UTC)

// source is a log in memory.
type source struct {
	list []core.Activity
	read int
	err  error
}

func (s *source) Profiles() ([]core.Profile, error) {
	return []core.Profile{{ID: "p", Name: "Household"}}, s.err
}

func (s *source) Items() ([]core.Item, error) {
	return []core.Item{{ID: "i", Institution: core.Institution{Name: "First Platypus Bank"}}}, s.err
}

func (s *source) Activity(before uint64, fn func(core.Activity) bool) error {
	list := s.list // nobody writes while it is read
	if before > 0 {
		list = list[:before-1]
	}
	for _, a := range slices.Backward(list) {
		s.read++
		if !fn(a) {
			return nil
		}
	}
	return s.err
}

func (s *source) add(a core.Activity) {
	a.Seq = uint64(len(s.list)) + 1
	s.list = append(s.list, a)
}

// syncs are n syncs, one every hour, the last one now.
func syncs(n int) *source {
	s := &source{}
	for i := range n {
		s.add(core.Activity{
			At: now.Add(-time.Duration(n-1-i) * time.Hour), Action: core.SyncedBank, Profile: "p", Item: "i",
			Subject: fmt.Sprintf("Bank %d", n-1-i), Count: core.SyncCount{Added: 1}, RequestID: fmt.Sprintf("request%d", n-1-i),
		})
	}
	return s
}

// shown is the screen in a window.
type shown struct {
	*activity.Model
	t       *testing.T
	src     *source
	queue   *run.Queue
	window  fyne.Window
	copied  []string
	details []error
	orders  []activity.Order
	failed  error
	said    []string
}

var size = fyne.NewSize(1072, 744)

func show(t testing.TB, src *source) *shown {
	t.Helper()
	s := &shown{src: src, queue: run.NewQueue()}
	s.t, _ = t.(*testing.T)
	t.Cleanup(s.queue.Close)
	s.Model = activity.New(activity.Deps{
		Runner: s.queue, Now: func() time.Time { return now }, Source: src, Home: "/home/ana",
		Export: func(_ context.Context, o activity.Order) (int, error) {
			s.orders = append(s.orders, o)
			return 7, s.failed
		},
		PickFolder:  func(chosen func(string)) { chosen("/media/disk") },
		Copy:        func(text, _ string) { s.copied = append(s.copied, text) },
		Say:         func(text string) { s.said = append(s.said, text) },
		Report:      func(err error) { s.details = append(s.details, err) },
		CopyDetails: func(err error) { s.details = append(s.details, err) },
	})
	view := activity.NewView(s.Model)
	s.window = uitest.Window(t, view.Content(), size, uitest.Light)
	s.Load()
	s.settle()
	return s
}

func (s *shown) settle() {
	s.queue.Settle()
	uitest.Relayout(s.window)
	s.queue.Settle()
}

func (s *shown) shows(texts ...string) {
	s.t.Helper()
	uitest.MustShow(s.t, s.window.Canvas(), texts...)
}

func (s *shown) hides(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if uitest.Shows(s.window.Canvas(), text) {
			s.t.Errorf("%q is on screen", text)
		}
	}
}

func (s *shown) tap(text string) {
	s.t.Helper()
	uitest.Tap(s.t, s.window.Canvas(), text)
	s.settle()
}

func (s *shown) key(keys ...fyne.KeyName) {
	for _, k := range keys {
		uitest.Key(s.window.Canvas(), k)
		s.settle()
	}
}

func (s *shown) search(text string) {
	s.t.Helper()
	uitest.Type(s.t, s.window.Canvas(), "Search action, object, request ID", text)
	s.queue.Advance(time.Second)
	s.settle()
}

func TestDaysAndCounts(t *testing.T) {
	s := show(t, syncs(24*30))
	s.shows("Last 7 days", "154 entries", "Today, Nov 18", "9:43 AM", "Household", "Synced bank", "Bank 0, 1 new transaction", "Done", "request0",
		"Yesterday, Nov 17")
	s.tap("Last 7 days")
	s.tap("All time")
	s.shows("720 entries")
	if got := s.src.read; got > 4*720 {
		t.Errorf("read %d entries", got)
	}
}

func TestTheFirstPageReadsNoMoreThanItShows(t *testing.T) {
	s := show(t, syncs(5000))
	s.Choose(func(c *activity.Choice) { *c = activity.Choice{} })
	s.settle()
	if rows := len(s.State().Rows); rows < 200 || rows > 230 || !s.State().More {
		t.Errorf("%d rows", rows)
	}
	s.tap("request0")
	for range 30 {
		s.key(fyne.KeyEnd)
	}
	if rows := s.State().Rows; s.State().More || rows[len(rows)-1].Subject != "Bank 4999" {
		t.Errorf("the end is %+v", rows[len(rows)-1])
	}
	s.shows("Bank 4999, 1 new transaction")
	s.key(fyne.KeyHome)
	s.shows("Bank 0, 1 new transaction", "Today, Nov 18")
}

func TestKeysPassOverTheHeadsOfDays(t *testing.T) {
	s := show(t, syncs(48))
	s.tap("Bank 9, 1 new transaction") // the first one of today
	s.key(fyne.KeyC)
	s.key(fyne.KeyDown, fyne.KeyC)
	s.key(fyne.KeyUp, fyne.KeyC)
	s.key(fyne.KeyHome, fyne.KeyReturn)
	if want := []string{"request9", "request10", "request9", "request0"}; !slices.Equal(s.copied, want) {
		t.Errorf("copied %q, want %q", s.copied, want)
	}
	s.shows("Copy request ID")
	s.key(fyne.KeyEscape)
	s.hides("Copy request ID")
	s.key(fyne.KeySlash)
	if s.window.Canvas().Focused() != uitest.Entry(s.window.Canvas(), "Search action, object, request ID") {
		t.Error("the slash does not lead to the search field")
	}
}

// TestARequestIsCopiedByAClick on it, and by a click on nothing else.
func TestARequestIsCopiedByAClick(t *testing.T) {
	src := syncs(9)
	src.add(core.Activity{At: now, Action: core.CheckedVault, Profile: "p", Subject: "vault.db"})
	s := show(t, src)
	s.tap("request4")
	s.shows("Synced bank, Nov 18, 2026, 5:43 AM") // it is the row that the person is at, too
	s.tap("request2")
	s.tap("request2")
	for _, other := range []string{"Bank 3, 1 new transaction", "Checked data file", "Today, Nov 18"} {
		s.tap(other)
	}
	if want := []string{"request4", "request2", "request2"}; !slices.Equal(s.copied, want) {
		t.Errorf("copied %q, want %q", s.copied, want)
	}
	s.tap("—") // where there was no request
	if len(s.copied) != 3 {
		t.Errorf("copied %q", s.copied)
	}
}

func TestTheDayStaysOnScreen(t *testing.T) {
	s := show(t, syncs(24*6))
	s.tap("Bank 3, 1 new transaction")
	for range 28 {
		s.key(fyne.KeyDown)
	}
	s.hides("Today, Nov 18", "Bank 10, 1 new transaction", "Nov 16") // its own head and the next are elsewhere
	s.shows("Yesterday, Nov 17", "Bank 31, 1 new transaction")
	s.key(fyne.KeyHome)
	s.shows("Today, Nov 18", "Bank 0, 1 new transaction")
}

func TestSearchAndFilters(t *testing.T) {
	src := syncs(20)
	src.add(core.Activity{At: now, Action: core.SyncedBank, Item: "i", Subject: "First Platypus Bank", Trouble: core.Trouble{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED"}})
	src.add(core.Activity{At: now, Action: core.RefusedKey, N: 3})
	s := show(t, src)
	s.search("REQUEST19")
	s.shows("1 entry", "Bank 19, 1 new transaction")
	s.search("no such thing")
	s.shows("0 entries", "Nothing matches these filters")
	s.tap("Clear filters")
	s.shows("22 entries", "All time")
	s.tap("Outcome")
	s.tap("Failed")
	s.shows("1 entry", "Sign-in needed")
	s.tap("Failed")
	s.tap("Any outcome")
	s.tap("Action")
	s.tap("Unlocking")
	s.shows("1 entry", "Wrong passphrase", "3 times", "Refused")
	s.tap("Unlocking")
	s.tap("All actions")
	s.tap("Profile")
	s.tap("Household")
	s.shows("20 entries")
	s.ShowBank("i")
	s.settle()
	s.shows("21 entries", "First Platypus Ba…")
}

func TestAFailedEntryTellsWhy(t *testing.T) {
	src := syncs(2)
	src.add(core.Activity{At: now, Action: core.SyncedBank, Subject: "Gingham", Trouble: core.Trouble{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", RequestID: "r"}, RequestID: "r"})
	s := show(t, src)
	s.tap("Sign-in needed")
	s.shows("The bank wants you to sign in again.", "Reconnect to go on. Everything you have stays as it is.")
	s.tap("Copy details")
	s.tap("Copy request ID")
	if len(s.details) != 1 || !fault.Is(s.details[0], fault.SignIn) || !slices.Equal(s.copied, []string{"r"}) {
		t.Errorf("copied %v, %q", s.details, s.copied)
	}
}

func TestNewEntriesLeaveThePersonWhereTheyAre(t *testing.T) {
	s := show(t, syncs(100))
	s.tap("Bank 5, 1 new transaction")
	s.src.add(core.Activity{At: now, Action: core.CheckedVault, Subject: "vault.db"})
	s.Handle(event.ActivityAdded{Seq: 101})
	s.settle()
	s.shows("Checked data file", "101 entries")
	s.key(fyne.KeyC)
	s.key(fyne.KeyDown, fyne.KeyC)
	if want := []string{"request5", "request6"}; !slices.Equal(s.copied, want) {
		t.Errorf("copied %q, want %q", s.copied, want)
	}
}

func TestEmptyAndBrokenLogs(t *testing.T) {
	s := show(t, &source{})
	s.shows("Nothing has happened yet", "0 entries")
	src := syncs(3)
	src.err = fault.New("vault: read activity", fault.VaultDamaged, nil)
	s = show(t, src)
	s.shows("Your data is damaged", "Copy details")
	src.err = nil
	s.tap("Try again")
	s.shows("3 entries")
}

func TestExportsWhatIsShown(t *testing.T) {
	s := show(t, syncs(20))
	s.search("bank 7")
	s.tap("Export")
	s.tap("JSON…")
	s.tap("Choose…")
	s.failed = fault.New("export", fault.Occupied, nil)
	s.tap("Export")
	s.shows("There is a file of this name already")
	s.failed = nil
	s.tap("Export")
	if len(s.orders) != 2 || s.orders[1].Path != "/media/disk/bankbook-activity-2026-11-18.json" || !s.orders[1].JSON ||
		s.orders[1].Filter.Text != "bank 7" || s.orders[1].Filter.From != core.NewDate(2026, 11, 12) {
		t.Errorf("ordered %+v", s.orders)
	}
	if !slices.Equal(s.said, []string{"Exported 7 entries"}) {
		t.Errorf("said %q", s.said)
	}
}

// BenchmarkHundredThousand opens the screen of a long log and goes to its end.
func BenchmarkHundredThousand(b *testing.B) {
	src := syncs(100_000)
	for b.Loop() {
		s := show(b, src)
		s.Choose(func(c *activity.Choice) { *c = activity.Choice{} })
		s.settle()
	}
}
