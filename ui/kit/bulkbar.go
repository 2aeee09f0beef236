package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// BulkBarSpec describes the bar of what can be done with checked rows.
type BulkBarSpec struct {
	Actions []ButtonSpec // their kind is set by the bar
	OnClose func()       // gives the selection up
}

// BulkBar floats above a table while rows are checked: 44 high, inverse. Place
// it 16 from the sides and 12 from the bottom.
type BulkBar struct {
	base
	count *Text
	sum   *Text
	body  fyne.CanvasObject
}

// NewBulkBar returns the bar. Show and Hide are up to the screen.
func NewBulkBar(spec BulkBarSpec) *BulkBar {
	b := &BulkBar{
		count: NewText("", Body().Strong().In(look.OnInverse)),
		sum:   NewText("", Body().In(look.OnInverse)),
	}
	parts := []fyne.CanvasObject{b.count, b.sum, Spring()}
	for _, action := range spec.Actions {
		action.Kind, action.Size = OnDark, Compact
		parts = append(parts, NewButton(action))
	}
	shut := NewIconButton(IconButtonSpec{Icon: look.IconClose, Label: "Clear selection", Token: look.OnInverse, OnTap: spec.OnClose})
	shut.bare = true
	parts = append(parts, Fixed(1, 20, NewFill(look.Muted, 0)), shut)
	b.body = Pad(Edges{Left: 16, Right: 8}, HBox(8, parts...))
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the words: how many rows, and their sum.
func (b *BulkBar) Set(count, sum string) {
	b.count.SetText(count)
	b.sum.SetText(sum)
	b.Refresh()
}

// Tapped swallows a tap, so that it does not reach the rows below.
func (b *BulkBar) Tapped(*fyne.PointEvent) {}

// CreateRenderer implements fyne.Widget.
func (b *BulkBar) CreateRenderer() fyne.WidgetRenderer {
	const high = 44
	paper := newBox(look.RadiusCard)
	return show(&drawing{
		widget: b, objects: append(paper.objects(), b.body),
		paint: func() {
			paper.paint(look.Inverse, look.Clear, 0)
			paper.shade()
		},
		layout: func(size fyne.Size) {
			paper.place(0, 0, size.Width, size.Height)
			place(b.body, 0, 0, size.Width, size.Height)
			layoutAgain(b.body)
		},
		min: func() fyne.Size { return fyne.NewSize(b.body.MinSize().Width, high) },
	})
}

// layoutAgain lays a container out whose parts grew while it did not.
func layoutAgain(o fyne.CanvasObject) {
	if c, ok := o.(*fyne.Container); ok && c.Layout != nil {
		c.Layout.Layout(c.Objects, c.Size())
		for _, child := range c.Objects {
			layoutAgain(child)
		}
	}
}
