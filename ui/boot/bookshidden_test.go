package boot

import (
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
)

func TestHiddenAccountsAreInNoTotal(t *testing.T) {
	s := open(t, start(t, config(t)), Choice{Env: core.Practice})
	defer closeAll(t, s)
	linkedFor(t, s, s.Profile.ID)
	b := s.Books(s.Profile.ID)
	rows, err := b.Newest(1)
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	hide := rows[0].Account
	err = s.Vault.UpdateAccounts(func(all []core.Account) error {
		for i := range all {
			all[i].Choices.Hidden = all[i].ID == hide
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	totals, err := b.Totals()
	if err != nil || len(totals) == 0 || slices.ContainsFunc(totals, func(c core.Total) bool { return c.Account == hide }) {
		t.Errorf("%d totals, %v", len(totals), err)
	}
	if rows, err := b.Newest(10_000); err != nil || len(rows) == 0 || slices.ContainsFunc(rows, func(c core.Transaction) bool { return c.Account == hide }) {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

func TestArchivedProfilesAreNotSynced(t *testing.T) {
	s := open(t, start(t, config(t)), Choice{Env: core.Practice})
	defer closeAll(t, s)
	client, err := s.Keeper.Create("A client", core.Business)
	if err != nil {
		t.Fatal(err)
	}
	linkedFor(t, s, client.ID)
	for archived, want := range map[bool]int{false: 1, true: 0} {
		if archived {
			err = s.Keeper.Archive(client.ID)
		} else {
			err = s.Keeper.Restore(client.ID)
		}
		list, err2 := s.syncable(s.Books("").View())
		if err := cmpErr(err, err2); err != nil || len(list) != want {
			t.Errorf("archived %t: %d banks, %v", archived, len(list), err)
		}
	}
	if err := s.Keeper.Archive(client.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Books(client.ID).Begin(t.Context(), link.Options{HistoryDays: 90}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a link for an archived profile: %v", err)
	}
}
