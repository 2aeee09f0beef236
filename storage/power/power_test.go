package power

import (
	"context"
	"testing"
	"time"
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
