// Command bench measures what PERFORMANCE §0 sets targets for, beside other
// programs that are given the same transactions. It is no part of Bankbook's
// binary; `make bench` runs it:
//
//	go run ./storage/bench [-sizes 10k,100k,1M] [-peers sqlite3,ledger,hledger,howeyc]
//
// For each size it makes a vault by way of ApplySync, in pages of 500 rows, an
// SQLite file with the columns and indexes of Actual Budget, and a journal, and
// prints one table in Markdown. In every round each operation is done by all
// programs in turn, so that a noisy minute meets all of them; what a cell shows
// is the median, and in brackets how many times as long as Bankbook the other
// took. An operation that took over three seconds is not repeated, and one that
// reaches -limit is stopped, with all that program's heavier ones.
//
// # What is compared
//
// Bankbook and SQLite are measured as a running program sees them: Bankbook in
// this process, SQLite in one session of its shell, by the time from a
// statement to its last line of output, less that of an empty one. Opening is
// the shell's .open and the query. New and changed rows lie in a temporary
// table before SQLite's clock starts, so no SQL is parsed on it; it writes
// ahead (WAL) with synchronous=FULL, as durably as the vault. The other
// programs read their journal anew for every answer, so whole processes are
// timed. Cold means that the file has been put out of the system's cache
// (posix_fadvise, Linux only).
//
// Every answer is compared with a plain evaluation of the generated rows; a
// wrong one fails the run. No duration does.
package main
