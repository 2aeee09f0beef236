package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"bankbook/ui/look"
)

const (
	scrollBarWidth = 10
	thumbLeast     = 28
)

// scrollBar shows and moves the place of a table.
type scrollBar struct {
	base
	body    *tableBody
	hovered bool
	dragged bool
	grip    float32 // where the thumb was taken
}

func newScrollBar(b *tableBody) *scrollBar {
	s := &scrollBar{body: b}
	s.ExtendBaseWidget(s)
	return s
}

// thumb returns upper edge and height of the thumb, 0 high if all rows are on
// screen.
func (s *scrollBar) thumb() (top, height float32) {
	view := float64(s.Size().Height)
	total := float64(s.body.count) * float64(s.body.pitch())
	if view <= 0 || total <= view {
		return 0, 0
	}
	high := max(view*view/total, thumbLeast)
	at := float64(s.body.row)*float64(s.body.pitch()) + float64(s.body.offset)
	return float32(at / (total - view) * (view - high)), float32(high)
}

// goTo puts the upper edge of the thumb at y.
func (s *scrollBar) goTo(y float32) {
	_, height := s.thumb()
	view := float64(s.Size().Height)
	if height == 0 || view <= float64(height) {
		return
	}
	part := max(min(float64(y)/(view-float64(height)), 1), 0)
	pitch := float64(s.body.pitch())
	at := part * (float64(s.body.count)*pitch - view)
	row := int(at / pitch)
	s.body.moveTo(row, float32(at-float64(row)*pitch))
}

// follow moves the thumb after the rows moved.
func (s *scrollBar) follow() {
	if s.Size().Height > 0 {
		s.Refresh()
	}
}

// Dragged moves the rows with the thumb.
func (s *scrollBar) Dragged(e *fyne.DragEvent) {
	if !s.dragged {
		s.dragged = true
		top, height := s.thumb()
		start := e.Position.Y - e.Dragged.DY
		s.grip = start - top
		if s.grip < 0 || s.grip > height {
			s.grip = height / 2
		}
	}
	s.goTo(e.Position.Y - s.grip)
}

// DragEnd lets the thumb go.
func (s *scrollBar) DragEnd() { s.dragged = false; s.Refresh() }

// Tapped goes a page up or down, or to the place under the pointer if that is
// on the thumb.
func (s *scrollBar) Tapped(e *fyne.PointEvent) {
	top, height := s.thumb()
	page := float32(s.body.fit()) * s.body.pitch()
	switch {
	case e.Position.Y < top:
		s.body.scrollBy(-page)
	case e.Position.Y > top+height:
		s.body.scrollBy(page)
	}
}

// MouseIn makes the thumb stronger.
func (s *scrollBar) MouseIn(*desktop.MouseEvent) { s.hovered = true; s.Refresh() }

// MouseMoved does nothing.
func (s *scrollBar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut makes the thumb weaker again.
func (s *scrollBar) MouseOut() { s.hovered = false; s.Refresh() }

// CreateRenderer implements fyne.Widget.
func (s *scrollBar) CreateRenderer() fyne.WidgetRenderer {
	const thin, inset = 4, 2
	thumb := rect(2)
	return show(&drawing{
		widget: s, objects: []fyne.CanvasObject{thumb},
		paint: func() {
			fill(thumb, look.Control)
			if s.hovered || s.dragged {
				fill(thumb, look.Strong)
			}
		},
		layout: func(size fyne.Size) {
			top, height := s.thumb()
			thumb.Hidden = height == 0
			width := float32(thin)
			if s.hovered || s.dragged {
				width = thin + 2
			}
			thumb.CornerRadius = width / 2
			place(thumb, size.Width-inset-width, top+inset, width, max(height-2*inset, 0))
		},
		min: func() fyne.Size { return fyne.NewSize(scrollBarWidth, 0) },
	})
}
