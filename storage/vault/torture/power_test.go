package torture

import (
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"testing"

	"bankbook/storage/durable/durabletest"
)

// TestPowerLoss records what a child does to a disk, replays it, and at every
// call takes the power away in several ways.
func TestPowerLoss(t *testing.T) {
	durabletest.NeedStrace(t)
	found := script(times(2, 6)*cycle).record(t).Check(t, durabletest.Outages{States: times(150, 3200)})
	for range times(0, 20) {
		// Few calls make a vault, but each run has other keys in it.
		found.Add(script(1).record(t).Check(t, durabletest.Outages{States: 100}))
	}
	report("power loss", found)
	if full := times(150, 3000); found.Total().States < full {
		t.Errorf("only %d different states were looked at, not %d", found.Total().States, full)
	}
}

// TestPowerLossBites replays disks that do not do what they were asked to: if
// nothing was wrong with those, TestPowerLoss would show nothing. To forget
// each sync of the vault is what bbolt's NoSync would come to.
func TestPowerLossBites(t *testing.T) {
	durabletest.NeedStrace(t)
	r := script(times(1, 2) * cycle).record(t)
	ofVault, nth := func(path string) bool { return path == "/data/vault.db" }, 0
	for _, c := range []struct {
		name    string
		forgets func(path string) bool
		// atLeast is which part of the states must be found out, in percent.
		atLeast int
	}{
		{"no sync of the vault", ofVault, 50},
		{"every second sync of the vault", func(path string) bool { nth++; return ofVault(path) && nth%2 == 0 }, 0},
		{"no sync of folders", func(path string) bool { return path == "/data" || path == "" }, 0},
	} {
		sum := r.Check(t, durabletest.Outages{States: times(60, 500), Forgets: c.forgets}).Total()
		results.add(result{test: "control: " + c.name, number: sum.States, violations: sum.Violations, note: "states; must be wrong"})
		if sum.Violations*100 <= c.atLeast*sum.States {
			t.Errorf("%s: only %d of %d states are found out", c.name, sum.Violations, sum.States)
		}
	}
}

// scenario is something that a child does, and what must be true of it.
type scenario struct {
	mode     string
	files    map[string][]byte
	before   told
	from, to int
	// phase says what is under way.
	phase func(s *told) string
	// judge looks at what is left in a folder, with what the child told.
	judge func(dir string, s *told) error
}

// script is the scenario of the first steps on a new vault.
func script(steps int) scenario {
	h := newHistory()
	return scenario{
		mode: modeTraced, before: told{step: untouched, keys: newKeychain()}, to: steps,
		phase: func(s *told) string {
			switch s.step {
			case untouched:
				return "first start"
			case steps - 1:
				return "close"
			}
			return stepAt(s.step + 1).name
		},
		judge: func(dir string, s *told) error {
			_, err := check(h, vaultIn(dir), s)
			return err
		},
	}
}

// record lets a child do it.
func (sc scenario) record(t *testing.T) *durabletest.Recording {
	t.Helper()
	return durabletest.Record(t, durabletest.Play{
		Files: sc.files,
		Command: func(dir string) *exec.Cmd {
			return childOf(t, sc.mode, vaultIn(dir), sc.before.keys, sc.from, sc.to)
		},
		Watch: func() durabletest.Watcher {
			s := sc.before
			s.keys = sc.before.keys.copy()
			return &watcher{scenario: sc, told: &s}
		},
	})
}

// watcher follows the child of a scenario.
type watcher struct {
	scenario
	told *told
}

func (w *watcher) Hear(line string) error { return w.told.hear(line) }

func (w *watcher) Phase() string { return w.phase(w.told) }

func (w *watcher) State() string { return fmt.Sprintln(w.told.step, w.told.keys.lines()) }

func (w *watcher) Judge(dir string) error {
	s := *w.told
	s.keys = w.told.keys.copy()
	return w.judge(dir, &s)
}

func (w *watcher) End() error {
	if w.told.step != w.to-1 || len(w.told.faults) > 0 {
		return fmt.Errorf("the child ends after step %d, not %d, with faults %v", w.told.step, w.to-1, w.told.faults)
	}
	return nil
}

// report puts what was found into the table.
func report(test string, found durabletest.Counts) {
	add := func(test string, c durabletest.Count, note string) {
		results.add(result{test: test, number: c.States, violations: c.Violations, note: note})
	}
	add(test, found.Total(), "states")
	for _, phase := range slices.Sorted(maps.Keys(found)) {
		add("  "+phase, found[phase], "")
	}
}
