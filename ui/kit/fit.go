package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Behind sets a second object right behind a first that can shrink: the first
// gets the width it wants, or what the second leaves over.
func Behind(gap float32, first fyne.CanvasObject, wants float32, second fyne.CanvasObject) *fyne.Container {
	return container.New(behind{gap, wants}, first, second)
}

type behind struct{ gap, wants float32 }

func (b behind) MinSize(objects []fyne.CanvasObject) fyne.Size {
	first, second := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(first.Width+b.gap+second.Width, max(first.Height, second.Height))
}

func (b behind) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	second := objects[1].MinSize()
	width := max(min(b.wants+1, size.Width-second.Width-b.gap), 0)
	place(objects[0], 0, 0, width, size.Height)
	place(objects[1], round(width+b.gap), round((size.Height-second.Height)/2), second.Width, second.Height)
}

// OnWidth shows an object in the whole of its place and tells how wide that is
// before it lays the object out, for content that is arranged otherwise in a
// narrow window.
func OnWidth(o fyne.CanvasObject, changed func(width float32)) *fyne.Container {
	return container.New(&widthWatch{changed: changed}, o)
}

type widthWatch struct{ changed func(float32) }

func (*widthWatch) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (w *widthWatch) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w.changed(size.Width)
	place(objects[0], 0, 0, size.Width, size.Height)
}

// AtRight lets an object be as wide as its place up to a width, at the right.
func AtRight(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(atRight{width}, o)
}

type atRight struct{ width float32 }

func (atRight) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (a atRight) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width, a.width)
	height := objects[0].MinSize().Height
	place(objects[0], round(size.Width-width), round((size.Height-height)/2), width, height)
}
