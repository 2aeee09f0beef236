// Package journey is Hosted Link as a pure machine: a State and an Input give
// the next State, the events that Plaid tells of it, and whether the way has
// come to an end. It knows no page, no record and no clock; the package sandbox
// draws the pages, keeps the State in its session, and does what an end asks
// for.
//
// # The way
//
//	start ── continue ──> auth type ──> banks ──> notice ──> sign-in ──> robot ──> check ──┐
//	  │                       └────────────────────────────────────┐        problem        │
//	  ├── remembered ──────────────────────────────────────────────┼─────────────────> accounts ──> done
//	  │                                banks ──> hand-over ──> bank's sign-in ──> bank's consent ──> done
//	  │                                                            └─> numbers ──> deposit code ──> done
//	  └── update: more consent, sign-in, hand-over, accounts or deposit code ──> done
//
// Where several banks can be linked, one is asked after each whether that is enough.
// From every step one can leave, and from every step of a new link go back to
// the banks.
package journey
