package boot

import (
	"context"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/review"
	"bankbook/core/secret"
)

// linkedFor links a test bank for a profile and returns it.
func linkedFor(t *testing.T, s *Services, p core.ProfileID) core.Item {
	t.Helper()
	id, err := s.Links.Instant(t.Context(), link.Options{Profile: p, HistoryDays: 90, Numbers: true}, testBank())
	if err != nil {
		t.Fatal(err)
	}
	session, err := s.Links.Wait(t.Context(), id)
	for err == nil && session.Stage == link.Deciding {
		if err = s.Links.Decide(id, link.Second); err == nil {
			session, err = s.Links.Wait(t.Context(), id)
		}
	}
	if err != nil || session.Stage != link.Done {
		t.Fatalf("linking ended as %s, %+v, %v", session.Stage, session.Trouble, err)
	}
	item, err := s.Vault.Item(session.Items[0])
	if err != nil {
		t.Fatal(err)
	}
	return item
}

// leak is a service of the books asked for something of another profile's.
type leak struct {
	// ask is handed my books and ids of theirs. It reports what it saw of them.
	ask func(mine *Books, theirs theirs) (saw bool, err error)
	// silent says that there is no error to be had.
	silent bool
}

// theirs is what another profile has.
type theirs struct {
	item    core.Item
	session core.LinkID
	removed core.TransactionID
	// transaction is one that is there.
	transaction core.TransactionID
	rows        []review.Ref
	account     core.AccountID
	// continued is a continuation that can be undone.
	continued string
}

func refused(err error) (bool, error) { return false, err }

// leaks has an entry for each service of the books.
func leaks(ctx context.Context) map[string]leak {
	return map[string]leak{
		"View": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			_, _, err := b.View().Account(o.account)
			return err == nil, nil
		}},
		"Profiles": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			list, err := b.Profiles()
			return slices.ContainsFunc(list, func(p core.Profile) bool { return p.ID == o.item.Profile }), err
		}},
		"Owners": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			names, err := b.Owners()
			return names[o.item.Profile] != "", err
		}},
		"Items": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			list, err := b.Items()
			return slices.ContainsFunc(list, func(i core.Item) bool { return i.ID == o.item.ID }), err
		}},
		"Accounts": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			list, err := b.Accounts()
			return slices.ContainsFunc(list, func(a core.Account) bool { return a.Item == o.item.ID }), err
		}},
		"Totals": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			list, err := b.Totals()
			return slices.ContainsFunc(list, func(t core.Total) bool { return t.Account == o.account }), err
		}},
		"Months": {silent: true, ask: func(b *Books, _ theirs) (bool, error) {
			months, err := b.Months()
			totals, err2 := b.Totals()
			rows := 0
			for _, m := range months {
				rows += m.Rows
			}
			for _, s := range totals {
				rows -= s.Count
			}
			return rows != 0, cmpErr(err, err2)
		}},
		"Newest": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			list, err := b.Newest(10_000)
			return slices.ContainsFunc(list, func(t core.Transaction) bool { return t.Account == o.account }), err
		}},
		"First": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			var q review.Query
			q.Profiles.In = []core.ProfileID{o.item.Profile}
			named, err := b.First(q, 10)
			q = review.Query{}
			q.Accounts.In = []core.AccountID{o.account}
			list, err2 := b.First(q, 10)
			return len(named)+len(list) > 0, cmpErr(err, err2)
		}},
		"Snapshot": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			q := review.Query{}
			q.Accounts.In = []core.AccountID{o.account}
			return b.Snapshot().Find(q, core.DateOf(b.s.Now())).Len() > 0, nil
		}},
		"Rows": {ask: func(b *Books, o theirs) (bool, error) { rows, err := b.Rows(o.rows); return len(rows) > 0, err }},
		"Transaction": {ask: func(b *Books, o theirs) (bool, error) {
			t, err := b.Transaction(o.transaction)
			return t.ID != "", err
		}},
		"Removed": {silent: true, ask: func(b *Books, o theirs) (bool, error) { _, ok, err := b.Removed(o.removed); return ok, err }},
		"Sync":    {ask: func(b *Books, o theirs) (bool, error) { return refused(b.Sync(ctx, o.item.ID)) }},
		"Stop":    {silent: true, ask: func(b *Books, o theirs) (bool, error) { b.Stop(o.item.ID); return false, nil }},
		"Check":   {ask: func(b *Books, o theirs) (bool, error) { return refused(b.Check(ctx, o.item.ID)) }},
		"CheckAll": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			mark := func(at time.Time) func(*core.Item) error {
				return func(i *core.Item) error { i.ConsentEnds = at; return nil }
			}
			before, _ := b.s.Vault.UpdateItem(o.item.ID, mark(b.s.Now()))
			err := b.CheckAll(ctx)
			after, _ := b.s.Vault.Item(o.item.ID)
			_, err2 := b.s.Vault.UpdateItem(o.item.ID, mark(o.item.ConsentEnds))
			return !after.ConsentEnds.Equal(before.ConsentEnds), cmpErr(err, err2)
		}},
		"SyncAll": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			before, _ := b.s.Vault.Item(o.item.ID)
			err := b.SyncAll(ctx)
			after, _ := b.s.Vault.Item(o.item.ID)
			return before.Sync != after.Sync, err
		}},
		"RemoveBank":  {ask: func(b *Books, o theirs) (bool, error) { return refused(b.RemoveBank(ctx, o.item.ID, false)) }},
		"UndoRemove":  {ask: func(b *Books, o theirs) (bool, error) { return refused(b.UndoRemove(o.item.ID)) }},
		"RotateToken": {ask: func(b *Books, o theirs) (bool, error) { return refused(b.RotateToken(ctx, o.item.ID)) }},
		"RotateTokens": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			before, err := b.s.Secrets.Get(ctx, secret.TokenName(b.s.Env, o.item.ID))
			err2 := b.RotateTokens(ctx, func(int64, int64) {})
			after, err3 := b.s.Secrets.Get(ctx, secret.TokenName(b.s.Env, o.item.ID))
			return before != after, cmpErr(err, err2, err3)
		}},
		"EarlierBanks": {ask: func(b *Books, o theirs) (bool, error) {
			list, err := b.EarlierBanks(o.item.ID)
			return len(list) > 0, err
		}},
		"PreviewContinue": {ask: func(b *Books, o theirs) (bool, error) {
			_, err := b.PreviewContinue(o.item.ID, o.item.ID)
			return refused(err)
		}},
		"Continue": {ask: func(b *Books, o theirs) (bool, error) {
			_, _, err := b.Continue(ctx, o.item.ID, o.item.ID)
			return refused(err)
		}},
		"Continuations": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			list, err := b.Continuations()
			return slices.ContainsFunc(list, func(c core.Continuation) bool { return c.ID == o.continued }), err
		}},
		"UndoContinue": {ask: func(b *Books, o theirs) (bool, error) { return refused(b.UndoContinue(o.continued)) }},
		"Activity": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			saw := false
			err := b.Activity(0, func(a core.Activity) bool {
				saw = saw || a.Profile == o.item.Profile || a.Item == o.item.ID
				return true
			})
			return saw, err
		}},
		"ExportActivity": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			path := filepath.Join(b.s.DataDir(), "export of "+string(b.view.Profile()))
			n, err := b.ExportActivity(ctx, ActivityOrder{Path: path, Filter: activity.Filter{Item: o.item.ID}})
			return n > 0, err
		}},
		"Exported": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			b.Exported(ctx, "rows", 1, nil)
			theirs := false
			err := b.s.Vault.Activity(0, func(a core.Activity) bool { theirs = a.Profile != b.view.Profile(); return false })
			return theirs, err
		}},
		"Begin": {ask: func(b *Books, o theirs) (bool, error) {
			_, err := b.Begin(ctx, link.Options{Profile: o.item.Profile, HistoryDays: 90})
			return refused(err)
		}},
		"Repair": {ask: func(b *Books, o theirs) (bool, error) {
			_, err := b.Repair(ctx, o.item.ID, core.WayBack{})
			return refused(err)
		}},
		"ChangeAccounts": {ask: func(b *Books, o theirs) (bool, error) {
			_, err := b.ChangeAccounts(ctx, o.item.ID, core.WayBack{})
			return refused(err)
		}},
		"AddProducts": {ask: func(b *Books, o theirs) (bool, error) {
			_, err := b.AddProducts(ctx, o.item.ID, []core.Product{core.Auth}, core.WayBack{})
			return refused(err)
		}},
		"Verify": {ask: func(b *Books, o theirs) (bool, error) {
			_, err := b.Verify(ctx, o.item.ID, o.account, core.WayBack{})
			return refused(err)
		}},
		"Active": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			return slices.ContainsFunc(b.Active(), func(s link.Session) bool { return s.ID == o.session }), nil
		}},
		"Session":   {ask: func(b *Books, o theirs) (bool, error) { s, err := b.Session(o.session); return s.ID != "", err }},
		"OpenAgain": {ask: func(b *Books, o theirs) (bool, error) { return refused(b.OpenAgain(o.session)) }},
		"CheckNow":  {silent: true, ask: func(b *Books, o theirs) (bool, error) { b.CheckNow(o.session); return false, nil }},
		"Decide":    {ask: func(b *Books, o theirs) (bool, error) { return refused(b.Decide(o.session, link.Drop)) }},
		"Retry":     {ask: func(b *Books, o theirs) (bool, error) { return refused(b.Retry(o.session)) }},
		"Cancel":    {ask: func(b *Books, o theirs) (bool, error) { return refused(b.Cancel(o.session)) }},
	}
}

func cmpErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// TestNothingLeaksBetweenProfiles asks every service of a profile's books for what
// is another's. A service that is added has to be added here.
func TestNothingLeaksBetweenProfiles(t *testing.T) {
	s := open(t, start(t, config(t)), Choice{Env: core.Practice})
	defer closeAll(t, s)
	client, err := s.Keeper.Create("A client", core.Business)
	if err != nil {
		t.Fatal(err)
	}
	own := linkedFor(t, s, s.Profile.ID)
	their := findTheirs(t, s, client.ID)
	before, err := s.Vault.Item(their.item.ID)
	if err != nil {
		t.Fatal(err)
	}
	mine, other := s.Books(s.Profile.ID), s.Books(client.ID)
	table := leaks(t.Context())
	maps.Copy(table, accountLeaks(t.Context()))
	for m := range reflect.TypeFor[*Books]().Methods() {
		c, ok := table[m.Name]
		if !ok {
			t.Errorf("%s is not tried with another profile's ids", m.Name)
			continue
		}
		saw, err := c.ask(mine, their)
		if saw || c.silent && err != nil || !c.silent && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: saw something %t, %v", m.Name, saw, err)
		}
	}
	after, err := s.Vault.Item(their.item.ID)
	if err != nil || !reflect.DeepEqual(before, after) {
		t.Errorf("their bank was %+v and is %+v, %v", before, after, err)
	}
	if session, err := s.Links.Session(their.session); err != nil || session.Stage.Over() {
		t.Errorf("their session is %s, %v", session.Stage, err)
	}
	// What is refused to one is there for its owner, so the test above can fail.
	for _, name := range []string{"View", "Profiles", "Items", "Accounts", "Totals", "Newest", "First", "Snapshot", "Rows", "Transaction", "Removed", "Active", "Session", "Continuations", "CheckAll", "Activity", "ExportActivity"} {
		if saw, err := table[name].ask(other, their); !saw || err != nil {
			t.Errorf("%s: their own books show nothing, %v", name, err)
		}
	}
	if err := mine.Sync(t.Context(), own.ID); err != nil {
		t.Errorf("my own bank: %v", err)
	}
}

// findTheirs links a bank for a profile, has the bank take a transaction back, and
// leaves a session open.
func findTheirs(t *testing.T, s *Services, p core.ProfileID) theirs {
	t.Helper()
	earlier := linkedFor(t, s, p)
	if err := s.Remover.Remove(t.Context(), earlier.ID, true); err != nil {
		t.Fatal(err)
	}
	o := theirs{item: linkedFor(t, s, p)}
	done, _, err := s.Books(p).Continue(t.Context(), earlier.ID, o.item.ID)
	if err != nil {
		t.Fatal(err)
	}
	o.continued = done.ID
	if err := s.Index.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	rows, err := s.Books(p).Newest(2)
	if err != nil || len(rows) < 2 {
		t.Fatalf("rows %v, %v", rows, err)
	}
	o.account, o.transaction, o.removed = rows[0].Account, rows[0].ID, rows[1].ID
	batch := core.SyncBatch{
		Item: o.item.ID, Removed: []core.TransactionID{o.removed}, Cursor: o.item.Sync.Cursor, Phase: o.item.Sync.Phase, At: s.Now(),
	}
	if _, err := s.Vault.ApplySync(batch); err != nil {
		t.Fatal(err)
	}
	if err := s.Index.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.rows = s.Books(p).Snapshot().Find(review.Query{}, core.DateOf(s.Now())).Refs(0, 1)
	if o.session, err = s.Books(p).Begin(t.Context(), link.Options{HistoryDays: 90}); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestChosenProfileIsRemembered(t *testing.T) {
	p := start(t, config(t))
	s := open(t, p, Choice{Env: core.Practice})
	client, err := s.Keeper.Create("A client", core.Business)
	if err != nil {
		t.Fatal(err)
	}
	chosen := func() core.ProfileID {
		t.Helper()
		closeAll(t, s)
		s = open(t, p, Choice{Env: core.Practice})
		id, err := s.Chosen()
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	first := s.Profile.ID
	for _, id := range []core.ProfileID{client.ID, "", first, client.ID} {
		if err := s.Choose(id); err != nil {
			t.Fatal(err)
		}
		if got := chosen(); got != id {
			t.Errorf("chosen %q, not %q", got, id)
		}
	}
	if err := s.RemoveProfile(t.Context(), client.ID); err != nil {
		t.Fatal(err)
	}
	if got := chosen(); got != first {
		t.Errorf("chosen %q after the chosen one was deleted", got)
	}
	closeAll(t, s)
}
