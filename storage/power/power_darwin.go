package power

import (
	"context"
	"os/exec"
)

// TellsMetered reports whether the system tells that the network costs by the byte.
func TellsMetered() bool { return false }

func onBattery(ctx context.Context) bool {
	return within(ctx, limit, func(ctx context.Context) bool {
		printed, err := exec.CommandContext(ctx, "/usr/bin/pmset", "-g", "batt").Output()
		return err == nil && drawsFromBattery(string(printed))
	})
}

// onMetered is not told to programs without Apple's frameworks.
func onMetered(context.Context) bool { return false }
