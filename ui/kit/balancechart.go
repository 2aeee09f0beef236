package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"bankbook/core/money"
	"bankbook/ui/look"
)

// BalancePoint is a day of a balance chart.
type BalancePoint struct {
	Day    int          // counted in days; the distance on the axis
	Label  string       // "Nov 18", for the axis
	Amount money.Amount // all of one currency
	Hover  []string     // lines of the value box
}

// BalanceChart draws what an account held day by day as a line.
type BalanceChart struct {
	base
	points []BalancePoint
	over   int
	height float32
}

// NewBalanceChart returns a chart of a height.
func NewBalanceChart(height float32) *BalanceChart {
	c := &BalanceChart{over: -1, height: height}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes the days, the earliest first.
func (c *BalanceChart) Set(points []BalancePoint) {
	c.points, c.over = points, -1
	c.Refresh()
}

// MouseIn shows the balance of the day under the pointer.
func (c *BalanceChart) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved shows the balance of the day under the pointer.
func (c *BalanceChart) MouseMoved(e *desktop.MouseEvent) {
	over := -1
	g := c.geometry(c.Size())
	for i := range c.points {
		if over < 0 || abs(g.x(i)-e.Position.X) < abs(g.x(over)-e.Position.X) {
			over = i
		}
	}
	if c.over != over {
		c.over = over
		c.Refresh()
	}
}

func abs(v float32) float32 { return max(v, -v) }

// MouseOut hides the balance.
func (c *BalanceChart) MouseOut() { c.over = -1; c.Refresh() }

// balanceGeometry is where things stand in a chart of a size. Amounts are in minor
// units; nothing is added to them, so they need not be exact.
type balanceGeometry struct {
	points                   []BalancePoint
	left, right, top, bottom float32
	low, high, tick          float64
}

const (
	balanceAxis  = 44
	balanceRight = 8
)

func (c *BalanceChart) geometry(size fyne.Size) balanceGeometry {
	g := balanceGeometry{points: c.points, left: balanceAxis, right: size.Width - balanceRight, top: chartAbove, bottom: size.Height - chartBelow}
	currency := money.USD
	for _, p := range c.points {
		g.low, g.high = min(g.low, float64(p.Amount.Minor)), max(g.high, float64(p.Amount.Minor))
		currency = p.Amount.Currency
	}
	g.tick = balanceTick(g.high-g.low, currency)
	g.low = math.Floor(g.low/g.tick) * g.tick
	g.high = max(math.Ceil(g.high/g.tick)*g.tick, g.low+g.tick)
	return g
}

// balanceTick returns a distance of grid lines of 1, 2 or 5 times a power of ten
// that makes up to six of them.
func balanceTick(span float64, currency money.Currency) float64 {
	tick := math.Pow10(currency.Exponent())
	for {
		for _, factor := range []float64{1, 2, 5} {
			if tick*factor*4 >= span {
				return tick * factor
			}
		}
		tick *= 10
	}
}

// x is where a day stands.
func (g balanceGeometry) x(i int) float32 {
	first, last := g.points[0].Day, g.points[len(g.points)-1].Day
	if first == last {
		return g.right
	}
	return g.left + (g.right-g.left)*float32(g.points[i].Day-first)/float32(last-first)
}

// y is the height of a value.
func (g balanceGeometry) y(minor int64) float32 {
	share := (float64(minor) - g.low) / (g.high - g.low)
	return g.bottom - float32(share)*(g.bottom-g.top)
}

// CreateRenderer implements fyne.Widget.
func (c *BalanceChart) CreateRenderer() fyne.WidgetRenderer {
	d := &drawing{widget: c}
	d.layout = func(size fyne.Size) {
		d.objects = nil
		if size.Width > balanceAxis+balanceRight && len(c.points) > 0 {
			p := &balancePen{chart: c, g: c.geometry(size), size: size}
			p.grid()
			p.labels()
			p.line()
			p.value()
			d.objects = p.objects
		}
	}
	d.min = func() fyne.Size { return fyne.NewSize(240, c.height) }
	return show(d)
}

// balancePen collects the primitives of one drawing of a chart.
type balancePen struct {
	chart   *BalanceChart
	g       balanceGeometry
	size    fyne.Size
	objects []fyne.CanvasObject
}

func (p *balancePen) add(o fyne.CanvasObject, x, y, w, h float32) {
	place(o, x, y, w, h)
	p.objects = append(p.objects, o)
}

func (p *balancePen) text(text string, s Style, at fyne.Position, w float32) {
	t := newCanvasText()
	ink(t, text, s)
	p.add(t, at.X, at.Y, w, 18)
}

func (p *balancePen) grid() {
	currency := p.g.points[0].Amount.Currency
	for n := range int((p.g.high-p.g.low)/p.g.tick+0.5) + 1 {
		value := p.g.low + float64(n)*p.g.tick
		minor := int64(min(max(value, -math.MaxInt64/2), math.MaxInt64/2))
		y := floor(p.g.bottom - float32((value-p.g.low)/(p.g.high-p.g.low))*(p.g.bottom-p.g.top))
		token := look.ChartGrid
		if n == int(-p.g.low/p.g.tick+0.5) {
			token = look.Control
		}
		r := rect(0)
		fill(r, token)
		p.add(r, p.g.left, y, p.g.right-p.g.left, 1)
		p.text(money.Of(minor, currency).Whole(), Small().Right(), fyne.NewPos(0, y-9), p.g.left-8)
	}
}

// labels names up to five days, evenly apart.
func (p *balancePen) labels() {
	const wide = 60
	n := len(p.g.points)
	most := min(n, 5, max(int((p.g.right-p.g.left)/(wide+12)), 1))
	for k := range most {
		i := n - 1
		if most > 1 {
			i = k * (n - 1) / (most - 1)
		}
		x, style := p.g.x(i)-wide/2, Small().Center()
		switch {
		case p.g.x(i)-wide/2 < p.g.left:
			x, style = p.g.x(i), Small()
		case p.g.x(i)+wide/2 > p.size.Width:
			x, style = p.size.Width-wide, Small().Right()
		}
		p.text(p.g.points[i].Label, style, fyne.NewPos(x, p.size.Height-18), wide)
	}
}

func (p *balancePen) at(i int) fyne.Position {
	return fyne.NewPos(p.g.x(i), p.g.y(p.g.points[i].Amount.Minor))
}

// line goes from change to change: a stretch without one is one piece, and the
// corners are rounded, so that no gap shows between pieces.
func (p *balancePen) line() {
	last := len(p.g.points) - 1
	from := 0
	for i := 1; i <= last; i++ {
		level := p.g.points[i].Amount == p.g.points[from].Amount
		if level && i < last && p.g.points[i+1].Amount == p.g.points[i].Amount {
			continue
		}
		p.objects = append(p.objects, segment(p.at(from), p.at(i), look.Primary, 2))
		p.dot(i, 2)
		from = i
	}
	p.dot(last, balanceDot)
}

// balanceDot is the size of the dot at the end.
const balanceDot = 9

func (p *balancePen) dot(i int, size float32) {
	at := p.at(i)
	p.add(canvas.NewCircle(look.Color(look.Primary)), at.X-size/2, at.Y-size/2, size, size)
}

// value draws the box with the balance of the day under the pointer.
func (p *balancePen) value() {
	i := p.chart.over
	if i < 0 || i >= len(p.g.points) || len(p.g.points[i].Hover) == 0 {
		return
	}
	p.dot(i, balanceDot)
	lines := p.g.points[i].Hover
	widest := float32(0)
	for _, line := range lines {
		widest = max(widest, Small().Measure(line).Width)
	}
	wide, high := ceil(widest)+20, float32(len(lines))*18+12
	x := p.g.x(i) + 10
	if x+wide > p.size.Width {
		x = p.g.x(i) - 10 - wide
	}
	paper := newBox(look.RadiusControl)
	paper.paint(look.Inverse, look.Clear, 0)
	paper.place(x, p.g.top, wide, high)
	p.objects = append(p.objects, paper.objects()...)
	for k, line := range lines {
		p.text(line, Small().In(look.OnInverse), fyne.NewPos(x+10, p.g.top+6+float32(k)*18), widest+1)
	}
}
