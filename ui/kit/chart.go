package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"bankbook/core/money"
	"bankbook/ui/look"
)

// FlowMonth is one month of a cash flow chart. Out is positive.
type FlowMonth struct {
	Label        string // "Nov"
	In, Out, Net money.Amount
	Current      bool     // the month that is not over: its label is bold
	Hover        []string // lines of the value box, such as "In  $5,200.00"
}

// FlowChart draws money in and out as bars and the net as a line.
type FlowChart struct {
	base
	months []FlowMonth
	hidden bool
	over   int
	height float32
}

// NewFlowChart returns a chart of a height.
func NewFlowChart(height float32) *FlowChart {
	c := &FlowChart{over: -1, height: height}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes the months. With hidden the axis shows no figures.
func (c *FlowChart) Set(months []FlowMonth, hidden bool) {
	c.months, c.hidden, c.over = months, hidden, -1
	c.Refresh()
}

// MouseIn shows the values of the month under the pointer.
func (c *FlowChart) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved shows the values of the month under the pointer.
func (c *FlowChart) MouseMoved(e *desktop.MouseEvent) {
	over := -1
	if g := c.geometry(c.Size()); e.Position.X >= g.left && len(c.months) > 0 {
		over = min(int((e.Position.X-g.left)/g.step), len(c.months)-1)
	}
	if c.over != over {
		c.over = over
		c.Refresh()
	}
}

// MouseOut hides the values.
func (c *FlowChart) MouseOut() { c.over = -1; c.Refresh() }

// geometry is where things stand in a chart of a size.
type geometry struct {
	left, top, bottom, step float32
	zero                    float32
	low, high, tick         int64 // in minor units
	currency                money.Currency
}

const (
	chartAxis  = 40
	chartBelow = 26
	chartAbove = 10
)

func (c *FlowChart) geometry(size fyne.Size) geometry {
	g := geometry{left: chartAxis, top: chartAbove, bottom: size.Height - chartBelow, currency: money.USD}
	g.step = (size.Width - chartAxis) / float32(max(len(c.months), 1))
	for _, m := range c.months {
		g.high = max(g.high, m.In.Minor, m.Out.Minor, m.Net.Minor)
		g.low = min(g.low, m.In.Minor, m.Out.Minor, m.Net.Minor)
		g.currency = m.In.Currency
	}
	g.tick = niceTick(g.high, g.currency)
	g.high = upTo(g.high, g.tick)
	g.zero = g.bottom - g.depth()
	return g
}

// niceTick returns a distance of grid lines of 1, 2 or 5 times a power of ten
// that makes three or four of them.
func niceTick(high int64, currency money.Currency) int64 {
	unit := int64(1)
	for range currency.Exponent() {
		unit *= 10
	}
	least := high / 4
	if high%4 > 0 {
		least++
	}
	tick := unit
	for {
		for _, factor := range []int64{1, 2, 5} {
			if tick*factor >= least { // at 5e18 at the latest
				return tick * factor
			}
		}
		tick *= 10
	}
}

// upTo rounds up to a whole number of ticks, unless there is none as high as that.
func upTo(high, tick int64) int64 {
	over := high % tick
	if over <= 0 || high > math.MaxInt64-(tick-over) {
		return high
	}
	return high + tick - over
}

// depth is how much of the chart lies below zero: enough for the lowest value at
// the scale of those above, and always room for a small one and its dot.
func (g geometry) depth() float32 {
	const least, dot = 14, 6
	if g.low >= 0 {
		return least
	}
	share := float32(-float64(g.low) / float64(max(g.high, 1)))
	return max(share/(1+share)*(g.bottom-g.top-dot)+dot, least)
}

// y returns the height of a value.
func (g geometry) y(minor int64) float32 {
	return g.zero - float32(float64(minor)/float64(max(g.high, 1)))*(g.zero-g.top)
}

// CreateRenderer implements fyne.Widget.
func (c *FlowChart) CreateRenderer() fyne.WidgetRenderer {
	d := &drawing{widget: c}
	d.layout = func(size fyne.Size) {
		if size.Width <= chartAxis || len(c.months) == 0 {
			d.objects = nil
			return
		}
		p := &chartPen{chart: c, g: c.geometry(size), size: size}
		p.grid()
		p.bars()
		p.labels()
		p.net()
		p.values()
		d.objects = p.objects
	}
	d.min = func() fyne.Size { return fyne.NewSize(240, c.height) }
	return show(d)
}

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
	for n := p.g.low / p.g.tick; n <= p.g.high/p.g.tick; n++ {
		value := n * p.g.tick
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
