package link_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/link"
	"bankbook/core/secret"
)

// model plays any events in any order against a session and remembers what
// must never happen.
type model struct {
	t *rapid.T
	s link.Session
	// passed are the candidates that the guard or the user has let through.
	passed map[int]bool
	// grants counts the Items taken for each candidate.
	grants map[int]int
}

func TestNoOrderOfEventsBreaksTheRules(t *testing.T) {
	all := events()
	names := slices.Sorted(maps.Keys(all))
	rapid.Check(t, func(t *rapid.T) {
		purpose := rapid.SampledFrom([]link.Purpose{link.New, link.Repair, link.Instant, link.Accounts, link.Products, link.Verify}).Draw(t, "purpose")
		m := &model{t: t, s: session(link.Preparing, nil), passed: map[int]bool{}, grants: map[int]int{}}
		m.s.Purpose = purpose
		if purpose.Updates() {
			m.s.Repairs = "old"
		}
		steps := rapid.IntRange(1, 60).Draw(t, "steps")
		for range steps {
			// Half of the time the session is led on, so that it comes far.
			choice := rapid.SampledFrom(names).Draw(t, "event")
			if leads := onward(m.s); len(leads) > 0 && rapid.Bool().Draw(t, "lead on") {
				choice = rapid.SampledFrom(leads).Draw(t, "next")
			}
			m.play(choice, all[choice])
		}
	})
}

// onward returns names of events that lead on from where the session is.
func onward(s link.Session) []string {
	return map[link.Stage][]string{
		link.Preparing:  {"link made", "instant made"},
		link.Waiting:    {"polled result", "two results"},
		link.Deciding:   {"twins none", "twins some", "decided second", "decided drop", "decided repair"},
		link.Exchanging: {"granted", "another granted"},
		link.Fetching:   {"fetched"},
		link.Syncing:    {"synced", "retried"},
	}[s.Stage]
}

func (m *model) play(name string, e link.Event) {
	switch name {
	case "two results":
		other := bank.LinkResult{Public: secret.New("public-2")}
		e = visits(noon, bank.LinkSession{Finished: noon, Results: []bank.LinkResult{result, other}})
	case "another granted":
		e = link.Granted{Item: core.ItemID("item-" + string(rune('2'+m.s.Next)))}
	}
	before := deepCopy(m.s)
	next, effects := link.Next(m.s, e)
	if !reflect.DeepEqual(m.s, before) {
		m.t.Fatalf("%s changed the session that was given", name)
	}
	m.check(name, e, next, effects)
	m.s = next
}

func (m *model) check(name string, e link.Event, next link.Session, effects []link.Effect) {
	before := m.s
	if before.Stage.Over() && (!reflect.DeepEqual(before, next) || len(effects) > 0) {
		m.t.Fatalf("%s moved a session that is over", name)
	}
	if next.Stage.Over() && (len(effects) > 0 || !next.Token.IsEmpty()) {
		m.t.Fatalf("%s: the end in %s has effects %v or a token", name, next.Stage, effects)
	}
	if next.Next < before.Next && next.Purpose == before.Purpose || next.Next > len(next.Found) {
		m.t.Fatalf("%s: candidate %d after %d, of %d", name, next.Next, before.Next, len(next.Found))
	}
	m.checkGuard(name, e, next, effects)
	m.checkItems(name, next)
}

// checkGuard sees that nothing is exchanged before the guard or the user let
// it through, and nothing at all in a repair.
func (m *model) checkGuard(name string, e link.Event, next link.Session, effects []link.Effect) {
	if m.s.Stage == link.Deciding {
		twins, looked := e.(link.TwinsFound)
		word, decided := e.(link.Decided)
		if looked && len(twins.Twins) == 0 || decided && word.Decision == link.Second {
			m.passed[m.s.Next] = true
		}
	}
	for _, effect := range effects {
		switch effect.(type) {
		case link.Exchange:
			if !m.passed[next.Next] || next.Purpose.Updates() || next.Stage != link.Exchanging {
				m.t.Fatalf("%s: an exchange of candidate %d that nobody let through", name, next.Next)
			}
		case link.Revoke:
			if next.Purpose.Updates() {
				m.t.Fatalf("%s: a repair gives the item back", name)
			}
		}
	}
}

// checkItems sees that one public token never makes two Items.
func (m *model) checkItems(name string, next link.Session) {
	if grown := len(next.Items) - len(m.s.Items); grown > 0 {
		m.grants[m.s.Next] += grown
	}
	for candidate, grants := range m.grants {
		if grants > 1 {
			m.t.Fatalf("%s: candidate %d made %d items", name, candidate, grants)
		}
	}
	if unique := slices.Compact(slices.Sorted(slices.Values(next.Items))); len(unique) != len(next.Items) {
		m.t.Fatalf("%s: items %v", name, next.Items)
	}
}
