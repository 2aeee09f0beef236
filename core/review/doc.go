// Package review answers questions about all transactions: which ones a Query
// asks for, in which order, what they come to, and how they fall into groups.
//
// A Query is plain data. Parse reads it from the line that a person types,
// String writes the line that stands for exactly this Query.
//
// The Index holds the transactions column by column in segments of one month,
// newest first, each row in the order of core.Transaction.Newer. Texts are kept
// in lower case and once; everything else is a number into a list of the
// segment's own, so that one look at the list decides for all rows. A segment
// has at most 65,536 rows, so its numbers have 16 bits.
//
// An Index reads from a Source, which gives every month a stamp. Refresh reads
// the months whose stamp has changed and leaves the others; what it shows is
// therefore always what one commit of the source held, whatever came before.
// Readers work on a Snapshot, which never changes and waits for nobody.
//
// The rows themselves stay in the source: a Ref says where one is, and the
// source says ErrMoved when it is there no longer.
package review
