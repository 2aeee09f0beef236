//go:build !linux

package boot

// CanNotify reports whether the system can show a notification.
func CanNotify() bool { return true }
