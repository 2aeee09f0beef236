// Package ledger writes the practice bank's history: a lifelike, made-up life
// of one customer with twelve accounts, as a pure function of a seed, a bank and
// a span of days. Nothing is stored and nothing is random: the same Book gives
// the same movements whenever and in whatever pieces they are asked for.
//
// A Movement is one payment from its first sight to its end. It knows the
// instants at which the bank shows it as pending, posts it (often under another
// amount), corrects its merchant, or drops it; Movement.At is what a client
// would see at one instant. Amounts have Plaid's sign: positive is money out of
// the account (PLAID §3.5).
package ledger
