// Package sheet has the dialogs with one deed that more than one screen shows: a
// frame that does the deed on a worker and says in place what went wrong, and the
// restoring of a backup.
package sheet
