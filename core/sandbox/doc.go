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
//   - hook: signs webhooks and delivers them.
//   - trouble: when a fault happens that a tester has set.
//   - limit: Plaid's rate limits.
//   - timepiece: how the practice bank's own clock runs.
//   - spec: checks requests against Plaid's published API; wire: what all answers
//     share; ident: identifiers and tokens.
//   - journey: Hosted Link as a pure machine: which step follows which, and what
//     is told of it. web: its pages, HTML and CSS without a script. walk: goes
//     through them as a person would.
//   - this package: the API, the Hosted Link sessions, and the state.
//
// # History and cursors
//
// There is no log of changes. What an Item's history looks like at a moment is
// computed: a moment is an instant and how much had been asked for, written down
// and chosen until then. A sync cursor holds two moments, from and to, and a
// place; a pagination loop walks through the changes from the one to the other,
// the newest part of the history first. A page looks at those parts only in which
// something can have changed, from its place on, until it is full: so it costs
// what is on it, however long the history is. If what is visible now differs from
// what was at the end moment while a loop is under way, the answer is Plaid's
// TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION. Cursors are authenticated, so
// that one that is cut, invented or another Item's is refused; after a year they
// are too old. /transactions/get counts the rows of every day once, and then
// looks at the days of its page only.
//
// The practice bank asks its "bank" for news every six hours of the clock, and
// when /transactions/refresh is called.
//
// The customer user_transactions_<N> has exactly N transactions, spread evenly
// over the days of history that the Item was made with. Nothing more comes by
// itself, and with every refresh one.
//
// # Clock
//
// Everything goes by the practice bank's own clock: real time, ahead of it, or
// standing still, as its state says. It never goes back once something has
// happened. Only the signatures of webhooks have real time, with which
// their receivers compare them. As in Plaid's sandbox, an Item wants its user to
// sign in again 30 days after the last time; the consent given in Europe, or on an
// institution's own pages, ends later. item.trouble is the one rule about that.
//
// # Webhooks
//
// A webhook is announced within the change that it tells of, and handed to a
// sender once that is kept. What time alone brings (history is ready, news has
// come, an Item breaks) is told when it is due: at the next request, or by a
// timer if there is none; putting the clock forward tells of all that lies
// between. Addresses that are not on this machine are accepted as Plaid accepts
// them, and noted as an Item's last webhook, but never called. What is
// still to be tried again is lost when the program ends.
//
// # Control API
//
// What a tester can do that no client of Plaid's can, under /practice/. Every call
// is a POST with a JSON body and the same keys as the API, and answered in the
// API's way: with a request_id, or Plaid's error envelope. A field that is not
// known is an UNKNOWN_FIELDS. Instants are RFC 3339, durations like "36h".
//
//	clock/get                {} → {time, frozen}
//	clock/set                {time?, frozen?} or {real: true} → the same
//	clock/advance            {by} → the same
//	faults/set               {kind, endpoint?, institution_id?, stage?, delay?, field?,
//	                         next?, every?, from?, to?, probability?, seed?} → {fault}
//	faults/list              {} → {faults}, with how many calls each concerned and hit
//	faults/clear             {fault_id?} → {}
//	ledgers/list             {} → {ledgers}: their ids, which Plaid tells in its Dashboard
//	accounts/rename          {item_id, account_ids?} → {account_ids}: some or all of an Item's
//	                         accounts get other ids when the user has been on the page of
//	                         an update
//	items/list               {} → {items}: ids, users, institutions, what is wrong; no token
//	webhooks/rotate_key      {} → {key_id}
//	state/reset              {} → {}: everything is forgotten, tokens and settings too
//
// A fault happens to calls with the keys that its endpoint (a path, "/item/*", or
// "*"), institution_id, from and to let through. Of those it meets the next n,
// every n-th, those that chance picks by seed, or all; conditions add up. stage says
// whether the call is lost "before" its work is done, so that nothing has
// happened, or "after", so that only the answer is lost. The kinds are those of
// package trouble. Faults and the clock are part of the state.
//
// # State and secrets
//
// The state file holds a random key, and records without any secret. Tokens are
// derived from the key and the record's id whenever they are needed; account
// numbers are made from constants of the program, except for those of a custom
// user, which stand in the configuration that was given. The file is replaced as
// a whole: written beside, synced, renamed, and the directory synced; so a
// program killed at any moment leaves the old state or the new one. A file that
// is damaged or something else is refused and left as it is; so is one that
// another practice bank has open, as a lock beside it tells that the kernel takes
// away with the process. The private keys that webhooks are signed with are in
// the file: they sign play money.
//
// # Safety
//
// The server listens on loopback addresses only, answers to one Host alone
// (421), refuses cross-origin requests (403), wants the keys on every API call
// and a form token on every page's form, and changes nothing on GET.
package sandbox
