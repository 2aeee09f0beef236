package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bankbook/ui/look"
)

// MomentState is where a moment of a timeline stands.
type MomentState int

// The states of a moment.
const (
	Past MomentState = iota
	Now
	Failed
	Future
)

// Moment is one entry of a timeline.
type Moment struct {
	Title  string
	Beside string // muted, right behind the title, such as a date
	Note   string // 12 muted, below the title; makes the step 45 high
	Before string // muted, at the right before End, such as a difference
	End    string // at the right: an amount or a time
	Strong bool   // End in bold
	Quiet  bool   // End is a time: 12 muted
	State  MomentState
}

// Timeline shows moments below each other with a line from dot to dot: the
// events of a transfer, or a pending and a posted amount.
type Timeline struct {
	base
	moments []Moment
}

// NewTimeline returns a timeline.
func NewTimeline(moments ...Moment) *Timeline {
	t := &Timeline{moments: moments}
	t.ExtendBaseWidget(t)
	return t
}

// Set changes the moments.
func (t *Timeline) Set(moments ...Moment) { t.moments = moments; t.Refresh() }

func (t *Timeline) step() float32 {
	for _, m := range t.moments {
		if m.Note != "" {
			return 45
		}
	}
	return 28
}

// CreateRenderer implements fyne.Widget.
func (t *Timeline) CreateRenderer() fyne.WidgetRenderer {
	d := &drawing{widget: t}
	d.paint = func() {
		d.objects = d.objects[:0]
		for i, m := range t.moments {
			line := rect(0)
			fill(line, look.Border)
			line.Hidden = i == len(t.moments)-1
			d.objects = append(d.objects, line)
			d.objects = append(d.objects, momentParts(m)...)
		}
	}
	d.layout = func(size fyne.Size) {
		const parts = 8
		for i, m := range t.moments {
			y := float32(i) * t.step()
			own := d.objects[i*parts : (i+1)*parts]
			place(own[0], 5, y+10, 2, t.step())
			layoutMoment(m, own[1:], y, size.Width)
		}
	}
	d.min = func() fyne.Size {
		n := float32(len(t.moments))
		return fyne.NewSize(160, max(n*t.step()-(t.step()-20)+noteRoom(t.step()), 0))
	}
	return show(d)
}

// noteRoom is the height of the note of the last moment.
func noteRoom(step float32) float32 {
	if step > 28 {
		return 18
	}
	return 0
}

// momentParts draws outer dot, inner dot, title, beside, note, before and end.
func momentParts(m Moment) []fyne.CanvasObject {
	outer, inner := canvas.NewCircle(color.Transparent), canvas.NewCircle(color.Transparent)
	dot, title := look.ChartOut, Body().Strong()
	switch m.State {
	case Now:
		dot = look.Primary
	case Failed:
		dot, title = look.Error, title.In(look.Error)
	case Future:
		dot, title = look.Strong, Body().Muted()
		inner.FillColor = look.Color(look.Surface)
	}
	outer.FillColor = look.Color(dot)
	if m.Note == "" && m.State != Failed {
		title.Bold = false
	}
	words := []struct {
		text  string
		style Style
	}{{m.Title, title}, {m.Beside, Body().Muted()}, {m.Note, Small()}, {m.Before, Small().Right()}, {m.End, endStyle(m)}}
	parts := []fyne.CanvasObject{outer, inner}
	for _, w := range words {
		text := newCanvasText()
		ink(text, w.text, w.style)
		parts = append(parts, text)
	}
	return parts
}

func endStyle(m Moment) Style {
	style := Body().Right()
	if m.Quiet {
		style = Small().Right()
	}
	style.Bold = m.Strong
	return style
}

func layoutMoment(m Moment, parts []fyne.CanvasObject, y, width float32) {
	const dot, left, high = 12, 24, 20
	place(parts[0], 0, y+4, dot, dot)
	place(parts[1], 2, y+6, dot-4, dot-4)
	title := parts[2].MinSize().Width
	place(parts[2], left, y, title, high)
	place(parts[3], left+title+4, y, parts[3].MinSize().Width, high)
	place(parts[4], left, y+19, width-left, 18)
	end := endStyle(m).Measure(m.End).Width
	place(parts[6], width-end, y, end, high)
	before := parts[5].MinSize().Width
	place(parts[5], width-end-12-before, y, before, high)
}
