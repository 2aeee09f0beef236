package run_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"bankbook/ui/run"
)

// It fails when a version of Fyne has no such hook any more, or another one.
func TestEndAtOnceLeavesNothingToWaitFor(t *testing.T) {
	app := test.NewTempApp(t)
	l, ok := app.Lifecycle().(interface {
		SetOnStoppedHookExecuted(func())
		OnStopped() func()
	})
	if !ok {
		t.Fatal("Fyne's lifecycle is another one now: look at its end again")
	}
	l.SetOnStoppedHookExecuted(func() {})
	run.EndAtOnce(app)
	if l.OnStopped() != nil {
		t.Error("Fyne still has something to do at the end")
	}
}
