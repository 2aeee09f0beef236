package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// Sparkline draws a course without figures, 56 by 20.
type Sparkline struct {
	base
	values []int64
}

// NewSparkline returns a course of values, oldest first.
func NewSparkline(values []int64) *Sparkline {
	s := &Sparkline{values: values}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes the values.
func (s *Sparkline) Set(values []int64) { s.values = values; s.Refresh() }

// CreateRenderer implements fyne.Widget.
func (s *Sparkline) CreateRenderer() fyne.WidgetRenderer {
	const width, height, room = 56, 20, 2
	d := &drawing{widget: s}
	d.layout = func(size fyne.Size) {
		d.objects = nil
		if len(s.values) < 2 {
			return
		}
		low, high := s.values[0], s.values[0]
		for _, v := range s.values {
			low, high = min(low, v), max(high, v)
		}
		point := func(i int) fyne.Position {
			part := float32(0.5)
			if high > low {
				part = float32(float64(s.values[i]-low) / float64(high-low))
			}
			y := floor((size.Height-height)/2) + room + (1-part)*(height-2*room)
			return fyne.NewPos(size.Width-width+float32(i)*(width-2)/float32(len(s.values)-1), y)
		}
		for i := 1; i < len(s.values); i++ {
			d.objects = append(d.objects, segment(point(i-1), point(i), look.Strong, 1.5))
		}
	}
	d.min = func() fyne.Size { return fyne.NewSize(width, height) }
	return show(d)
}
