// Package power asks the system whether the machine runs on its battery, and whether
// its network costs by the byte. What the system does not tell, or not in time, is
// false: then the program goes on as on a machine with a plug and a flat rate.
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

// isOffline reads Windows's ACLineStatus: 0 offline, 1 online, 255 unknown.
func isOffline(acLine byte) bool { return acLine == 0 }
