package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/ui/look"
)

// Fixed gives an object a fixed width and height; 0 keeps its own.
func Fixed(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(fixed{width, height}, o)
}

type fixed struct{ width, height float32 }

func (f fixed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	if f.width > 0 {
		size.Width = f.width
	}
	if f.height > 0 {
		size.Height = f.height
	}
	return size
}

func (f fixed) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if f.height > 0 {
		return f.height
	}
	height := float32(0)
	for _, o := range objects {
		height = max(height, heightAt(o, width))
	}
	return height
}

func (f fixed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		place(o, 0, 0, size.Width, size.Height)
	}
}

// Leading keeps an object at its own size, at the left and centred upright.
func Leading(o fyne.CanvasObject) *fyne.Container { return container.New(anchor{0, 0.5}, o) }

// Trailing keeps an object at its own size, at the right and centred upright.
func Trailing(o fyne.CanvasObject) *fyne.Container { return container.New(anchor{1, 0.5}, o) }

// Centered keeps an object at its own size, in the middle.
func Centered(o fyne.CanvasObject) *fyne.Container { return container.New(anchor{0.5, 0.5}, o) }

// TopCentered keeps an object at its own size, at the middle of the upper edge.
func TopCentered(o fyne.CanvasObject) *fyne.Container { return container.New(anchor{0.5, 0}, o) }

// anchor keeps objects at their own size at a relative place.
type anchor struct{ x, y float32 }

func (anchor) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

func (a anchor) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		least := o.MinSize()
		width := min(least.Width, size.Width)
		height := heightAt(o, width)
		place(o, floor((size.Width-width)*a.x), floor(max(size.Height-height, 0)*a.y), width, height)
	}
}

// MaxWidth lets an object be as wide as its place up to a width, at the left.
func MaxWidth(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(most{width: width}, o)
}

// MaxWidthCentered lets an object be as wide as its place up to a width, in the
// middle.
func MaxWidthCentered(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(most{width: width, center: true}, o)
}

type most struct {
	width  float32
	center bool
}

func (m most) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

func (m most) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	for _, o := range objects {
		height = max(height, heightAt(o, min(width, m.width)))
	}
	return height
}

func (m most) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width, m.width)
	x := float32(0)
	if m.center {
		x = floor((size.Width - width) / 2)
	}
	for _, o := range objects {
		place(o, x, 0, width, size.Height)
	}
}

// Columns sets objects side by side in columns: a width of 0 shares what the
// fixed widths leave over. The objects take the whole height.
func Columns(gap float32, widths []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(columns{gap: gap, widths: widths}, objects...)
}

// Grid sets objects side by side in columns of equal width, as many to a row.
func Grid(across int, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	rows := make([]fyne.CanvasObject, 0, (len(objects)+across-1)/across)
	for start := 0; start < len(objects); start += across {
		row := objects[start:min(start+across, len(objects))]
		widths := make([]float32, across)
		rows = append(rows, Columns(gap, widths, row...))
	}
	return VBox(gap, rows...)
}

type columns struct {
	gap    float32
	widths []float32
}

// spread returns the width of each column.
func (c columns) spread(total float32) []float32 {
	left, stretching := total, 0
	for i, width := range c.widths {
		if i > 0 {
			left -= c.gap
		}
		left -= width
		if width == 0 {
			stretching++
		}
	}
	spread := make([]float32, len(c.widths))
	for i, width := range c.widths {
		spread[i] = width
		if width == 0 {
			spread[i] = max(left/float32(stretching), 0)
		}
	}
	return spread
}

func (c columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(c.gap*float32(max(len(c.widths)-1, 0)), 0)
	widest, stretching := float32(0), 0
	for i, width := range c.widths {
		if width == 0 {
			stretching++
		}
		size.Width += width
		if i >= len(objects) || !objects[i].Visible() {
			continue
		}
		least := objects[i].MinSize()
		size.Height = max(size.Height, least.Height)
		if width == 0 {
			widest = max(widest, least.Width)
		}
	}
	size.Width += widest * float32(stretching)
	return size
}

func (c columns) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	for i, column := range c.spread(width) {
		if i < len(objects) && objects[i].Visible() {
			height = max(height, heightAt(objects[i], column))
		}
	}
	return height
}

func (c columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, width := range c.spread(size.Width) {
		if i >= len(objects) {
			return
		}
		place(objects[i], x, 0, width, size.Height)
		x += width + c.gap
	}
}

// Fill is a plain area of one colour, behind other things.
type Fill struct {
	base
	token  look.Token
	radius float32
}

// NewFill returns an area in the colour of a token.
func NewFill(t look.Token, radius float32) *Fill {
	f := &Fill{token: t, radius: radius}
	f.ExtendBaseWidget(f)
	return f
}

// SetToken changes the colour.
func (f *Fill) SetToken(t look.Token) { f.token = t; f.Refresh() }

// CreateRenderer implements fyne.Widget.
func (f *Fill) CreateRenderer() fyne.WidgetRenderer {
	area := rect(f.radius)
	return show(&drawing{
		widget: f, objects: []fyne.CanvasObject{area},
		paint:  func() { fill(area, f.token) },
		layout: func(size fyne.Size) { place(area, 0, 0, size.Width, size.Height) },
		min:    func() fyne.Size { return fyne.NewSize(1, 1) },
	})
}

// On puts an object on an area of one colour.
func On(t look.Token, o fyne.CanvasObject) *fyne.Container {
	return container.New(newFrame(Edges{}), NewFill(t, 0), o)
}

// Rule is a line of 1 px.
type Rule struct {
	base
	token   look.Token
	upright bool
}

// NewRule returns a level line across.
func NewRule() *Rule { return newRule(false) }

// NewUprightRule returns an upright line.
func NewUprightRule() *Rule { return newRule(true) }

func newRule(upright bool) *Rule {
	r := &Rule{token: look.Border, upright: upright}
	r.ExtendBaseWidget(r)
	return r
}

// In returns the line in another colour.
func (r *Rule) In(t look.Token) *Rule { r.token = t; return r }

// CreateRenderer implements fyne.Widget.
func (r *Rule) CreateRenderer() fyne.WidgetRenderer {
	line := rect(0)
	return show(&drawing{
		widget: r, objects: []fyne.CanvasObject{line},
		paint: func() { fill(line, r.token) },
		layout: func(size fyne.Size) {
			if r.upright {
				place(line, 0, 0, 1, size.Height)
				return
			}
			place(line, 0, 0, size.Width, 1)
		},
		min: func() fyne.Size { return fyne.NewSize(1, 1) },
	})
}
