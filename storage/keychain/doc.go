// Package keychain is secret.Store on the operating system's keychain: Secret
// Service on Linux and the BSDs, Keychain on macOS, Credential Manager on
// Windows. It is the only importer of go-keyring.
//
// The library below can wait for ever, panic, and report a write that did not
// happen (SECURITY §1). So every operation runs in a child process (package
// child): this same program, started with Verb as its first argument, which main
// hands to Serve before it does anything else. The parent gives the child a
// deadline; the child reads back what it wrote. An entry's name is an argument;
// a secret never is one.
package keychain
