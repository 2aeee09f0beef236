package boot

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/sandbox"
	"bankbook/core/sandbox/walk"
	"bankbook/core/secret"
)

// journaled is a program whose activity log is read after each thing that it does.
type journaled struct {
	t    *testing.T
	c    Config
	bank *sandbox.Running
	p    *Program
	s    *Services
	// read is the number of the last entry that has been looked at.
	read uint64
	// added hears of entries, some of which come from the background; nil if none
	// does.
	added chan struct{}
}

func newJournaled(t *testing.T) *journaled {
	t.Helper()
	j := &journaled{t: t, c: backupConfig(t)}
	j.c.Keys = sandboxKeys
	var err error
	j.bank, err = sandbox.Listen(t.Context(), sandbox.Config{
		ClientID: j.c.Keys.ClientID.Reveal(), Secret: j.c.Keys.Secret.Reveal(),
		InitialDelay: sandbox.Immediately, HistoryDelay: sandbox.Immediately,
	}, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.bank.Close() })
	j.c.PlaidURL = j.bank.URL()
	j.p = start(t, j.c)
	j.s = open(t, j.p, Choice{Env: core.Practice})
	t.Cleanup(func() { closeAll(t, j.s) })
	j.added = make(chan struct{}, 100)
	j.s.Events.Subscribe(func(e event.Event) {
		if _, ok := e.(event.ActivityAdded); ok {
			j.added <- struct{}{}
		}
	})
	return j
}

// news returns the entries since the last time, the first one first, as soon as
// there are n of them.
func (j *journaled) news(n int) (list []core.Activity) {
	j.t.Helper()
	for {
		list = nil
		err := j.s.Vault.Activity(0, func(a core.Activity) bool {
			if a.Seq > j.read {
				list = append([]core.Activity{a}, list...)
			}
			return a.Seq > j.read
		})
		if err != nil {
			j.t.Fatal(err)
		}
		if len(list) >= n || j.added == nil {
			break
		}
		<-j.added
	}
	if len(list) > 0 {
		j.read = list[len(list)-1].Seq
	}
	return list
}

// want is what an entry has to be.
type want struct {
	action  core.Action
	subject string
	outcome activity.Outcome
	n       int
	// asked says that Plaid was, so that there is a request to tell.
	asked bool
	kind  fault.Kind
}

// wrote makes sure that there is one entry for each want, and returns them.
func (j *journaled) wrote(when string, wants ...want) []core.Activity {
	j.t.Helper()
	got := j.news(len(wants))
	if len(got) != len(wants) {
		j.t.Fatalf("%s: %d entries, want %d: %+v", when, len(got), len(wants), got)
	}
	for i, w := range wants {
		a := got[i]
		if a.Action != w.action || a.Subject != w.subject || activity.OutcomeOf(a) != w.outcome || a.N != w.n || a.Trouble.Kind != w.kind {
			j.t.Errorf("%s: entry %+v, want %+v", when, a, w)
		}
		if (a.RequestID != "") != w.asked {
			j.t.Errorf("%s: the request of %s is %q", when, a.Action, a.RequestID)
		}
		if a.At.IsZero() || a.Auto {
			j.t.Errorf("%s: entry %+v", when, a)
		}
		ofBank := strings.HasPrefix(string(w.action), "bank.")
		if owned := a.Profile == j.s.Profile.ID; owned != ofBank {
			j.t.Errorf("%s: the entry belongs to %q", when, a.Profile)
		}
	}
	return got
}

const platypus = "First Platypus Bank"

func (j *journaled) link() core.Item {
	j.t.Helper()
	j.settled(instantly(j.t, j.s), link.Done)
	items, err := j.s.Vault.Items()
	if err != nil {
		j.t.Fatal(err)
	}
	return items[len(items)-1]
}

// settled waits until nothing moves in a link session.
func (j *journaled) settled(id core.LinkID, stage link.Stage) {
	j.t.Helper()
	if end, err := j.s.Links.Wait(j.t.Context(), id); err != nil || end.Stage != stage {
		j.t.Fatalf("linking ended as %s, %+v, %v", end.Stage, end.Trouble, err)
	}
}

// begun returns the page of a link session that waits for the person.
func (j *journaled) begun(id core.LinkID, err error) (core.LinkID, string) {
	j.t.Helper()
	if err != nil {
		j.t.Fatal(err)
	}
	changed := make(chan struct{}, 100)
	defer j.s.Events.Subscribe(func(event.Event) { changed <- struct{}{} })()
	for {
		session, err := j.s.Links.Session(id)
		switch {
		case err != nil:
			j.t.Fatal(err)
		case session.Stage == link.Waiting:
			return id, session.URL
		}
		<-changed
	}
}

// resetLogin makes the bank want another sign-in.
func (j *journaled) resetLogin(item core.ItemID) {
	j.t.Helper()
	access, err := j.s.Secrets.Get(j.t.Context(), secret.TokenName(core.Practice, item))
	if err != nil {
		j.t.Fatal(err)
	}
	body, err := json.Marshal(map[string]string{
		"client_id": j.c.Keys.ClientID.Reveal(), "secret": j.c.Keys.Secret.Reveal(), "access_token": access.Reveal(),
	})
	if err != nil {
		j.t.Fatal(err)
	}
	answer, err := http.Post(j.bank.URL()+"/sandbox/item/reset_login", "application/json", bytes.NewReader(body))
	if err != nil {
		j.t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		j.t.Fatalf("reset login: HTTP %d", answer.StatusCode)
	}
}

func TestLinksAndSyncsAreWrittenDown(t *testing.T) {
	j := newJournaled(t)
	j.wrote("open")
	item := j.link()
	accounts, err := j.s.Vault.AccountsOf(item.ID)
	if err != nil {
		t.Fatal(err)
	}
	linked := j.wrote("link",
		want{action: core.SyncedBank, subject: platypus, outcome: activity.Done, asked: true},
		want{action: core.LinkedBank, subject: platypus, outcome: activity.Done, n: len(accounts), asked: true})
	rows, err := j.s.Vault.Newest(10_000)
	if err != nil {
		t.Fatal(err)
	}
	if got := linked[0].Count; got.Added != len(rows) || got.Added == 0 {
		t.Errorf("the sync brought %+v, the vault holds %d", got, len(rows))
	}
	for _, a := range linked {
		if a.Item != item.ID {
			t.Errorf("%s is about the bank %q", a.Action, a.Item)
		}
	}

	sync := func() error { return j.s.Sync.Sync(t.Context(), item.ID) }
	quiet := want{action: core.SyncedBank, subject: platypus, outcome: activity.Done, asked: true}
	for i, wants := range [][]want{{quiet}, {}, {}} {
		if err := sync(); err != nil {
			t.Fatal(err)
		}
		j.wrote("sync "+string(rune('1'+i)), wants...)
	}
	j.resetLogin(item.ID)
	broken := want{action: core.SyncedBank, subject: platypus, outcome: activity.Failed, asked: true, kind: fault.SignIn}
	for range 2 {
		if err := sync(); !fault.Is(err, fault.SignIn) {
			t.Fatal(err)
		}
		j.wrote("a sync of a bank that wants a sign-in", broken)
	}

	id, page := j.begun(j.s.Links.Repair(t.Context(), item.ID, core.WayBack{}))
	if err := walk.Link(t.Context(), nil, page, walk.Platypus()); err != nil {
		t.Fatal(err)
	}
	j.s.Links.CheckNow(id)
	j.settled(id, link.Done)
	j.wrote("sign in again", quiet, want{action: core.ReconnectedBank, subject: platypus, outcome: activity.Done, asked: true})
}

func TestLinksThatComeToNothing(t *testing.T) {
	j := newJournaled(t)
	options := link.Options{Profile: j.s.Profile.ID, HistoryDays: 90}
	id, page := j.begun(j.s.Links.Begin(t.Context(), options))
	if err := walk.Exit(t.Context(), nil, page, walk.Choice{Institution: "ins_109508"}); err != nil {
		t.Fatal(err)
	}
	j.s.Links.CheckNow(id)
	j.settled(id, link.Exited)
	j.wrote("leave the page")

	wrong := walk.Platypus()
	wrong.Password = "not the password"
	id, page = j.begun(j.s.Links.Begin(t.Context(), options))
	if err := walk.Exit(t.Context(), nil, page, wrong); err != nil {
		t.Fatal(err)
	}
	j.s.Links.CheckNow(id)
	j.settled(id, link.Exited)
	got := j.wrote("leave the page after a refusal",
		want{action: core.LinkedBank, subject: platypus, outcome: activity.Failed, asked: true, kind: fault.SignIn})
	if code := got[0].Trouble.Code; code != "INVALID_CREDENTIALS" {
		t.Errorf("the code is %q", code)
	}

	id, _ = j.begun(j.s.Links.Begin(t.Context(), options))
	if err := j.s.Links.Cancel(id); err != nil {
		t.Fatal(err)
	}
	j.settled(id, link.Discarded)
	j.wrote("call it off")

	_ = j.bank.Close()
	id, err := j.s.Links.Begin(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	j.settled(id, link.Failed)
	j.wrote("link without a bank", want{action: core.LinkedBank, outcome: activity.Failed, kind: fault.Network})
}

func TestRemovingABankIsWrittenDown(t *testing.T) {
	j := newJournaled(t)
	item := j.link()
	j.news(2)
	other := j.link()
	j.news(2)
	if err := j.s.RemoveBank(t.Context(), item.ID); err != nil {
		t.Fatal(err)
	}
	j.wrote("remove", want{action: core.RemovedBank, subject: platypus, outcome: activity.Done, asked: true})
	_ = j.bank.Close()
	if err := j.s.RemoveBank(t.Context(), other.ID); !fault.Is(err, fault.Network) {
		t.Fatal(err)
	}
	j.wrote("remove without a network", want{action: core.RemovedBank, subject: platypus, outcome: activity.Failed, kind: fault.Network})
	if err := j.s.RemoveBank(t.Context(), other.ID); !fault.Is(err, fault.Network) {
		t.Fatal(err)
	}
	j.wrote("try again, as the background does")
}

func TestWhatIsDoneWithBanksAndProfilesIsWrittenDown(t *testing.T) {
	j := newJournaled(t)
	ctx, books := t.Context(), j.s.Books("")
	item := j.link()
	j.news(2)
	ofBank := func(a core.Action, asked bool) want {
		return want{action: a, subject: platypus, outcome: activity.Done, asked: asked}
	}
	must := func(err error, wants ...want) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		j.wrote(string(wants[0].action), wants...)
	}
	must(books.RotateToken(ctx, item.ID), ofBank(core.RotatedToken, true))
	must(books.RemoveBank(ctx, item.ID, false), ofBank(core.RemovingBank, false))
	must(books.UndoRemove(item.ID), ofBank(core.KeptBank, false))

	must(j.s.Remover.Remove(ctx, item.ID, true), ofBank(core.RemovedBank, true))
	later := j.link()
	j.news(2)
	made, _, err := books.Continue(ctx, item.ID, later.ID)
	must(err, ofBank(core.ContinuedBank, false))
	must(books.UndoContinue(made.ID), ofBank(core.UndidContinue, false))

	profiles := j.s.Profiles()
	p, err := profiles.Create("Juniper", core.Business)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := profiles.Change(p.ID, "Juniper Bakery", core.Business); err != nil {
		t.Fatal(err)
	}
	if _, err := profiles.Create("Juniper Bakery", core.Business); !fault.Is(err, fault.Invalid) {
		t.Fatal(err)
	}
	for _, err := range []error{profiles.Archive(p.ID), profiles.Restore(p.ID), j.s.RemoveProfile(ctx, p.ID)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	// The entries of the profile are gone with it.
	got := j.news(1)
	if len(got) != 1 || got[0].Action != core.RemovedProfile || got[0].Subject != "Juniper Bakery" || got[0].Profile != "" {
		t.Errorf("written down: %+v", got)
	}
}

func TestProfilesSeeTheirOwnActivity(t *testing.T) {
	j := newJournaled(t)
	j.link()
	j.news(2)
	other, err := j.s.Profiles().Create("Juniper", core.Business)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	for profile, want := range map[core.ProfileID]int{"": 4, j.s.Profile.ID: 3, other.ID: 2} {
		n := 0
		err := j.s.Books(profile).Activity(0, func(a core.Activity) bool {
			if profile != "" && a.Profile != profile && a.Profile != "" {
				t.Errorf("%s sees %+v", profile, a)
			}
			n++
			return true
		})
		if err != nil || n != want {
			t.Errorf("%q sees %d entries, want %d, %v", profile, n, want, err)
		}
	}
}

type brokenLog struct{ err error }

func (b brokenLog) Setting(string) (string, bool, error) { return "", false, b.err }
func (b brokenLog) PutSetting(_, _ string) error         { return b.err }

func (b brokenLog) AddActivity(a core.Activity) (core.Activity, error)  { return a, b.err }
func (b brokenLog) Activity(_ uint64, _ func(core.Activity) bool) error { return b.err }
