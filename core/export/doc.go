// Package export writes transactions and the activity log for other programs to
// read. Its writers take rows one by one, so that a million need no more memory
// than one.
package export
