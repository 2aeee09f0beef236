package boot

import (
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
)

// pause is how long after its last try the bank is due.
func (w *clockwork) pause() time.Duration {
	w.t.Helper()
	list, err := w.Schedule().Upcoming()
	if err != nil || len(list) != 1 {
		w.t.Fatalf("due are %v, %v", list, err)
	}
	return list[0].At.Sub(w.now(w.item.ID).Sync.LastTry)
}

// TestARestartForgetsNoFailure lets a bank fail, once for each start of the program:
// the pauses grow all the same, until it works.
func TestARestartForgetsNoFailure(t *testing.T) {
	w := newClockwork(t, BankConfig{}, "ins_109508")
	w.post("/practice/faults/set", map[string]string{"kind": "bad_gateway", "endpoint": "/transactions/sync"})
	again := func() { w.Services = open(t, start(t, w.config), Choice{Env: core.Practice}) }
	pass := 7 * time.Hour
	for _, want := range []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour} {
		before := w.now(w.item.ID).Sync.LastTry
		w.Schedule().Start(w.teller)
		w.until(pass, "another failure", func() bool {
			s := w.now(w.item.ID).Sync
			return s.LastTry.After(before) && s.Trouble.Kind != fault.None && len(w.Sync.Running()) == 0
		})
		closeAll(t, w.Services)
		again()
		if got := w.pause(); got < want || got > want+want/10 {
			t.Errorf("the pause is %v, want %v", got, want)
		}
		pass = want + want/10
	}
	w.post("/practice/faults/clear", map[string]string{})
	if err := w.Sync.Sync(t.Context(), w.item.ID); err != nil {
		t.Fatal(err)
	}
	closeAll(t, w.Services)
	again()
	if got := w.pause(); got < 6*time.Hour {
		t.Errorf("once it works the pause is %v", got)
	}
}
