package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// NewKeyCap returns the name of a key or shortcut in a small outlined box.
func NewKeyCap(keys string) fyne.Widget {
	k := &keyCap{keys: keys}
	k.ExtendBaseWidget(k)
	return k
}

type keyCap struct {
	base
	keys string
}

// CreateRenderer implements fyne.Widget.
func (k *keyCap) CreateRenderer() fyne.WidgetRenderer {
	const height = 20
	body, text := newBox(look.RadiusTag), newCanvasText()
	return show(&drawing{
		widget: k, objects: append(body.objects(), text),
		paint: func() {
			body.paint(look.Sunken, look.Border, 1)
			ink(text, k.keys, Small().Center())
		},
		layout: func(size fyne.Size) {
			y := floor((size.Height - height) / 2)
			body.place(0, y, size.Width, height)
			place(text, 0, y, size.Width, height)
		},
		min: func() fyne.Size { return fyne.NewSize(round(Small().Measure(k.keys).Width)+12, height) },
	})
}
