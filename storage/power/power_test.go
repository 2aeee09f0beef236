package power

import (
	"context"
	"testing"
	"time"
	"unsafe"
)

func TestWhatOtherSystemsSay(t *testing.T) {
	for printed, want := range map[string]bool{
		"Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t87%; discharging; 5:12 remaining present: true\n": true,
		"Now drawing from 'AC Power'\n -InternalBattery-0 (id=1)\t100%; charged; 0:00 remaining present: true\n":         false,
		"Now drawing from 'AC Power'\n":                            false,
		"Now drawing from 'UPS Power'\n -'Battery Power' (id=1)\n": false,
		"": false,
	} {
		if got := drawsFromBattery(printed); got != want {
			t.Errorf("%q: %t", printed, got)
		}
	}
	for acLine, want := range map[byte]bool{0: true, 1: false, 255: false} {
		if got := isOffline(acLine); got != want {
			t.Errorf("%d: %t", acLine, got)
		}
	}
}

// TestWindowsHint holds what is read of a hint to how Windows lays it out.
func TestWindowsHint(t *testing.T) {
	var h hint
	if size, cost, over := unsafe.Sizeof(h), unsafe.Offsetof(h.cost), unsafe.Offsetof(h.overLimit); size != 12 || cost != 4 || over != 9 || unsafe.Offsetof(h.roam) != 10 {
		t.Errorf("%d bytes, with the cost at %d and the limit at %d", size, cost, over)
	}
	for _, tt := range []struct {
		hint hint
		want bool
	}{
		{hint{}, false},
		{hint{level: 3, cost: costUnknown}, false},
		{hint{level: 3, cost: costNone}, false},
		{hint{level: 3, cost: costNone, nearLimit: 1}, false},
		{hint{level: 3, cost: costFixed}, true},
		{hint{level: 3, cost: costVariable}, true},
		{hint{level: 3, cost: costNone, overLimit: 1}, true},
		{hint{level: 3, cost: costUnknown, roam: 1}, true},
	} {
		if got := tt.hint.costs(); got != tt.want {
			t.Errorf("%+v: metered %t", tt.hint, got)
		}
	}
}

func TestWhatDoesNotAnswerIsNo(t *testing.T) {
	over := make(chan struct{})
	defer close(over)
	if within(t.Context(), time.Millisecond, func(context.Context) bool { <-over; return true }) {
		t.Error("there is no answer yet")
	}
	if !within(t.Context(), time.Minute, func(context.Context) bool { return true }) {
		t.Error("a yes is a no")
	}
}

func TestThisMachineIsAsked(t *testing.T) {
	Now(t.Context()) // whatever it says, it comes back
}
