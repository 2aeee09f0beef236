package torture

import (
	"math/rand/v2"
	"testing"
	"time"
)

// freshEvery is after how many kills a new vault is begun, so that the first
// start is hit too.
const freshEvery = 10

// TestKilledPlayerLosesNothing kills a child 2 to 150 ms after it has begun
// with the vault (SECURITY §7).
func TestKilledPlayerLosesNothing(t *testing.T) {
	rounds := times(15, 200)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	var path string
	var s *told
	var h *history
	steps, unsaid, violations := 0, 0, 0
	for round := range rounds {
		if round%freshEvery == 0 {
			path, h, s = vaultIn(t.TempDir()), newHistory(), &told{step: untouched, keys: newKeychain()}
		}
		before := s.step
		killPlayer(t, path, s, 2*time.Millisecond+time.Duration(random.Int64N(int64(148*time.Millisecond))))
		reached, err := check(h, path, s)
		if err != nil {
			t.Errorf("round %d: %v", round, err)
			violations++
			s = nil
			break
		}
		steps += reached - before
		if reached > s.step {
			unsaid++
		}
		s.step = reached
	}
	t.Logf("%d steps, %d of them done but not told, %d kills", steps, unsaid, rounds)
	results.add(result{test: "SIGKILL", number: rounds, violations: violations, note: "kills"})
}

// killPlayer lets a child go on with the script and kills it after some time.
func killPlayer(t *testing.T, path string, s *told, after time.Duration) {
	t.Helper()
	cmd := childOf(t, modePlay, path, s.keys, max(s.step+1, 0), -1)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	must(t, s.listen(out, func(line string) {
		if line == saysReady {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
	}))
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
		t.Fatalf("the child was not killed but ended: %v", err)
	}
}
