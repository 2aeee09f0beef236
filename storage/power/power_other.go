//go:build !linux && !darwin && !windows

package power

import "context"

// TellsMetered says whether the system tells that the network costs by the byte.
const TellsMetered = false

func onBattery(context.Context) bool { return false }

func onMetered(context.Context) bool { return false }
