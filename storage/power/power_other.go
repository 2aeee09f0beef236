//go:build !linux && !darwin && !windows

package power

import "context"

// TellsMetered reports whether the system tells that the network costs by the byte.
func TellsMetered() bool { return false }

func onBattery(context.Context) bool { return false }

func onMetered(context.Context) bool { return false }
