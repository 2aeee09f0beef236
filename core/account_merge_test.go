package core_test

import (
	"reflect"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
)

func TestMergeAccounts(t *testing.T) {
	numbered := core.Account{ID: "a", Name: "Checking", Numbers: true, NumberLast4: "0000"}
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
			[]core.Account{{ID: "a", Name: "Everyday", Numbers: true, NumberLast4: "0000"}},
		},
		{
			"fresh numbers win",
			[]core.Account{numbered},
			[]core.Account{{ID: "a", Numbers: true, NumberLast4: "9999"}},
			[]core.Account{{ID: "a", Numbers: true, NumberLast4: "9999"}},
		},
		{
			"an account no longer shared is kept, behind",
			[]core.Account{numbered, {ID: "b"}},
			[]core.Account{{ID: "b", Name: "Savings"}},
			[]core.Account{{ID: "b", Name: "Savings"}, numbered},
		},
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
