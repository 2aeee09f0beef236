// Package sandbox is the practice bank: an honest, stateful Plaid sandbox that
// runs offline as an HTTP server on a loopback address. It speaks Plaid's wire
// format with types of its own, so that a client is tested against what Plaid
// documents and not against the client's own idea of it. It imports nothing
// else of the project.
//
// # Parts
//
//   - transfer: the state machine of moved money.
//   - ledger: the made-up history, a pure function of seed, bank and days.
//   - people: who banks here, and how they sign in; custom users.
//   - verify: how numbers are verified; match: how alike identities are; logo: the
//     marks of the institutions.
//   - journey: Hosted Link as a pure machine: which step follows which, and what
//     is told of it. web: its pages, HTML and CSS without a script. walk: goes
//     through them as a person would.
//   - this package: the API, the Hosted Link sessions, and the state.
//
// # History and cursors
//
// There is no log of changes. What an Item's history looks like at a moment is
// computed: a moment is an instant and the number of refreshes asked for until
// then. A sync cursor holds two moments, from and to, and how far the client
// has read; a pagination loop is the difference between what was visible at the
// one and at the other. If what is visible now differs from what was at the end
// moment while a loop is under way, the answer is Plaid's
// TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION. Cursors are authenticated, so
// that one that is cut, invented or another Item's is refused.
//
// The practice bank asks its "bank" for news every six hours of the clock, and
// when /transactions/refresh is called.
//
// # State and secrets
//
// The state file holds a random key, and records without any secret. Tokens are
// derived from the key and the record's id whenever they are needed; account
// numbers are made from constants of the program, except for those of a custom
// user, which stand in the configuration that was given. The file is replaced as
// a whole: written beside, synced, renamed, and the directory synced; so a
// program killed at any moment leaves the old state or the new one. A file that
// is damaged or something else is refused and left as it is.
//
// # Safety
//
// The server listens on loopback addresses only, answers to one Host alone
// (421), refuses cross-origin requests (403), wants the keys on every API call
// and a form token on every page's form, and changes nothing on GET.
package sandbox
