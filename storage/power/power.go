package power

import (
	"context"
	"strings"
	"time"

	"bankbook/core/schedule"
)

// limit is how long each question may take.
const limit = 2 * time.Second

// Now asks the system. It takes a few seconds at most.
func Now(ctx context.Context) schedule.Power {
	return schedule.Power{Battery: onBattery(ctx), Metered: onMetered(ctx)}
}

// within returns what ask does, or false if it takes longer than limit. What asks then
// goes on by itself until it sees that its context has ended.
func within(ctx context.Context, limit time.Duration, ask func(context.Context) bool) bool {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	answer := make(chan bool, 1)
	go func() { answer <- ask(ctx) }()
	select {
	case yes := <-answer:
		return yes
	case <-ctx.Done():
		return false
	}
}

// drawsFromBattery reads what macOS's `pmset -g batt` prints first: where the machine
// draws its power from.
func drawsFromBattery(printed string) bool {
	first, _, _ := strings.Cut(printed, "\n")
	return strings.Contains(first, "'Battery Power'")
}

// hint is Windows's NL_NETWORK_CONNECTIVITY_HINT: what a program can expect of the
// network.
type hint struct {
	level, cost                int32
	nearLimit, overLimit, roam byte // Windows's BOOLEAN
}

// The costs of a hint: unknown, none, by a plan of so many bytes, by the byte.
const (
	costUnknown = iota
	costNone
	costFixed
	costVariable
)

// costs reports whether the person pays for bytes, or soon will.
func (h hint) costs() bool {
	return h.cost == costFixed || h.cost == costVariable || h.overLimit != 0 || h.roam != 0
}

// isOffline reads Windows's ACLineStatus: 0 offline, 1 online, 255 unknown.
func isOffline(acLine byte) bool { return acLine == 0 }
