package syncer_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/core/syncer"
	"bankbook/core/syncer/syncertest"
)

// The pages of a first sync.
var (
	notReady = bank.Page{Phase: core.NotReady}
	initial  = bank.Page{Added: []core.Transaction{row("a")}, Next: "1", Phase: core.InitialDone}
	history  = bank.Page{Added: []core.Transaction{row("b")}, Next: "2", Phase: core.HistoryDone}
)

func TestFirstSync(t *testing.T) {
	bubble(t, "waits for the history and keeps what comes before", firstSyncWaits)
	bubble(t, "ends when the provider never gets ready", firstSyncGivesUp)
	bubble(t, "one loop is enough for Sync", syncNeedsOneLoop)
	bubble(t, "a provider without phases has given everything", firstSyncWithoutPhases)
}

func firstSyncWaits(t *testing.T) {
	var asked []string
	from := pages(notReady, notReady, initial, history)
	answer := from.sync
	from.sync = func(ctx context.Context, access secret.Text, cursor string) (bank.Page, error) {
		asked = append(asked, cursor)
		return answer(ctx, access, cursor)
	}
	f := newFixture(t, from, item)
	begin := time.Now()
	if err := f.FirstSync(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	batches := f.repo.Batches()
	if len(batches) != 2 || batches[0].Cursor != "1" || batches[1].Cursor != "2" {
		t.Errorf("batches %+v", batches)
	}
	if want := []string{"", "", "", "1"}; !slices.Equal(asked, want) {
		t.Errorf("asked for %q, want %q", asked, want)
	}
	if waited := time.Since(begin); waited != 14*time.Second {
		t.Errorf("waited %v, want 2 s + 4 s + 8 s", waited)
	}
	if kept := f.item(t); kept.Sync.Phase != core.HistoryDone || kept.Sync.LastSuccess.IsZero() {
		t.Errorf("item %+v", kept)
	}
}

func firstSyncGivesUp(t *testing.T) {
	f := newFixture(t, pages(notReady), item)
	err := f.FirstSync(t.Context(), item)
	if !fault.Is(err, fault.NotReady) {
		t.Errorf("got %v", err)
	}
	if kept := f.item(t); kept.Sync.Cursor != "" || len(f.repo.Batches()) != 0 || kept.Sync.Trouble.Kind != fault.NotReady {
		t.Errorf("item %+v", kept)
	}
}

func syncNeedsOneLoop(t *testing.T) {
	f := newFixture(t, pages(initial, history), item)
	if err := f.Sync(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	if got := len(f.repo.Batches()); got != 1 {
		t.Errorf("%d batches, want 1", got)
	}
}

func firstSyncWithoutPhases(t *testing.T) {
	f := newFixture(t, pages(bank.Page{Next: "1"}), item)
	if err := f.FirstSync(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	if got := f.item(t).Sync.Phase; got != core.HistoryDone {
		t.Errorf("phase %q", got)
	}
}

func TestMutation(t *testing.T) {
	mutation := fault.New("test", fault.Mutation, nil)
	bubble(t, "begins again at the first cursor and counts no row twice", func(t *testing.T) {
		var asked []string
		f := newFixture(t, script{sync: func(_ context.Context, _ secret.Text, cursor string) (bank.Page, error) {
			asked = append(asked, cursor)
			switch {
			case cursor == "":
				return bank.Page{Added: []core.Transaction{row("a")}, Next: "1", More: true, Phase: core.HistoryDone}, nil
			case len(asked) == 2:
				return bank.Page{}, mutation
			}
			return bank.Page{Added: []core.Transaction{row("b")}, Next: "2", Phase: core.HistoryDone}, nil
		}}, item)
		if err := f.Sync(t.Context(), item); err != nil {
			t.Fatal(err)
		}
		if want := []string{"", "1", "", "1"}; !slices.Equal(asked, want) {
			t.Errorf("asked for %q, want %q", asked, want)
		}
		told := heard[event.SyncProgress](f)
		last := told[len(told)-1]
		if last.Running || last.Rows != 2 || last.Accounts["account-1"].Rows != 2 || last.Err != nil {
			t.Errorf("last progress %+v", last)
		}
		if got := f.repo.Batches(); len(got) != 1 || len(got[0].Added) != 2 || got[0].Full {
			t.Errorf("batches %+v", got)
		}
	})
	bubble(t, "is given up after some restarts", func(t *testing.T) {
		asked := 0
		f := newFixture(t, script{sync: func(context.Context, secret.Text, string) (bank.Page, error) {
			asked++
			return bank.Page{}, mutation
		}}, item)
		if err := f.Sync(t.Context(), item); !fault.Is(err, fault.Mutation) {
			t.Errorf("got %v", err)
		}
		if asked != 6 {
			t.Errorf("asked %d times, want once and 5 restarts", asked)
		}
	})
}

func TestStaleCursor(t *testing.T) {
	from := syncertest.NewBank(1)
	from.Change(50)
	bubble(t, "replays everything, once the history is complete", func(t *testing.T) {
		f := newFixture(t, from, item)
		if err := f.Sync(t.Context(), item); err != nil {
			t.Fatal(err)
		}
		before := f.item(t).Sync.Cursor
		if _, err := f.repo.ApplySync(core.SyncBatch{Item: item, Added: []core.Transaction{row("stranger")}, Cursor: before}); err != nil {
			t.Fatal(err)
		}
		from.Plan = syncertest.Schedule{Steps: map[int]syncertest.Step{from.Asked(): syncertest.Forget}}
		from.Phases = []core.SyncPhase{"", core.InitialDone}
		if err := f.Sync(t.Context(), item); !fault.Is(err, fault.NotReady) {
			t.Fatalf("a replay of part of the history was taken: %v", err)
		}
		if kept := f.item(t); kept.Sync.Cursor != before || len(f.repo.Rows(item)) != len(from.Truth())+1 {
			t.Fatal("the vault changed")
		}
		from.Plan.Steps[from.Asked()] = syncertest.Forget
		if err := f.Sync(t.Context(), item); err != nil {
			t.Fatal(err)
		}
		batches := f.repo.Batches()
		if last := batches[len(batches)-1]; !last.Full {
			t.Error("the batch does not say that it is the whole")
		}
		if _, there := f.repo.Rows(item)["stranger"]; there || len(f.repo.Rows(item)) != len(from.Truth()) {
			t.Error("rows that the bank does not know are still there")
		}
	})
	bubble(t, "is a fault at the beginning", func(t *testing.T) {
		f := newFixture(t, pages(fault.New("test", fault.StaleCursor, nil), bank.Page{Next: "1"}), item)
		if err := f.Sync(t.Context(), item); !fault.Is(err, fault.StaleCursor) {
			t.Errorf("got %v", err)
		}
	})
}

func TestNonsenseIsNeverCutSilently(t *testing.T) {
	n := 0
	endless := script{sync: func(context.Context, secret.Text, string) (bank.Page, error) {
		n++
		return bank.Page{Added: []core.Transaction{row(core.TransactionID(rune('a' + n)))}, Next: string(rune('a' + n)), More: true, Phase: core.HistoryDone}, nil
	}}
	many := bank.Page{Added: []core.Transaction{row("1"), row("2"), row("3"), row("4")}, Next: "1", Phase: core.HistoryDone}
	cases := map[string]syncer.Bank{
		"no cursor":           pages(bank.Page{Phase: core.HistoryDone}),
		"no cursor, and more": pages(bank.Page{Phase: core.HistoryDone, More: true}),
		"same cursor":         pages(bank.Page{Next: "1", More: true}, bank.Page{Next: "1", More: true}),
		"too many pages":      endless,
		"too many rows":       pages(many),
	}
	for name, from := range cases {
		bubble(t, name, func(t *testing.T) {
			f := newFixture(t, from, item)
			f.deps.Limits = syncer.Limits{Pages: 3, Rows: 3}
			err := syncer.New(f.deps).Sync(t.Context(), item)
			if !fault.Is(err, fault.Nonsense) {
				t.Errorf("got %v", err)
			}
			if len(f.repo.Batches()) != 0 {
				t.Error("a batch was kept")
			}
		})
	}
}

func TestRecordsHowItWent(t *testing.T) {
	cases := []struct {
		kind   fault.Kind
		before core.ItemStatus
		after  core.ItemStatus
	}{
		{fault.None, core.SignInNeeded, core.Connected},
		{fault.SignIn, core.Connected, core.SignInNeeded},
		{fault.Consent, core.Connected, core.ConsentNeeded},
		{fault.Gone, core.Connected, core.Gone},
		{fault.Network, core.Connected, core.Connected},
		{fault.RateLimit, core.SignInNeeded, core.SignInNeeded},
	}
	for _, c := range cases {
		bubble(t, string(c.kind)+" when "+string(c.before), func(t *testing.T) {
			var answer any = bank.Page{Next: "1", Phase: core.HistoryDone}
			if c.kind != fault.None {
				answer = &fault.Error{Op: "test", Kind: c.kind, Code: "CODE", RequestID: "request"}
			}
			f := newFixture(t, pages(answer), item)
			if err := f.repo.PutItem(core.Item{ID: item, Status: c.before}); err != nil {
				t.Fatal(err)
			}
			err := f.Sync(t.Context(), item)
			if fault.KindOf(err) != c.kind {
				t.Errorf("got %v", err)
			}
			kept := f.item(t)
			if kept.Status != c.after || kept.Sync.Trouble != core.TroubleOf(err) || kept.Sync.LastTry.IsZero() {
				t.Errorf("item %+v", kept)
			}
			if len(heard[event.ItemChanged](f)) == 0 {
				t.Error("nobody was told")
			}
			told := heard[event.SyncProgress](f)
			if first, last := told[0], told[len(told)-1]; !first.Running || last.Running || !errors.Is(last.Err, err) {
				t.Errorf("progress from %+v to %+v", first, last)
			}
		})
	}
}

func TestFaultsOutsideTheBank(t *testing.T) {
	ready := pages(bank.Page{Added: []core.Transaction{row("a")}, Next: "1", Phase: core.HistoryDone})
	bubble(t, "no token", func(t *testing.T) {
		f := newFixture(t, ready, item)
		f.deps.Secrets = secret.NewMemory()
		if err := syncer.New(f.deps).Sync(t.Context(), item); !fault.Is(err, fault.SecretMissing) {
			t.Errorf("got %v", err)
		}
		if kept := f.item(t); kept.Sync.Trouble.Kind != fault.SecretMissing || kept.Status != core.Connected {
			t.Errorf("item %+v", kept)
		}
	})
	bubble(t, "no such item", func(t *testing.T) {
		if err := newFixture(t, ready).Sync(t.Context(), item); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
	})
	bubble(t, "a full disk", func(t *testing.T) {
		f := newFixture(t, ready, item)
		f.deps.Repo = fullDisk{f.repo}
		if err := syncer.New(f.deps).Sync(t.Context(), item); !fault.Is(err, fault.DiskFull) {
			t.Errorf("got %v", err)
		}
		if told := heard[event.TransactionsChanged](f); len(told) != 0 {
			t.Errorf("told of rows that were not kept: %v", told)
		}
	})
	bubble(t, "accounts that cannot be read", func(t *testing.T) {
		broken := ready
		broken.accounts = func(context.Context) ([]core.Account, error) {
			return nil, fault.New("test", fault.Consent, nil)
		}
		f := newFixture(t, broken, item)
		if err := f.Sync(t.Context(), item); !fault.Is(err, fault.Consent) {
			t.Errorf("got %v", err)
		}
		if kept := f.item(t); kept.Status != core.ConsentNeeded || kept.Sync.Cursor != "1" {
			t.Errorf("item %+v", kept)
		}
	})
}

type fullDisk struct{ *syncertest.Repo }

func (fullDisk) ApplySync(core.SyncBatch) (core.SyncCount, error) {
	return core.SyncCount{}, fault.New("test", fault.DiskFull, nil)
}

func TestBalancesAreReadAgain(t *testing.T) {
	bubble(t, "and numbers stay", func(t *testing.T) {
		from := pages(bank.Page{Next: "1", Phase: core.HistoryDone})
		from.accounts = func(context.Context) ([]core.Account, error) {
			return []core.Account{{ID: "account-1", Name: "new name"}}, nil
		}
		f := newFixture(t, from, item)
		old := []core.Account{{ID: "account-1", Name: "old name", ACH: core.ACHAccount{Status: core.Verified, NumberLast4: "0000"}}}
		if err := f.repo.PutAccounts(item, old); err != nil {
			t.Fatal(err)
		}
		if err := f.Sync(t.Context(), item); err != nil {
			t.Fatal(err)
		}
		got, err := f.repo.AccountsOf(item)
		if err != nil || len(got) != 1 || got[0].Name != "new name" || got[0].ACH.NumberLast4 != "0000" {
			t.Errorf("accounts %+v, error %v", got, err)
		}
		if len(heard[event.AccountsChanged](f)) != 1 {
			t.Error("nobody was told")
		}
	})
}
