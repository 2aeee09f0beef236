// Package boot is the composition root: it alone sees every part of the house
// and puts them together, for the window, for the commands and for the
// end-to-end tests alike.
//
// A Program is what is known before any data is touched: the data directory,
// the settings, the log. Program.Open turns it into Services for one
// environment: secrets, vault, provider, syncer and link driver. Opening can
// wait for a keychain, so the window is on screen before it is called.
package boot
