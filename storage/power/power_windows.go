package power

import (
	"context"
	"unsafe"

	"golang.org/x/sys/windows"
)

// status is Windows's SYSTEM_POWER_STATUS.
type status struct {
	acLine, battery, percent, saver byte
	seconds, fullSeconds            uint32
}

// TellsMetered reports whether the system tells that the network costs by the byte.
func TellsMetered() bool { return connectivity().Find() == nil }

// connectivity is the question of what the network is like. Windows has it since
// version 2004 of Windows 10, and without COM.
func connectivity() *windows.LazyProc {
	return windows.NewLazySystemDLL("iphlpapi.dll").NewProc("GetNetworkConnectivityHint")
}

func onBattery(context.Context) bool {
	ask := windows.NewLazySystemDLL("kernel32.dll").NewProc("GetSystemPowerStatus")
	if ask.Find() != nil {
		return false
	}
	var now status
	ok, _, _ := ask.Call(uintptr(unsafe.Pointer(&now)))
	return ok != 0 && isOffline(now.acLine)
}

func onMetered(ctx context.Context) bool {
	return within(ctx, limit, func(context.Context) bool {
		ask := connectivity()
		if ask.Find() != nil {
			return false
		}
		var now hint
		failed, _, _ := ask.Call(uintptr(unsafe.Pointer(&now)))
		return failed == 0 && now.costs()
	})
}
