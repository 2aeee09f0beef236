// Package transactions is the list of all transactions with search, filters,
// orders, sums and a detail pane.
//
// The list is made for a million rows. An index in memory (core/review) says
// which rows there are and what they come to; the rows themselves are read in
// pages, on a worker, when they come into view. Until they are there they are
// shown as loading.
//
// The index is ready a moment after an environment has been opened. Before
// that, the newest rows and the totals that the vault keeps stand in for it;
// filters wait.
package transactions
