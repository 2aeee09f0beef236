package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// ModalSpec describes a dialog.
type ModalSpec struct {
	Title    string
	Body     fyne.CanvasObject // padded by the dialog
	Foot     fyne.CanvasObject // buttons; padded by the dialog, on Sunken
	Width    float32           // 0 is 520
	Bare     bool              // no title row and no padding: the body is all
	Top      float32           // distance from the upper edge; 0 is centred
	Initial  fyne.Focusable    // gets the keyboard first
	OnClosed func()            // after Escape, the x or Close
}

// Modal is a dialog over the window. Escape closes it.
type Modal struct {
	overlay *overlay
	spec    ModalSpec
}

// NewModal prepares a dialog for the window of a canvas.
func NewModal(c fyne.Canvas, spec ModalSpec) *Modal {
	if spec.Width == 0 {
		spec.Width = look.DialogWidth
	}
	m := &Modal{spec: spec}
	m.overlay = &overlay{canvas: c, scrim: look.Scrim, onClosed: spec.OnClosed}
	m.overlay.content = NewPanel(boundTo(spec.Width-2, m.content()))
	m.overlay.where = func(window, size fyne.Size) fyne.Position {
		y := spec.Top
		if y == 0 {
			y = max((window.Height-size.Height)/2, look.Space4)
		}
		return fyne.NewPos(floor((window.Width-size.Width)/2), floor(y))
	}
	return m
}

func (m *Modal) content() fyne.CanvasObject {
	if m.spec.Bare {
		return m.spec.Body
	}
	shut := NewIconButton(IconButtonSpec{Icon: look.IconClose, Label: "Close", OnTap: m.Close})
	head := Pad(Edges{Top: 14, Right: 14, Left: 24, Bottom: 12}, HBox(8, Grow(NewText(m.spec.Title, Heading()).Shrink()), shut))
	parts := []fyne.CanvasObject{head, Pad(Edges{Right: 24, Bottom: 24, Left: 24}, m.spec.Body)}
	if m.spec.Foot != nil {
		parts = append(parts, newFoot(Sides(24, 15, m.spec.Foot)))
	}
	return VBox(0, parts...)
}

// Show opens the dialog and moves the keyboard into it.
func (m *Modal) Show() {
	m.overlay.show()
	if m.spec.Initial != nil {
		m.overlay.canvas.Focus(m.spec.Initial)
	}
}

// Close closes the dialog.
func (m *Modal) Close() { m.overlay.close() }

// Open reports whether the dialog is on screen.
func (m *Modal) Open() bool { return m.overlay.open }

// Relayout fits the dialog again after its content grew or shrank.
func (m *Modal) Relayout() { m.overlay.Refresh() }

// boundTo is Fixed to a width whose height follows from it.
func boundTo(width float32, o fyne.CanvasObject) fyne.CanvasObject {
	b := &bound{width: width, content: o}
	b.ExtendBaseWidget(b)
	return b
}

// bound gives its content a width and takes the height that follows.
type bound struct {
	base
	width   float32
	content fyne.CanvasObject
}

// CreateRenderer implements fyne.Widget.
func (b *bound) CreateRenderer() fyne.WidgetRenderer {
	return show(&drawing{
		widget: b, objects: []fyne.CanvasObject{b.content},
		layout: func(size fyne.Size) { place(b.content, 0, 0, size.Width, size.Height) },
		min:    func() fyne.Size { return fyne.NewSize(b.width, heightAt(b.content, b.width)) },
	})
}

// foot is the sunken lower part of a dialog.
type foot struct {
	base
	content fyne.CanvasObject
}

func newFoot(content fyne.CanvasObject) *foot {
	f := &foot{content: content}
	f.ExtendBaseWidget(f)
	return f
}

// CreateRenderer implements fyne.Widget.
func (f *foot) CreateRenderer() fyne.WidgetRenderer {
	paper, line := rect(0), rect(0)
	paper.BottomLeftCornerRadius, paper.BottomRightCornerRadius = look.RadiusInside, look.RadiusInside
	return show(&drawing{
		widget: f, objects: []fyne.CanvasObject{paper, line, f.content},
		paint: func() { fill(paper, look.Sunken); fill(line, look.Border) },
		layout: func(size fyne.Size) {
			place(paper, 0, 0, size.Width, size.Height)
			place(line, 0, 0, size.Width, 1)
			place(f.content, 0, 1, size.Width, size.Height-1)
		},
		min: func() fyne.Size { return f.content.MinSize().AddWidthHeight(0, 1) },
	})
}
