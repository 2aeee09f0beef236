package boot

import (
	"os"

	"bankbook/core/fault"
)

// temporaryDir makes the folder of a session-only vault. The key of such a vault
// is in memory alone, so what a killed session leaves there can never be read.
func temporaryDir() (string, error) {
	dir, err := os.MkdirTemp("", "bankbook-session-")
	if err != nil {
		return "", fault.New("boot: make a folder for this session", fault.Unreadable, err)
	}
	return dir, nil
}
