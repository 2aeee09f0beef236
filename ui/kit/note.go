package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// NoteSpec describes a note.
type NoteSpec struct {
	Text  string
	Tone  Tone
	Icon  look.IconName // "" is the sign of the tone
	Line  bool          // a border, where the note stands on a card
	More  string        // under the text, in the second text colour
	Right fyne.CanvasObject
	Most  float32 // width at which the text wraps; 0 follows the place
}

// Note is a sentence on a tint with an icon, 38 high or more.
type Note struct {
	base
	spec NoteSpec
	text *Paragraph
	more *Paragraph
}

// NewNote returns a note.
func NewNote(spec NoteSpec) *Note {
	n := &Note{spec: spec, text: NewParagraph(spec.Text, Body().In(spec.Tone.Ink()), spec.Most)}
	if spec.More != "" {
		n.text.style = n.text.style.Strong()
		n.more = NewParagraph(spec.More, Body().In(look.Text2), spec.Most)
	}
	n.ExtendBaseWidget(n)
	return n
}

// SetText changes the sentence.
func (n *Note) SetText(text string) {
	n.spec.Text = text
	n.text.SetText(text)
	n.Refresh()
}

// Value returns the sentence.
func (n *Note) Value() string { return n.spec.Text }

const noteLeft, noteSide, noteTop = 36, 12, 10

func (n *Note) line() look.Token {
	switch {
	case !n.spec.Line:
		return look.Clear
	case n.spec.Tone == Failure:
		return look.ErrorBorder
	case n.spec.Tone == Warning:
		return look.WarningBorder
	}
	return look.Border
}

func (n *Note) sign() look.IconName {
	if n.spec.Icon != "" {
		return n.spec.Icon
	}
	return n.spec.Tone.Sign()
}

// inner is the width of the words in a note of a width.
func (n *Note) inner(width float32) float32 {
	width -= noteLeft + noteSide
	if n.spec.Right != nil {
		width -= n.spec.Right.MinSize().Width + look.Space3
	}
	return width
}

func (n *Note) heightFor(width float32) float32 {
	height := n.text.heightFor(n.inner(width))
	if n.more != nil {
		height += n.more.heightFor(n.inner(width)) + 2
	}
	if n.spec.Right != nil {
		height = max(height, n.spec.Right.MinSize().Height)
	}
	return height + 2*noteTop
}

// CreateRenderer implements fyne.Widget.
func (n *Note) CreateRenderer() fyne.WidgetRenderer {
	body, image := newBox(look.RadiusControl), newPicture()
	objects := append(body.objects(), image.image, n.text)
	if n.more != nil {
		objects = append(objects, n.more)
	}
	if n.spec.Right != nil {
		objects = append(objects, n.spec.Right)
	}
	return show(&drawing{
		widget: n, objects: objects,
		paint: func() {
			body.paint(n.spec.Tone.Paper(), n.line(), 1)
			image.paint(n.sign(), n.spec.Tone.Ink())
		},
		layout: func(size fyne.Size) {
			body.place(0, 0, size.Width, size.Height)
			image.place(noteSide, noteTop+1, look.IconSize)
			width := n.inner(size.Width)
			high := n.text.heightFor(width)
			top := float32(noteTop)
			if n.more == nil {
				top = floor((size.Height - high) / 2)
				image.place(noteSide, top+1, look.IconSize)
			}
			place(n.text, noteLeft, top, width, high)
			if n.more != nil {
				place(n.more, noteLeft, top+high+2, width, n.more.heightFor(width))
			}
			if n.spec.Right != nil {
				least := n.spec.Right.MinSize()
				place(n.spec.Right, size.Width-noteSide-least.Width, (size.Height-least.Height)/2, least.Width, least.Height)
			}
		},
		min: func() fyne.Size {
			width := n.text.MinSize().Width
			if n.more != nil {
				width = max(width, n.more.MinSize().Width)
			}
			size := fyne.NewSize(width+noteLeft+noteSide, 0)
			if n.spec.Right != nil {
				size.Width += n.spec.Right.MinSize().Width + look.Space3
			}
			size.Height = n.heightFor(max(size.Width, n.Size().Width))
			return size
		},
	})
}
