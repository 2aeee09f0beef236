// Package cli is the command line: `bankbook` opens the window, and every
// subcommand does without one. Results go to standard output (as a table, or
// as JSON with --json), progress and errors to standard error. With --json an
// error is the last line there, {"error": {...}}; what a command prints in
// parts, as demo does, is one JSON value after another.
//
// Exit codes:
//
//	0  done
//	1  a mistake in Bankbook, or an error with no code of its own
//	2  the command or its input is wrong
//	3  the provider refuses the keys, or there are none, as in a copy for a reviewer
//	4  the provider or the bank cannot be reached, is out of order or answers nonsense
//	5  the bank wants the user: sign in again, or give consent; or it has ended the connection
//	6  the data cannot be used: in use, newer, foreign, damaged, unreadable, disk full, no backup, occupied
//	7  the keychain cannot be used: missing, locked, no answer, or a secret is not in it; or a passphrase is needed or wrong
//	8  linking ended without a bank: left, expired, called off
//	9  no display for the window, or no browser
//	10 interrupted
package cli
