// Package transfer moves money in the practice bank: authorizations, transfers,
// refunds, the sweeps between the customer's own bank account and the ledger held
// with Plaid, recurring transfers, and the test clocks that drive them. It is a
// state machine that can be written as JSON. It has no clock and knows no Item:
// what it has to be told comes in as a World.
//
// # Where money is
//
// Money moves between people's accounts, the customer's funding account and the
// ledgers. A ledger has two balances, pending and available (Plaid, "Ledger flow
// of funds"). A Motion is one movement into a ledger or out of it:
//
//   - into: a debit transfer or a deposit. It counts as pending from the start,
//     and as available once its hold is over.
//   - out of: a credit transfer, a refund or a withdrawal. It leaves the available
//     balance at the start.
//   - undone: one that is cancelled, fails or is returned puts the money back
//     where it came from; available may fall below zero if it has been spent.
//
// Every change of a balance is an Entry. At any moment, for each ledger:
//
//   - its balances are the sums of its entries, and each entry tells the balances
//     right after it;
//   - pending is what has come in, is not undone, and is still held;
//   - available is what the ledger opened with, plus what has come in, is not
//     undone and was released, minus what has gone out and is not undone, plus or
//     minus what was distributed between ledgers.
//
// The balances of people's accounts never change, as in Plaid's sandbox. A sweep
// made by /sandbox/transfer/sweep/simulate aggregates transfers and passes by the
// ledgers (OpenAPI, SweepTrigger automatic_aggregate): it moves nothing here, and
// its amount is the sum of its events'.
//
// # What happens by itself
//
// A motion has steps that it takes by itself when their time has come. Steps are
// taken when the state is looked at: At catches up with the World's time first.
// Certain amounts run through their steps at once (Plaid, "Automatic Sandbox
// simulations"); with World.Banking every motion follows the banking days; all
// others wait for a simulation.
package transfer
