package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/ui/look"
)

// EmptySpec describes what stands where a list has nothing to show.
type EmptySpec struct {
	Icon     look.IconName
	Title    string
	Sentence string // at most 420 wide
	Large    bool   // a whole page: disc 64, title 20
	Tone     Tone   // of the disc; Info for an invitation
	Actions  []fyne.CanvasObject
	Below    fyne.CanvasObject // under the actions
}

// NewEmpty returns an icon on a disc, a title, a sentence and what can be done.
// Put it into Centered.
func NewEmpty(spec EmptySpec) fyne.CanvasObject {
	disc, title, sentence, gap := float32(48), Heading(), Body().Muted(), float32(12)
	if spec.Large {
		disc, title, sentence, gap = 64, Page(), Lead().Muted(), 24
	}
	parts := []fyne.CanvasObject{
		Centered(NewIconDisc(spec.Icon, spec.Tone.Ink(), spec.Tone.Paper(), disc)),
		Pad(Edges{Top: gap}, NewText(spec.Title, title.Center())),
	}
	if spec.Sentence != "" {
		words := NewParagraph(spec.Sentence, sentence.Center(), 420)
		parts = append(parts, Pad(Edges{Top: 4}, Centered(words)))
	}
	if len(spec.Actions) > 0 {
		parts = append(parts, Pad(Edges{Top: 20}, Centered(HBox(look.Space2, spec.Actions...))))
	}
	if spec.Below != nil {
		parts = append(parts, Pad(Edges{Top: 16}, Centered(spec.Below)))
	}
	return VBox(0, parts...)
}

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

// AttentionSpec describes something that needs the person.
type AttentionSpec struct {
	Icon    look.IconName
	Tone    Tone // Warning or Failure
	Subject string
	Reason  string
	Action  string
	Urgent  bool // the one with the primary button
	OnTap   func()
}

// NewAttentionRow returns a row of 44 for the card of things that need the
// person.
func NewAttentionRow(spec AttentionSpec) fyne.CanvasObject {
	if spec.Icon == "" {
		spec.Icon = spec.Tone.Sign()
		if spec.Tone == Failure {
			spec.Icon = look.IconAlertTriangle
		}
	}
	kind := Default
	if spec.Urgent {
		kind = Primary
	}
	button := NewButton(ButtonSpec{Text: spec.Action, Kind: kind, Size: Compact, OnTap: spec.OnTap})
	return Fixed(0, look.CardTitle, Pad(Edges{Left: 16, Right: 12}, HBox(12,
		NewIcon(spec.Icon, spec.Tone.Ink(), 18),
		NewText(spec.Subject, Body().Strong()),
		Grow(NewText(spec.Reason, Body().Muted()).Shrink()),
		button,
	)))
}

// Total is one cell of a totals card.
type Total struct {
	Label string
	Value string
	Note  string
	Tone  Tone // of the note: Success for the better, Warning for stale
}

// Totals shows figures side by side in a card, 82 high.
type Totals struct {
	base
	cells []Total
}

// NewTotals returns a card of figures.
func NewTotals(cells ...Total) *Totals {
	t := &Totals{cells: cells}
	t.ExtendBaseWidget(t)
	return t
}

// Set changes the figures. Their number stays.
func (t *Totals) Set(cells ...Total) { t.cells = cells; t.Refresh() }

func (c Total) noteStyle() Style {
	if c.Tone == Neutral {
		return Small()
	}
	return Small().In(c.Tone.Ink())
}

// CreateRenderer implements fyne.Widget.
func (t *Totals) CreateRenderer() fyne.WidgetRenderer {
	const high, parts = 82, 4
	body := newBox(look.RadiusCard)
	d := &drawing{widget: t}
	d.paint = func() {
		body.paint(look.Surface, look.Border, 1)
		d.objects = body.objects()
		for i, c := range t.cells {
			label, value, note, line := newCanvasText(), newCanvasText(), newCanvasText(), rect(0)
			ink(label, c.Label, Small())
			ink(value, c.Value, Page())
			ink(note, c.Note, c.noteStyle())
			fill(line, look.Border)
			line.Hidden = i == 0
			d.objects = append(d.objects, line, label, value, note)
		}
	}
	d.layout = func(size fyne.Size) {
		body.place(0, 0, size.Width, size.Height)
		wide := (size.Width - 2) / float32(max(len(t.cells), 1))
		for i := range t.cells {
			own := d.objects[2+i*parts : 2+(i+1)*parts]
			x := 1 + floor(float32(i)*wide)
			place(own[0], x, 10, 1, high-20)
			inner := wide - 2*look.Space4
			place(own[1], x+look.Space4, 9, inner, 18)
			place(own[2], x+look.Space4, 27, inner, 29)
			place(own[3], x+look.Space4, 55, inner, 18)
		}
	}
	d.min = func() fyne.Size {
		widest := float32(0)
		for _, c := range t.cells {
			widest = max(widest, Page().Measure(c.Value).Width, c.noteStyle().Measure(c.Note).Width)
		}
		return fyne.NewSize((widest+2*look.Space4)*float32(len(t.cells)), high)
	}
	return show(d)
}

// SummaryStrip shows what a filter holds: 36 high, a bold count, then labels
// with bold values.
func SummaryStrip(count string, trailing fyne.CanvasObject, pairs ...Span) *fyne.Container {
	parts := []fyne.CanvasObject{NewText(count, Body().Strong())}
	for i := 0; i+1 < len(pairs); i += 2 {
		parts = append(parts, HBox(look.Space2, NewText(pairs[i].Text, pairs[i].Style), NewText(pairs[i+1].Text, pairs[i+1].Style)))
	}
	parts = append(parts, Spring())
	if trailing != nil {
		parts = append(parts, trailing)
	}
	return Fixed(0, look.SummaryHeight, container.New(newFrame(Edges{Left: 16, Right: 16}), HBox(28, parts...)))
}
