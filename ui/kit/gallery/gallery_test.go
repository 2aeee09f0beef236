package gallery

import (
	"testing"

	"fyne.io/fyne/v2"

	"bankbook/ui/uitest"
)

func TestPictures(t *testing.T) {
	for name, variant := range map[string]fyne.ThemeVariant{"light": uitest.Light, "dark": uitest.Dark} {
		w := uitest.Window(t, Content(), Size(), variant)
		uitest.Golden(t, "components-"+name, w.Canvas())
		w = uitest.Window(t, Pieces(), Size(), variant)
		uitest.Golden(t, "pieces-"+name, w.Canvas())
		w = uitest.Window(t, Icons(), fyne.NewSize(1280, 900), variant)
		uitest.Golden(t, "icons-"+name, w.Canvas())
	}
}
