package durabletest

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// Play is something that a program does to files, and what must be true of it
// wherever the power goes away.
type Play struct {
	// Files are there before, as those of ReadFiles; nil means an empty folder.
	Files map[string][]byte
	// Command prepares a program that does it in a folder, and then ends.
	Command func(dir string) *exec.Cmd
	// Watch returns a Watcher of a program that has just begun.
	Watch func() Watcher
}

// Watcher follows a program by what it says on its standard output.
type Watcher interface {
	// Hear takes a line.
	Hear(line string) error
	// Phase says what is under way, for the table.
	Phase() string
	// State is something that differs if the same files mean something else.
	State() string
	// Judge looks at the files that are left in a folder, and says what is wrong
	// with them. It can change them.
	Judge(dir string) error
	// End is called after the last line; an error means that the program has not
	// done what it was to do.
	End() error
}

// Recording is what a program has done.
type Recording struct {
	play  Play
	dir   string
	calls []call
}

// Record lets a program do something. The test is over if it fails.
func Record(t *testing.T, play Play) *Recording {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	must(t, WriteFiles(dir, play.Files))
	return &Recording{play: play, dir: dir, calls: trace(t, play.Command(dir))}
}

// Outages says how many states of the disk to look at.
type Outages struct {
	States int
	// Forgets, if it is not nil, says of which files and folders, by their path,
	// the disk forgets to sync. Then violations are wanted, and only the losses
	// that lose something are tried.
	Forgets func(path string) bool
}

// moment is a state of the disk: what a loss leaves after some call.
type moment struct{ point, loss, draw int }

// draws is how often the dice are thrown for each loss at each call.
const draws = 4

// rand makes the dice of a moment, so that they fall the same way again.
func (m moment) rand(seed uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, uint64((m.point*len(losses())+m.loss)*draws+m.draw)))
}

// Check takes the power away at calls spread over the recording, and lets the
// Watcher judge what is left: no two states that it is shown are the same. What
// it finds wrong fails the test, unless the disk forgets.
func (r *Recording) Check(t *testing.T, o Outages) Counts {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	chosen := r.choose(t, o, seed)
	scratch, found := t.TempDir(), Counts{}
	r.replay(t, o, func(point int, d *disk, w Watcher) {
		for _, m := range chosen[point] {
			l := losses()[m.loss]
			err := judge(scratch, d.survivors(l, m.rand(seed)), w)
			found.add(w.Phase(), err)
			if err != nil && o.Forgets == nil {
				t.Errorf("%s, point %d, losing %s: %v", w.Phase(), point, l.name, err)
			}
		}
	})
	return found
}

// choose picks moments whose states all differ, by chance but as many as can
// be of each phase.
func (r *Recording) choose(t *testing.T, o Outages, seed uint64) map[int][]moment {
	t.Helper()
	seen, phases, sums := map[[sha256.Size]byte]bool{}, map[string][]moment{}, sums{}
	r.replay(t, o, func(point int, d *disk, w Watcher) {
		for i := range len(losses()) * draws {
			m := moment{point, i / draws, i % draws}
			if o.Forgets != nil && losses()[m.loss].harmless {
				continue
			}
			if key := sums.state(d.survivors(losses()[m.loss], m.rand(seed)), w); !seen[key] {
				seen[key] = true
				phases[w.Phase()] = append(phases[w.Phase()], m)
			}
		}
	})
	chosen, left := map[int][]moment{}, min(o.States, len(seen))
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
func (r *Recording) replay(t *testing.T, o Outages, at func(point int, d *disk, w Watcher)) {
	t.Helper()
	play := newReplay(newDisk(r.play.Files), r.dir, r.calls, r.play.Watch())
	if o.Forgets != nil {
		play.forgets = func(n *node) bool { return o.Forgets(play.disk.path(n)) }
	}
	point := 0
	for _, c := range r.calls {
		changed, err := play.step(c)
		if err != nil {
			t.Fatalf("line %d of the trace: %v", c.ended, err)
		}
		if changed {
			at(point, play.disk, play.watch)
			point++
		}
	}
	must(t, play.watch.End())
}

// Writes calls look with everything that was written into any file at any time,
// and then with the files that there are in the end, because two writes can hold
// half of something each. It returns the Watcher.
func (r *Recording) Writes(t *testing.T, look func(data []byte)) Watcher {
	t.Helper()
	play := newReplay(newDisk(r.play.Files), r.dir, r.calls, r.play.Watch())
	play.wrote = look
	for _, c := range r.calls {
		if _, err := play.step(c); err != nil {
			t.Fatalf("line %d of the trace: %v", c.ended, err)
		}
	}
	must(t, play.watch.End())
	var walk func(n *node)
	walk = func(n *node) {
		look(n.data)
		for _, below := range n.entries {
			walk(below)
		}
	}
	walk(play.disk.root)
	return play.watch
}

// judge puts files down and lets the Watcher see them.
func judge(scratch string, files map[string][]byte, w Watcher) error {
	dir, err := os.MkdirTemp(scratch, "state-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := WriteFiles(dir, files); err != nil {
		return err
	}
	return w.Judge(dir)
}

// sums are the files summed up last, by their path: from one state to the next most
// are the same.
type sums map[string]summed

type summed struct {
	data []byte
	sum  [sha256.Size]byte
}

// state tells states apart.
func (s sums) state(files map[string][]byte, w Watcher) [sha256.Size]byte {
	hash := sha256.New()
	fmt.Fprintln(hash, w.State())
	for _, path := range slices.Sorted(maps.Keys(files)) {
		sum := s.of(path, files[path])
		fmt.Fprintln(hash, path)
		hash.Write(sum[:])
	}
	return [sha256.Size]byte(hash.Sum(nil))
}

// of sums up a file, unless it is in the very place of memory of the last one.
func (s sums) of(path string, data []byte) [sha256.Size]byte {
	last, ok := s[path]
	same := len(last.data) == len(data) && (len(data) == 0 || &last.data[0] == &data[0])
	if !ok || !same {
		last = summed{data, sha256.Sum256(data)}
		s[path] = last
	}
	return last.sum
}

// Counts are the states looked at and the violations, by phase.
type Counts map[string]Count

// Count is how many states were looked at, and in how many something was wrong.
type Count struct{ States, Violations int }

func (c Counts) add(phase string, err error) {
	one := c[phase]
	one.States++
	if err != nil {
		one.Violations++
	}
	c[phase] = one
}

// Add adds what another check has come to.
func (c Counts) Add(other Counts) {
	for phase, one := range other {
		c[phase] = Count{c[phase].States + one.States, c[phase].Violations + one.Violations}
	}
}

// Total adds up all phases.
func (c Counts) Total() (sum Count) {
	for _, one := range c {
		sum.States += one.States
		sum.Violations += one.Violations
	}
	return sum
}
