//go:build !linux && !darwin && !windows

package power

import "context"

func onBattery(context.Context) bool { return false }

func onMetered(context.Context) bool { return false }
