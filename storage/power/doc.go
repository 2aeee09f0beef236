// Package power asks the system whether the machine runs on its battery, and whether
// its network costs by the byte. What the system does not tell, or not in time, is
// false: then the program goes on as on a machine with a plug and a flat rate.
//
//	         battery                       network
//	Linux    /sys/class/power_supply       NetworkManager, on the system's bus
//	macOS    pmset -g batt                 is not asked
//	Windows  GetSystemPowerStatus          GetNetworkConnectivityHint (Windows 10, 2004)
//
// macOS tells whether a network is expensive by NWPathMonitor alone. That is in
// Network.framework, whose answers come as blocks on a dispatch queue: it takes cgo
// and Objective-C to call, and a Mac to see it work. No command of the system prints
// it. So the choice about such networks is not offered there.
//
// How answers are read is tested on every system, the questions only on their own.
package power
