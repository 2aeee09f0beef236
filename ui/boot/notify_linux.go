package boot

import "bankbook/storage/keychain"

// CanNotify reports whether the system can show a notification. Without a session bus
// it cannot, and asking would start one, which would stay behind.
func CanNotify() bool { return keychain.FindBus() == nil }
