package link_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
	"bankbook/ui/run"
	screen "bankbook/ui/screen/link"
)

var now = time.Date(2026, 11, 18, 9, 43, 0, 0, time.UTC)

// driver keeps one session and writes down what it is asked.
type driver struct {
	mu       sync.Mutex
	session  link.Session
	asked    []string
	options  link.Options
	beginErr error
	askErr   error
	gate     chan struct{}
}

func (d *driver) say(s string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, s)
}

func (d *driver) Begin(_ context.Context, o link.Options) (core.LinkID, error) {
	d.say("begin")
	if d.gate != nil {
		<-d.gate
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.options = o
	return d.session.ID, d.beginErr
}

func (d *driver) Repair(_ context.Context, item core.ItemID, _ core.WayBack) (core.LinkID, error) {
	d.say("repair " + string(item))
	return d.session.ID, d.beginErr
}

func (d *driver) ChangeAccounts(_ context.Context, item core.ItemID, _ core.WayBack) (core.LinkID, error) {
	d.say("accounts " + string(item))
	return d.session.ID, d.beginErr
}

func (d *driver) AddProducts(_ context.Context, item core.ItemID, products []core.Product, _ core.WayBack) (core.LinkID, error) {
	d.say("products " + string(item) + " " + fmt.Sprint(products))
	return d.session.ID, d.beginErr
}

func (d *driver) Verify(_ context.Context, item core.ItemID, account core.AccountID, _ core.WayBack) (core.LinkID, error) {
	d.say("verify " + string(item) + " " + string(account))
	return d.session.ID, d.beginErr
}

func (d *driver) OpenAgain(id core.LinkID) error { d.say("open " + string(id)); return d.askErr }
func (d *driver) CheckNow(id core.LinkID)        { d.say("check " + string(id)) }
func (d *driver) Retry(id core.LinkID) error     { d.say("retry " + string(id)); return d.askErr }
func (d *driver) Cancel(id core.LinkID) error    { d.say("cancel " + string(id)); return d.askErr }

func (d *driver) Decide(id core.LinkID, decision link.Decision) error {
	d.say("decide " + string(id) + " " + string(decision))
	return d.askErr
}

func (d *driver) Session(core.LinkID) (link.Session, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.session, nil
}

// source has the accounts of a bench, or one.
type source struct{ accounts *[]core.Account }

func (source) Profiles() ([]core.Profile, error) {
	return []core.Profile{{ID: "me", Name: "Household"}}, nil
}

func (source) Items() ([]core.Item, error) {
	return []core.Item{{ID: "item", Institution: core.Institution{ID: "ins_1", Name: "First Platypus Bank"}}}, nil
}

func (s source) Accounts() ([]core.Account, error) {
	if s.accounts != nil && *s.accounts != nil {
		return *s.accounts, nil
	}
	return []core.Account{{ID: "a1", Item: "item", Name: "Checking", Mask: "0000"}}, nil
}

// bench is a model with a driver in memory and a runner that the test drives.
type bench struct {
	*screen.Model
	driver   *driver
	accounts []core.Account
	queue    *run.Queue
	left     int
	overview int
	copied   []string
	reported []error
	ticks    int
	// continued is the bank in which another is to go on.
	continued core.ItemID
}

func newBench(t *testing.T, s link.Session) *bench {
	t.Helper()
	b := &bench{driver: &driver{session: s}, queue: run.NewQueue()}
	t.Cleanup(b.queue.Close)
	b.Model = screen.New(screen.Deps{
		Runner: b.queue, Now: func() time.Time { return now }, Environment: core.Practice,
		Driver: b.driver, Source: source{&b.accounts},
		Navigate:    screen.Navigate{Leave: func() { b.left++ }, Overview: func() { b.overview++ }, Keys: func() {}, Continue: func(i core.Item) { b.continued = i.ID }},
		Copy:        func(text, _ string) { b.copied = append(b.copied, text) },
		Report:      func(err error) { b.reported = append(b.reported, err) },
		CopyDetails: func(err error) { b.reported = append(b.reported, err) },
	})
	b.OnChange(func() {}, func() { b.ticks++ })
	b.Show()
	b.queue.Settle()
	return b
}

// at puts the session into another stage and says so.
func (b *bench) at(s link.Session) {
	b.driver.mu.Lock()
	b.driver.session = s
	b.driver.mu.Unlock()
	b.Handle(event.LinkChanged{Session: s.ID})
	b.queue.Settle()
}

func TestFacesAndSteps(t *testing.T) {
	trouble := core.Trouble{Kind: fault.KeychainLocked}
	twin := []link.Candidate{{Twins: []core.AccountID{"a1"}}}
	for _, tt := range []struct {
		name    string
		session link.Session
		face    screen.Face
		step    int
	}{
		{"preparing", link.Session{Stage: link.Preparing}, screen.FacePreparing, 1},
		{"waiting", link.Session{Stage: link.Waiting}, screen.FaceWaiting, 1},
		{"looking for twins", link.Session{Stage: link.Deciding, Found: make([]link.Candidate, 1)}, screen.FaceSaving, 2},
		{"deciding", link.Session{Stage: link.Deciding, Found: twin}, screen.FaceDeciding, 2},
		{"exchanging", link.Session{Stage: link.Exchanging}, screen.FaceSaving, 2},
		{"keychain refuses", link.Session{Stage: link.Exchanging, Trouble: trouble}, screen.FaceStuck, 2},
		{"no page yet", link.Session{Stage: link.Preparing, Trouble: core.Trouble{Kind: fault.Network}}, screen.FaceStuck, 1},
		{"fetching", link.Session{Stage: link.Fetching}, screen.FaceSaving, 2},
		{"syncing", link.Session{Stage: link.Syncing}, screen.FaceSyncing, 3},
		{"done", link.Session{Stage: link.Done}, screen.FaceDone, 4},
		{"exited", link.Session{Stage: link.Exited}, screen.FaceEnded, 1},
		{"expired", link.Session{Stage: link.Expired}, screen.FaceEnded, 1},
		{"failed", link.Session{Stage: link.Failed, Trouble: trouble}, screen.FaceEnded, 1},
		{"repair", link.Session{Stage: link.Waiting, Purpose: link.Repair}, screen.FaceWaiting, 0},
		{"repair instead", link.Session{Stage: link.Waiting, Repairs: "item", Found: twin, Next: 1}, screen.FaceWaiting, 0},
		{"sync stumbled", link.Session{Stage: link.Syncing, Trouble: trouble}, screen.FaceSyncing, 3},
		{"repaired", link.Session{Stage: link.Done, Purpose: link.Repair}, screen.FaceDone, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := screen.State{Session: tt.session, HasSession: true}
			_, step := s.Steps()
			if s.Face() != tt.face || step != tt.step {
				t.Errorf("face %d step %d, want %d and %d", s.Face(), step, tt.face, tt.step)
			}
		})
	}
	if f := (screen.State{}).Face(); f != screen.FaceOptions {
		t.Errorf("without a session: face %d", f)
	}
}

func TestBeginTakesTheFormAndFollowsTheSession(t *testing.T) {
	b := newBench(t, link.Session{ID: "l1", Stage: link.Preparing})
	b.Set(func(f *screen.Form) { f.Cards, f.Loans, f.HistoryDays = false, true, screen.TwelveMonths })
	b.Begin()
	if b.State().Face() != screen.FacePreparing {
		t.Errorf("face %d after Begin", b.State().Face())
	}
	b.queue.Settle()
	want := link.Options{
		Profile: "me", Kinds: []core.AccountType{core.Depository, core.Loan}, HistoryDays: 365, Numbers: true,
	}
	if got := b.driver.options; got.Profile != want.Profile || !slices.Equal(got.Kinds, want.Kinds) || got.HistoryDays != 365 || !got.Numbers {
		t.Errorf("options %+v, want %+v", got, want)
	}
	b.at(link.Session{ID: "l1", Stage: link.Waiting, Expires: now.Add(28 * time.Minute)})
	if b.State().Face() != screen.FaceWaiting || b.Left() != 28*time.Minute {
		t.Errorf("face %d, left %v", b.State().Face(), b.Left())
	}
}

func TestNothingChosenBeginsNothing(t *testing.T) {
	b := newBench(t, link.Session{ID: "l1"})
	b.Set(func(f *screen.Form) { f.Cash, f.Cards = false, false })
	b.Begin()
	b.queue.Settle()
	if len(b.driver.asked) != 0 {
		t.Errorf("asked %v", b.driver.asked)
	}
}

func TestFailedBeginStaysAtTheOptions(t *testing.T) {
	b := newBench(t, link.Session{})
	b.driver.beginErr = fault.New("link: begin", fault.NoKeys, nil)
	b.Begin()
	b.queue.Settle()
	if s := b.State(); s.Face() != screen.FaceOptions || fault.KindOf(s.Err) != fault.NoKeys || s.Busy {
		t.Errorf("face %d, err %v", s.Face(), s.Err)
	}
	b.Go(screen.Errand{Purpose: link.Repair, Item: "item"})
	b.queue.Settle()
	if s := b.State(); s.Face() != screen.FaceEnded || s.Err == nil {
		t.Errorf("repair: face %d, err %v", s.Face(), s.Err)
	}
	b.driver.beginErr = nil
	b.Again()
	b.queue.Settle()
	if got := b.driver.asked; got[len(got)-1] != "repair item" || !b.State().HasSession {
		t.Errorf("asked %v", got)
	}
}

func TestDeeds(t *testing.T) {
	b := newBench(t, link.Session{ID: "l1", Stage: link.Waiting, URL: "https://secure.plaid.com/link/1"})
	b.Resume("l1")
	b.queue.Settle()
	for _, deed := range []func(){b.OpenAgain, b.CheckNow, b.Retry, b.CopyLink} {
		deed()
		b.queue.Settle()
	}
	b.at(link.Session{ID: "l1", Stage: link.Deciding})
	b.Decide()
	b.queue.Settle()
	b.Choose(link.Second)
	b.Decide()
	b.queue.Settle()
	b.Discard()
	b.queue.Settle()
	want := []string{"open l1", "check l1", "retry l1", "decide l1 repair", "decide l1 second", "decide l1 drop"}
	if !slices.Equal(b.driver.asked, want) {
		t.Errorf("asked %v, want %v", b.driver.asked, want)
	}
	if !slices.Equal(b.copied, []string{"https://secure.plaid.com/link/1"}) {
		t.Errorf("copied %v", b.copied)
	}
}

func TestBusyAsksOnce(t *testing.T) {
	b := newBench(t, link.Session{ID: "l1", Stage: link.Deciding})
	b.Resume("l1")
	b.queue.Settle()
	b.Decide()
	b.Decide()
	b.queue.Settle()
	if len(b.driver.asked) != 1 {
		t.Errorf("asked %v", b.driver.asked)
	}
}

func TestFailedDeedIsShown(t *testing.T) {
	b := newBench(t, link.Session{ID: "l1", Stage: link.Waiting})
	b.Resume("l1")
	b.queue.Settle()
	b.driver.askErr = fault.New("link: open", fault.NoBrowser, errors.New("none"))
	b.OpenAgain()
	b.queue.Settle()
	if fault.KindOf(b.State().Err) != fault.NoBrowser || b.State().Busy {
		t.Errorf("err %v", b.State().Err)
	}
}

func TestCancel(t *testing.T) {
	for _, tt := range []struct {
		stage link.Stage
		asked bool
	}{
		{link.Preparing, true},
		{link.Waiting, true},
		{link.Deciding, true},
		{link.Syncing, false},
		{link.Done, false},
		{link.Exited, false},
	} {
		t.Run(string(tt.stage), func(t *testing.T) {
			b := newBench(t, link.Session{ID: "l1", Stage: tt.stage})
			b.Resume("l1")
			b.queue.Settle()
			b.Cancel()
			b.queue.Settle()
			if asked := slices.Contains(b.driver.asked, "cancel l1"); asked != tt.asked {
				t.Errorf("asked %v", b.driver.asked)
			}
			if b.left != 1 || b.State().HasSession {
				t.Errorf("left %d times, session %v", b.left, b.State().HasSession)
			}
		})
	}
}

func TestLateBeginIsNotShown(t *testing.T) {
	b := newBench(t, link.Session{ID: "l1", Stage: link.Preparing})
	b.driver.gate = make(chan struct{})
	b.Begin()
	b.Cancel()
	close(b.driver.gate)
	b.queue.Settle()
	if b.State().HasSession {
		t.Error("the session that was left shows itself")
	}
	if !slices.Contains(b.driver.asked, "cancel l1") {
		t.Errorf("the session that was left goes on: asked %v", b.driver.asked)
	}
}

func TestTheClockRunsWhileTheScreenIsShown(t *testing.T) {
	b := newBench(t, link.Session{ID: "l1"})
	b.queue.Advance(3 * time.Second)
	b.Hide()
	b.queue.Advance(3 * time.Second)
	if b.ticks != 3 || b.queue.Clocks() != 0 {
		t.Errorf("%d ticks, %d clocks", b.ticks, b.queue.Clocks())
	}
}

func TestPhoneNeedsAPublicAddress(t *testing.T) {
	for url, want := range map[string]bool{
		"https://secure.plaid.com/link/1": true,
		"http://127.0.0.1:4000/link/1":    false,
		"http://[::1]:4000/link":          false,
		"http://localhost:1/x":            false,
		"http://0.0.0.0:1/x":              false,
		"http://192.168.1.5:1/x":          true,
		"":                                false,
		"not a url":                       false,
	} {
		s := screen.State{Session: link.Session{URL: url}}
		if got := s.Phone(); got != want {
			t.Errorf("%q: %v", url, got)
		}
	}
}

func TestTwinsAreFoundByNameAndMask(t *testing.T) {
	b := newBench(t, link.Session{
		ID: "l1", Stage: link.Deciding,
		Found: []link.Candidate{{
			Public:   secret.New("public"),
			Accounts: []bank.LinkAccount{{Name: "Checking", Mask: "0000"}, {Name: "Savings", Mask: "1111"}},
			Twins:    []core.AccountID{"a1", "gone"},
		}},
	})
	b.Resume("l1")
	b.queue.Settle()
	c, ok := b.State().Candidate()
	if !ok {
		t.Fatal("no candidate")
	}
	if twin, ok := b.State().Twin(c, c.Accounts[0]); !ok || twin.ID != "a1" {
		t.Errorf("twin %v %v", twin, ok)
	}
	if _, ok := b.State().Twin(c, c.Accounts[1]); ok {
		t.Error("savings has a twin")
	}
	if n := len(b.State().Twins(c)); n != 1 {
		t.Errorf("%d twins", n)
	}
}

func TestProgressOfTheOwnItemOnly(t *testing.T) {
	b := newBench(t, link.Session{ID: "l1", Stage: link.Syncing, Items: []core.ItemID{"item"}})
	b.Resume("l1")
	b.queue.Settle()
	b.Handle(event.SyncProgress{Item: "other", Rows: 5, Running: true})
	if b.State().Progress.Rows != 0 {
		t.Error("took the progress of another item")
	}
	b.Handle(event.SyncProgress{Item: "item", Rows: 1240, Running: true})
	if b.State().Progress.Rows != 1240 {
		t.Errorf("progress %+v", b.State().Progress)
	}
	if i, ok := b.Bank(); !ok || i.Institution.Name != "First Platypus Bank" || len(b.BankAccounts()) != 1 {
		t.Errorf("bank %+v, accounts %v", i, b.BankAccounts())
	}
}
