package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bankbook/core/money"
	"bankbook/ui/look"
)

// Row is a row on screen, for Bind to fill. Cells are named by column; several
// things in one cell follow each other from the left. Where room is short the
// first text of the cell gets an ellipsis.
type Row struct {
	body    *tableBody
	index   int
	box     *fyne.Container
	back    *canvas.Rectangle
	bar     *canvas.Rectangle
	line    *canvas.Rectangle
	pieces  []piece
	checked bool
	section bool
	loading bool
	over    bool // it stands over other rows

	texts    pool[*canvas.Text]
	rects    pool[*canvas.Rectangle]
	circles  pool[*canvas.Circle]
	pictures pool[*picture]
	marks    pool[*checkMark]
}

// pieceKind is what a piece of a cell is.
type pieceKind int

const (
	textPiece pieceKind = iota
	pillPiece
	tagPiece
	iconPiece
	dotPiece
	checkPiece
)

// piece is one thing in a cell.
type piece struct {
	kind  pieceKind
	col   int
	text  string
	style Style
	pill  PillSpec
	empty bool // an outlined tag
	icon  look.IconName
	token look.Token
	size  float32
	on    bool
	join  bool // without a gap after the piece before
	end   bool // at the right end of the cell
}

func newRow(b *tableBody) *Row {
	r := &Row{body: b, index: -1, back: rect(0), bar: rect(0), line: rect(0)}
	r.box = &fyne.Container{}
	r.texts.make = newCanvasText
	r.rects.make = func() *canvas.Rectangle { return rect(0) }
	r.circles.make = func() *canvas.Circle { return canvas.NewCircle(color.Transparent) }
	r.pictures.make = newPicture
	r.marks.make = newCheckMark
	return r
}

// Index returns the number of the row.
func (r *Row) Index() int { return r.index }

// Text puts a text into a cell.
func (r *Row) Text(col int, text string, s Style) {
	r.add(piece{kind: textPiece, col: col, text: text, style: s})
}

// Join puts a text right behind the one before, in another style: a mask behind
// a name. It is never shortened.
func (r *Row) Join(col int, text string, s Style) {
	r.add(piece{kind: textPiece, col: col, text: text, style: s, join: true})
}

// Money puts an amount into a cell.
func (r *Row) Money(col int, a money.Amount, form MoneyForm, hidden bool) {
	text, style := MoneyText(a, form, hidden, Body())
	r.Text(col, text, style)
}

// Pill puts a pill into a cell. SpinMark shows as a dot, because a table does
// not move.
func (r *Row) Pill(col int, spec PillSpec) { r.add(piece{kind: pillPiece, col: col, pill: spec}) }

// PillEnd puts a pill at the right end of a cell.
func (r *Row) PillEnd(col int, spec PillSpec) {
	r.add(piece{kind: pillPiece, col: col, pill: spec, end: true})
}

// Tag puts a tag into a cell.
func (r *Row) Tag(col int, text string) { r.add(piece{kind: tagPiece, col: col, text: text}) }

// EmptyTag puts an outlined invitation into a cell, such as "Add category".
func (r *Row) EmptyTag(col int, text string) {
	r.add(piece{kind: tagPiece, col: col, text: text, empty: true})
}

// Icon puts an icon of 16 into a cell.
func (r *Row) Icon(col int, name look.IconName, t look.Token) {
	r.add(piece{kind: iconPiece, col: col, icon: name, token: t, size: look.IconSize})
}

// Dot puts a dot of 8 into a cell.
func (r *Row) Dot(col int, t look.Token) { r.add(piece{kind: dotPiece, col: col, token: t, size: 8}) }

// Check puts a check box into a cell and tints the row while it is on.
func (r *Row) Check(col int, on bool) {
	r.checked = r.checked || on
	r.add(piece{kind: checkPiece, col: col, on: on, size: checkSize})
}

// Section makes the row a heading over those that follow.
func (r *Row) Section(text string) {
	r.section = true
	r.add(piece{kind: textPiece, text: text, style: Body().Strong()})
}

// Loading shows three neutral bars in place of content that is not there yet.
func (r *Row) Loading() { r.loading = true }

func (r *Row) add(p piece) { r.pieces = append(r.pieces, p) }

// begin clears the row for another binding.
func (r *Row) begin(index int) {
	r.index = index
	r.pieces = r.pieces[:0]
	r.checked, r.section, r.loading = false, false, false
	r.texts.rewind()
	r.rects.rewind()
	r.circles.rewind()
	r.pictures.rewind()
	r.marks.rewind()
}

// end draws what Bind put in.
func (r *Row) end(spans []span, size fyne.Size) {
	r.box.Resize(size)
	place(r.back, 0, 0, size.Width, size.Height-1)
	place(r.bar, 0, 0, 3, size.Height-1)
	place(r.line, 0, size.Height-1, size.Width, 1)
	fill(r.line, look.Border)
	switch {
	case r.loading:
		r.drawLoading(spans, size.Height)
	case r.section:
		r.drawSection(size)
	default:
		for col := range spans {
			r.drawCell(col, spans[col], size.Height)
		}
	}
	r.hideRest()
	r.gather()
	r.paintBack()
}

func (r *Row) hideRest() {
	for _, t := range r.texts.rest() {
		t.Hidden = true
	}
	for _, t := range r.rects.rest() {
		t.Hidden = true
	}
	for _, t := range r.circles.rest() {
		t.Hidden = true
	}
	for _, t := range r.pictures.rest() {
		t.image.Hidden = true
	}
	for _, m := range r.marks.rest() {
		for _, o := range m.objects() {
			o.Hide()
		}
	}
}

// gather lists all primitives in drawing order, if there are new ones.
func (r *Row) gather() {
	if !r.rects.grew && !r.texts.grew && !r.circles.grew && !r.pictures.grew && !r.marks.grew && len(r.box.Objects) > 0 {
		return
	}
	r.rects.grew, r.texts.grew, r.circles.grew, r.pictures.grew, r.marks.grew = false, false, false, false, false
	objects := []fyne.CanvasObject{r.back, r.bar, r.line}
	for _, o := range r.rects.all {
		objects = append(objects, o)
	}
	for _, o := range r.circles.all {
		objects = append(objects, o)
	}
	for _, o := range r.pictures.all {
		objects = append(objects, o.image)
	}
	for _, m := range r.marks.all {
		objects = append(objects, m.objects()...)
	}
	for _, o := range r.texts.all {
		objects = append(objects, o)
	}
	r.box.Objects = objects
}

// paintBack colours the row by its state.
func (r *Row) paintBack() {
	focused := r.index == r.body.focusRow
	paper := look.Clear
	if r.over {
		paper = look.Surface
	}
	switch {
	case focused:
		paper = look.RowFocus
	case r.checked:
		paper = look.RowChecked
	case r.index == r.body.hoverRow && !r.section:
		paper = look.Sunken
	}
	fill(r.back, paper)
	r.roundCorners()
	fill(r.bar, look.Primary)
	r.bar.Hidden = !focused
	canvas.Refresh(r.box)
}

// roundCorners fits the first and the last row into the corners of a card.
func (r *Row) roundCorners() {
	spec, last := r.body.table.spec, r.body.count-1
	low, high := float32(0), float32(0)
	if spec.InCard && r.index == last {
		low = look.RadiusInside
	}
	if spec.InCard && spec.NoHead && r.index == 0 {
		high = look.RadiusInside
	}
	r.back.BottomLeftCornerRadius, r.back.BottomRightCornerRadius = low, low
	r.back.TopLeftCornerRadius, r.back.TopRightCornerRadius = high, high
	r.bar.BottomLeftCornerRadius, r.bar.TopLeftCornerRadius = low, high
	r.line.Hidden = spec.InCard && r.index == last
}

// onCheckCell reports whether x is on the check box of the row, with room
// around it.
func (r *Row) onCheckCell(x float32, spans []span) bool {
	for _, p := range r.pieces {
		if p.kind == checkPiece && p.col < len(spans) {
			s := spans[p.col]
			return x >= s.x-columnGap && x <= s.x+max(s.width, checkSize)+columnGap/2
		}
	}
	return false
}

// pool keeps primitives for reuse.
type pool[T any] struct {
	all  []T
	used int
	grew bool
	make func() T
}

func (p *pool[T]) rewind()   { p.used = 0 }
func (p *pool[T]) rest() []T { return p.all[p.used:] }

func (p *pool[T]) next() T {
	if p.used == len(p.all) {
		p.all = append(p.all, p.make())
		p.grew = true
	}
	p.used++
	return p.all[p.used-1]
}
