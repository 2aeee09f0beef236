//go:build !(dragonfly || freebsd || linux || netbsd || openbsd)

package keychain

import "bankbook/core/fault"

// FindBus has nothing to look for: this system's keychain needs no bus.
func FindBus() error { return nil }

func explain(err error) error { return err }

func vanished(error) bool { return false }

func died(error) bool { return false }

func secretServiceKind(error) fault.Kind { return fault.None }
