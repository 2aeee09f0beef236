package plaid_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/bank/banktest"
	"bankbook/core/fault"
	"bankbook/core/plaid"
	"bankbook/core/sandbox"
	"bankbook/core/sandbox/walk"
	"bankbook/core/secret"
)

// The port against the practice bank, over HTTP.
func TestConformance(t *testing.T) { banktest.Run(t, practice) }

// clock is one that a test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) wait(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func practice(t *testing.T) banktest.World {
	t.Helper()
	clock := &clock{at: now}
	running, err := sandbox.Listen(t.Context(), sandbox.Config{ClientID: clientID, Secret: keySecret, Now: clock.now}, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	client, err := plaid.New(plaid.Config{Env: core.Practice, BaseURL: running.URL(), Keys: keys(), Now: clock.now})
	if err != nil {
		t.Fatal(err)
	}
	return banktest.World{
		Provider: client, InstantLinker: client,
		Bank: "ins_109508", Name: "First Platypus Bank", User: "user_good", Password: secret.New("pass_good"),
		Finish: func(ctx context.Context, link bank.Link) error {
			return walk.Link(ctx, nil, link.URL, walk.Platypus())
		},
		Share: func(ctx context.Context, link bank.Link, names ...string) error {
			choice := walk.Platypus()
			choice.Accounts = names
			return walk.Link(ctx, nil, link.URL, choice)
		},
		Enter: func(ctx context.Context, link bank.Link) error {
			return walk.Link(ctx, nil, link.URL, walk.Choice{Manual: true})
		},
		Several: func(ctx context.Context, link bank.Link) error {
			choice := walk.Platypus()
			choice.Then = []walk.Choice{{Institution: "ins_109511", User: "user_good", Password: "pass_good"}}
			return walk.Link(ctx, nil, link.URL, choice)
		},
		Exit: func(ctx context.Context, link bank.Link) error {
			return walk.Exit(ctx, nil, link.URL, walk.Choice{Institution: "ins_109508"})
		},
		Break: func(ctx context.Context, access secret.Text) error {
			return resetLogin(ctx, running.URL(), access)
		},
		Wait: clock.wait,
		Foreign: func(kind string) secret.Text {
			return secret.New(kind + "-sandbox-00000000-0000-4000-8000-000000000000")
		},
	}
}

// resetLogin asks a sandbox to want another sign-in. It is no part of the port.
func resetLogin(ctx context.Context, base string, access secret.Text) error {
	body, err := json.Marshal(map[string]string{"client_id": clientID, "secret": keySecret, "access_token": access.Reveal()})
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/sandbox/item/reset_login", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("reset login: HTTP %d", response.StatusCode)
	}
	return nil
}

// How a user left the practice bank's page arrives as Plaid would tell it.
func TestExits(t *testing.T) {
	wrong := walk.Platypus()
	wrong.Password = "not the password"
	platypus := core.Institution{ID: "ins_109508", Name: "First Platypus Bank"}
	for name, c := range map[string]struct {
		choice walk.Choice
		want   bank.LinkExit
	}{
		"at once":         {walk.Choice{}, bank.LinkExit{}},
		"at the sign-in":  {walk.Choice{Institution: "ins_109508"}, bank.LinkExit{Status: "requires_credentials", Institution: platypus}},
		"after a refusal": {wrong, bank.LinkExit{Status: "requires_credentials", Code: "INVALID_CREDENTIALS", Institution: platypus}},
		"at the accounts": {walk.Platypus(), bank.LinkExit{Status: "requires_account_selection", Institution: platypus}},
	} {
		t.Run(name, func(t *testing.T) {
			w := practice(t)
			link, err := w.CreateLink(t.Context(), bank.LinkRequest{User: "u1", Products: []core.Product{core.Auth}})
			if err != nil {
				t.Fatal(err)
			}
			if err := walk.Exit(t.Context(), nil, link.URL, c.choice); err != nil {
				t.Fatal(err)
			}
			status, err := w.LinkStatus(t.Context(), link.Token)
			if err != nil || len(status.Sessions) != 1 || status.Sessions[0].Exit == nil {
				t.Fatalf("got %+v, %v", status, err)
			}
			got := *status.Sessions[0].Exit
			got.RequestID = ""
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// With the wrong keys everything ends with Keys.
func TestWrongKeys(t *testing.T) {
	running, err := sandbox.Listen(t.Context(), sandbox.Config{ClientID: "other", Secret: "keys"}, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	client, err := plaid.New(plaid.Config{Env: core.Practice, BaseURL: running.URL(), Keys: keys()})
	if err != nil {
		t.Fatal(err)
	}
	for name, op := range operations() {
		t.Run(name, func(t *testing.T) { assertFault(t, op.call(t.Context(), client), fault.Keys) })
	}
}
