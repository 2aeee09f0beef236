package boot

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/notice"
	"bankbook/core/plaid"
	"bankbook/core/sandbox/walk"
	"bankbook/core/schedule"
	"bankbook/core/secret"
)

// shifted is a hurried clock that can be put forward.
type shifted struct {
	hurried
	by atomic.Int64
}

func (c *shifted) Now() time.Time { return c.hurried.Now().Add(time.Duration(c.by.Load())) }

// pass puts the clock forward.
func (c *shifted) pass(d time.Duration) { c.by.Add(int64(d)) }

// teller is a person who does not look at the window, unless front is set.
type teller struct {
	front atomic.Bool
	mu    sync.Mutex
	told  []notice.News
}

func (r *teller) InFront() bool { return r.front.Load() }

func (r *teller) Tell(news []notice.News) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.told = append(r.told, news...)
}

// needs returns what was told, of whichever bank.
func (r *teller) needs() []notice.Need {
	r.mu.Lock()
	defer r.mu.Unlock()
	var needs []notice.Need
	for _, n := range r.told {
		needs = append(needs, n.Need)
	}
	return needs
}

// clockwork is an open environment with a linked bank, whose schedule goes by a clock
// of the test.
type clockwork struct {
	*Services
	t      *testing.T
	clock  *shifted
	teller *teller
	item   core.Item
	config Config
	keys   plaid.Keys
}

// newClockwork links an institution's bank, at a practice bank that is like config.
func newClockwork(t *testing.T, like BankConfig, institution core.InstitutionID) *clockwork {
	t.Helper()
	w := &clockwork{t: t, clock: &shifted{}, teller: &teller{}, keys: plaid.Keys{ClientID: secret.New("client"), Secret: secret.New("secret of the bank")}}
	like.Listen, like.ClientID, like.Secret, like.KeepItems = "127.0.0.1:0", w.keys.ClientID.Reveal(), w.keys.Secret.Reveal(), true
	like.InitialDelay, like.HistoryDelay = -1, -1
	running, err := ServeBank(t.Context(), like)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	w.config = config(t)
	w.config.PlaidURL, w.config.Keys, w.config.Clock = running.URL(), w.keys, w.clock
	w.config.Power = func(context.Context) schedule.Power { return schedule.Power{} }
	w.Services = open(t, start(t, w.config), Choice{Env: core.Practice})
	t.Cleanup(func() { closeAll(t, w.Services) })
	request := testBank()
	request.Institution = institution
	id, err := w.Links.Instant(t.Context(), link.Options{Profile: w.Profile.ID, HistoryDays: 90}, request)
	if err != nil {
		t.Fatal(err)
	}
	session, err := w.Links.Wait(t.Context(), id)
	if err != nil || session.Stage != link.Done {
		t.Fatalf("linking ended as %s, %+v, %v", session.Stage, session.Trouble, err)
	}
	w.item = w.now(session.Items[0])
	return w
}

func (w *clockwork) now(id core.ItemID) core.Item {
	w.t.Helper()
	item, err := w.Vault.Item(id)
	if err != nil {
		w.t.Fatal(err)
	}
	return item
}

// call asks the practice bank for what only its sandbox has, about the bank.
func (w *clockwork) call(path string) {
	w.t.Helper()
	w.post(path, map[string]string{"access_token": w.access().Reveal()})
}

// post asks the practice bank for what only its sandbox has.
func (w *clockwork) post(path string, request map[string]string) {
	w.t.Helper()
	request["client_id"], request["secret"] = w.keys.ClientID.Reveal(), w.keys.Secret.Reveal()
	body, err := json.Marshal(request)
	if err != nil {
		w.t.Fatal(err)
	}
	answer, err := http.Post(w.config.PlaidURL+path, "application/json", bytes.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		w.t.Fatalf("%s: %s", path, answer.Status)
	}
}

func (w *clockwork) access() secret.Text {
	w.t.Helper()
	access, err := w.bankSecrets().Get(w.t.Context(), secret.TokenName(w.Env, w.item.ID))
	if err != nil {
		w.t.Fatal(err)
	}
	return access
}

// repairElsewhere signs in again, as another program of the same person's may.
func (w *clockwork) repairElsewhere() {
	w.t.Helper()
	page, err := w.bank.CreateLink(w.t.Context(), bank.LinkRequest{User: "somebody", Access: w.access()})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := walk.Link(w.t.Context(), &http.Client{}, page.URL, walk.Platypus()); err != nil {
		w.t.Fatal(err)
	}
}

// until lets time pass and waits for the schedule to have brought something about.
func (w *clockwork) until(pass time.Duration, what string, is func() bool) {
	w.t.Helper()
	news := make(chan bool, 1)
	tell := func() {
		select {
		case news <- true:
		default:
		}
	}
	defer w.Events.Subscribe(func(event.Event) { tell() })()
	w.clock.pass(pass)
	w.clockwork.Poke()
	tell()
	deadline := time.After(30 * time.Second)
	for !is() {
		select {
		case <-news:
		case <-time.After(20 * time.Millisecond): // what was told is no event
		case <-deadline:
			w.t.Fatalf("not yet: %s; the bank is %+v", what, w.now(w.item.ID))
		}
	}
}

// What a webhook would tell is found by asking, told once, and over when it is over.
func TestABankThatBreaksIsFoundAndToldOnce(t *testing.T) {
	w := newClockwork(t, BankConfig{}, "ins_109508")
	w.Schedule().Start(w.teller)
	w.Schedule().Start(w.teller) // is started already
	first := w.item.Sync.LastSuccess
	w.until(7*time.Hour, "a sync", func() bool { return w.now(w.item.ID).Sync.LastSuccess.After(first.Add(6 * time.Hour)) })

	w.call("/sandbox/item/reset_login")
	w.until(7*time.Hour, "a broken bank", func() bool { return w.now(w.item.ID).Status == core.SignInNeeded })
	w.until(0, "word of it", func() bool { return slices.Equal(w.teller.needs(), []notice.Need{notice.SignIn}) })
	broken := w.now(w.item.ID)
	if s := broken.Sync; s.Trouble.Code != "ITEM_LOGIN_REQUIRED" || s.Trouble.RequestID == "" || !s.LastTry.After(s.LastSuccess) {
		t.Errorf("kept %+v", s)
	}
	w.until(27*time.Hour, "another look", func() bool { return w.now(w.item.ID).Sync.LastTry.After(broken.Sync.LastTry) })

	w.repairElsewhere()
	w.until(27*time.Hour, "a sync of what is mended", func() bool {
		i := w.now(w.item.ID)
		return i.Status == core.Connected && i.Sync.LastSuccess.After(broken.Sync.LastTry)
	})
	if s := w.now(w.item.ID).Sync; s.Trouble != (core.Trouble{}) {
		t.Errorf("kept %+v", s)
	}
	w.call("/sandbox/item/reset_login")
	w.until(7*time.Hour, "word of the next time", func() bool { return len(w.teller.needs()) == 2 })
}

func TestWhatIsToldIsRemembered(t *testing.T) {
	w := newClockwork(t, BankConfig{}, "ins_109508")
	set := func(status core.ItemStatus) {
		if err := w.Vault.RecordTry(w.item.ID, w.clock.Now(), core.Trouble{}, status); err != nil {
			t.Fatal(err)
		}
	}
	look := func(want ...notice.Need) {
		t.Helper()
		w.Services.teller = w.teller
		w.lookForNews(t.Context())
		if got := w.teller.needs(); !slices.Equal(got, want) {
			t.Errorf("told %q, want %q", got, want)
		}
		w.teller.told = nil
	}
	set(core.Gone)
	look(notice.Ended)
	closeAll(t, w.Services)
	w.Services = open(t, start(t, w.config), Choice{Env: core.Practice})
	look()
	set(core.ConsentNeeded)
	w.teller.front.Store(true)
	look() // it is in the window
	w.teller.front.Store(false)
	look()
	set(core.SignInNeeded)
	if err := w.Schedule().SetPlan(schedule.Plan{Every: time.Hour}); err != nil {
		t.Fatal(err)
	}
	look()
	if err := w.Schedule().SetPlan(schedule.Default()); err != nil {
		t.Fatal(err)
	}
	look()
	if _, err := w.Keeper.Create("Another", core.Business); err != nil {
		t.Fatal(err)
	}
	if err := w.Keeper.Archive(w.Profile.ID); err != nil {
		t.Fatal(err)
	}
	set(core.Gone)
	look()
	if list, err := w.Schedule().Upcoming(); err != nil || len(list) != 0 {
		t.Errorf("due for a profile that is put away: %v, %v", list, err)
	}
}

// A consent of an American bank with pages of its own lasts a year: this one was given
// 360 days ago.
func TestTheEndOfAConsentIsFound(t *testing.T) {
	w := newClockwork(t, BankConfig{Time: time.Now().AddDate(0, 0, -360)}, "ins_127287")
	_, err := w.Vault.UpdateItem(w.item.ID, func(i *core.Item) error {
		i.ConsentEnds, i.Products = time.Time{}, nil
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Books("").Check(t.Context(), w.item.ID); err != nil {
		t.Fatal(err)
	}
	got := w.now(w.item.ID)
	if left := time.Until(got.ConsentEnds).Hours() / 24; left < 4 || left > 6 || len(got.Products) == 0 {
		t.Errorf("it ends in %.1f days, products %v", left, got.Products)
	}
	if got.Sync != w.item.Sync {
		t.Errorf("a check has left %+v, before it was %+v", got.Sync, w.item.Sync)
	}
	w.Services.teller = w.teller
	for _, days := range []time.Duration{0, 1, 4, 0} {
		w.clock.pass(days * 24 * time.Hour)
		w.lookForNews(t.Context())
	}
	if got := w.teller.needs(); !slices.Equal(got, []notice.Need{notice.EndsSoon, notice.EndsAtOnce}) {
		t.Errorf("told %q", got)
	}
}

func TestThePlanIsKept(t *testing.T) {
	w := newClockwork(t, BankConfig{}, "ins_109508")
	if p, err := w.Schedule().Plan(); p != schedule.Default() || err != nil {
		t.Errorf("at first %+v, %v", p, err)
	}
	o, err := w.Schedule().Outlook(t.Context())
	if in := o.Sync.Sub(w.item.Sync.LastSuccess); o.Plan != schedule.Default() || o.Quiet != "" || err != nil || in < 6*time.Hour || in > 7*time.Hour {
		t.Errorf("next in %v, %+v, %v", in, o, err)
	}
	if err := w.Schedule().SetPlan(schedule.Plan{Every: time.Second}); !fault.Is(err, fault.Invalid) {
		t.Errorf("every second: %v", err)
	}
	want := schedule.Plan{OnMetered: true}
	if err := w.Schedule().SetPlan(want); err != nil {
		t.Fatal(err)
	}
	if o, err := w.Schedule().Outlook(t.Context()); o != (schedule.Outlook{Plan: want}) || err != nil {
		t.Errorf("never is %+v, %v", o, err)
	}
	closeAll(t, w.Services)
	w.config.Power = func(context.Context) schedule.Power { return schedule.Power{Battery: true, Metered: true} }
	w.Services = open(t, start(t, w.config), Choice{Env: core.Practice})
	if p, err := w.Schedule().Plan(); p != want || err != nil {
		t.Errorf("at the next start %+v, %v", p, err)
	}
	want.Every = time.Hour
	if err := w.Schedule().SetPlan(want); err != nil {
		t.Fatal(err)
	}
	for _, quiet := range []schedule.Quiet{"", schedule.ForBattery} {
		if o, err := w.Schedule().Outlook(t.Context()); o.Quiet != quiet || o.Sync.IsZero() || err != nil {
			t.Errorf("quiet is %q, not %q, %v", o.Quiet, quiet, err)
		}
		w.clock.pass(2 * time.Hour)
	}
}

func TestCheckAll(t *testing.T) {
	w := newClockwork(t, BankConfig{}, "ins_109508")
	w.call("/sandbox/item/reset_login")
	if err := w.Vault.PutItem(core.Item{ID: "cash", Profile: w.Profile.ID, Connection: core.ByHand}); err != nil {
		t.Fatal(err)
	}
	if err := w.Books("").CheckAll(t.Context()); !fault.Is(err, fault.SignIn) || w.now(w.item.ID).Status != core.SignInNeeded {
		t.Errorf("found %v, the bank is %s", err, w.now(w.item.ID).Status)
	}
	w.repairElsewhere()
	if err := w.Books("").CheckAll(t.Context()); err != nil || w.now(w.item.ID).Status != core.Connected {
		t.Errorf("found %v, the bank is %s", err, w.now(w.item.ID).Status)
	}
}

// What was refused because of the keys waits for others, and not for the time.
func TestOtherKeysAreTriedAtOnce(t *testing.T) {
	c, _ := keysConfig(t)
	s, item := openSandbox(t, start(t, c))
	defer closeAll(t, s)
	if err := s.Vault.RecordTry(item.ID, s.Now(), core.Trouble{Kind: fault.Keys}, ""); err != nil {
		t.Fatal(err)
	}
	due := func() int {
		t.Helper()
		list, err := s.Schedule().Upcoming()
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	if n := due(); n != 0 {
		t.Errorf("with the refused keys %d banks are due", n)
	}
	save(t, s.KeyRing(), core.Sandbox, ownSecret)
	if n := due(); n != 1 {
		t.Errorf("with other keys %d banks are due", n)
	}
}
