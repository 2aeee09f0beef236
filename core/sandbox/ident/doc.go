// Package ident makes the identifiers and tokens of Plaid's shapes (PLAID §6):
// random ones, and ones that are derived from a key and the id of a record, so
// that they need not be stored.
package ident
