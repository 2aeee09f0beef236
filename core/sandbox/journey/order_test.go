package journey

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/verify"
)

// statuses are all that Plaid has; "" is before anything has begun.
var statuses = []string{
	"", "requires_questions", "requires_selections", "requires_code", "choose_device", "requires_credentials",
	"requires_account_selection", "requires_oauth", "institution_not_found", "institution_not_supported",
}

// Whatever somebody does in whatever order: the way goes on or ends, can be kept
// and taken up again, and can be left at any time.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms, b := drawTerms(t), drawBank(t)
		var s State
		now := begun
		for range rapid.IntRange(1, 25).Draw(t, "inputs") {
			now = now.Add(time.Duration(rapid.IntRange(0, 400).Draw(t, "seconds")) * time.Second)
			r := s.Next(terms, b, now, drawInput(t))
			checkResult(t, s, r)
			if r.End != NotYet && r.Step != Another {
				return
			}
			checkLeave(t, r.State, terms, b, now)
			s = kept(t, r.State)
		}
	})
}

func checkResult(t *rapid.T, before State, r Result) {
	if !r.Taken && len(r.Events) > 0 {
		t.Fatalf("a stray input is told of: %+v", r.Events)
	}
	if r.Bad < before.Bad {
		t.Fatalf("wrong sign-ins are forgotten: %d, then %d", before.Bad, r.Bad)
	}
	another := r.End == Linked && r.Step == Another
	if done := r.End == Linked && !another || r.End == Finished || r.End == Entered || r.End == Updated; done != (r.Step == Done) {
		t.Fatalf("end %d at %q", r.End, r.Step)
	}
	if r.Step == Check && r.Asked() == nil {
		t.Fatal("a check asks nothing")
	}
	for _, e := range r.Events {
		if e.Name == transitionView && e.View == "" || e.Name == "ERROR" && e.Trouble == "" {
			t.Fatalf("event without its content: %+v", e)
		}
	}
}

func checkLeave(t *rapid.T, s State, terms Terms, b Bank, now time.Time) {
	r := s.Next(terms, b, now, Leave{})
	last := r.Events[len(r.Events)-1]
	if r.End != Left || last.Name != "EXIT" || last.Where != r.Where || !slices.Contains(statuses, r.Where) {
		t.Fatalf("leaving %q: end %d, where %q, %+v", s.Step, r.End, r.Where, last)
	}
}

// kept returns s as it comes out of a state file.
func kept(t *rapid.T, s State) State {
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var out State
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(out, s) {
		t.Fatalf("%+v is kept as %+v", s, out)
	}
	return out
}

func drawTerms(t *rapid.T) Terms {
	on := func(name string) bool { return rapid.Bool().Draw(t, name) }
	return Terms{
		Stuck:  rapid.SampledFrom([]string{"", "", "", NoDeposit}).Draw(t, "stuck"),
		Update: on("update"), Broken: on("broken"), Pending: on("pending"), Selection: on("selection"), More: on("more"),
		Remembered: rapid.SampledFrom([]string{"", "ins_1"}).Draw(t, "remembered"), Numbers: on("numbers"), ChooseType: on("type"),
		Several: on("several"), SameDay: on("same-day"), Automated: on("automated"), Match: on("match"), InstantDeposit: on("instant"), Database: on("database"),
	}
}

func drawBank(t *rapid.T) Bank {
	on := func(name string) bool { return rapid.Bool().Draw(t, name) }
	return Bank{
		ID: "ins_1", Health: rapid.SampledFrom([]Health{Healthy, Healthy, Degraded, Down, Retired}).Draw(t, "health"),
		OAuth: on("oauth"), Masked: on("masked"), Deposits: on("deposits"), Lacks: on("lacks"),
	}
}

func drawInput(t *rapid.T) Input {
	round := people.Round{Kind: people.Code, Questions: []people.Question{{Answer: "1"}}}
	return rapid.SampledFrom([]Input{
		Begin{},
		Begin{},
		Recall{},
		Passcode{true},
		Passcode{false},
		Type{true},
		Type{false},
		Choose{},
		Choose{},
		Choose{Query: "x"},
		GoOn{},
		Credentials{},
		Credentials{},
		Credentials{Refusal: InvalidCredentials},
		Credentials{Refusal: "ITEM_LOCKED"},
		Credentials{Login: people.Login{Rounds: []people.Round{round, round}, Recaptcha: true}},
		Credentials{Login: people.Login{Recaptcha: true, RobotFails: true}},
		Credentials{Login: people.Login{Error: "NO_ACCOUNTS"}},
		Human{},
		Answers{[]string{"1"}},
		Answers{[]string{"2"}},
		Answers{},
		Share{[]string{"a", "b"}},
		ToBank{},
		BankLogin{},
		Return{},
		Fail{AccessNotGranted},
		Allow{},
		OneMore{},
		Enough{},
		Entry{Method: verify.InstantMatch},
		Entry{Method: verify.SameDay},
		Entry{Method: verify.InstantMicro},
		Entry{Mismatch: true},
		Code{},
		Code{WrongDeposit},
		Code{TooManyDeposits},
		Agree{},
	}).Draw(t, "input")
}
