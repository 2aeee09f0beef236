package journey

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/verify"
)

var (
	begun  = time.Date(2026, time.November, 21, 9, 30, 0, 0, time.UTC)
	plain  = Bank{ID: "ins_1"}
	oauth  = Bank{ID: "ins_2", OAuth: true}
	masked = Bank{ID: "ins_3", Masked: true}
)

// run takes inputs one after the other.
func run(t *testing.T, terms Terms, b Bank, inputs ...Input) Result {
	t.Helper()
	var r Result
	for _, in := range inputs {
		if r = r.Next(terms, b, begun, in); !r.Taken {
			t.Fatalf("%T is not taken at %q", in, r.Step)
		}
	}
	return r
}

func TestFirstSteps(t *testing.T) {
	for name, c := range map[string]struct {
		terms Terms
		bank  Bank
		want  Step
	}{
		"a new link":          {Terms{}, Bank{}, Start},
		"a repair":            {Terms{Update: true, Broken: true}, plain, SignIn},
		"a healthy Item":      {Terms{Update: true}, plain, SignIn},
		"at its own pages":    {Terms{Update: true, Broken: true}, oauth, HandOver},
		"other accounts":      {Terms{Update: true, Selection: true}, plain, Accounts},
		"a repair and that":   {Terms{Update: true, Selection: true, Broken: true}, plain, SignIn},
		"accounts over there": {Terms{Update: true, Selection: true}, oauth, HandOver},
		"more consent":        {Terms{Update: true, More: true, Broken: true}, plain, More},
		"a deposit's code":    {Terms{Update: true, Pending: true}, Bank{}, Deposit},
		"nothing to be done":  {Terms{Update: true, Stuck: NoDeposit}, Bank{}, Problem},
	} {
		if got := c.terms.First(c.bank); got != c.want {
			t.Errorf("%s begins at %q, want %q", name, got, c.want)
		}
	}
}

func TestWays(t *testing.T) {
	device := people.Login{Rounds: []people.Round{{Kind: people.Device, Questions: []people.Question{{Options: []string{"a", "b"}}}}}}
	late := people.Login{Error: "NO_ACCOUNTS", Recaptcha: true}
	for name, c := range map[string]struct {
		terms  Terms
		bank   Bank
		inputs []Input
		step   Step
		end    End
	}{
		"linked":          {Terms{}, plain, []Input{Begin{}, Choose{}, Credentials{}, Share{[]string{"a"}}}, Done, Linked},
		"checked":         {Terms{}, plain, []Input{Begin{}, Choose{}, Credentials{Login: device}, Answers{[]string{"b"}}}, Accounts, NotYet},
		"checked in vain": {Terms{}, plain, []Input{Begin{}, Choose{}, Credentials{Login: device}, Answers{[]string{"c"}}}, Check, NotYet},
		"refused":         {Terms{}, plain, []Input{Begin{}, Choose{}, Credentials{Refusal: InvalidCredentials}}, SignIn, NotYet},
		"late error":      {Terms{}, plain, []Input{Begin{}, Choose{}, Credentials{Login: late}, Human{}}, Problem, NotYet},
		"allowed":         {Terms{}, oauth, []Input{Begin{}, Choose{}, ToBank{}, BankLogin{}, Allow{}}, Done, Linked},
		"repaired":        {Terms{Update: true, Broken: true}, plain, []Input{Credentials{}}, Done, Updated},
		"agreed":          {Terms{Update: true, More: true}, plain, []Input{Agree{}}, Done, Updated},
		"agreed, broken":  {Terms{Update: true, More: true, Broken: true}, oauth, []Input{Agree{}}, HandOver, NotYet},
		"agreed, chooses": {Terms{Update: true, More: true, Selection: true}, plain, []Input{Agree{}}, Accounts, NotYet},
		"agreed, goes":    {Terms{Update: true, More: true, Selection: true}, oauth, []Input{Agree{}}, HandOver, NotYet},
		"numbers asked":   {Terms{Numbers: true, Match: true}, masked, []Input{Begin{}, Choose{}, Credentials{}, Share{[]string{"a", "b"}}}, Numbers, NotYet},
		"not for update":  {Terms{Update: true, Selection: true, Numbers: true, Match: true}, masked, []Input{Share{[]string{"a"}}}, Done, Updated},
		"known":           {Terms{Remembered: "ins_1"}, plain, []Input{Recall{}, Passcode{true}}, Accounts, NotYet},
		"manual is none":  {Terms{ChooseType: true}, plain, []Input{Begin{}, Type{Manual: true}}, Banks, NotYet},
		"degraded":        {Terms{}, Bank{ID: "d", Health: Degraded}, []Input{Begin{}, Choose{}, GoOn{}}, SignIn, NotYet},
		"down":            {Terms{}, Bank{ID: "d", Health: Down}, []Input{Begin{}, Choose{}, GoOn{}}, Notice, NotYet},
		"lacking":         {Terms{}, Bank{ID: "d", Health: Degraded, Lacks: true}, []Input{Begin{}, Choose{}, GoOn{}}, Notice, NotYet},
		"used up":         {Terms{}, plain, []Input{Begin{}, Choose{}, Credentials{Refusal: InvalidCredentials, Before: mostBad - 1}}, Gone, Spent},
	} {
		t.Run(name, func(t *testing.T) {
			if r := run(t, c.terms, c.bank, c.inputs...); r.Step != c.step || r.End != c.end {
				t.Errorf("at %q with end %d, want %q with %d", r.Step, r.End, c.step, c.end)
			}
		})
	}
}

func TestOneAccountIsChosenForItsNumbers(t *testing.T) {
	r := run(t, Terms{Numbers: true, Automated: true}, masked, Begin{}, Choose{}, Credentials{}, Share{[]string{"a", "b"}})
	if !slices.Equal(r.Chosen, []string{"a"}) {
		t.Errorf("chosen: %v", r.Chosen)
	}
}

func TestWayOfVerification(t *testing.T) {
	chosen := State{Chosen: []string{"a"}}
	for _, c := range []struct {
		state  State
		terms  Terms
		bank   Bank
		silent bool
		want   verify.Method
	}{
		{chosen, Terms{Match: true, Automated: true}, masked, false, verify.InstantMatch},
		{chosen, Terms{Match: true, Automated: true}, masked, true, verify.Automated},
		{chosen, Terms{Match: true}, masked, true, verify.InstantMatch},
		{chosen, Terms{Automated: true}, masked, false, verify.Automated},
		{State{Chosen: []string{"a"}, Wrong: mostWrong}, Terms{Match: true, Automated: true}, masked, false, verify.Automated},
		{State{}, Terms{Database: true, SameDay: true}, Bank{}, false, verify.Database},
		{State{}, Terms{SameDay: true}, Bank{}, false, verify.SameDay},
		{State{}, Terms{InstantDeposit: true}, Bank{Deposits: true}, false, verify.InstantMicro},
	} {
		if got := c.state.Way(c.terms, c.bank, c.silent); got != c.want {
			t.Errorf("%+v: %s, want %s", c, got, c.want)
		}
	}
}

// A step is left as it is by what does not belong to it.
func TestStrayInputsChangeNothing(t *testing.T) {
	at := run(t, Terms{}, plain, Begin{}, Choose{})
	for _, in := range []Input{Human{}, Answers{}, Share{}, Passcode{true}, BankLogin{}, Allow{}, Fail{AccessNotGranted}, Return{}, Code{}, Entry{}, Agree{}, GoOn{}} {
		r := at.Next(Terms{}, plain, begun, in)
		if r.Taken || !reflect.DeepEqual(r.State, at.State) || len(r.Events) > 0 || r.End != NotYet {
			t.Errorf("%T at the sign-in: %+v", in, r)
		}
	}
}
