package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// TagSpec describes a tag.
type TagSpec struct {
	Text     string
	Tone     Tone   // Neutral or Info
	Empty    bool   // an invitation such as "Add category": outlined, muted
	OnTap    func() // nil: not to be pressed
	OnRemove func() // nil: no x
}

const (
	tagHeight = 20
	tagSide   = 6
)

func tagWidth(text string) float32 { return round(Small().Measure(text).Width + 2*tagSide) }

// Tag is a word in a small tinted box, 20 high.
type Tag struct {
	press
	spec TagSpec
}

// NewTag returns a tag. A removable one is 24 high, so that its x is easy to
// hit.
func NewTag(spec TagSpec) fyne.Widget {
	t := &Tag{spec: spec}
	switch {
	case spec.OnRemove != nil:
		t.onPress = spec.OnRemove
	case spec.OnTap != nil:
		t.onPress = spec.OnTap
	default:
		return newStillTag(spec)
	}
	t.ExtendBaseWidget(t)
	return t
}

// stillTag is a tag that cannot be pressed and so takes no focus.
type stillTag struct {
	base
	spec TagSpec
}

func newStillTag(spec TagSpec) *stillTag {
	t := &stillTag{spec: spec}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer implements fyne.Widget.
func (t *stillTag) CreateRenderer() fyne.WidgetRenderer {
	return tagDrawing(t, t.spec, func() bool { return false })
}

// CreateRenderer implements fyne.Widget.
func (t *Tag) CreateRenderer() fyne.WidgetRenderer {
	return tagDrawing(t, t.spec, func() bool { return t.focused })
}

func tagDrawing(w fyne.Widget, spec TagSpec, focused func() bool) fyne.WidgetRenderer {
	const cross = 12
	body, text, image := newBox(look.RadiusTag), newCanvasText(), newPicture()
	height, side := float32(tagHeight), float32(tagSide)
	if spec.OnRemove != nil {
		height = 24
	}
	textWidth := Small().Measure(spec.Text).Width
	width := tagWidth(spec.Text)
	if spec.OnRemove != nil {
		width += cross + 3
	}
	return show(&drawing{
		widget: w, objects: append(body.objects(), text, image.image),
		paint: func() {
			paper, line, word := spec.Tone.Paper(), look.Clear, spec.Tone.Ink()
			if spec.Empty {
				paper, line, word = look.Surface, look.Control, look.Muted
			}
			if focused() {
				body.paint(paper, look.Primary, 2)
			} else {
				body.paint(paper, line, 1)
			}
			ink(text, spec.Text, Small().In(word))
			if spec.OnRemove != nil {
				image.paint(look.IconClose, word)
			}
		},
		layout: func(size fyne.Size) {
			y := floor((size.Height - height) / 2)
			body.place(0, y, width, height)
			place(text, side, y, textWidth, height)
			image.place(width-side-cross, y+(height-cross)/2, cross)
		},
		min: func() fyne.Size { return fyne.NewSize(width, height) },
	})
}
