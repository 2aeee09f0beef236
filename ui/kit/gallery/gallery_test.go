package gallery

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"bankbook/ui/uitest"
)

func TestPictures(t *testing.T) {
	for name, variant := range map[string]fyne.ThemeVariant{"light": uitest.Light, "dark": uitest.Dark} {
		w := uitest.Window(t, Content(), Size(), variant)
		hover(w)
		uitest.Golden(t, "components-"+name, w.Canvas())
		w = uitest.Window(t, Pieces(), Size(), variant)
		uitest.Golden(t, "pieces-"+name, w.Canvas())
	}
	w := uitest.Window(t, Icons(), fyne.NewSize(1280, 920), uitest.Light)
	uitest.Golden(t, "icons", w.Canvas())
}

// hover puts the pointer on the second row of the table.
func hover(w fyne.Window) { test.MoveMouse(w.Canvas(), fyne.NewPos(1000, 325)) }

// A change of theme while the window is open repaints every widget: what was
// light and became dark equals what was dark from the start.
func TestThemeChangesWhileTheWindowIsOpen(t *testing.T) {
	for name, content := range map[string]func() fyne.CanvasObject{"components": Content, "pieces": Pieces} {
		dark := uitest.Window(t, content(), Size(), uitest.Dark).Canvas().Capture()
		w := uitest.Window(t, content(), Size(), uitest.Light)
		light := w.Canvas().Capture()
		uitest.SetVariant(w, uitest.Dark)
		if n := uitest.Differing(dark, w.Canvas().Capture()); n != 0 {
			uitest.WritePNG(t, "testdata/failed/switched-"+name+".png", w.Canvas().Capture())
			t.Errorf("%s: %d pixels kept the light look", name, n)
		}
		uitest.SetVariant(w, uitest.Light)
		if n := uitest.Differing(light, w.Canvas().Capture()); n != 0 {
			t.Errorf("%s: %d pixels kept the dark look", name, n)
		}
	}
}
