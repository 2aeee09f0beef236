// Package banks is the screen of the bank connections: their state, their
// accounts, and what can be done with each: sync, stop, sign in again, remove.
package banks
