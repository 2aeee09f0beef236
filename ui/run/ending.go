package run

import "fyne.io/fyne/v2"

// EndAtOnce lets an application end when its window is closed. Fyne v2.8.1 would
// save its preferences then, of which Bankbook has none, and wait for that: for
// ever, if its loop ends while the saving is being handed over to it. The process
// would stay, with the vault open.
func EndAtOnce(app fyne.App) {
	if l, ok := app.Lifecycle().(interface{ SetOnStoppedHookExecuted(func()) }); ok {
		l.SetOnStoppedHookExecuted(nil)
	}
}
