package transfer

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"bankbook/core/sandbox/ident"

	"pgregory.net/rapid"
)

// model drives a desk with whatever comes to mind and knows what must hold.
type model struct {
	st    *State
	world World
	facts Facts
	// seen is the last known state of every motion, told how many events were.
	seen map[string]Status
	told int
}

var start = time.Date(2026, time.November, 21, 9, 30, 0, 0, time.UTC)

func newModel(banking bool) *model {
	m := &model{st: New(start), facts: Facts{Balance: 5_000_00}, seen: map[string]Status{}}
	m.world = World{Now: start, Limits: Limits{100_000_00, 1_000_000_00, 10_000_000_00}, Banking: banking, Facts: func(Account, time.Time) Facts { return m.facts }}
	return m
}

func (m *model) desk() *Desk { return m.st.At(m.world) }

// amounts are those that do something by themselves, and others.
var amounts = []Cents{1, 1_11, 2_22, 3_33, 11_11, 22_22, 33_33, 44_44, 55_55, 66_66, 50_00, 111_11, 222_22, 333_33, 444_44, 5_000_00, 9_999_99}

func pick[T any](t *rapid.T, list []T, label string) (v T, ok bool) {
	if len(list) == 0 {
		return v, false
	}
	return rapid.SampledFrom(list).Draw(t, label), true
}

func (m *model) clock(t *rapid.T) string {
	if c, ok := pick(t, m.st.Clocks, "clock"); ok && rapid.Bool().Draw(t, "on a clock") {
		return c.ID
	}
	return ""
}

func (m *model) proposal(t *rapid.T) Proposal {
	p := Proposal{
		Account: Account{"item", "account"}, Amount: rapid.SampledFrom(amounts).Draw(t, "amount"), Class: "ppd", User: User{Name: "A"},
		Kind:    rapid.SampledFrom([]Kind{Debit, Debit, Credit}).Draw(t, "kind"),
		Network: rapid.SampledFrom([]Network{ACH, SameDay, RTP, Wire}).Draw(t, "network"),
		Ledger:  rapid.SampledFrom(m.st.Ledgers).Draw(t, "ledger").ID,
	}
	if p.Kind == Debit {
		p.Network = ACH
	}
	return p
}

func (m *model) transfer(t *rapid.T) {
	clock := m.clock(t)
	a, err := m.desk().Authorize(m.proposal(t), clock, KeyUse{})
	if err != nil || rapid.IntRange(0, 9).Draw(t, "given up") == 0 {
		return
	}
	order := Order{Account: a.Account, Authorization: a.ID, Description: "rent", Clock: clock}
	tr, err := m.desk().Create(order)
	if (err == nil) != (a.Decision == Approved) {
		t.Fatalf("a transfer with the decision %s: %v", a.Decision, err)
	}
	if err == nil {
		again, _ := m.desk().Create(order)
		if again.ID != tr.ID {
			t.Fatal("one authorization made two transfers")
		}
	}
}

func (m *model) haul(t *rapid.T) {
	l := rapid.SampledFrom(m.st.Ledgers).Draw(t, "ledger")
	h := Haul{
		Ledger: l.ID, Network: rapid.SampledFrom([]Network{ACH, SameDay}).Draw(t, "network"),
		Amount: rapid.SampledFrom(append(slices.Clone(amounts), max(1, l.Available), max(1, l.Available+1))).Draw(t, "amount"),
	}
	key := KeyUse{"deposit", ident.NewUUID(), "digest"}
	if rapid.Bool().Draw(t, "in") {
		s, err := m.desk().Deposit(h, key)
		again, _ := m.desk().Deposit(h, key)
		if err != nil || again.ID != s.ID {
			t.Fatalf("deposit: %v, again %v", s, again)
		}
		return
	}
	before := l.Available
	if _, err := m.desk().Withdraw(h, key); (err == nil) != (h.Amount <= before) {
		t.Fatalf("withdraw %s of %s: %v", h.Amount, before, err)
	}
}

func (m *model) refund(t *rapid.T) {
	tr, ok := pick(t, m.st.Transfers, "transfer")
	if !ok {
		return
	}
	amount := rapid.SampledFrom(append(slices.Clone(amounts), tr.Amount)).Draw(t, "amount")
	if r, err := m.desk().CreateRefund(tr.ID, amount, KeyUse{}); err == nil && rapid.IntRange(0, 3).Draw(t, "cancelled") == 0 {
		_ = m.desk().CancelRefund(r.ID)
	}
}

func (m *model) simulate(t *rapid.T) {
	to := rapid.SampledFrom([]Status{Pending, Posted, Posted, Settled, Settled, Available, Failed, Returned, Cancelled}).Draw(t, "to")
	var all []*Motion
	for mo := range m.st.motions {
		all = append(all, mo)
	}
	mo, ok := pick(t, all, "motion")
	if !ok {
		return
	}
	d := m.desk()
	before := *mo
	var err error
	switch mo.Class {
	case OfTransfer:
		err = d.Simulate(mo.ID, to, Failure{}, m.clock(t))
	case OfRefund:
		err = d.SimulateRefund(mo.ID, to, Failure{}, m.clock(t))
	case OfSweep:
		err = d.SimulateSweep(mo.ID, mo.In, to, Failure{})
	}
	if err == nil && mo.Status != to || err != nil && mo.Status != before.Status {
		t.Fatalf("%s simulated from %s to %s: %v, now %s", mo.Class, before.Status, to, err, mo.Status)
	}
}

func (m *model) recurring(t *rapid.T) {
	p := Plan{Proposal: m.proposal(t), Description: "rent", Clock: m.clock(t), Schedule: Schedule{
		Unit: rapid.SampledFrom([]string{"week", "month"}).Draw(t, "unit"), Count: rapid.IntRange(1, 3).Draw(t, "count"),
		Day: rapid.IntRange(1, 5).Draw(t, "day"), Start: DayOf(m.world.Now) + Day(rapid.IntRange(-40, 10).Draw(t, "start")),
	}}
	if rapid.Bool().Draw(t, "ends") {
		p.Schedule.End = p.Schedule.Start + Day(rapid.IntRange(0, 90).Draw(t, "length"))
	}
	r, _, err := m.desk().CreateRecurring(p, KeyUse{})
	if err == nil && r != nil && rapid.IntRange(0, 5).Draw(t, "stopped") == 0 {
		if err := m.desk().CancelRecurring(r.ID); err != nil && r.Status == Active {
			t.Fatal(err)
		}
	}
}

func (m *model) actions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"transfer": m.transfer, "transfer again": m.transfer, "haul": m.haul, "refund": m.refund, "simulate": m.simulate, "simulate again": m.simulate,
		"recurring": m.recurring,
		"time": func(t *rapid.T) {
			m.world.Now = m.world.Now.Add(time.Duration(rapid.IntRange(1, 300).Draw(t, "hours")) * time.Hour)
		},
		"clock": func(*rapid.T) { m.desk().CreateClock(time.Time{}) },
		"advance": func(t *rapid.T) {
			if c, ok := pick(t, m.st.Clocks, "clock"); ok {
				_ = m.desk().AdvanceClock(c.ID, c.Time.AddDate(0, 0, rapid.IntRange(-1, 60).Draw(t, "days")))
			}
		},
		"cancel": func(t *rapid.T) {
			if tr, ok := pick(t, m.st.Transfers, "transfer"); ok {
				can, err := tr.Cancellable() && len(tr.Steps) == 0, m.desk().Cancel(tr.ID)
				if can && err != nil {
					t.Fatal(err)
				}
			}
		},
		"sweep": func(t *rapid.T) {
			if _, err := m.desk().SweepAll(m.clock(t)); err != nil {
				t.Fatal(err)
			}
		},
		"release": func(t *rapid.T) {
			if err := m.desk().Release(rapid.SampledFrom(m.st.Ledgers).Draw(t, "ledger").ID, m.clock(t)); err != nil {
				t.Fatal(err)
			}
		},
		"distribute": func(t *rapid.T) {
			a, b := rapid.SampledFrom(m.st.Ledgers).Draw(t, "from"), rapid.SampledFrom(m.st.Ledgers).Draw(t, "to")
			_ = m.desk().Distribute(Distribution{From: a.ID, To: b.ID, Amount: rapid.SampledFrom(amounts).Draw(t, "amount")}, KeyUse{})
		},
		"balance": func(t *rapid.T) { m.facts.Balance = rapid.SampledFrom([]Cents{0, 40_00, 5_000_00}).Draw(t, "balance") },
		"save": func(t *rapid.T) {
			raw, err := json.Marshal(m.st)
			if err != nil {
				t.Fatal(err)
			}
			m.st = new(State)
			if err := json.Unmarshal(raw, m.st); err != nil {
				t.Fatal(err)
			}
			if again, _ := json.Marshal(m.st); string(again) != string(raw) {
				t.Fatal("the state is another one when it is read back")
			}
		},
		"": func(t *rapid.T) {
			m.conserved(t)
			m.lawful(t)
			m.aggregated(t)
			m.desk()
			if m.st.Behind(m.world) {
				t.Fatal("the state is behind although it has just caught up")
			}
		},
	}
}

// conserved checks what the package's documentation says about the balances.
func (m *model) conserved(t *rapid.T) {
	for _, l := range m.st.Ledgers {
		var pending, available, moved Cents
		for _, e := range m.st.Entries {
			if e.Ledger != l.ID {
				continue
			}
			pending, available = pending+e.Pending, available+e.Available
			if e.PendingAfter != pending || e.AvailableAfter != available {
				t.Fatalf("an entry tells %s and %s, it led to %s and %s", e.PendingAfter, e.AvailableAfter, pending, available)
			}
			if e.Transfer+e.Refund+e.Sweep == "" {
				moved += e.Available // the opening balance, and what was distributed
			}
		}
		if l.Pending != pending || l.Available != available {
			t.Fatalf("balances %s and %s, entries %s and %s", l.Pending, l.Available, pending, available)
		}
		held, free := m.balances(l.ID)
		if pending != held || available != moved+free {
			t.Fatalf("pending %s, want %s; available %s, want %s", pending, held, available, moved+free)
		}
	}
	var total Cents
	for _, e := range m.st.Entries {
		if e.Transfer+e.Refund+e.Sweep == "" {
			total += e.Available
		}
	}
	if want := opening * Cents(len(m.st.Ledgers)); total != want {
		t.Fatalf("distribution changed the sum of all: %s, want %s", total, want)
	}
}

// balances says what a ledger must hold, from the motions alone.
func (m *model) balances(ledger string) (held, free Cents) {
	for mo := range m.st.motions {
		switch {
		case mo.Ledger != ledger || mo.Status.Undone():
		case !mo.In:
			free -= mo.Amount
		case mo.Status == Available:
			free += mo.Amount
		default:
			held += mo.Amount
		}
	}
	return held, free
}

// lawful checks that events are numbered 1, 2, 3 and that every change of a state
// is one that Plaid documents, told by an event.
func (m *model) lawful(t *rapid.T) {
	allowed := map[Status][]Status{
		"": {Pending}, Pending: {Posted, Failed, Cancelled}, Posted: {Settled, Returned}, Settled: {Available, Returned}, Available: {Returned},
	}
	for i, e := range m.st.Events {
		if e.ID != int64(i+1) {
			t.Fatalf("event %d is the %d-th", e.ID, i+1)
		}
		if i < m.told || slices.Contains([]string{"swept", "swept_settled", "return_swept"}, e.Type) {
			continue
		}
		id, to := e.Refund+e.Sweep, Status(e.Type[len(m.class(e)):])
		if id == "" {
			id = e.Transfer
		}
		if !slices.Contains(allowed[m.seen[id]], to) {
			t.Fatalf("event %s after %s", e.Type, m.seen[id])
		}
		m.seen[id] = to
	}
	m.told = len(m.st.Events)
	for mo := range m.st.motions {
		if m.seen[mo.ID] != mo.Status {
			t.Fatalf("%s is %s, its last event told %s", mo.ID, mo.Status, m.seen[mo.ID])
		}
		if tr := m.st.Transfer(mo.Transfer); mo.Class == OfRefund && mo.Status == Posted && tr.SettledAt.IsZero() {
			t.Fatal("a refund was posted before its transfer had settled")
		}
	}
}

func (m *model) class(e *Event) Class {
	switch {
	case e.Refund != "":
		return OfRefund
	case e.Sweep != "":
		return OfSweep
	}
	return OfTransfer
}

// aggregated checks that an aggregate sweep is the sum of its events, and that a
// transfer is never refunded more than it brought.
func (m *model) aggregated(t *rapid.T) {
	sums := map[string]Cents{}
	for _, e := range m.st.Events {
		if e.Type == string(Swept) || e.Type == string(ReturnSwept) {
			sums[e.Sweep] += e.SweepAmount
		}
	}
	for _, s := range m.st.Sweeps {
		if s.Trigger == Aggregate && s.Signed() != sums[s.ID] {
			t.Fatalf("a sweep of %s, its events sum to %s", s.Signed(), sums[s.ID])
		}
	}
	for _, tr := range m.st.Transfers {
		var back Cents
		for _, r := range m.st.RefundsOf(tr.ID) {
			if !r.Status.Undone() {
				back += r.Amount
			}
		}
		if back > tr.Amount {
			t.Fatalf("%s was refunded of %s", back, tr.Amount)
		}
	}
}

func TestMoneyIsConservedAndTransitionsAreLawful(t *testing.T) {
	for name, banking := range map[string]bool{"by simulation": false, "by banking days": true} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { t.Repeat(newModel(banking).actions()) })
		})
	}
}
