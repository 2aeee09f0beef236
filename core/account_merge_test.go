package core_test

import (
	"reflect"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/money"
)

func TestMergeAccounts(t *testing.T) {
	at := time.Date(2026, time.November, 21, 9, 0, 0, 0, time.UTC)
	held := core.Balance{Current: money.Known(money.Of(100, money.USD)), At: at}
	numbered := core.Account{ID: "a", Name: "Checking", ACH: core.ACHAccount{Status: core.Verified, NumberLast4: "0000", Owner: "Ada", Added: at}}
	chosen := core.Account{ID: "a", Choices: core.AccountChoices{Nickname: "Everyday", Profile: "p", Primary: core.Primary{Deposits: true}}}
	stopped := core.Account{ID: "a", Balance: held, Choices: core.AccountChoices{Status: core.Stopped}}
	pending := core.Account{ID: "a", ACH: core.ACHAccount{Status: core.VerifyPending, From: core.ByPlaid, Nickname: "Rent", Added: at, Changed: at}}
	byHand := core.Account{ID: "a", ACH: core.ACHAccount{Status: core.Unverified, From: core.ByHand, NumberLast4: "1234"}}
	gone := numbered
	gone.Unshared = true
	waiting := numbered
	waiting.ACH.Status = core.VerifyPending
	cases := []struct {
		name              string
		kept, fresh, want []core.Account
	}{
		{"nothing", nil, nil, []core.Account{}},
		{"new account", nil, []core.Account{{ID: "a"}}, []core.Account{{ID: "a"}}},
		{
			"numbers survive a new name",
			[]core.Account{numbered},
			[]core.Account{{ID: "a", Name: "Everyday"}},
			[]core.Account{{ID: "a", Name: "Everyday", ACH: numbered.ACH}},
		},
		{
			"fresh numbers win, and belong to the same person",
			[]core.Account{numbered},
			[]core.Account{{ID: "a", ACH: core.ACHAccount{Status: core.Verified, NumberLast4: "9999", Added: at.Add(1)}}},
			[]core.Account{{ID: "a", ACH: core.ACHAccount{Status: core.Verified, NumberLast4: "9999", Owner: "Ada", Added: at}}},
		},
		{
			"a status alone leaves the numbers",
			[]core.Account{waiting},
			[]core.Account{{ID: "a", ACH: core.ACHAccount{Status: core.VerifyExpired, From: core.ByPlaid, Added: at.Add(1), Changed: at.Add(1)}}},
			[]core.Account{{ID: "a", ACH: core.ACHAccount{Status: core.VerifyExpired, NumberLast4: "0000", Owner: "Ada", Added: at, Changed: at.Add(1)}}},
		},
		{
			"what is verified stays so",
			[]core.Account{numbered},
			[]core.Account{{ID: "a", ACH: core.ACHAccount{Status: core.VerifyExpired, From: core.ByPlaid, Changed: at.Add(1)}}},
			[]core.Account{{ID: "a", ACH: numbered.ACH}},
		},
		{
			"a status that is the same has not changed",
			[]core.Account{pending},
			[]core.Account{{ID: "a", ACH: core.ACHAccount{Status: core.VerifyPending, From: core.ByPlaid, Added: at.Add(1), Changed: at.Add(1)}}},
			[]core.Account{pending},
		},
		{
			"a status says nothing of numbers entered by hand",
			[]core.Account{byHand},
			[]core.Account{{ID: "a", ACH: core.ACHAccount{Status: core.VerifyFailed, From: core.ByPlaid}}},
			[]core.Account{byHand},
		},
		{
			"what the person says survives",
			[]core.Account{chosen},
			[]core.Account{{ID: "a", Name: "Checking"}},
			[]core.Account{{ID: "a", Name: "Checking", Choices: chosen.Choices}},
		},
		{
			"what is stopped keeps its balance",
			[]core.Account{stopped},
			[]core.Account{{ID: "a", Balance: core.Balance{Current: money.Known(money.Of(999, money.USD)), At: at.Add(1)}}},
			[]core.Account{stopped},
		},
		{
			"an account no longer shared is kept, behind",
			[]core.Account{numbered, {ID: "b"}},
			[]core.Account{{ID: "b", Name: "Savings"}},
			[]core.Account{{ID: "b", Name: "Savings"}, gone},
		},
		{"shared again", []core.Account{gone}, []core.Account{{ID: "a", Name: "Checking"}}, []core.Account{numbered}},
		{"mentioned twice", nil, []core.Account{{ID: "a"}, {ID: "a"}}, []core.Account{{ID: "a"}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := core.MergeAccounts(c.kept, c.fresh); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestItemStatusAfter(t *testing.T) {
	want := map[fault.Kind]core.ItemStatus{
		fault.None: core.Connected, fault.SignIn: core.SignInNeeded,
		fault.Consent: core.ConsentNeeded, fault.Gone: core.Gone,
	}
	for _, kind := range append(fault.Kinds(), fault.None) {
		expected, ok := want[kind]
		if !ok {
			expected = "as it was"
		}
		if got := core.ItemStatus("as it was").After(kind); got != expected {
			t.Errorf("after %q: %q, want %q", kind, got, expected)
		}
	}
}
