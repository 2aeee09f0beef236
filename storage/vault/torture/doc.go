// Package torture holds the tests that try to make a vault lose something: it
// is killed, its disk loses power at every system call, fills up and breaks.
// It is tests only. `go test` runs a short form of each; `make torture` runs
// them at length (-torture) and prints what came of them.
//
// A child, which is the test binary itself, plays a fixed script on a real
// vault and says when a step is done (script_test.go, child_test.go). A model
// of a few maps says what the vault must hold after each step. The parent lets
// something happen to the child, and then opens what is left with the real
// Open and Verify: everything that was said to be done must be there, and at
// most the one step that was under way.
//
//   - kill_test.go kills the child at random moments.
//   - power_test.go records the child's system calls and replays them on a disk
//     that loses power at any of them (package durabletest).
//   - full_test.go makes single system calls of the child fail.
//
// The operating system's keychain is modelled as lasting: what the child gives
// it is kept from that moment on, whatever becomes of the disk.
package torture
