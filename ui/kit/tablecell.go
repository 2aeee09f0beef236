package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// pieceGap is between things in one cell.
const pieceGap = 8

// width is how much room a piece wants.
func (p piece) width() float32 {
	switch p.kind {
	case textPiece:
		return p.style.Measure(p.text).Width
	case pillPiece:
		return p.pill.width()
	case tagPiece:
		return tagWidth(p.text)
	}
	return p.size
}

// drawCell sets the pieces of one cell side by side.
func (r *Row) drawCell(col int, s span, height float32) {
	if s.width <= 0 {
		return
	}
	right := s.x + s.width
	for _, p := range r.pieces {
		if p.col == col && p.end {
			right -= p.width()
			r.drawPiece(p, right, p.width(), height)
			right -= columnGap
		}
	}
	flow, widths := r.flow(col, right-s.x)
	total := flowWidth(flow, widths)
	x := s.x
	if r.body.table.spec.Columns[col].Right {
		x = right - total
	}
	for i, p := range flow {
		if i > 0 && !p.join {
			x += pieceGap
		}
		r.drawPiece(p, x, widths[i], height)
		x += widths[i]
	}
}

// flow returns the pieces of a cell that fit into room, and their widths: the
// first text shrinks, then pieces at the end are left out.
func (r *Row) flow(col int, room float32) ([]piece, []float32) {
	var flow []piece
	var widths []float32
	for _, p := range r.pieces {
		if p.col == col && !p.end {
			flow = append(flow, p)
			widths = append(widths, p.width())
		}
	}
	const least = 48
	for len(flow) > 0 {
		over := flowWidth(flow, widths) - room
		if over <= 0.5 {
			break
		}
		if flow[0].kind == textPiece && (widths[0]-over >= least || len(flow) == 1) {
			widths[0] = max(widths[0]-over, 0)
			break
		}
		flow, widths = flow[:len(flow)-1], widths[:len(widths)-1]
	}
	return flow, widths
}

func flowWidth(flow []piece, widths []float32) float32 {
	total := float32(0)
	for i, p := range flow {
		if i > 0 && !p.join {
			total += pieceGap
		}
		total += widths[i]
	}
	return total
}

func (r *Row) drawPiece(p piece, x, width, height float32) {
	middle := func(extent float32) float32 { return floor((height - extent) / 2) }
	switch p.kind {
	case textPiece:
		r.drawText(p.style.Fit(p.text, width), p.style, x, width, height)
	case pillPiece:
		r.drawPill(p.pill, x, middle(pillHeight), width)
	case tagPiece:
		r.drawTag(p, x, middle(tagHeight), width)
	case iconPiece:
		image := r.pictures.next()
		image.paint(p.icon, p.token)
		image.place(floor(x), middle(p.size), p.size)
	case dotPiece:
		circle := r.circles.next()
		circle.Hidden = false
		circle.FillColor = look.Color(p.token)
		place(circle, x, middle(p.size), p.size, p.size)
	case checkPiece:
		mark := r.marks.next()
		mark.body.outer.Show()
		mark.paint(p.on, false)
		mark.place(x, middle(p.size))
	}
}

func (r *Row) drawText(text string, s Style, x, width, height float32) {
	s.Align = fyne.TextAlignLeading
	line := r.texts.next()
	line.Hidden = false
	ink(line, text, s)
	place(line, x, 0, width, height)
}

func (r *Row) drawPill(spec PillSpec, x, y, width float32) {
	body := r.rects.next()
	body.Hidden = false
	body.CornerRadius = look.RadiusPill
	fill(body, spec.Tone.Paper())
	place(body, x, y, width, pillHeight)
	if spec.Mark == SpinMark {
		spec.Mark = DotMark
	}
	switch {
	case spec.Icon != "":
		image := r.pictures.next()
		image.paint(spec.Icon, spec.Tone.Ink())
		image.place(x+pillSide, y+(pillHeight-pillIcon)/2, pillIcon)
	case spec.Mark == DotMark:
		circle := r.circles.next()
		circle.Hidden = false
		circle.FillColor = look.Color(spec.Tone.Ink())
		place(circle, x+pillSide, y+(pillHeight-pillDot)/2, pillDot, pillDot)
	}
	r.label(spec.Text, Small().In(spec.Tone.Ink()), x+spec.lead(), y, pillHeight)
}

func (r *Row) drawTag(p piece, x, y, width float32) {
	paper, word := look.Neutral, look.Text2
	if r.index == r.body.focusRow {
		paper = look.Surface
	}
	if p.empty {
		paper, word = look.Surface, look.Muted
		edge := r.rects.next()
		edge.Hidden = false
		edge.CornerRadius = look.RadiusTag
		fill(edge, look.Control)
		place(edge, x, y, width, tagHeight)
		x, y, width = x+1, y+1, width-2
	}
	body := r.rects.next()
	body.Hidden = false
	body.CornerRadius = look.RadiusTag
	fill(body, paper)
	high := float32(tagHeight)
	inset := float32(tagSide)
	if p.empty {
		high, inset = high-2, inset-1
	}
	place(body, x, y, width, high)
	r.label(p.text, Small().In(word), x+inset, y, high)
}

// label puts the words of a pill or tag at a place.
func (r *Row) label(text string, s Style, x, y, height float32) {
	line := r.texts.next()
	line.Hidden = false
	ink(line, text, s)
	place(line, x, y, s.Measure(text).Width, height)
}

func (r *Row) drawSection(size fyne.Size) {
	for _, p := range r.pieces {
		r.drawText(p.text, p.style, r.body.table.spec.Side, size.Width-2*r.body.table.spec.Side, size.Height)
	}
}

// drawLoading puts three bars where the first, the widest and the last column
// have their content.
func (r *Row) drawLoading(spans []span, height float32) {
	const thick = 10
	widest := 0
	last := 0
	for i, s := range spans {
		if s.width > spans[widest].width {
			widest = i
		}
		if s.width > 0 {
			last = i
		}
	}
	for i, col := range []int{0, widest, last} {
		if col >= len(spans) || (i > 0 && col == 0) || (i == 2 && col == widest) {
			continue
		}
		s := spans[col]
		width := min(s.width*0.7, 40+float32((r.index*37)%80)+60*float32(i%2))
		bar := r.rects.next()
		bar.Hidden = false
		bar.CornerRadius = look.RadiusTag
		fill(bar, look.Neutral)
		x := s.x
		if i == 2 {
			x = s.x + s.width - width
		}
		place(bar, x, floor((height-thick)/2), width, thick)
	}
}
