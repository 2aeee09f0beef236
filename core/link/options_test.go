package link_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
)

func TestRedirectURI(t *testing.T) {
	for address, ok := range map[string]map[core.Environment]bool{
		"":                               {core.Sandbox: true, core.Production: true},
		"https://example.org/back":       {core.Sandbox: true, core.Production: true, core.Practice: true},
		"HTTPS://example.org":            {core.Production: true},
		"http://localhost:8080/back":     {core.Sandbox: true, core.Practice: true, core.Production: false},
		"http://127.0.0.1/":              {core.Sandbox: true, core.Production: false},
		"http://example.org/back":        {core.Sandbox: false, core.Production: false},
		"https://example.org/back?a=b":   {core.Sandbox: false},
		"https://example.org/back?":      {core.Sandbox: false},
		"https://example.org/back#there": {core.Sandbox: false},
		"https://me@example.org/":        {core.Sandbox: false},
		"https:///back":                  {core.Sandbox: false},
		"https://:443/back":              {core.Sandbox: false},
		"myapp://back":                   {core.Sandbox: false},
		"javascript:alert(1)":            {core.Sandbox: false},
		"example.org/back":               {core.Sandbox: false},
		"https://exa mple.org":           {core.Sandbox: false},
	} {
		for env, want := range ok {
			err := link.CheckRedirectURI(env, address)
			if (err == nil) != want || err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("%q in %s: %v", address, env, err)
			}
		}
	}
}

func TestAndroidPackage(t *testing.T) {
	for name, ok := range map[string]bool{
		"": true, "org.example.app": true, "a.b": true, "com.Example_1.x2": true,
		"app": false, "org..app": false, ".org.app": false, "org.1app": false, "org.app.": false, "org.ex ample": false, "org.exämple": false,
	} {
		err := link.CheckAndroidPackage(name)
		if (err == nil) != ok || err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestOptions(t *testing.T) {
	bubble(t, "that cannot be begin nothing", optionsRefused)
	bubble(t, "are asked for", optionsAsked)
	bubble(t, "several banks are taken up once all are there", severalTakenUp)
	bubble(t, "or when the person says so", severalTakenUpOnAsking)
}

func optionsRefused(t *testing.T) {
	w := newWorld()
	l := w.live(t, newGate())
	for name, change := range map[string]func(*link.Options){
		"no redirect URI":      func(o *link.Options) { o.RedirectURI = "example.org" },
		"no Android package":   func(o *link.Options) { o.AndroidPackage = "app" },
		"both":                 func(o *link.Options) { o.RedirectURI, o.AndroidPackage = "https://example.org", "org.example" },
		"deposits and several": func(o *link.Options) { o.Deposits, o.Several = true, true },
	} {
		o := wanted
		change(&o)
		if _, err := l.Begin(t.Context(), o); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if sessions, err := w.repo.Sessions(); err != nil || len(sessions) != 0 || len(w.bank.asked) != 0 {
		t.Errorf("%d sessions, %d pages, %v", len(sessions), len(w.bank.asked), err)
	}
}

func optionsAsked(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*link.Options)
		want   func(bank.LinkRequest) bool
	}{
		"redirect URI": {
			func(o *link.Options) { o.RedirectURI = "https://example.org" },
			func(r bank.LinkRequest) bool { return r.RedirectURI == "https://example.org" },
		},
		"Android package": {
			func(o *link.Options) { o.AndroidPackage = "org.example" },
			func(r bank.LinkRequest) bool { return r.AndroidPackage == "org.example" },
		},
		"several": {func(o *link.Options) { o.Several = true }, func(r bank.LinkRequest) bool { return r.Several }},
		"deposits": {
			func(o *link.Options) { o.Deposits, o.Kinds = true, []core.AccountType{core.Credit} },
			func(r bank.LinkRequest) bool {
				return r.Deposits && slices.Equal(r.Products, []core.Product{core.Auth}) && len(r.Optional) == 0 &&
					slices.Equal(r.Kinds, []core.AccountType{core.Depository})
			},
		},
	} {
		w := newWorld()
		l := w.live(t, newGate())
		o := wanted
		c.change(&o)
		id, err := l.Begin(t.Context(), o)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		l.finish(t, id, link.Done)
		if !c.want(w.bank.asked[0]) {
			t.Errorf("%s: asked for %+v", name, w.bank.asked[0])
		}
	}
}

// atIt begins a session for several banks, one of which is linked while the person
// still has the page open.
func atIt(t *testing.T) (*world, *life, core.LinkID) {
	t.Helper()
	w := newWorld()
	w.bank.linked = 1
	l := w.live(t, newGate())
	o := wanted
	o.Several = true
	id, err := l.Begin(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Minute)
	synctest.Wait()
	if s, err := l.Session(id); err != nil || s.Stage != link.Waiting {
		t.Fatalf("stage %s (%v) while the person links another", s.Stage, err)
	}
	return w, l, id
}

func severalTakenUp(t *testing.T) {
	w, l, id := atIt(t)
	w.bank.finishPages(2)
	if s := l.finish(t, id, link.Done); len(s.Items) != 2 || w.check(t) != 0 {
		t.Errorf("items %v", s.Items)
	}
}

func severalTakenUpOnAsking(t *testing.T) {
	w, l, id := atIt(t)
	l.CheckNow(id)
	if s := l.finish(t, id, link.Done); len(s.Items) != 1 || w.check(t) != 0 {
		t.Errorf("items %v", s.Items)
	}
}

// A provider that does not want the completion address gets the request without it.
func TestCompletionURIIsNoCondition(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.bank.refusesCompletion = true
		g := newGate()
		d := link.NewDriver(t.Context(), link.Deps{
			Bank: gatedBank{w.bank, g}, Secrets: gatedSecrets{w.secrets, g}, Repo: gatedRepo{w.repo, g}, Syncer: gatedSyncer{w, g},
			Events: &event.Bus{}, Clock: clock.System{}, Env: w.env, OpenURL: func(string) error { return nil },
			CompletionURI: func(id core.LinkID) string { return "http://127.0.0.1:1/" + string(id) },
		})
		defer d.Close()
		id, err := d.Begin(t.Context(), wanted)
		if err != nil {
			t.Fatal(err)
		}
		if s, err := d.Wait(t.Context(), id); err != nil || s.Stage != link.Done {
			t.Errorf("ended %s (%+v), %v", s.Stage, s.Trouble, err)
		}
		if len(w.bank.asked) != 2 || w.bank.asked[0].CompletionURI != "http://127.0.0.1:1/"+string(id) || w.bank.asked[1].CompletionURI != "" {
			t.Errorf("asked %+v", w.bank.asked)
		}
	})
}
