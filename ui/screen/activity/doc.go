// Package activity is the screen of what was done: the log of the person's and of
// Bankbook's own deeds, with filters, and exports of what they show.
package activity
