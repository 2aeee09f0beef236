package boot

import (
	"testing"

	"bankbook/core"
	"bankbook/core/money"
)

// TestContinueAnEarlierBank links a bank anew and lets its history go on, with the
// practice bank's own rows: nothing is counted twice, and all of it can be undone.
func TestContinueAnEarlierBank(t *testing.T) {
	s := open(t, start(t, config(t)), Choice{Env: core.Practice})
	defer closeAll(t, s)
	b := s.Books(s.Profile.ID)
	earlier := linkedFor(t, s, s.Profile.ID)
	old, err := s.Vault.AccountsOf(earlier.ID)
	if err != nil {
		t.Fatal(err)
	}
	// The bank would not hand over again what is older than its history.
	ancient := core.Transaction{ID: "ancient", Account: old[0].ID, Date: core.NewDate(2015, 3, 4), Name: "Long ago", Amount: money.Of(-100, money.USD)}
	batch := core.SyncBatch{Item: earlier.ID, Added: []core.Transaction{ancient}, Cursor: earlier.Sync.Cursor, Phase: earlier.Sync.Phase, At: s.Now()}
	if _, err := s.Vault.ApplySync(batch); err != nil {
		t.Fatal(err)
	}
	alone := s.Vault.Count()
	if err := s.Remover.Remove(t.Context(), earlier.ID, true); err != nil {
		t.Fatal(err)
	}
	later := linkedFor(t, s, s.Profile.ID)
	both := s.Vault.Count()
	list, err := b.EarlierBanks(later.ID)
	if err != nil || len(list) != 1 || list[0].ID != earlier.ID {
		t.Fatalf("earlier banks %+v, %v", list, err)
	}
	counts, err := b.PreviewContinue(earlier.ID, later.ID)
	if err != nil || counts.Moved != 1+counts.Unnamed || counts.There == 0 || counts.Accounts != 12 || counts.First != ancient.Date || s.Vault.Count() != both {
		t.Fatalf("counts %+v, %v", counts, err)
	}
	done, came, err := b.Continue(t.Context(), earlier.ID, later.ID)
	if err != nil || came != counts || s.Vault.Count() != both-counts.There-counts.Pending {
		t.Fatalf("%d rows, %+v, %v", s.Vault.Count(), came, err)
	}
	if items, err := b.Items(); err != nil || len(items) != 1 || items[0].ID != later.ID {
		t.Errorf("banks %+v, %v", items, err)
	}
	if err := b.Sync(t.Context(), later.ID); err != nil {
		t.Error(err)
	}
	if err := b.UndoContinue(done.ID); err != nil || s.Vault.Count() != both {
		t.Errorf("%d rows after undoing, not %d; %v", s.Vault.Count(), both, err)
	}
	if err := s.Remover.Remove(t.Context(), later.ID, false); err != nil || s.Vault.Count() != alone {
		t.Errorf("%d rows of the earlier bank, not %d; %v", s.Vault.Count(), alone, err)
	}
	if err := s.Vault.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}
