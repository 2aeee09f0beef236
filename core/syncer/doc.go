// Package syncer brings an Item's transactions up to date with its bank, by
// the rules of PLAID §3.5.
//
// A loop pages through /transactions/sync from the cursor in the vault to the
// end, and only then hands everything it heard, together with the cursor it
// ended with, to the repository in one commit. Applying pages as they come
// would look livelier, but if the data changes during the loop the provider
// takes back what it said and the loop begins again at its first cursor: rows
// of the pages that were taken back would stay behind, with no cursor that
// stands for them. So a loop leaves either all of its changes or none.
//
// There is one run per Item at a time: whoever asks for a second one waits for
// the first. Items run side by side, up to a bound.
package syncer
