// Package wire has what all answers of Plaid's API share: the error envelope
// with every error that the practice bank gives, and the way in which Plaid
// writes instants, absent values and empty lists.
package wire
