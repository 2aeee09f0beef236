package torture

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestPowerLoss records what a child does to a disk, replays it, and at every
// call takes the power away in several ways.
func TestPowerLoss(t *testing.T) {
	needStrace(t)
	found := record(t, script(times(2, 6)*cycle)).check(t, outages{states: times(150, 3200)})
	for range times(0, 20) {
		// Few calls make a vault, but each run has other keys in it.
		found.addAll(record(t, script(1)).check(t, outages{states: 100}))
	}
	found.report("power loss")
	if full := times(150, 3000); found.total().states < full {
		t.Errorf("only %d different states were looked at, not %d", found.total().states, full)
	}
}

// TestPowerLossBites replays disks that do not do what they were asked to: if
// nothing was wrong with those, TestPowerLoss would show nothing. To forget
// each sync of the vault is what bbolt's NoSync would come to.
func TestPowerLossBites(t *testing.T) {
	needStrace(t)
	r := record(t, script(times(1, 2)*cycle))
	ofVault, nth := func(d *disk, n *node) bool { return n == d.find("data", "vault.db") }, 0
	for _, c := range []struct {
		name    string
		forgets func(*disk, *node) bool
		// atLeast is which part of the states must be found out, in percent.
		atLeast int
	}{
		{"no sync of the vault", ofVault, 50},
		{"every second sync of the vault", func(d *disk, n *node) bool { nth++; return ofVault(d, n) && nth%2 == 0 }, 0},
		{"no sync of folders", func(_ *disk, n *node) bool { return n.folder }, 0},
	} {
		found := r.check(t, outages{states: times(60, 500), forgets: c.forgets})
		sum := found.total()
		results.add(result{test: "control: " + c.name, number: sum.states, violations: sum.violations, note: "states; must be wrong"})
		if sum.violations*100 <= c.atLeast*sum.states {
			t.Errorf("%s: only %d of %d states are found out", c.name, sum.violations, sum.states)
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

// recording is the trace of a child.
type recording struct {
	scenario
	dir   string
	calls []call
}

// record lets a child do something.
func record(t *testing.T, sc scenario) *recording {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	must(t, writeFiles(dir, sc.files))
	return &recording{scenario: sc, dir: dir, calls: trace(t, childOf(t, sc.mode, vaultIn(dir), sc.before.keys, sc.from, sc.to))}
}

// outages says how many states to look at.
type outages struct {
	states int
	// forgets says which syncs the disk forgets: then violations are wanted, and
	// only the losses that lose something matter.
	forgets func(*disk, *node) bool
}

// moment is a state of the disk: what a loss leaves after some call.
type moment struct{ point, loss, draw int }

// draws is how often the dice are thrown for each loss at each call.
const draws = 4

// rand makes the dice of a moment, so that they fall the same way again.
func (m moment) rand(seed uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, uint64((m.point*len(losses())+m.loss)*draws+m.draw)))
}

// check looks at states of the disk that all differ, spread over the recording.
func (r *recording) check(t *testing.T, o outages) counts {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	chosen := r.choose(t, o, seed)
	scratch, found := t.TempDir(), counts{}
	r.replay(t, o, func(point int, d *disk, s *told) {
		for _, m := range chosen[point] {
			l, phase := losses()[m.loss], r.phase(s)
			err := r.checkState(scratch, d.survivors(l, m.rand(seed)), s)
			found.add(phase, err)
			if err != nil && o.forgets == nil {
				t.Errorf("%s, point %d, losing %s: %v", phase, point, l.name, err)
			}
		}
	})
	return found
}

// choose picks moments whose states all differ, by chance but as many as can
// be of each phase.
func (r *recording) choose(t *testing.T, o outages, seed uint64) map[int][]moment {
	seen, phases := map[[32]byte]bool{}, map[string][]moment{}
	r.replay(t, o, func(point int, d *disk, s *told) {
		for i := range len(losses()) * draws {
			m := moment{point, i / draws, i % draws}
			if o.forgets != nil && losses()[m.loss].harmless {
				continue
			}
			if key := stateKey(d.survivors(losses()[m.loss], m.rand(seed)), s); !seen[key] {
				seen[key] = true
				phases[r.phase(s)] = append(phases[r.phase(s)], m)
			}
		}
	})
	chosen, left := map[int][]moment{}, min(o.states, len(seen))
	dice := rand.New(rand.NewPCG(seed, 0))
	for left > 0 {
		for _, phase := range slices.Sorted(maps.Keys(phases)) {
			if all := phases[phase]; len(all) > 0 && left > 0 {
				i := dice.IntN(len(all))
				chosen[all[i].point] = append(chosen[all[i].point], all[i])
				phases[phase] = slices.Delete(all, i, i+1)
				left--
			}
		}
	}
	return chosen
}

// replay calls at after every call that changes something.
func (r *recording) replay(t *testing.T, o outages, at func(point int, d *disk, s *told)) {
	t.Helper()
	s := r.before
	s.keys = r.before.keys.copy()
	play := newReplay(newDisk(r.files), r.dir, r.calls, &s)
	if o.forgets != nil {
		play.forgets = func(n *node) bool { return o.forgets(play.disk, n) }
	}
	point := 0
	for _, c := range r.calls {
		changed, err := play.step(c)
		if err != nil {
			t.Fatalf("line %d of the trace: %v", c.ended, err)
		}
		if changed {
			at(point, play.disk, &s)
			point++
		}
	}
	if s.step != r.to-1 {
		t.Fatalf("the replay ends after step %d, not %d", s.step, r.to-1)
	}
	if len(s.faults) > 0 {
		t.Fatalf("the child met faults: %v", s.faults)
	}
}

// checkState puts files down and sees whether they are as they should be.
func (r *recording) checkState(scratch string, files map[string][]byte, s *told) error {
	dir, err := os.MkdirTemp(scratch, "state-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := writeFiles(dir, files); err != nil {
		return err
	}
	now := *s
	now.keys = s.keys.copy()
	return r.judge(dir, &now)
}

// stateKey tells states apart.
func stateKey(files map[string][]byte, s *told) [32]byte {
	hash := sha256.New()
	fmt.Fprintln(hash, s.step, s.keys.lines())
	for _, path := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(hash, "%s %d\n", path, len(files[path]))
		hash.Write(files[path])
	}
	return [32]byte(hash.Sum(nil))
}

// counts are the states looked at and the violations, by phase.
type counts map[string]*count

type count struct {
	phase              string
	states, violations int
}

func (c counts) add(phase string, err error) {
	if c[phase] == nil {
		c[phase] = &count{phase: phase}
	}
	c[phase].states++
	if err != nil {
		c[phase].violations++
	}
}

func (c counts) addAll(other counts) {
	for phase, one := range other {
		if c[phase] == nil {
			c[phase] = &count{phase: phase}
		}
		c[phase].states += one.states
		c[phase].violations += one.violations
	}
}

func (c counts) sorted() []*count {
	return slices.SortedFunc(maps.Values(c), func(a, b *count) int { return strings.Compare(a.phase, b.phase) })
}

func (c counts) total() (sum count) {
	for _, one := range c {
		sum.states += one.states
		sum.violations += one.violations
	}
	return sum
}

func (c counts) report(test string) {
	results.add(result{test: test, number: c.total().states, violations: c.total().violations, note: "states"})
	for _, one := range c.sorted() {
		results.add(result{test: "  " + one.phase, number: one.states, violations: one.violations})
	}
}
