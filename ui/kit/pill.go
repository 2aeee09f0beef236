package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bankbook/ui/look"
)

// PillMark is what stands before the words of a pill.
type PillMark int

// The marks. A dot means a status that can change, none a plain fact.
const (
	NoMark PillMark = iota
	DotMark
	SpinMark
)

// PillSpec describes a pill.
type PillSpec struct {
	Text string
	Tone Tone
	Mark PillMark
	Icon look.IconName // in place of the mark
}

const (
	pillHeight = 22
	pillSide   = 9
	pillIcon   = 14
	pillDot    = 6
)

// lead is the room before the words.
func (s PillSpec) lead() float32 {
	switch {
	case s.Icon != "" || s.Mark == SpinMark:
		return pillSide + pillIcon + 5
	case s.Mark == DotMark:
		return pillSide + pillDot + 6
	}
	return pillSide
}

func (s PillSpec) width() float32 {
	return round(s.lead() + Small().Measure(s.Text).Width + pillSide)
}

// Pill is a status in a rounded tint, 22 high.
type Pill struct {
	base
	spec PillSpec
}

// NewPill returns a pill.
func NewPill(spec PillSpec) *Pill {
	p := &Pill{spec: spec}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes everything about the pill.
func (p *Pill) Set(spec PillSpec) {
	if p.spec != spec {
		p.spec = spec
		p.Refresh()
	}
}

// Value returns the words.
func (p *Pill) Value() string { return p.spec.Text }

// CreateRenderer implements fyne.Widget.
func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	body, dot, text := rect(look.RadiusPill), canvas.NewCircle(color.Transparent), newCanvasText()
	image, spin := newPicture(), newArc()
	return show(&drawing{
		widget: p, objects: []fyne.CanvasObject{body, dot, text, image.image, spin.shape},
		paint: func() {
			ink(text, p.spec.Text, Small().In(p.spec.Tone.Ink()))
			fill(body, p.spec.Tone.Paper())
			dot.FillColor = look.Color(p.spec.Tone.Ink())
			dot.Hidden = p.spec.Mark != DotMark || p.spec.Icon != ""
			image.paint(p.spec.Icon, p.spec.Tone.Ink())
			spin.paint(p.spec.Tone.Ink())
			spin.show(p.spec.Mark == SpinMark && p.spec.Icon == "")
		},
		layout: func(size fyne.Size) {
			y := floor((size.Height - pillHeight) / 2)
			width := p.spec.width()
			place(body, 0, y, width, pillHeight)
			place(dot, pillSide, y+(pillHeight-pillDot)/2, pillDot, pillDot)
			image.place(pillSide, y+(pillHeight-pillIcon)/2, pillIcon)
			spin.place(pillSide, y+(pillHeight-pillIcon)/2, pillIcon)
			place(text, p.spec.lead(), y, width-p.spec.lead()-pillSide, pillHeight)
		},
		min:     func() fyne.Size { return fyne.NewSize(p.spec.width(), pillHeight) },
		destroy: spin.stop,
	})
}
