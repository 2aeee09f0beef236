package e2e

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/link"
	"bankbook/core/plaid"
	"bankbook/core/sandbox/walk"
	"bankbook/core/secret"
	"bankbook/ui/boot"
)

// The test binary is its own child: as the other side of the keychain, and in
// one of the roles that childVariable names: as a program that links and syncs
// and kills itself at a step, or as another program of the same user.
const (
	childVariable = "BANKBOOK_E2E_CHILD"
	dataVariable  = "BANKBOOK_E2E_DATA"
	bankVariable  = "BANKBOOK_E2E_BANK"
	killVariable  = "BANKBOOK_E2E_KILL_AT"

	linkRole = "link"
)

// The exit codes of the child.
const (
	childDone = 0
	childLost = 20 // the session says what is lost
	childBad  = 21
)

// actAsChild does the work of a child, if this process is one.
func actAsChild() (code int, handled bool) {
	if code, handled := boot.ServeChild(os.Args[1:], os.Stdin, os.Stdout); handled {
		return code, true
	}
	role := os.Getenv(childVariable)
	if role == "" {
		return 0, false
	}
	var err error
	if role == linkRole {
		code, err = linkAndSync(context.Background())
	} else {
		code, err = playRole(role, os.Args[1:])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return code, true
}

// killAt returns a trace that kills the process, as a power cut would, at the
// given step; 0 never does. The step's name is written first.
func killAt(step int64) boot.Trace {
	var count atomic.Int64
	return func(name string) {
		if n := count.Add(1); n == step {
			fmt.Fprintf(os.Stdout, "%d %s\n", n, name)
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // until the signal arrives
		}
	}
}

// hurried is the system's clock with short pauses: what is waited for here is a
// test, not a person.
type hurried struct{ clock.System }

// Sleep implements clock.Clock.
func (h hurried) Sleep(ctx context.Context, d time.Duration) error {
	return h.System.Sleep(ctx, d/50)
}

// linkAndSync brings a vault to the state "one bank, all of its history", from
// whatever state it finds: it takes up what was begun, or begins, and then
// syncs. It does what a person would do: opens the page again if it waits.
func linkAndSync(ctx context.Context) (int, error) {
	step, err := strconv.ParseInt(os.Getenv(killVariable), 10, 64)
	if err != nil {
		return childBad, err
	}
	walker := func(page string) error {
		return walk.Link(ctx, &http.Client{}, page, walk.Choice{Institution: "First Platypus Bank", User: "user_good", Password: "pass_good"})
	}
	p, err := boot.New(boot.Config{
		DataDir: os.Getenv(dataVariable), PlaidURL: os.Getenv(bankVariable), OpenURL: walker, Trace: killAt(step), Clock: hurried{},
		Keys: plaid.Keys{ClientID: secret.New(bankID), Secret: secret.New(bankSecret)},
	})
	if err != nil {
		return childBad, err
	}
	s, err := p.Open(ctx, boot.Choice{Env: core.Practice})
	if err != nil {
		return childBad, err
	}
	code, err := settle(ctx, s)
	return code, errors.Join(err, s.Close(), p.Close())
}

func settle(ctx context.Context, s *boot.Services) (int, error) {
	if err := s.Resume(ctx); err != nil {
		return childBad, err
	}
	active := s.Links.Active()
	items, err := s.Vault.Items()
	if err != nil {
		return childBad, err
	}
	if len(active) == 0 && len(items) == 0 {
		id, err := s.Links.Begin(ctx, link.Options{Profile: s.Profile.ID, HistoryDays: 730, Numbers: true})
		if err != nil {
			return childBad, err
		}
		active = append(active, link.Session{ID: id})
	}
	for _, session := range active {
		if session.Stage == link.Waiting {
			if err := s.Links.OpenAgain(session.ID); err != nil {
				return childBad, err
			}
		}
		end, err := s.Links.Wait(ctx, session.ID)
		if err != nil {
			return childBad, err
		}
		if end.Stage != link.Done {
			return childLost, fmt.Errorf("the session ended as %s: %+v", end.Stage, end.Trouble)
		}
	}
	if err := s.Sync.SyncAll(ctx); err != nil {
		return childBad, err
	}
	return childDone, nil
}
