package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// overlay is a pop-up over a whole canvas: content at a place, everything else
// closes it or does nothing. While it is open, keys nobody has the focus for
// come to it.
type overlay struct {
	base
	canvas   fyne.Canvas
	content  fyne.CanvasObject
	scrim    look.Token // Clear for menus
	where    func(window, content fyne.Size) fyne.Position
	outside  bool // a tap outside closes
	onKey    func(*fyne.KeyEvent)
	onClosed func()
	before   func(*fyne.KeyEvent)
	open     bool
}

var _ escaper = (*overlay)(nil)

func (o *overlay) show() {
	if o.open {
		return
	}
	o.open = true
	o.ExtendBaseWidget(o)
	o.before = o.canvas.OnTypedKey()
	o.canvas.SetOnTypedKey(o.typed)
	o.canvas.Overlays().Add(o)
	o.Resize(o.canvas.Size())
}

func (o *overlay) typed(e *fyne.KeyEvent) {
	stir()
	if e.Name == fyne.KeyEscape {
		o.escape()
		return
	}
	if o.onKey != nil {
		o.onKey(e)
	}
}

func (o *overlay) escape() { o.close() }

func (o *overlay) close() {
	if !o.open {
		return
	}
	o.open = false
	o.canvas.SetOnTypedKey(o.before)
	o.canvas.Overlays().Remove(o)
	if o.onClosed != nil {
		o.onClosed()
	}
}

// Tapped closes a pop-up that a tap outside closes. The content is above, so
// only taps outside arrive.
func (o *overlay) Tapped(*fyne.PointEvent) {
	if o.outside {
		o.close()
	}
}

// TappedSecondary does the same for the other button.
func (o *overlay) TappedSecondary(*fyne.PointEvent) { o.Tapped(nil) }

// CreateRenderer implements fyne.Widget.
func (o *overlay) CreateRenderer() fyne.WidgetRenderer {
	veil := rect(0)
	return show(&drawing{
		widget: o, objects: []fyne.CanvasObject{veil, o.content},
		paint: func() { fill(veil, o.scrim) },
		layout: func(size fyne.Size) {
			place(veil, 0, 0, size.Width, size.Height)
			least := o.content.MinSize()
			at := o.where(size, least)
			o.content.Move(at)
			o.content.Resize(least)
		},
		min: func() fyne.Size { return fyne.NewSize(1, 1) },
	})
}

// Panel is the paper of pop-ups: a surface with a line, rounded corners and the
// pop-up shadow. It swallows taps.
type Panel struct {
	base
	content fyne.CanvasObject
}

// NewPanel returns the paper of a pop-up around its content.
func NewPanel(content fyne.CanvasObject) *Panel {
	p := &Panel{content: content}
	p.ExtendBaseWidget(p)
	return p
}

// Tapped swallows a tap, so that it does not close the pop-up.
func (p *Panel) Tapped(*fyne.PointEvent) {}

// CreateRenderer implements fyne.Widget.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	body := newBox(look.RadiusCard)
	return show(&drawing{
		widget: p, objects: append(body.objects(), p.content),
		paint: func() {
			body.paint(look.Surface, look.Border, 1)
			body.shade()
		},
		layout: func(size fyne.Size) {
			body.place(0, 0, size.Width, size.Height)
			place(p.content, 1, 1, size.Width-2, size.Height-2)
		},
		min: func() fyne.Size { return p.content.MinSize().AddWidthHeight(2, 2) },
	})
}

// ShowPopup opens content in a panel below (or, without room, above) an object.
// Escape and a tap outside close it; the returned function does too.
func ShowPopup(below fyne.CanvasObject, content fyne.CanvasObject, onClosed func()) (hide func()) {
	c := CanvasOf(below)
	if c == nil {
		return func() {}
	}
	o := &overlay{canvas: c, content: NewPanel(content), scrim: look.Clear, outside: true, onClosed: onClosed}
	o.where = func(window, size fyne.Size) fyne.Position { return beside(below, window, size) }
	o.show()
	return o.close
}

// beside finds the place of a pop-up of a size: below its object with left
// edges in line, moved so that it stays inside the window.
func beside(object fyne.CanvasObject, window, size fyne.Size) fyne.Position {
	const gap, edge = 4, 8
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(object)
	x := at.X
	if x+size.Width > window.Width-edge {
		x = at.X + object.Size().Width - size.Width
	}
	y := at.Y + object.Size().Height + gap
	if y+size.Height > window.Height-edge && at.Y-gap-size.Height >= edge {
		y = at.Y - gap - size.Height
	}
	return fyne.NewPos(max(min(x, window.Width-edge-size.Width), edge), max(min(y, window.Height-edge-size.Height), edge))
}
