package kit

import "fyne.io/fyne/v2"

// CanvasOf returns the canvas that o is shown on. The driver of real windows
// learns that when it first draws o; until then o is taken to be in the
// program's one window, so that a field of a new page can take the keyboard.
func CanvasOf(o fyne.CanvasObject) fyne.Canvas {
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(o); c != nil {
		return c
	}
	if windows := driver.AllWindows(); len(windows) > 0 {
		return windows[0].Canvas()
	}
	return nil
}

// Repaint has o drawn again, also when the driver has not drawn it before: a
// Refresh alone would then be lost.
func Repaint(o fyne.CanvasObject) {
	o.Refresh()
	if c := CanvasOf(o); c != nil {
		c.Refresh(o)
	}
}
