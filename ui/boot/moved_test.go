package boot

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/money"
	"bankbook/core/sandbox"
	"bankbook/core/sandbox/walk"
)

// moving is a program at a practice bank whose accounts can come back under other
// ids. Somebody goes through every page that it opens.
type moving struct {
	*Services
	t    *testing.T
	bank *sandbox.Running
	keys map[string]string
}

func newMoving(t *testing.T) *moving {
	t.Helper()
	m := &moving{t: t, keys: map[string]string{"client_id": sandboxKeys.ClientID.Reveal(), "secret": sandboxKeys.Secret.Reveal()}}
	var err error
	m.bank, err = sandbox.Listen(t.Context(), sandbox.Config{
		ClientID: m.keys["client_id"], Secret: m.keys["secret"],
		InitialDelay: sandbox.Immediately, HistoryDelay: sandbox.Immediately,
		Now: func() time.Time { return time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC) },
	}, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.bank.Close() })
	c := config(t)
	c.PlaidURL, c.Keys = m.bank.URL(), sandboxKeys
	c.OpenURL = func(page string) error { return walk.Link(context.Background(), nil, page, walk.Platypus()) }
	m.Services = open(t, start(t, c), Choice{Env: core.Practice})
	t.Cleanup(func() { closeAll(t, m.Services) })
	return m
}

// order asks the practice bank for something that no client of Plaid's can.
func (m *moving) order(path string, body map[string]any) {
	m.t.Helper()
	for k, v := range m.keys {
		body[k] = v
	}
	raw, err := json.Marshal(body)
	if err != nil {
		m.t.Fatal(err)
	}
	answer, err := http.Post(m.bank.URL()+path, "application/json", bytes.NewReader(raw))
	if err != nil {
		m.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		m.t.Fatalf("%s: HTTP %d", path, answer.StatusCode)
	}
}

// repair signs in again to a bank and returns the session at its end.
func (m *moving) repair(item core.ItemID) link.Session {
	m.t.Helper()
	id, err := m.Links.Repair(m.t.Context(), item, core.WayBack{})
	if err != nil {
		m.t.Fatal(err)
	}
	s, err := m.Links.Wait(m.t.Context(), id)
	if err != nil || s.Stage != link.Done {
		m.t.Fatalf("the repair ended %s (%+v), %v", s.Stage, s.Trouble, err)
	}
	return s
}

// accounts returns those of an item by id.
func (m *moving) accounts(item core.ItemID) map[core.AccountID]core.Account {
	m.t.Helper()
	list, err := m.Vault.AccountsOf(item)
	if err != nil {
		m.t.Fatal(err)
	}
	byID := map[core.AccountID]core.Account{}
	for _, a := range list {
		byID[a.ID] = a
	}
	return byID
}

// booked returns the posted transactions of an account without their ids, in order.
func (m *moving) booked(account core.AccountID) []core.Transaction {
	m.t.Helper()
	rows, err := m.Vault.RowsOf(account)
	if err != nil {
		m.t.Fatal(err)
	}
	rows = slices.DeleteFunc(rows, func(r core.Transaction) bool { return r.Pending })
	for i := range rows {
		rows[i] = core.Transaction{Date: rows[i].Date, Name: rows[i].Name, Amount: rows[i].Amount}
	}
	slices.SortFunc(rows, func(a, b core.Transaction) int {
		return cmpText(a.Date.String()+a.Name+a.Amount.String(), b.Date.String()+b.Name+b.Amount.String())
	})
	return rows
}

func cmpText(a, b string) int { return bytes.Compare([]byte(a), []byte(b)) }

// renamed links a bank, writes an older transaction into its first account, and signs
// in again with every account coming back under another id.
func (m *moving) renamed() (item core.ItemID, before map[core.AccountID]core.Account, moves map[core.AccountID]core.AccountID) {
	m.t.Helper()
	linked := linkedFor(m.t, m.Services, m.Profile.ID)
	item, before = linked.ID, m.accounts(linked.ID)
	for _, a := range before {
		if a.Mask != "0000" {
			continue
		}
		long := core.Transaction{ID: "ancient", Account: a.ID, Date: core.NewDate(2015, 3, 4), Name: "Long ago", Amount: money.Of(-100, money.USD)}
		if _, err := m.Vault.ApplySync(core.SyncBatch{
			Item: item, Added: []core.Transaction{long}, Cursor: linked.Sync.Cursor, Phase: linked.Sync.Phase, At: m.Now(),
		}); err != nil {
			m.t.Fatal(err)
		}
	}
	m.order("/practice/accounts/rename", map[string]any{"item_id": string(item)})
	moves = map[core.AccountID]core.AccountID{}
	for _, move := range m.repair(item).Moved {
		moves[move.Old] = move.New
	}
	return item, before, moves
}

// TestAccountsThatCameBack signs in again to a bank that then knows its accounts by
// other ids: it is told, what they had is kept, and what they have is there.
func TestAccountsThatCameBack(t *testing.T) {
	m := newMoving(t)
	item, before, moves := m.renamed()
	after := m.accounts(item)
	if len(before) != 12 || len(moves) != len(before) || len(after) != 2*len(before) {
		t.Fatalf("%d accounts, %d came back as others, %d now", len(before), len(moves), len(after))
	}
	for id, was := range before {
		old, next := after[id], after[moves[id]]
		if !old.Unshared || next.Unshared || next.ID == id || next.Name != was.Name || next.Mask != was.Mask || next.Balance.Current != was.Balance.Current {
			t.Errorf("%+v is %+v and %+v", was, old, next)
		}
		if next.ACH.NumberLast4 != was.ACH.NumberLast4 || next.ACH.Status != was.ACH.Status {
			t.Errorf("numbers of %s: %+v, were %+v", was.Name, next.ACH, was.ACH)
		}
		rows, theirs := m.booked(id), m.booked(next.ID)
		if was.Mask == "0000" {
			rows = rows[1:] // the bank would not hand over again what is older than its history
		}
		if !slices.Equal(rows, theirs) {
			t.Errorf("%s had %d transactions, the other has %d", was.Name, len(rows), len(theirs))
		}
	}
	if again := m.repair(item); len(again.Moved) != 0 {
		t.Errorf("told again: %+v", again.Moved)
	}
}

// TestAccountsThatCameBackGoOn lets what accounts had go on in those that they came
// back as, and takes it back. Nothing is lost or counted twice.
func TestAccountsThatCameBackGoOn(t *testing.T) {
	m := newMoving(t)
	item, before, moves := m.renamed()
	b := m.Books(m.Profile.ID)
	list, err := b.EarlierBanks(item)
	if err != nil || len(list) != 1 || list[0].ID != item {
		t.Fatalf("earlier banks %+v, %v", list, err)
	}
	count, apart, one := m.Vault.Count(), m.accounts(item), map[core.AccountID][]core.Transaction{}
	for id := range before {
		one[id] = m.booked(id)
	}
	counts, err := b.PreviewContinue(item, item)
	if err != nil || counts.Accounts != len(before) || counts.Left != 0 || counts.Moved != 1 || counts.There == 0 || counts.Pending != 0 || m.Vault.Count() != count {
		t.Fatalf("counts %+v, %v", counts, err)
	}
	done, came, err := b.Continue(t.Context(), item, item)
	if err != nil || came != counts || m.Vault.Count() != count-counts.There {
		t.Fatalf("%d rows of %d, %+v, %v", m.Vault.Count(), count, came, err)
	}
	m.goesOn(item, moves, one)
	if err := b.Sync(t.Context(), item); err != nil {
		t.Error(err)
	}
	m.goesOn(item, moves, one)
	if list, err := b.EarlierBanks(item); err != nil || len(list) != 0 {
		t.Errorf("earlier banks %+v, %v", list, err)
	}
	there := m.item(item)
	if err := b.UndoContinue(done.ID); err != nil || m.Vault.Count() != count || !maps.Equal(m.ids(item), unshared(apart)) {
		t.Errorf("%d rows after undoing, not %d; accounts %v; %v", m.Vault.Count(), count, m.ids(item), err)
	}
	if now := m.item(item); !reflect.DeepEqual(now, there) {
		t.Errorf("the bank is %+v after undoing, was %+v", now, there)
	}
	if err := m.Vault.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func (m *moving) item(id core.ItemID) core.Item {
	m.t.Helper()
	item, err := m.Vault.Item(id)
	if err != nil {
		m.t.Fatal(err)
	}
	return item
}

// Before the bank has handed over what there is under the new ids, nothing goes on:
// it would be there twice.
func TestAccountsThatCameBackGoOnWithWhatTheBankSaysNow(t *testing.T) {
	m := newMoving(t)
	item, _, _ := m.renamed()
	count := m.Vault.Count()
	m.order("/practice/faults/set", map[string]any{"kind": "rate_limit", "endpoint": "/transactions/sync"})
	b := m.Books(m.Profile.ID)
	if _, _, err := b.Continue(t.Context(), item, item); !fault.Is(err, fault.RateLimit) {
		t.Errorf("without a word of the bank: %v", err)
	}
	if done, err := b.Continuations(); err != nil || len(done) != 0 || m.Vault.Count() != count {
		t.Errorf("%d rows, not %d; %v", m.Vault.Count(), count, err)
	}
	m.order("/practice/faults/clear", map[string]any{})
	if _, _, err := b.Continue(t.Context(), item, item); err != nil {
		t.Error(err)
	}
}

// goesOn sees that the new accounts alone are there, with what the old ones had.
func (m *moving) goesOn(item core.ItemID, moves map[core.AccountID]core.AccountID, had map[core.AccountID][]core.Transaction) {
	m.t.Helper()
	now := m.ids(item)
	for old, next := range moves {
		if gone, there := now[next]; !there || gone {
			m.t.Errorf("%s is there: %v, no longer shared: %v", next, there, gone)
		}
		if rows := m.booked(next); !slices.Equal(rows, had[old]) {
			m.t.Errorf("%s has %d transactions, had %d", next, len(rows), len(had[old]))
		}
	}
	if len(now) != len(moves) {
		m.t.Errorf("%d accounts, want %d", len(now), len(moves))
	}
}

// ids returns which accounts of an item are no longer shared.
func (m *moving) ids(item core.ItemID) map[core.AccountID]bool { return unshared(m.accounts(item)) }

func unshared(accounts map[core.AccountID]core.Account) map[core.AccountID]bool {
	list := map[core.AccountID]bool{}
	for id, a := range accounts {
		list[id] = a.Unshared
	}
	return list
}
