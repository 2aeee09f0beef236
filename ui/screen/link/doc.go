// Package link is the screen that takes a person through linking a bank, or
// signing in to one again: options, the page in the browser, the question about
// a bank that is there already, and the first sync. What happens is decided by
// core/link; this screen shows the session that lies in the vault, and so shows
// the same thing after a restart.
package link
