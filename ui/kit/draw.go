package kit

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"bankbook/ui/look"
)

// drawing is the renderer of every widget of the kit: a list of primitives and
// three functions that know their places, colours and smallest size.
type drawing struct {
	widget  fyne.Widget
	objects []fyne.CanvasObject
	layout  func(size fyne.Size)
	paint   func()
	min     func() fyne.Size
	destroy func()
}

var _ fyne.WidgetRenderer = (*drawing)(nil)

// show completes a renderer: it paints once, so that the first frame has
// colours.
func show(d *drawing) fyne.WidgetRenderer {
	if d.paint != nil {
		d.paint()
	}
	return d
}

func (d *drawing) Objects() []fyne.CanvasObject { return d.objects }

func (d *drawing) Layout(size fyne.Size) {
	if d.layout != nil {
		d.layout(size)
	}
}

func (d *drawing) MinSize() fyne.Size { return d.min() }

func (d *drawing) Refresh() {
	if d.paint != nil {
		d.paint()
	}
	d.Layout(d.widget.Size())
	canvas.Refresh(d.widget)
}

func (d *drawing) Destroy() {
	if d.destroy != nil {
		d.destroy()
	}
}

// place gives an object its place. A text is set on whole units, because Fyne's
// two painters round parts of a unit in different directions.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	if t, ok := o.(*canvas.Text); ok {
		placeText(t, x, y, w, h)
		return
	}
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// placeText sets a text into a place by its alignment, centred upright as
// browsers do: ascent and descent are rounded each for itself. Fyne rounds the
// ascent up, which sets some sizes one unit too low.
func placeText(t *canvas.Text, x, y, w, h float32) {
	size, ascent := fyne.CurrentApp().Driver().RenderedTextSize(t.Text, t.TextSize, t.TextStyle, t.FontSource)
	switch t.Alignment {
	case fyne.TextAlignTrailing:
		x += w - size.Width
	case fyne.TextAlignCenter:
		x += (w - size.Width) / 2
	}
	line := round(ascent) + round(size.Height-ascent)
	if h == lineHeight(t.TextSize) {
		h = t.TextSize * leading
	}
	t.Move(fyne.NewPos(round(x), round(y+(h-line)/2)+round(ascent)-ceil(ascent)))
	t.Resize(size)
}

func floor(v float32) float32 { return float32(math.Floor(float64(v))) }
func round(v float32) float32 { return float32(math.Round(float64(v))) }
func ceil(v float32) float32  { return float32(math.Ceil(float64(v))) }

// rect returns a rectangle without stroke. It is never filled with nil, which
// the software painter cannot draw.
func rect(radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(color.Transparent)
	r.CornerRadius = radius
	return r
}

func fill(r *canvas.Rectangle, t look.Token) { r.FillColor = look.Color(t) }

// box is a filled shape with a line around it. The line is not a stroke but a
// second rectangle below, because Fyne's two painters put strokes in different
// places (GL inside, software across the edge).
type box struct {
	outer, inner *canvas.Rectangle
	radius       float32
	line         float32
}

func newBox(radius float32) *box {
	return &box{outer: rect(radius), inner: rect(radius), radius: radius}
}

func (b *box) objects() []fyne.CanvasObject { return []fyne.CanvasObject{b.outer, b.inner} }

// paint sets the colours. With line Clear there is no line; with filling Clear
// there is only the line.
func (b *box) paint(filling, line look.Token, width float32) {
	b.line = width
	b.outer.StrokeWidth, b.outer.StrokeColor = 0, color.Transparent
	b.inner.Show()
	switch {
	case line == look.Clear || width == 0:
		b.line = 0
		b.outer.FillColor = color.Transparent
	case filling == look.Clear:
		b.outer.FillColor = color.Transparent
		b.outer.StrokeWidth, b.outer.StrokeColor = width, look.Color(line)
		b.inner.Hide()
	default:
		fill(b.outer, line)
	}
	fill(b.inner, filling)
	b.inner.CornerRadius = max(b.radius-b.line, 0)
}

func (b *box) place(x, y, w, h float32) {
	place(b.outer, x, y, w, h)
	place(b.inner, x+b.line, y+b.line, max(w-2*b.line, 0), max(h-2*b.line, 0))
}

// shade puts the shadow of pop-ups under a box.
func (b *box) shade() {
	shape := b.outer
	if b.line == 0 {
		shape = b.inner
	}
	shape.Shadow = canvas.Shadow{
		Color: look.Color(look.PopupShadow), BlurRadius: 24, Offset: fyne.NewPos(0, 8), Variant: canvas.DropShadow,
	}
}

// picture is an icon as a primitive of another widget.
type picture struct {
	image *canvas.Image
	shown string
}

func newPicture() *picture {
	image := &canvas.Image{FillMode: canvas.ImageFillContain}
	image.Hide()
	return &picture{image: image}
}

// paint shows an icon in a colour, or nothing for an empty name. The drawing is
// parsed again only when it differs.
func (p *picture) paint(name look.IconName, t look.Token) {
	if name == "" {
		p.image.Hide()
		return
	}
	p.image.Show()
	resource := look.Icon(name, t)
	if resource.Name() == p.shown {
		return
	}
	p.shown = resource.Name()
	p.image.Resource = resource
	p.image.Refresh()
}

func (p *picture) place(x, y, size float32) { place(p.image, x, y, size, size) }

// base names the parts of a widget that all of the kit embed.
type base struct{ widget.BaseWidget }
