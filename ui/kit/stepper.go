package kit

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bankbook/ui/look"
)

// Stepper shows the steps of a wizard, 24 high: done, current, to come.
type Stepper struct {
	base
	steps []string
	at    int
}

// NewStepper returns the steps of a wizard standing at the step with index at.
func NewStepper(steps []string, at int) *Stepper {
	s := &Stepper{steps: steps, at: at}
	s.ExtendBaseWidget(s)
	return s
}

// SetStep goes to a step.
func (s *Stepper) SetStep(at int) {
	if s.at != at {
		s.at = at
		s.Refresh()
	}
}

// stepParts are the primitives of one step.
type stepParts struct {
	disc, paper  *canvas.Circle
	figure, name *canvas.Text
	tick         *picture
	line         *canvas.Rectangle
}

func newStepParts() *stepParts {
	return &stepParts{
		disc: canvas.NewCircle(color.Transparent), paper: canvas.NewCircle(color.Transparent),
		figure: newCanvasText(), name: newCanvasText(), tick: newPicture(), line: rect(0),
	}
}

const stepDisc, stepGap = 24, 8

func (s *Stepper) nameStyle(i int) Style {
	if i == s.at {
		return Body().Strong()
	}
	return Body().Muted()
}

// CreateRenderer implements fyne.Widget.
func (s *Stepper) CreateRenderer() fyne.WidgetRenderer {
	parts := make([]*stepParts, len(s.steps))
	var objects []fyne.CanvasObject
	for i := range parts {
		parts[i] = newStepParts()
		p := parts[i]
		objects = append(objects, p.line, p.disc, p.paper, p.figure, p.tick.image, p.name)
	}
	return show(&drawing{
		widget: s, objects: objects,
		paint: func() {
			for i, p := range parts {
				s.paintStep(i, p)
			}
		},
		layout: func(size fyne.Size) { s.layoutSteps(parts, size) },
		min: func() fyne.Size {
			return fyne.NewSize(s.taken()+float32(max(len(s.steps)-1, 0))*(24+24), stepDisc)
		},
	})
}

func (s *Stepper) paintStep(i int, p *stepParts) {
	figure := Small().Strong().Center()
	p.tick.paint("", look.Clear)
	p.paper.Hidden = true
	switch {
	case i < s.at:
		p.disc.FillColor = look.Color(look.Tint)
		p.tick.paint(look.IconCheck, look.Primary)
		ink(p.figure, "", figure)
	case i == s.at:
		p.disc.FillColor = look.Color(look.Primary)
		ink(p.figure, strconv.Itoa(i+1), figure.In(look.OnPrimary))
	default:
		p.disc.FillColor = look.Color(look.Control)
		p.paper.FillColor = look.Color(look.Surface)
		p.paper.Hidden = false
		ink(p.figure, strconv.Itoa(i+1), figure.In(look.Muted))
	}
	ink(p.name, s.steps[i], s.nameStyle(i))
	fill(p.line, look.Control)
	if i <= s.at {
		fill(p.line, look.Primary)
	}
	p.line.Hidden = i == 0
}

// taken is the width of everything but the lines between the steps.
func (s *Stepper) taken() float32 {
	width := float32(0)
	for i, step := range s.steps {
		width += stepDisc + stepGap + s.nameStyle(i).Measure(step).Width
	}
	return width
}

func (s *Stepper) layoutSteps(parts []*stepParts, size fyne.Size) {
	const room = 12 // each side of a line
	between := (size.Width - s.taken()) / float32(max(len(s.steps)-1, 1))
	x, y := float32(0), floor((size.Height-stepDisc)/2)
	for i, p := range parts {
		if i > 0 {
			place(p.line, x+room, y+stepDisc/2, max(between-2*room, 0), 1)
			x += between
		}
		left := floor(x)
		place(p.disc, left, y, stepDisc, stepDisc)
		place(p.paper, left+1, y+1, stepDisc-2, stepDisc-2)
		place(p.figure, left, y, stepDisc, stepDisc)
		p.tick.place(left+5, y+5, 14)
		width := s.nameStyle(i).Measure(s.steps[i]).Width
		place(p.name, left+stepDisc+stepGap, y, width, stepDisc)
		x += stepDisc + stepGap + width
	}
}
