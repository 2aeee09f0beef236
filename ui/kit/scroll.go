package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewScroll returns content that scrolls upright. Its width is that of its
// place, so paragraphs inside wrap.
func NewScroll(content fyne.CanvasObject) *container.Scroll {
	scroll := container.NewVScroll(container.New(filler{}, content))
	scroll.OnScrolled = func(fyne.Position) { stir() }
	return scroll
}

// filler gives content the width of its place and the height that this asks
// for.
type filler struct{}

func (filler) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		least := o.MinSize()
		if width := o.Size().Width; width > 0 {
			least.Height = max(heightAt(o, width), 1)
		}
		size = size.Max(least)
	}
	return size
}

func (filler) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		place(o, 0, 0, size.Width, max(size.Height, heightAt(o, size.Width)))
	}
}
