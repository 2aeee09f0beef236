// Package welcome asks where bank data should come from: the practice bank,
// Plaid's sandbox or real banks; and for the latter two, for the person's own
// Plaid keys. It is the first thing a new user sees, and the place to switch
// later.
package welcome
