// Package lock is the screen before locked data: it asks for the passphrase, or
// for the keychain to be used again, or for the recovery key, and after that for
// a new passphrase. It knows nothing of the data.
package lock
