package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Fixed gives an object a fixed width and height; 0 keeps its own.
func Fixed(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(fixed{width, height}, o)
}

type fixed struct{ width, height float32 }

func (f fixed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	if f.width > 0 {
		size.Width = f.width
	}
	if f.height > 0 {
		size.Height = f.height
	}
	return size
}

func (f fixed) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if f.height > 0 {
		return f.height
	}
	height := float32(0)
	for _, o := range objects {
		height = max(height, heightAt(o, width))
	}
	return height
}

func (f fixed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		place(o, 0, 0, size.Width, size.Height)
	}
}

// Leading keeps an object at its own size, at the left and centred upright.
func Leading(o fyne.CanvasObject) *fyne.Container { return container.New(anchor{0, 0.5}, o) }

// Trailing keeps an object at its own size, at the right and centred upright.
func Trailing(o fyne.CanvasObject) *fyne.Container { return container.New(anchor{1, 0.5}, o) }

// Centered keeps an object at its own size, in the middle.
func Centered(o fyne.CanvasObject) *fyne.Container { return container.New(anchor{0.5, 0.5}, o) }

// TopCentered keeps an object at its own size, at the middle of the upper edge.
func TopCentered(o fyne.CanvasObject) *fyne.Container { return container.New(anchor{0.5, 0}, o) }

// anchor keeps objects at their own size at a relative place.
type anchor struct{ x, y float32 }

func (anchor) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

func (a anchor) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		least := o.MinSize()
		width := min(least.Width, size.Width)
		height := heightAt(o, width)
		place(o, floor((size.Width-width)*a.x), round(max(size.Height-height, 0)*a.y), width, height)
	}
}

// MaxWidth lets an object be as wide as its place up to a width, at the left.
func MaxWidth(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(most{width: width}, o)
}

// MaxWidthCentered lets an object be as wide as its place up to a width, in the
// middle.
func MaxWidthCentered(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(most{width: width, center: true}, o)
}

type most struct {
	width  float32
	center bool
}

func (m most) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

func (m most) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	for _, o := range objects {
		height = max(height, heightAt(o, min(width, m.width)))
	}
	return height
}

func (m most) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width, m.width)
	x := float32(0)
	if m.center {
		x = floor((size.Width - width) / 2)
	}
	for _, o := range objects {
		place(o, x, 0, width, size.Height)
	}
}
