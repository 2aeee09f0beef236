// Package activity keeps the log of what was done, and finds in it.
//
// An entry is written after what it tells of: it never says of anything that was
// not committed that it was done, and a program that is killed in between has done
// something that the log does not tell. An entry that cannot be written undoes
// nothing either.
package activity
