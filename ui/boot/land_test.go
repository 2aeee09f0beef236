package boot

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/link"
	"bankbook/core/plaid"
	"bankbook/core/sandbox/walk"
	"bankbook/core/secret"
)

// still is the system's clock on which no pause ends by itself.
type still struct{ clock.System }

// Sleep implements clock.Clock.
func (still) Sleep(ctx context.Context, _ time.Duration) error {
	<-ctx.Done()
	return ctx.Err()
}

// ways notes where a browser is sent to.
type ways struct{ last string }

func (w *ways) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := http.DefaultTransport.RoundTrip(r)
	if err == nil && response.Header.Get("Location") != "" {
		w.last = response.Header.Get("Location")
	}
	return response, err
}

// The browser's way back to this machine wakes the session: nothing else does here,
// because no pause between two looks ends by itself.
func TestTheWayBackWakesTheSession(t *testing.T) {
	for name, goes := range map[string]struct {
		walk func(context.Context, *http.Client, string, walk.Choice) error
		end  link.Stage
	}{"at the end": {walk.Link, link.Done}, "also for one who leaves": {walk.Exit, link.Exited}} {
		t.Run(name, func(t *testing.T) {
			bank, err := ServeBank(t.Context(), BankConfig{
				Listen: "127.0.0.1:0", ClientID: "client", Secret: "secret", InitialDelay: -1, HistoryDelay: -1,
			})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = bank.Close() }()
			walked := make(chan error, 1)
			c := config(t)
			c.Clock, c.PlaidURL, c.Keys = still{}, bank.URL(), plaid.Keys{ClientID: secret.New("client"), Secret: secret.New("secret")}
			c.OpenURL = func(page string) error {
				walked <- goes.walk(context.Background(), nil, page, walk.Platypus())
				return nil
			}
			s := open(t, start(t, c), Choice{Env: core.Practice})
			defer closeAll(t, s)
			id, err := s.Links.Begin(t.Context(), link.Options{Profile: s.Profile.ID, HistoryDays: 90})
			if err != nil {
				t.Fatal(err)
			}
			if err := <-walked; err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			if session, err := s.Links.Wait(ctx, id); err != nil || session.Stage != goes.end {
				t.Errorf("ended %s (%+v), %v", session.Stage, session.Trouble, err)
			}
		})
	}
}

// The address is good as long as the session: one that was called off has none.
func TestTheWayBackEndsWithTheSession(t *testing.T) {
	pages := make(chan string, 1)
	c := config(t)
	c.OpenURL = func(page string) error {
		pages <- page
		return nil
	}
	s := open(t, start(t, c), Choice{Env: core.Practice})
	defer closeAll(t, s)
	over := make(chan struct{})
	s.Events.Subscribe(func(e event.Event) {
		if changed, ok := e.(event.LinkChanged); ok && s.linkOver(changed.Session) {
			close(over)
		}
	})
	id, err := s.Links.Begin(t.Context(), link.Options{Profile: s.Profile.ID, HistoryDays: 90})
	if err != nil {
		t.Fatal(err)
	}
	page := <-pages
	if err := s.Links.Cancel(id); err != nil {
		t.Fatal(err)
	}
	<-over
	browser := &ways{}
	if err := walk.Exit(t.Context(), &http.Client{Transport: browser}, page, walk.Choice{}); err == nil {
		t.Error("somebody still listens")
	}
	if !strings.HasPrefix(browser.last, "http://127.0.0.1:") || strings.HasPrefix(browser.last, s.practice.URL()) {
		t.Errorf("the page led to %q", browser.last)
	}
}
