package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// press is what everything that can be pressed shares: hover, keyboard focus,
// disabled, tap, Space and Enter. It is embedded; ExtendBaseWidget of the outer
// widget makes its Refresh repaint that one.
type press struct {
	base
	onPress func()
	hovered bool
	focused bool
	off     bool
}

var (
	_ fyne.Tappable     = (*press)(nil)
	_ fyne.Focusable    = (*press)(nil)
	_ fyne.Disableable  = (*press)(nil)
	_ desktop.Hoverable = (*press)(nil)
)

// Tapped presses the widget.
func (p *press) Tapped(*fyne.PointEvent) { p.press() }

func (p *press) press() {
	stir()
	if !p.off && p.onPress != nil {
		p.onPress()
	}
}

// MouseIn shows the hover state.
func (p *press) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.Refresh() }

// MouseMoved does nothing.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends the hover state.
func (p *press) MouseOut() { p.hovered = false; p.Refresh() }

// FocusGained shows the focus ring.
func (p *press) FocusGained() { p.focused = true; p.Refresh() }

// FocusLost hides the focus ring.
func (p *press) FocusLost() { p.focused = false; p.Refresh() }

// TypedRune does nothing.
func (p *press) TypedRune(rune) {}

// TypedKey presses on Space and Enter; Escape goes to the pop-up around it.
func (p *press) TypedKey(e *fyne.KeyEvent) {
	stir()
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.press()
	case fyne.KeyEscape:
		escape()
	}
}

// Disable greys the widget out and takes it out of the Tab order.
func (p *press) Disable() { p.setOff(true) }

// Enable makes the widget usable.
func (p *press) Enable() { p.setOff(false) }

// Disabled reports whether the widget is greyed out.
func (p *press) Disabled() bool { return p.off }

func (p *press) setOff(off bool) {
	if p.off == off {
		return
	}
	p.off = off
	p.Refresh()
}

// escaper is a pop-up that Escape closes.
type escaper interface{ escape() }

// escape closes the pop-up on top, if the kit made it. A focused widget gets
// every key, so each hands on the Escape that it has no use for.
func escape() {
	for _, window := range fyne.CurrentApp().Driver().AllWindows() {
		if top, ok := window.Canvas().Overlays().Top().(escaper); ok {
			top.escape()
			return
		}
	}
}
