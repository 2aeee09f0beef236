package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bankbook/ui/look"
)

// loop is an animation without end that runs only while something is shown and
// the person has not asked for less motion.
type loop struct{ animation *fyne.Animation }

// run starts or stops the loop. Without motion tick is called once with the
// place at which things stand still.
func (l *loop) run(on bool, period time.Duration, rest float32, tick func(float32)) {
	if !on || look.Still() {
		l.stop()
		tick(rest)
		return
	}
	if l.animation != nil {
		return
	}
	l.animation = &fyne.Animation{
		Duration: period, RepeatCount: fyne.AnimationRepeatForever, Curve: fyne.AnimationLinear, Tick: tick,
	}
	l.animation.Start()
}

func (l *loop) stop() {
	if l.animation != nil {
		l.animation.Stop()
		l.animation = nil
	}
}

// arc is the turning part of a spinner: three quarters of a ring.
type arc struct {
	shape *canvas.Arc
	loop  loop
}

func newArc() *arc {
	return &arc{shape: &canvas.Arc{CutoutRatio: 0.86, CornerRadius: 1, StartAngle: 0, EndAngle: 280}}
}

func (a *arc) paint(t look.Token) { a.shape.FillColor = look.Color(t) }

func (a *arc) show(on bool) {
	a.shape.Hidden = !on
	a.loop.run(on, 900*time.Millisecond, 1.0/6, func(done float32) {
		a.shape.StartAngle = done * 360
		a.shape.EndAngle = a.shape.StartAngle + 280
		a.shape.Refresh()
	})
}

func (a *arc) stop() { a.loop.stop() }

func (a *arc) place(x, y, size float32) {
	inset := size / 16
	place(a.shape, x+inset, y+inset, size-2*inset, size-2*inset)
}

// Spinner turns while something is under way.
type Spinner struct {
	base
	size  float32
	token look.Token
}

// NewSpinner returns a spinner as high and wide as size.
func NewSpinner(size float32) *Spinner {
	s := &Spinner{size: size, token: look.Primary}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *Spinner) CreateRenderer() fyne.WidgetRenderer {
	a := newArc()
	return show(&drawing{
		widget: s, objects: []fyne.CanvasObject{a.shape},
		paint:   func() { a.paint(s.token); a.show(s.Visible()) },
		layout:  func(size fyne.Size) { a.place((size.Width-s.size)/2, (size.Height-s.size)/2, s.size) },
		min:     func() fyne.Size { return fyne.NewSquareSize(s.size) },
		destroy: a.stop,
	})
}

// Hide stops the spinner as well.
func (s *Spinner) Hide() { s.BaseWidget.Hide(); s.Refresh() }

// Show turns the spinner again.
func (s *Spinner) Show() { s.BaseWidget.Show(); s.Refresh() }

// MovingBar says that work goes on without saying how much is left, because
// Plaid gives no total: a segment of 28 % moves along a track.
type MovingBar struct {
	base
	height float32
	on     bool
}

// NewMovingBar returns a bar of a height: 8 in a page, 2 in a card.
func NewMovingBar(height float32) *MovingBar {
	b := &MovingBar{height: height, on: true}
	b.ExtendBaseWidget(b)
	return b
}

// SetMoving starts or stops the segment. A stopped bar is an empty track.
func (b *MovingBar) SetMoving(on bool) {
	if b.on != on {
		b.on = on
		b.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (b *MovingBar) CreateRenderer() fyne.WidgetRenderer {
	const segmentShare = 0.28
	track, segment := rect(b.height/2), rect(b.height/2)
	var motion loop
	at := float32(0.34)
	d := &drawing{widget: b, objects: []fyne.CanvasObject{track, segment}, destroy: motion.stop}
	d.layout = func(size fyne.Size) {
		place(track, 0, 0, size.Width, b.height)
		width := size.Width * segmentShare
		left := at*(size.Width+width) - width
		from, to := max(left, 0), min(left+width, size.Width)
		place(segment, from, 0, max(to-from, 0), b.height)
	}
	d.paint = func() {
		fill(track, look.Neutral)
		fill(segment, look.Primary)
		segment.Hidden = !b.on
		motion.run(b.on && b.Visible(), 1600*time.Millisecond, 0.48, func(done float32) {
			at = done
			d.layout(b.Size())
		})
	}
	d.min = func() fyne.Size { return fyne.NewSize(40, b.height) }
	return show(d)
}
