package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// SearchButton looks like a search field and opens the command palette.
type SearchButton struct {
	press
	words string
	keys  fyne.Widget
}

// NewSearchButton returns a search field that is a button.
func NewSearchButton(words, keys string, onTap func()) *SearchButton {
	b := &SearchButton{words: words, keys: NewKeyCap(keys)}
	b.onPress = onTap
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *SearchButton) CreateRenderer() fyne.WidgetRenderer {
	body, image, text := newBox(look.RadiusControl), newPicture(), newCanvasText()
	return show(&drawing{
		widget: b, objects: append(body.objects(), image.image, text, b.keys),
		paint: func() {
			paper := look.Surface
			if b.hovered {
				paper = look.Sunken
			}
			body.paint(paper, look.Control, 1)
			if b.focused {
				body.paint(paper, look.Primary, 2)
			}
			image.paint(look.IconSearch, look.Muted)
			ink(text, b.words, Body().Muted())
		},
		layout: func(size fyne.Size) {
			body.place(0, 0, size.Width, size.Height)
			image.place(11, (size.Height-look.IconSize)/2, look.IconSize)
			keys := b.keys.MinSize()
			room := size.Width - 35 - keys.Width - 18
			text.Text = Body().Fit(b.words, room)
			place(text, 35, 0, room, size.Height)
			place(b.keys, size.Width-11-keys.Width, (size.Height-keys.Height)/2, keys.Width, keys.Height)
		},
		min: func() fyne.Size { return fyne.NewSize(180, look.ControlHeight) },
	})
}
