package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bankbook/ui/look"
)

// Icon is one of our drawings in the colour of a token.
type Icon struct {
	base
	name  look.IconName
	token look.Token
	size  float32
}

// NewIcon returns a drawing as high and wide as size.
func NewIcon(name look.IconName, t look.Token, size float32) *Icon {
	i := &Icon{name: name, token: t, size: size}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes drawing and colour.
func (i *Icon) Set(name look.IconName, t look.Token) {
	if i.name != name || i.token != t {
		i.name, i.token = name, t
		i.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	image := newPicture()
	return show(&drawing{
		widget: i, objects: []fyne.CanvasObject{image.image},
		paint: func() { image.paint(i.name, i.token) },
		layout: func(size fyne.Size) {
			image.place(floor((size.Width-i.size)/2), floor((size.Height-i.size)/2), i.size)
		},
		min: func() fyne.Size { return fyne.NewSquareSize(i.size) },
	})
}

// IconButtonSpec describes a button that is only an icon.
type IconButtonSpec struct {
	Icon  look.IconName
	Label string // says what it does, for tests and screen readers
	Token look.Token
	Size  float32 // of the button; 0 is 28
	OnTap func()
}

// IconButton is a button that is only an icon.
type IconButton struct {
	press
	spec IconButtonSpec
	bare bool // no fill under the pointer, as on dark paper
}

// NewIconButton returns a button that is only an icon, 28 high and wide unless
// the spec says otherwise.
func NewIconButton(spec IconButtonSpec) *IconButton {
	if spec.Size == 0 {
		spec.Size = look.ControlSmall
	}
	if spec.Token == "" {
		spec.Token = look.Text
	}
	b := &IconButton{spec: spec}
	b.onPress = func() {
		if b.spec.OnTap != nil {
			b.spec.OnTap()
		}
	}
	b.ExtendBaseWidget(b)
	return b
}

// Text says what the button does.
func (b *IconButton) Text() string { return b.spec.Label }

// SetIcon changes drawing and colour.
func (b *IconButton) SetIcon(name look.IconName, t look.Token) {
	b.spec.Icon, b.spec.Token = name, t
	b.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (b *IconButton) CreateRenderer() fyne.WidgetRenderer {
	body, image := newBox(look.RadiusControl), newPicture()
	return show(&drawing{
		widget: b, objects: append(body.objects(), image.image),
		paint: func() {
			filling, token := look.Clear, b.spec.Token
			if b.hovered && !b.off && !b.bare {
				filling = look.Neutral
			}
			if b.off {
				token = look.Strong
			}
			body.paint(filling, look.Clear, 0)
			if b.focused {
				body.paint(filling, look.Primary, 2)
			}
			image.paint(b.spec.Icon, token)
		},
		layout: func(size fyne.Size) {
			body.place(0, 0, size.Width, size.Height)
			icon := look.IconSize
			if b.bare {
				icon = 14
			}
			image.place(floor((size.Width-icon)/2), floor((size.Height-icon)/2), icon)
		},
		min: func() fyne.Size { return fyne.NewSquareSize(b.spec.Size) },
	})
}

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

// Dot is a filled circle, such as the mark of an unreviewed row.
type Dot struct {
	base
	token look.Token
	size  float32
}

// NewDot returns a circle of a diameter.
func NewDot(t look.Token, size float32) *Dot {
	d := &Dot{token: t, size: size}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer implements fyne.Widget.
func (d *Dot) CreateRenderer() fyne.WidgetRenderer {
	circle := canvas.NewCircle(color.Transparent)
	return show(&drawing{
		widget: d, objects: []fyne.CanvasObject{circle},
		paint: func() { circle.FillColor = look.Color(d.token) },
		layout: func(size fyne.Size) {
			place(circle, (size.Width-d.size)/2, (size.Height-d.size)/2, d.size, d.size)
		},
		min: func() fyne.Size { return fyne.NewSquareSize(d.size) },
	})
}
