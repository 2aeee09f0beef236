package shell_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"bankbook/ui/shell"
	"bankbook/ui/uitest"
)

// hurry opens the palette, and types and chooses before the accounts have been read.
func (b *bench) hurry(query string, keys ...fyne.KeyName) {
	b.t.Helper()
	b.Go(shell.Overview{})
	b.settle()
	uitest.Tap(b.t, b.canvas(), "Search or type a command")
	uitest.Type(b.t, b.canvas(), "Search or type a command", query)
	for _, key := range keys {
		uitest.Key(b.canvas(), key)
	}
	b.settle()
}

func TestPaletteWaitsForTheAccounts(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.hurry("savings", fyne.KeyReturn)
	b.shows("Account and routing numbers", "Platypus Money Saver")
	b.hurry("diner", fyne.KeyReturn)
	b.shows("Blue Door Diner")
	b.hurry("savings", fyne.KeyReturn, fyne.KeyEscape)
	b.shows("Cash flow")
	b.hurry("ging", fyne.KeyReturn) // an action is done at once
	b.shows("Sign in again")
}
