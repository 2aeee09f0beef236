package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bankbook/core/money"
	"bankbook/ui/look"
)

// chartPen collects the primitives of one drawing of a chart.
type chartPen struct {
	chart   *FlowChart
	g       geometry
	size    fyne.Size
	objects []fyne.CanvasObject
}

func (p *chartPen) add(o fyne.CanvasObject, x, y, w, h float32) {
	place(o, x, y, w, h)
	p.objects = append(p.objects, o)
}

func (p *chartPen) rect(t look.Token, radius, x, y, w, h float32) {
	r := rect(radius)
	fill(r, t)
	p.add(r, x, y, w, h)
}

func (p *chartPen) text(text string, s Style, x, y, w, h float32) {
	t := newCanvasText()
	ink(t, text, s)
	p.add(t, x, y, w, h)
}

func (p *chartPen) grid() {
	for value := int64(0); value <= p.g.high; value += p.g.tick {
		y := floor(p.g.y(value))
		token := look.ChartGrid
		if value == 0 {
			token = look.Control
		}
		p.rect(token, 0, p.g.left, y, p.size.Width-p.g.left, 1)
		if !p.chart.hidden {
			p.text(money.Of(value, p.g.currency).Whole(), Small().Right(), 0, y-9, p.g.left-8, 18)
		}
	}
}

func (p *chartPen) barWidth() float32 {
	return max(min(floor(p.g.step*0.27), 26), 3)
}

func (p *chartPen) center(i int) float32 { return p.g.left + p.g.step*(float32(i)+0.5) }

func (p *chartPen) bars() {
	wide := p.barWidth()
	zero := floor(p.g.y(0))
	for i, m := range p.chart.months {
		x := floor(p.center(i))
		if i == p.chart.over {
			p.rect(look.Neutral, look.RadiusTag, p.g.left+p.g.step*float32(i)+2, p.g.top-6, p.g.step-4, p.g.bottom-p.g.top+6)
		}
		p.bar(look.ChartIn, x-wide-1, wide, zero, m.In.Minor)
		p.bar(look.ChartOut, x+1, wide, zero, m.Out.Minor)
	}
}

func (p *chartPen) bar(t look.Token, x, wide, zero float32, minor int64) {
	if minor <= 0 {
		return
	}
	r := rect(0)
	r.TopLeftCornerRadius, r.TopRightCornerRadius = 2, 2
	fill(r, t)
	top := floor(p.g.y(minor))
	p.add(r, x, top, wide, max(zero-top, 1))
}

func (p *chartPen) labels() {
	every := 1
	for p.g.step*float32(every) < 34 {
		every++
	}
	for i, m := range p.chart.months {
		if (len(p.chart.months)-1-i)%every != 0 {
			continue
		}
		style := Small().Center()
		if m.Current {
			style = style.In(look.Text).Strong()
		}
		p.text(m.Label, style, p.center(i)-30, p.size.Height-18, 60, 18)
	}
}

// net draws the line over a wider line of surface, so that it reads over bars.
func (p *chartPen) net() {
	point := func(i int) fyne.Position {
		return fyne.NewPos(p.center(i), p.g.y(p.chart.months[i].Net.Minor))
	}
	for _, pass := range []struct {
		token look.Token
		width float32
	}{{look.Surface, 5}, {look.Primary, 2}} {
		for i := 1; i < len(p.chart.months); i++ {
			p.objects = append(p.objects, segment(point(i-1), point(i), pass.token, pass.width))
		}
	}
	for i := range p.chart.months {
		at := point(i)
		for _, ring := range []struct {
			token look.Token
			size  float32
		}{{look.Surface, 11}, {look.Primary, 9}, {look.Surface, 5}} {
			dot := canvas.NewCircle(look.Color(ring.token))
			p.add(dot, at.X-ring.size/2, at.Y-ring.size/2, ring.size, ring.size)
		}
	}
}

// segment is a line from a point to another.
func segment(from, to fyne.Position, t look.Token, width float32) *canvas.Line {
	line := canvas.NewLine(look.Color(t))
	line.StrokeWidth = width
	line.Position1, line.Position2 = from, to
	return line
}

// values draws the box with the values of the month under the pointer.
func (p *chartPen) values() {
	if p.chart.over < 0 || p.chart.over >= len(p.chart.months) {
		return
	}
	lines := p.chart.months[p.chart.over].Hover
	if len(lines) == 0 {
		return
	}
	widest := float32(0)
	for _, line := range lines {
		widest = max(widest, Small().Measure(line).Width)
	}
	wide, high := ceil(widest)+20, float32(len(lines))*18+12
	x := p.center(p.chart.over) + p.g.step/2
	if x+wide > p.size.Width {
		x = p.center(p.chart.over) - p.g.step/2 - wide
	}
	paper := newBox(look.RadiusControl)
	paper.paint(look.Inverse, look.Clear, 0)
	paper.place(x, p.g.top, wide, high)
	p.objects = append(p.objects, paper.objects()...)
	for i, line := range lines {
		p.text(line, Small().In(look.OnInverse), x+10, p.g.top+6+float32(i)*18, widest+1, 18)
	}
}
