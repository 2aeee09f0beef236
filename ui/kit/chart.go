package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"bankbook/core/money"
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
		g.low = min(g.low, m.Net.Minor)
		g.currency = m.In.Currency
	}
	g.tick = niceTick(g.high, g.currency)
	g.high = (g.high + g.tick - 1) / g.tick * g.tick
	return g
}

// niceTick returns a distance of grid lines of 1, 2 or 5 times a power of ten
// that makes three or four of them.
func niceTick(high int64, currency money.Currency) int64 {
	unit := int64(1)
	for range currency.Exponent() {
		unit *= 10
	}
	tick := unit
	for {
		for _, factor := range []int64{1, 2, 5} {
			if tick*factor*4 >= high {
				return tick * factor
			}
		}
		tick *= 10
	}
}

// y returns the height of a value. Below zero the chart shows at most a third
// of a tick, so that a small loss is seen and a large one does not press the
// bars flat.
func (g geometry) y(minor int64) float32 {
	below := float32(0)
	if g.low < 0 {
		below = min(float32(-g.low)/float32(g.tick), 1) * (g.bottom - g.top) / float32(g.high/g.tick+1)
	}
	zero := g.bottom - max(below, 14)
	if minor < 0 && -minor > g.tick {
		minor = -g.tick
	}
	return zero - float32(float64(minor)/float64(max(g.high, 1)))*(zero-g.top)
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
