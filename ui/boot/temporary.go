package boot

import (
	"io"
	"os"

	"bankbook/core/fault"
	"bankbook/storage/keychain"
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

// ServeKeychain is the other side of the keychain: the program calls itself for
// each operation, so that one that hangs can be killed. If args ask for that,
// it is done and code is what to exit with.
func ServeKeychain(args []string, in io.Reader, out io.Writer) (code int, handled bool) {
	handled, code = keychain.Serve(args, in, out)
	return code, handled
}
