package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Watch is the content of a window that hears of every sign of a person's hand:
// a key, a press, the wheel, a move of the pointer.
type Watch struct {
	base
	content fyne.CanvasObject
	onHand  func()
}

var (
	_ desktop.Cursorable = (*Watch)(nil)
	_ desktop.Cursorable = (*overlay)(nil)
)

// NewWatch returns what to make the content of the window. onHand is called
// often, so it must be quick.
func NewWatch(content fyne.CanvasObject, onHand func()) *Watch {
	w := &Watch{content: content, onHand: onHand}
	w.ExtendBaseWidget(w)
	return w
}

// Cursor is asked for whenever the pointer moves, of everything below it; a
// Hoverable would hear nothing of moves over the widgets inside.
func (w *Watch) Cursor() desktop.Cursor {
	w.onHand()
	return desktop.DefaultCursor
}

// Cursor does the same for a pop-up, which keeps the pointer from what is below.
func (o *overlay) Cursor() desktop.Cursor {
	stir()
	return desktop.DefaultCursor
}

// CreateRenderer implements fyne.Widget.
func (w *Watch) CreateRenderer() fyne.WidgetRenderer {
	return show(&drawing{
		widget: w, objects: []fyne.CanvasObject{w.content},
		layout: func(size fyne.Size) { place(w.content, 0, 0, size.Width, size.Height) },
		min:    func() fyne.Size { return w.content.MinSize() },
	})
}

// stir tells the window that a person's hand is there.
func stir() {
	for _, window := range fyne.CurrentApp().Driver().AllWindows() {
		if watch, ok := window.Content().(*Watch); ok {
			watch.onHand()
		}
	}
}

// CloseAll closes every dialog, menu and pop-up on a canvas, those of Fyne too.
func CloseAll(c fyne.Canvas) {
	for top := c.Overlays().Top(); top != nil; top = c.Overlays().Top() {
		if o, ok := top.(*overlay); ok {
			o.close()
		}
		c.Overlays().Remove(top)
	}
}
