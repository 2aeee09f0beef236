package shell_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"bankbook/ui/uitest"
)

// TestEveryStateFitsASmallWindow keeps the window usable at 900 by 600, which is
// also what a display of 1800 by 1200 has at a scale of 200 %: Fyne widens a
// window whose content does not fit.
func TestEveryStateFitsASmallWindow(t *testing.T) {
	small := fyne.NewSize(900, 600)
	for _, s := range stops() {
		t.Run(s.name, func(t *testing.T) {
			b := newBench(t, small, uitest.Light)
			s.at(b)
			if least := b.Content().MinSize(); least.Width > small.Width || least.Height > small.Height {
				t.Errorf("needs %v", least)
			}
		})
	}
}
