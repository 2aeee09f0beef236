// Package core is Bankbook's vocabulary: the identifiers, dates, enumerations
// and records that every other package speaks in. It does no I/O and imports
// nothing but core/money and core/fault.
//
// Two conventions hold everywhere:
//
//   - Money into the user's account is positive. Plaid counts the other way
//     round; its sign is flipped once, in core/plaid.
//   - Dates are calendar days at the bank, without a time zone. Instants are
//     time.Time in UTC.
package core
