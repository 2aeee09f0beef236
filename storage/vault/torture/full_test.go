package torture

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bankbook/core/fault"
	"bankbook/storage/durable/durabletest"
)

// broken are the calls that fail when a disk is full or does not work.
const broken = "write,pwrite64,ftruncate,fallocate,fsync,fdatasync,copy_file_range,openat,mkdirat,renameat,renameat2,linkat"

// patience is how often the child tries a step again. A disk that is full in
// these tests has room again before that.
const patience = 30

// withFaults goes through the script although calls fail. Whatever a fault left
// must be whole in the open vault, and the same step must succeed later, without
// a restart.
func (p *player) withFaults(from, to int) int {
	h, s := newHistory(), &told{step: from - 1}
	if err := p.insist(p.open, func() error { return nil }); err != nil {
		return failChild(fmt.Errorf("open: %w", err))
	}
	p.done(from - 1)
	s.commit = p.v.Commit()
	for n := from; n < to; n++ {
		after := func() error {
			_, err := whole(h, p.v, s)
			return err
		}
		if stepAt(n).name == "reopen" {
			after = func() error { return nil }
		}
		if err := p.insist(func() error { return stepAt(n).do(p) }, after); err != nil {
			return failChild(fmt.Errorf("step %d, %s: %w", n, stepAt(n).name, err))
		}
		p.done(n)
		s.step, s.commit = n, p.v.Commit()
	}
	if err := p.v.Close(); err != nil {
		return failChild(fmt.Errorf("close: %w", err))
	}
	return 0
}

// insist does something until it succeeds, and after each failure looks at what
// there is.
func (p *player) insist(do, after func() error) error {
	var err error
	for range patience {
		if err = do(); err == nil {
			return nil
		}
		say(saysFault, fault.KindOf(err))
		if err := after(); err != nil {
			return fmt.Errorf("after a fault: %w", err)
		}
	}
	return err
}

// scenes are what calls fail in: the first start, a part of the script on a
// vault that has seen what is before it, a migration, and recoveries.
func scenes(t *testing.T) map[string]scenario {
	t.Helper()
	upgrade := migration(t)
	upgrade.mode = modeFaults
	all := map[string]scenario{"migration": upgrade, "first start": part(t, 0, 3), "later": part(t, cycle+3, cycle+17)}
	for _, d := range damages() {
		sc := d.scenario(t)
		sc.mode = modeRecoverFaults
		all["recovery from "+string(d.want)] = sc
	}
	return all
}

// part is the scenario of some steps of the script. At its end all of them must
// be done.
func part(t *testing.T, from, to int) scenario {
	t.Helper()
	dir, s := t.TempDir(), told{step: untouched, keys: newKeychain()}
	if from > 0 {
		must(t, s.run(childOf(t, modePlay, vaultIn(dir), s.keys, 0, from)))
	}
	files, err := durabletest.ReadFiles(dir)
	must(t, err)
	return scenario{
		mode: modeFaults, files: files, before: s, from: from, to: to,
		judge: func(dir string, s *told) error {
			h := newHistory()
			reached, err := check(h, vaultIn(dir), s)
			if err == nil && h.after(reached) != h.after(to-1) {
				err = fmt.Errorf("the vault is at step %d, not at %d", reached, to-1)
			}
			return err
		},
	}
}

// TestCallsFail makes every single system call fail that writes to the disk,
// and several in a row.
func TestCallsFail(t *testing.T) {
	durabletest.NeedStrace(t)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	dice := rand.New(rand.NewPCG(seed, 0))
	stages := map[string]*stage{}
	for name, sc := range scenes(t) {
		stages[name] = newStage(t, sc)
		t.Logf("%s: %d calls", name, len(stages[name].calls))
	}
	for _, errno := range []string{"ENOSPC", "EIO"} {
		runs, violations := 0, 0
		for _, name := range slices.Sorted(maps.Keys(stages)) {
			st := stages[name]
			all := st.failures(errno)
			dice.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			for _, f := range all[:min(len(all), times(2, len(all)))] {
				hit, err := st.run(t, f)
				if hit {
					runs++
				}
				if err != nil {
					violations++
					t.Errorf("%s, %s: %v", name, f, err)
				}
			}
		}
		results.add(result{test: "system calls fail with " + errno, number: runs, violations: violations, note: "calls"})
		if runs == 0 {
			t.Error("no call has failed")
		}
	}
}

// failure is what strace does to a child: its calls of one name, from one number
// up to another, fail.
type failure struct {
	errno, call string
	from, to    int
}

func (f failure) String() string {
	return fmt.Sprintf("%s at %s %d to %d", f.errno, f.call, f.from, f.to)
}

// stage is a scenario that can be played again and again.
type stage struct {
	scenario
	// calls are the calls about the vault that can fail.
	calls []failure
}

func newStage(t *testing.T, sc scenario) *stage {
	t.Helper()
	st := &stage{scenario: sc}
	st.listCalls(t)
	return st
}

// listCalls plays the scene without faults.
func (st *stage) listCalls(t *testing.T) {
	t.Helper()
	dir := st.build(t)
	log := filepath.Join(t.TempDir(), "trace")
	s := told{keys: st.before.keys.copy()}
	must(t, s.run(st.child(t, dir, "-o", log)))
	data, err := os.ReadFile(log)
	must(t, err)
	numbers := map[string]int{}
	for line := range strings.Lines(string(data)) {
		thread, rest, _ := strings.Cut(line, " ")
		name, _, ok := strings.Cut(strings.TrimSpace(rest), "(")
		numbers[thread+name]++
		if n := numbers[thread+name]; ok && strings.Contains(line, dir) {
			st.calls = append(st.calls, failure{call: name, from: n, to: n})
		}
	}
}

// failures lists how the calls can fail: each alone and, because a disk that is
// full stays so for a while, together with those that follow it.
func (st *stage) failures(errno string) (list []failure) {
	for _, f := range st.calls {
		f.errno = errno
		list = append(list, f)
		if errno == "ENOSPC" {
			f.to += patience / 3
			list = append(list, f)
		}
	}
	return list
}

// build puts down what is there before the scene.
func (st *stage) build(t *testing.T) (dir string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	must(t, durabletest.WriteFiles(dir, st.files))
	return dir
}

// child prepares a child that plays the scene under strace.
func (st *stage) child(t *testing.T, dir string, options ...string) *exec.Cmd {
	t.Helper()
	cmd := childOf(t, st.mode, vaultIn(dir), st.before.keys, st.from, st.to)
	options = append([]string{"strace", "-f", "-y", "-e", "signal=none", "-e", "trace=" + broken}, options...)
	cmd.Args = append(append(options, cmd.Path), cmd.Args[1:]...)
	path, err := exec.LookPath("strace")
	must(t, err)
	cmd.Path = path
	return cmd
}

// run plays the scene with a failure. hit says that one of the calls that
// failed was about the vault.
func (st *stage) run(t *testing.T, f failure) (hit bool, err error) {
	t.Helper()
	dir, s := st.build(t), st.before
	s.keys = st.before.keys.copy()
	log := filepath.Join(t.TempDir(), "trace")
	cmd := st.child(t, dir, "-o", log, "-e", fmt.Sprintf("inject=%s:error=%s:when=%d..%d", f.call, f.errno, f.from, f.to))
	var stderr strings.Builder
	cmd.Stderr = &stderr
	ran := s.run(cmd)
	data, err := os.ReadFile(log)
	must(t, err)
	for line := range strings.Lines(string(data)) {
		hit = hit || (strings.Contains(line, "(INJECTED)") && strings.Contains(line, dir))
	}
	switch {
	case !hit:
		return false, nil
	case ran != nil:
		return true, fmt.Errorf("%w: %s", ran, stderr.String())
	}
	return true, st.check(f, dir, &s)
}

// check looks at what a child with faults told and left.
func (st *stage) check(f failure, dir string, s *told) error {
	want := map[string]fault.Kind{"ENOSPC": fault.DiskFull, "EIO": fault.Unreadable}[f.errno]
	for _, kind := range s.faults {
		if kind != string(want) {
			return fmt.Errorf("a fault is of kind %s, not %s", kind, want)
		}
	}
	if s.step != st.to-1 {
		return fmt.Errorf("the child has come to step %d, not to %d", s.step, st.to-1)
	}
	return st.judge(dir, s)
}

// run runs a child to its end and hears what it tells.
func (s *told) run(cmd *exec.Cmd) error {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	return errors.Join(s.listen(out, func(string) {}), cmd.Wait())
}
