// Package export writes transactions for other programs to read. Its writers
// take them one by one, so that a million need no more memory than one.
package export
