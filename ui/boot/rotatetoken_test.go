package boot

import (
	"errors"
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/rotate"
	"bankbook/core/secret"
)

// errKilled is what a program that is killed in a test ends with.
var errKilled = errors.New("killed")

// killedAt runs do and ends it at a step of the trace, counted from 1. It returns
// the step's name, "" if there were fewer.
func killedAt(t *testing.T, steps *func(string), step int, do func() error) (at string) {
	t.Helper()
	n := 0
	*steps = func(name string) {
		if n++; n == step {
			at = name
			panic(errKilled)
		}
	}
	defer func() {
		*steps = func(string) {}
		if r := recover(); r != nil && r != errKilled { //nolint:errorlint // it is this very value
			panic(r)
		}
	}()
	if err := do(); err != nil {
		t.Errorf("without a kill: %v", err)
	}
	return at
}

// TestTokenSurvivesKills kills the program at every step of a change of an access
// token. The next start has a token that opens the bank, or says that it has none;
// that happens only where the answer was not kept yet.
func TestTokenSurvivesKills(t *testing.T) {
	lost := map[string]bool{}
	for step := 1; ; step++ {
		steps := func(string) {}
		c := config(t)
		c.Trace = func(name string) { steps(name) }
		p := start(t, c)
		s := open(t, p, Choice{Env: core.Practice})
		item := linkedFor(t, s, s.Profile.ID)
		at := killedAt(t, &steps, step, func() error { return s.Rotator.Token(t.Context(), item.ID) })
		closeAll(t, s)
		if at == "" {
			if step < 8 {
				t.Errorf("only %d steps", step-1)
			}
			break
		}
		s = open(t, p, Choice{Env: core.Practice})
		if err := s.Resume(t.Context()); err != nil {
			t.Errorf("killed %s: %v", at, err)
		}
		kept, err := s.Vault.Item(item.ID)
		if err != nil || !kept.Rotating.IsZero() {
			t.Errorf("killed %s: %+v, %v", at, kept, err)
		}
		switch err := s.Sync.Sync(t.Context(), item.ID); {
		case err == nil && kept.Status == core.Connected:
		case fault.Is(err, fault.Gone) && kept.Sync.Trouble.Code == rotate.CodeTokenLost:
			lost[at] = true
		default:
			t.Errorf("killed %s: %+v, and a sync %v", at, kept, err)
		}
		closeAll(t, s)
	}
	if !lost["after bank: rotate token"] || !lost["before secret: set"] || len(lost) != 2 {
		t.Errorf("access was lost at %v", lost)
	}
}

// TestRotateTokens takes new tokens for everything, and syncs with them.
func TestRotateTokens(t *testing.T) {
	s := open(t, start(t, config(t)), Choice{Env: core.Practice})
	defer closeAll(t, s)
	first := linkedFor(t, s, s.Profile.ID)
	second := linkedFor(t, s, s.Profile.ID)
	token := func(id core.ItemID) secret.Text {
		t.Helper()
		v, err := s.bankSecrets().Get(t.Context(), secret.TokenName(s.Env, id))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	before := []secret.Text{token(first.ID), token(second.ID)}
	var told []int64
	b := s.Books(s.Profile.ID)
	if err := b.RotateTokens(t.Context(), func(done, total int64) { told = append(told, done, total) }); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(told, []int64{0, 2, 1, 2, 2, 2}) {
		t.Errorf("told of %v", told)
	}
	if token(first.ID) == before[0] || token(second.ID) == before[1] {
		t.Error("a token is the old one")
	}
	if _, err := s.bank.Item(t.Context(), before[0]); !fault.Is(err, fault.Gone) {
		t.Errorf("the old token: %v", err)
	}
	if err := b.SyncAll(t.Context()); err != nil {
		t.Errorf("with the new tokens: %v", err)
	}
	id, err := b.Repair(t.Context(), first.ID, core.WayBack{})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.RotateToken(t.Context(), first.ID); !fault.Is(err, fault.Invalid) {
		t.Errorf("while the person signs in: %v", err)
	}
	if err := b.Cancel(id); err != nil {
		t.Fatal(err)
	}
}
