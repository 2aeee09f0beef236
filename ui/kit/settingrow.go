package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// SettingRow is a row of a settings card: a title, what it means, and a control
// at the right.
func SettingRow(title, note string, control fyne.CanvasObject) *fyne.Container {
	var below fyne.CanvasObject
	if note != "" {
		below = NewText(note, Small()).Shrink()
	}
	return SettingRowOf(NewText(title, Body()), below, control)
}

// SettingRowOf is SettingRow with a title that is more than words, and a note
// that looks otherwise.
func SettingRowOf(title, note, control fyne.CanvasObject) *fyne.Container {
	words := VBox(1, title)
	if note != nil {
		words.Add(note)
	}
	parts := []fyne.CanvasObject{Grow(middle(words))}
	if control != nil {
		parts = append(parts, control)
	}
	return Fixed(0, 56, Sides(16, 0, HBox(16, parts...)))
}

// middle keeps words at their own height, centred upright.
func middle(o fyne.CanvasObject) *fyne.Container { return container.New(upright{}, o) }

// upright gives objects the width of their place and centres them upright.
type upright struct{}

func (upright) MinSize(objects []fyne.CanvasObject) fyne.Size { return anchor{}.MinSize(objects) }

func (upright) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return heightAt(objects[0], width)
}

func (upright) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		height := heightAt(o, size.Width)
		place(o, 0, round((size.Height-height)/2), size.Width, height)
	}
}
