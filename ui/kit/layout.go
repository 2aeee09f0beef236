package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// spring is empty room that takes what is left over.
type spring struct{ base }

// Spring returns empty room that grows: in a VBox down, in an HBox across.
func Spring() fyne.CanvasObject {
	s := &spring{}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *spring) CreateRenderer() fyne.WidgetRenderer {
	return show(&drawing{widget: s, min: func() fyne.Size { return fyne.Size{} }})
}

// grower marks an object that takes what is left over in a box.
type grower struct{ frame }

// Grow returns the object in a wrapper that takes the room left over in an HBox
// or VBox.
func Grow(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(grower{newFrame(Edges{})}, o)
}

func grows(o fyne.CanvasObject) bool {
	if _, ok := o.(*spring); ok {
		return true
	}
	if c, ok := o.(*fyne.Container); ok {
		_, ok := c.Layout.(grower)
		return ok
	}
	return false
}

// heightForWidth is an object whose height depends on its width.
type heightForWidth interface{ heightFor(width float32) float32 }

// heightAt returns the height that an object wants at a width.
func heightAt(o fyne.CanvasObject, width float32) float32 {
	if h, ok := o.(heightForWidth); ok {
		return h.heightFor(width)
	}
	if c, ok := o.(*fyne.Container); ok {
		if l, ok := c.Layout.(heightLayout); ok {
			return l.heightFor(c.Objects, width)
		}
	}
	return o.MinSize().Height
}

// heightLayout is a layout whose height depends on its width.
type heightLayout interface {
	heightFor(objects []fyne.CanvasObject, width float32) float32
}

func visible(objects []fyne.CanvasObject) []fyne.CanvasObject {
	shown := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			shown = append(shown, o)
		}
	}
	return shown
}

// HBox sets objects side by side, each as wide as it needs and centred upright.
func HBox(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(hbox{gap: gap}, objects...)
}

// HBoxTop is HBox with the objects at the upper edge.
func HBoxTop(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(hbox{gap: gap, top: true}, objects...)
}

type hbox struct {
	gap float32
	top bool
}

func (h hbox) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for i, o := range visible(objects) {
		least := o.MinSize()
		if i > 0 {
			size.Width += h.gap
		}
		size = fyne.NewSize(size.Width+least.Width, max(size.Height, least.Height))
	}
	return size
}

func (h hbox) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	shown := visible(objects)
	extra := share(shown, size.Width-h.MinSize(shown).Width)
	x := float32(0)
	for _, o := range shown {
		least := o.MinSize()
		if grows(o) {
			least = fyne.NewSize(max(least.Width+extra, 0), size.Height)
		}
		if r, ok := o.(*Rule); ok && r.upright {
			least.Height = size.Height
		}
		y := (size.Height - least.Height) / 2
		if h.top {
			y = 0
		}
		place(o, round(x), round(y), least.Width, least.Height)
		x += least.Width + h.gap
	}
}

// share divides what is left over among the objects that grow.
func share(shown []fyne.CanvasObject, left float32) float32 {
	growing := 0
	for _, o := range shown {
		if grows(o) {
			growing++
		}
	}
	if growing == 0 {
		return 0
	}
	return left / float32(growing)
}

// VBox sets objects below each other, each as wide as the box.
func VBox(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(vbox{gap: gap}, objects...)
}

type vbox struct{ gap float32 }

func (v vbox) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for i, o := range visible(objects) {
		least := o.MinSize()
		if i > 0 {
			size.Height += v.gap
		}
		size = fyne.NewSize(max(size.Width, least.Width), size.Height+least.Height)
	}
	return size
}

func (v vbox) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	for i, o := range visible(objects) {
		if i > 0 {
			height += v.gap
		}
		height += heightAt(o, width)
	}
	return height
}

func (v vbox) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	shown := visible(objects)
	extra := share(shown, size.Height-v.heightFor(shown, size.Width))
	y := float32(0)
	for _, o := range shown {
		height := heightAt(o, size.Width)
		if grows(o) {
			height = max(height+extra, 0)
		}
		place(o, 0, y, size.Width, height)
		y += height + v.gap
	}
}

// Edges is room at the four sides.
type Edges struct{ Top, Right, Bottom, Left float32 }

// Pad puts room around an object.
func Pad(e Edges, o fyne.CanvasObject) *fyne.Container { return container.New(newFrame(e), o) }

// Inset puts the same room at all sides of an object.
func Inset(room float32, o fyne.CanvasObject) *fyne.Container {
	return Pad(Edges{room, room, room, room}, o)
}

// Sides puts room left and right, and above and below.
func Sides(across, upright float32, o fyne.CanvasObject) *fyne.Container {
	return Pad(Edges{upright, across, upright, across}, o)
}

type frame struct{ Edges }

func newFrame(e Edges) frame { return frame{e} }

func (f frame) room() fyne.Size { return fyne.NewSize(f.Left+f.Right, f.Top+f.Bottom) }

func (f frame) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range visible(objects) {
		size = size.Max(o.MinSize())
	}
	return size.Add(f.room())
}

func (f frame) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	for _, o := range visible(objects) {
		height = max(height, heightAt(o, width-f.Left-f.Right))
	}
	return height + f.Top + f.Bottom
}

func (f frame) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	inner := size.Subtract(f.room())
	for _, o := range objects {
		place(o, f.Left, f.Top, max(inner.Width, 0), max(inner.Height, 0))
	}
}
