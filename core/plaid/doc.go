// Package plaid is the port bank.Provider on Plaid's API, by way of
// github.com/plaid/plaid-go/v20, which no other package imports. The practice
// bank is reached by the same code: only the address differs.
//
// What this package is for, and nothing else in Bankbook knows:
//
//   - Plaid's JSON, in the shapes of both old and new accounts (PLAID §2.2).
//   - Plaid's sign. A transaction's amount is positive there for money out; it
//     is turned round once, in page.go. Balances keep Plaid's sign, which is
//     core.Balance's: positive is owed on credit and loan accounts.
//   - Plaid's error codes, which codes.go turns into fault.Kinds.
//   - Which requests may be tried again, when, and how often (retry.go).
//
// # What comes from outside
//
// Answers are read as if a stranger had written them: at most 8 MB, JSON by
// their own word, with a request id and every field that is needed. Anything
// else is fault.Nonsense. Texts lose control characters, invisible characters
// and those that change the direction of writing, and end at 256 runes
// (SECURITY §6.14). Redirects are not followed, because a followed one would
// take the keys along.
//
// No error holds a token, a key or an account number. Plaid's error_message is
// kept for developers with everything blotted out that looks like one, or that
// was sent in the request; what a decoder says is dropped, for it quotes what
// it could not read.
//
// # Pages of transactions
//
// plaid-go decodes a page twice and by reflection over some 60 fields: 70 ms
// and 9 MB of garbage for 500 rows (PERFORMANCE §5). So for /transactions/sync
// alone plaid-go builds, signs and sends the request, and the transport keeps
// the body of a good answer and hands plaid-go an empty one; page.go decodes
// what was kept into a struct of the fields in use. Amounts are read
// from their digits this way, without a float64 between.
//
// # Decisions
//
//   - An amount without a currency is in USD.
//   - An unknown or absent transactions_update_status behind a cursor counts as
//     core.InitialDone: never claim a history that was not claimed.
//   - INVALID_FIELD and MISSING_FIELDS are fault.Refused, not fault.Keys: the
//     keys can be good.
//   - CREDITS_EXHAUSTED is fault.Unsupported: waiting does not help.
package plaid
