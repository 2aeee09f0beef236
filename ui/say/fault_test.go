package say_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/ui/say"
)

// wellFormed fails the test unless m can stand before a person.
func wellFormed(t *testing.T, m say.Message) {
	t.Helper()
	if m.Title == "" || strings.HasSuffix(m.Title, ".") {
		t.Errorf("title %q: want a few words without a full stop", m.Title)
	}
	if m.Sentence == "" || !strings.HasSuffix(m.Sentence, ".") {
		t.Errorf("sentence %q: want a sentence", m.Sentence)
	}
	if m.Hint != "" && !strings.HasSuffix(m.Hint, ".") {
		t.Errorf("hint %q: want a sentence", m.Hint)
	}
	for _, s := range []string{m.Title, m.Sentence, m.Hint} {
		for _, bad := range []string{"%!", "  ", "_", "'", "\"", "API", "fault", "item", "Item"} {
			if strings.Contains(s, bad) {
				t.Errorf("%q contains %q", s, bad)
			}
		}
	}
	if m.Action != say.NoAction && m.Action.Label() == "" {
		t.Errorf("action %q has no label", m.Action)
	}
}

func TestEveryKindHasItsOwnSentence(t *testing.T) {
	seen := map[string]fault.Kind{}
	for _, kind := range fault.Kinds() {
		t.Run(string(kind), func(t *testing.T) {
			m := say.Fault(fault.New("test: run", kind, errors.New("cause")))
			wellFormed(t, m)
			if kind != fault.Internal && m == say.Fault(errors.New("anything")) {
				t.Error("has the words of an internal error")
			}
			if other, ok := seen[m.Sentence]; ok {
				t.Errorf("has the sentence of %q", other)
			}
			seen[m.Sentence] = kind
			if m.Hint == "" && kind != fault.Canceled {
				t.Error("no hint")
			}
		})
	}
}

func TestFaultOfNothingIsNothing(t *testing.T) {
	if m := say.Fault(nil); !m.IsZero() || m.Text() != "" {
		t.Errorf("got %+v", m)
	}
}

func TestFaultFindsTheKindBehindOtherErrors(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  error
		want fault.Kind
	}{
		{"wrapped", fmt.Errorf("sync: %w", fault.New("plaid: sync", fault.BankDown, nil)), fault.BankDown},
		{"ended context", context.Canceled, fault.Canceled},
		{"deadline", context.DeadlineExceeded, fault.Network},
		{"stranger", errors.New("boom"), fault.Internal},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, want := say.Fault(tt.err), say.Trouble(core.Trouble{Kind: tt.want}); got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestCodesHaveWordsOfTheirOwn(t *testing.T) {
	for _, tt := range []struct {
		code   string
		kind   fault.Kind
		part   string
		action say.Action
	}{
		{"ITEM_LOCKED", fault.BankSite, "locked", say.Reconnect},
		{"PASSWORD_RESET_REQUIRED", fault.BankSite, "password", say.Reconnect},
		{"NO_ACCOUNTS", fault.Consent, "no account", say.Reconnect},
		{"UNAUTHORIZED_ENVIRONMENT", fault.Keys, "not allowed", say.EnterKeys},
		{"CREDITS_EXHAUSTED", fault.RateLimit, "no requests left", say.NoAction},
		{"INVALID_UPDATED_USERNAME", fault.Refused, "another name", say.RemoveBank},
	} {
		t.Run(tt.code, func(t *testing.T) {
			m := say.Trouble(core.Trouble{Kind: tt.kind, Code: tt.code})
			wellFormed(t, m)
			if !strings.Contains(m.Sentence, tt.part) || m.Action != tt.action {
				t.Errorf("got %+v", m)
			}
		})
	}
	unknown := say.Trouble(core.Trouble{Kind: fault.BankDown, Code: "NOT_SEEN_YET"})
	if unknown != say.Trouble(core.Trouble{Kind: fault.BankDown}) {
		t.Errorf("unknown code: got %+v", unknown)
	}
}

func TestKeychainMissingOffersTheSession(t *testing.T) {
	m := say.Trouble(core.Trouble{Kind: fault.KeychainMissing})
	if m.Action != say.SessionOnly || !strings.Contains(m.Hint, "nothing is kept") {
		t.Errorf("got %+v", m)
	}
}

func TestLinkEnds(t *testing.T) {
	platypus := core.Institution{ID: "ins_109508", Name: "First Platypus Bank"}
	for _, tt := range []struct {
		name  string
		s     link.Session
		title string
	}{
		{"left", link.Session{Stage: link.Exited}, "You left before the end"},
		{"left at sign-in", link.Session{Stage: link.Exited, Exit: bank.LinkExit{Status: "requires_credentials"}}, "You left before the end"},
		{"wrong password", link.Session{Stage: link.Exited, Exit: bank.LinkExit{Code: "INVALID_CREDENTIALS", Institution: platypus}}, "The sign-in did not work"},
		{"bank down", link.Session{Stage: link.Exited, Exit: bank.LinkExit{Code: "INSTITUTION_DOWN", Institution: platypus}}, "The bank is not answering"},
		{"locked", link.Session{Stage: link.Exited, Exit: bank.LinkExit{Code: "ITEM_LOCKED"}}, "Your bank sign-in is locked"},
		{"unknown code", link.Session{Stage: link.Exited, Exit: bank.LinkExit{Code: "NEW_ONE"}}, "The sign-in did not work"},
		{"expired", link.Session{Stage: link.Expired}, "The page has expired"},
		{"called off", link.Session{Stage: link.Discarded}, "Link called off"},
		{"token lost", link.Session{Stage: link.Failed, Trouble: core.Trouble{Kind: fault.Expired, Code: "LINK_ACCESS_LOST"}}, "The sign-in was lost"},
		{"lapsed", link.Session{Stage: link.Failed, Trouble: core.Trouble{Kind: fault.Expired, Code: "LINK_SIGN_IN_LAPSED"}}, "The sign-in has lapsed"},
		{"interrupted", link.Session{Stage: link.Failed, Trouble: core.Trouble{Kind: fault.Canceled, Code: "LINK_INTERRUPTED"}}, "The link was interrupted"},
		{"failed before", link.Session{Stage: link.Failed, Trouble: core.Trouble{Kind: fault.Network}}, "No connection"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := say.LinkEnd(tt.s)
			wellFormed(t, m)
			if m.Title != tt.title {
				t.Errorf("title %q, want %q", m.Title, tt.title)
			}
			if m.Action == say.NoAction {
				t.Error("no way on")
			}
		})
	}
	for _, stage := range []link.Stage{link.Preparing, link.Waiting, link.Deciding, link.Exchanging, link.Fetching, link.Syncing, link.Done} {
		if m := say.LinkEnd(link.Session{Stage: stage}); !m.IsZero() {
			t.Errorf("%s: got %+v", stage, m)
		}
		if say.LinkStage(link.Session{Stage: stage}) == "" {
			t.Errorf("%s has no words", stage)
		}
	}
}

func TestLeavingARepairLosesNothing(t *testing.T) {
	m := say.LinkEnd(link.Session{Stage: link.Exited, Purpose: link.Repair})
	if !strings.Contains(m.Hint, "stays as it was") {
		t.Errorf("hint %q", m.Hint)
	}
}
