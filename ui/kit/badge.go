package kit

import (
	"image/color"

	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// badge is a rounded square with initials or an icon in the middle.
type badge struct {
	base
	size   float32
	text   string
	icon   look.IconName
	token  look.Token // of text and icon
	fill   func() color.Color
	radius float32
}

func (b *badge) textSize() float32 {
	switch {
	case b.size <= 24:
		return look.TextSmall
	case b.size <= 32:
		return look.TextBody
	}
	return look.TextTitle
}

// CreateRenderer implements fyne.Widget.
func (b *badge) CreateRenderer() fyne.WidgetRenderer {
	body, text, image := rect(b.radius), newCanvasText(), newPicture()
	return show(&drawing{
		widget: b, objects: []fyne.CanvasObject{body, text, image.image},
		paint: func() {
			body.FillColor = b.fill()
			ink(text, b.text, Style{Size: b.textSize(), Bold: true, Color: b.token, Align: fyne.TextAlignCenter})
			image.paint(b.icon, b.token)
		},
		layout: func(size fyne.Size) {
			x, y := floor((size.Width-b.size)/2), floor((size.Height-b.size)/2)
			place(body, x, y, b.size, b.size)
			place(text, x, y, b.size, b.size)
			inner := floor(b.size*0.56 + 0.5)
			image.place(x+floor((b.size-inner)/2), y+floor((b.size-inner)/2), inner)
		},
		min: func() fyne.Size { return fyne.NewSquareSize(b.size) },
	})
}

// NewBankLogo returns the initials of a bank on a colour that its institution
// id decides. Sizes in use: 24, 28, 36 and 40.
func NewBankLogo(institution, name string, size float32) fyne.Widget {
	return newBadge(&badge{
		size: size, text: look.Initials(name, 2), token: look.White, radius: badgeRadius(size),
		fill: func() color.Color { return look.LogoColor(institution) },
	})
}

// NewIconLogo returns an icon on a bank colour, for accounts kept by hand.
func NewIconLogo(key string, icon look.IconName, size float32) fyne.Widget {
	return newBadge(&badge{
		size: size, icon: icon, token: look.White, radius: badgeRadius(size),
		fill: func() color.Color { return look.LogoColor(key) },
	})
}

// NewAvatar returns the initial of a profile on a colour that its id decides.
func NewAvatar(key, name string, size float32) fyne.Widget {
	return newBadge(&badge{
		size: size, text: look.Initials(name, 1), token: look.White, radius: badgeRadius(size),
		fill: func() color.Color { return look.LogoColor(key) },
	})
}

// NewIconTile returns an icon on a tinted square, as on the welcome screen.
func NewIconTile(icon look.IconName, ink, paper look.Token, size float32) fyne.Widget {
	return newBadge(&badge{
		size: size, icon: icon, token: ink, radius: look.RadiusControl,
		fill: func() color.Color { return look.Color(paper) },
	})
}

// NewIconDisc returns an icon on a tinted disc, as in empty states.
func NewIconDisc(icon look.IconName, ink, paper look.Token, size float32) fyne.Widget {
	return newBadge(&badge{
		size: size, icon: icon, token: ink, radius: size / 2,
		fill: func() color.Color { return look.Color(paper) },
	})
}

func newBadge(b *badge) fyne.Widget {
	b.ExtendBaseWidget(b)
	return b
}

// badgeRadius is 6, and 4 on the smallest.
func badgeRadius(size float32) float32 {
	if size < 28 {
		return 5
	}
	return look.RadiusControl
}
