package link

import (
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/bank"
)

func TestTwins(t *testing.T) {
	items := []core.Item{
		{ID: "here", Institution: core.Institution{ID: "ins_1"}},
		{ID: "elsewhere", Institution: core.Institution{ID: "ins_2"}},
		{ID: "nameless"},
	}
	accounts := []core.Account{
		{ID: "checking", Item: "here", Name: "Plaid Checking", Mask: "0000"},
		{ID: "saving", Item: "here", Name: "Plaid Saving", Mask: "1111"},
		{ID: "no mask", Item: "here", Name: "Loan"},
		{ID: "no name", Item: "here", Mask: "7777"},
		{ID: "nothing", Item: "here"},
		{ID: "same at another bank", Item: "elsewhere", Name: "Plaid Checking", Mask: "0000"},
		{ID: "same at no bank", Item: "nameless", Name: "Plaid Checking", Mask: "0000"},
	}
	cases := []struct {
		name        string
		institution core.InstitutionID
		offered     []bank.LinkAccount
		want        []core.AccountID
	}{
		{"name and mask", "ins_1", []bank.LinkAccount{{Name: "Plaid Checking", Mask: "0000"}}, []core.AccountID{"checking"}},
		{"two of them", "ins_1", []bank.LinkAccount{{Name: "Plaid Saving", Mask: "1111"}, {Name: "Plaid Checking", Mask: "0000"}}, []core.AccountID{"checking", "saving"}},
		{"case and space", "ins_1", []bank.LinkAccount{{Name: " plaid checking", Mask: "0000"}}, []core.AccountID{"checking"}},
		{"another mask", "ins_1", []bank.LinkAccount{{Name: "Plaid Checking", Mask: "9999"}}, nil},
		{"another name", "ins_1", []bank.LinkAccount{{Name: "Everyday", Mask: "0000"}}, nil},
		{"no mask offered", "ins_1", []bank.LinkAccount{{Name: "Plaid Checking"}}, []core.AccountID{"checking"}},
		{"no mask kept", "ins_1", []bank.LinkAccount{{Name: "Loan", Mask: "5555"}}, []core.AccountID{"no mask"}},
		{"no name kept", "ins_1", []bank.LinkAccount{{Name: "Mystery", Mask: "7777"}}, []core.AccountID{"no name"}},
		{"nothing offered", "ins_1", []bank.LinkAccount{{}}, nil},
		{"no accounts", "ins_1", nil, nil},
		{"another institution", "ins_3", []bank.LinkAccount{{Name: "Plaid Checking", Mask: "0000"}}, nil},
		{"no institution", "", []bank.LinkAccount{{Name: "Plaid Checking", Mask: "0000"}}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			candidate := Candidate{Institution: core.Institution{ID: c.institution}, Accounts: c.offered}
			if got := twins(candidate, items, accounts); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
