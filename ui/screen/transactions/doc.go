// Package transactions is the list of all transactions, newest first, with
// search, filters, sums and a detail pane.
//
// The list is made for a million rows. Without a filter nothing but the counts
// of the months is read: row n is found through them, and a month is read on a
// worker when one of its rows comes into view. With a filter one scan on a
// worker walks the months, newest first, and collects where the matching rows
// are, together with the sums. Rows that are not there yet are shown as loading.
package transactions
