package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"bankbook/ui/look"
)

// tableHead names the columns, 28 high.
type tableHead struct {
	base
	table      *Table
	sortKey    string
	descending bool
	all        bool
	over       int // column under the pointer, -1 none
}

func newTableHead(t *Table) *tableHead {
	h := &tableHead{table: t, over: -1}
	h.ExtendBaseWidget(h)
	return h
}

// column returns the column at x, -1 none.
func (h *tableHead) column(x float32) int {
	for i, s := range h.table.spans(h.Size().Width) {
		if s.width > 0 && x >= s.x-columnGap/2 && x < s.x+s.width+columnGap/2 {
			return i
		}
	}
	return -1
}

// Tapped asks for a sort order or checks all rows.
func (h *tableHead) Tapped(e *fyne.PointEvent) {
	i := h.column(e.Position.X)
	if i < 0 {
		return
	}
	c, spec := h.table.spec.Columns[i], h.table.spec
	switch {
	case c.Check && spec.OnCheckAll != nil:
		spec.OnCheckAll()
	case c.Key != "" && spec.OnSort != nil:
		spec.OnSort(c.Key)
	}
}

// MouseIn shows which title can be tapped.
func (h *tableHead) MouseIn(e *desktop.MouseEvent) { h.MouseMoved(e) }

// MouseMoved shows which title can be tapped.
func (h *tableHead) MouseMoved(e *desktop.MouseEvent) { h.setOver(h.column(e.Position.X)) }

// MouseOut ends that.
func (h *tableHead) MouseOut() { h.setOver(-1) }

func (h *tableHead) setOver(column int) {
	if h.over != column {
		h.over = column
		h.Refresh()
	}
}

func (h *tableHead) style(i int) Style {
	c := h.table.spec.Columns[i]
	if c.Key != "" && (c.Key == h.sortKey || i == h.over) {
		return Small().In(look.Text2)
	}
	return Small()
}

// CreateRenderer implements fyne.Widget.
func (h *tableHead) CreateRenderer() fyne.WidgetRenderer {
	paper, line, arrow, mark := rect(0), rect(0), newPicture(), newCheckMark()
	d := &drawing{widget: h}
	fixed := append([]fyne.CanvasObject{paper, line, arrow.image}, mark.objects()...)
	var titles []*canvas.Text
	d.paint = func() {
		fill(paper, look.Sunken)
		if h.table.spec.TopOfCard {
			paper.TopLeftCornerRadius, paper.TopRightCornerRadius = look.RadiusInside, look.RadiusInside
		}
		fill(line, look.Border)
		for len(titles) < len(h.table.spec.Columns) {
			titles = append(titles, newCanvasText())
		}
		d.objects = append([]fyne.CanvasObject(nil), fixed...)
		for i, c := range h.table.spec.Columns {
			ink(titles[i], c.Title, h.style(i))
			d.objects = append(d.objects, titles[i])
		}
		arrow.paint("", look.Clear)
		mark.paint(h.all, false)
		for _, o := range mark.objects() {
			o.Hide()
		}
	}
	d.layout = func(size fyne.Size) {
		place(paper, 0, 0, size.Width, size.Height-1)
		place(line, 0, size.Height-1, size.Width, 1)
		for i, s := range h.table.spans(size.Width) {
			h.layoutTitle(i, s, titles[i], arrow)
			if h.table.spec.Columns[i].Check {
				mark.body.outer.Show()
				mark.paint(h.all, false)
				mark.place(s.x, floor((size.Height-checkSize)/2))
			}
		}
	}
	d.min = func() fyne.Size { return fyne.NewSize(100, look.HeadHeight) }
	return show(d)
}

func (h *tableHead) layoutTitle(i int, s span, title *canvas.Text, arrow *picture) {
	const arrowSize, gap = 12, 3
	c, style := h.table.spec.Columns[i], h.style(i)
	title.Hidden = s.width <= 0
	room := s.width
	sorted := c.Key != "" && c.Key == h.sortKey
	if sorted {
		room -= arrowSize + gap
	}
	title.Text = style.Fit(c.Title, max(room, 0))
	width := style.Measure(title.Text).Width
	x := s.x
	if c.Right {
		x = s.x + s.width - width
		if sorted {
			x -= arrowSize + gap
		}
	}
	place(title, x, 0, width, look.HeadHeight)
	if sorted && s.width > 0 {
		icon := look.IconSortUp
		if h.descending {
			icon = look.IconSortDown
		}
		arrow.paint(icon, look.Text2)
		arrow.place(floor(x+width)+gap, 8, arrowSize)
	}
}
