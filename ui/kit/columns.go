package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Columns sets objects side by side in columns: a width of 0 shares what the
// fixed widths leave over. The objects take the whole height.
func Columns(gap float32, widths []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(columns{gap: gap, widths: widths}, objects...)
}

// Grid sets objects side by side in columns of equal width, as many to a row.
func Grid(across int, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	rows := make([]fyne.CanvasObject, 0, (len(objects)+across-1)/across)
	for start := 0; start < len(objects); start += across {
		row := objects[start:min(start+across, len(objects))]
		widths := make([]float32, across)
		rows = append(rows, Columns(gap, widths, row...))
	}
	return VBox(gap, rows...)
}

type columns struct {
	gap    float32
	widths []float32
}

// spread returns the width of each column.
func (c columns) spread(total float32) []float32 {
	left, stretching := total, 0
	for i, width := range c.widths {
		if i > 0 {
			left -= c.gap
		}
		left -= width
		if width == 0 {
			stretching++
		}
	}
	spread := make([]float32, len(c.widths))
	for i, width := range c.widths {
		spread[i] = width
		if width == 0 {
			spread[i] = max(left/float32(stretching), 0)
		}
	}
	return spread
}

func (c columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(c.gap*float32(max(len(c.widths)-1, 0)), 0)
	widest, stretching := float32(0), 0
	for i, width := range c.widths {
		if width == 0 {
			stretching++
		}
		size.Width += width
		if i >= len(objects) || !objects[i].Visible() {
			continue
		}
		least := objects[i].MinSize()
		size.Height = max(size.Height, least.Height)
		if width == 0 {
			widest = max(widest, least.Width)
		}
	}
	size.Width += widest * float32(stretching)
	return size
}

func (c columns) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	for i, column := range c.spread(width) {
		if i < len(objects) && objects[i].Visible() {
			height = max(height, heightAt(objects[i], column))
		}
	}
	return height
}

func (c columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, width := range c.spread(size.Width) {
		if i >= len(objects) {
			return
		}
		place(objects[i], x, 0, width, size.Height)
		x += width + c.gap
	}
}
