package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// ProfileSpec describes the head of the sidebar.
type ProfileSpec struct {
	Key   string // decides the colour
	Name  string
	OnTap func()
}

// ProfileHeader shows whose data is on screen and opens the list of profiles:
// 192 by 40.
type ProfileHeader struct {
	press
	spec ProfileSpec
	open bool
}

// NewProfileHeader returns the head of the sidebar.
func NewProfileHeader(spec ProfileSpec) *ProfileHeader {
	p := &ProfileHeader{spec: spec}
	p.onPress = func() {
		if p.spec.OnTap != nil {
			p.spec.OnTap()
		}
	}
	p.ExtendBaseWidget(p)
	return p
}

// SetProfile changes whose data is on screen.
func (p *ProfileHeader) SetProfile(key, name string) {
	p.spec.Key, p.spec.Name = key, name
	p.Refresh()
}

// SetOpen marks that the list of profiles is open.
func (p *ProfileHeader) SetOpen(open bool) { p.open = open; p.Refresh() }

// CreateRenderer implements fyne.Widget.
func (p *ProfileHeader) CreateRenderer() fyne.WidgetRenderer {
	const avatar = 24
	body, face, initial := newBox(look.RadiusCard), rect(5), newCanvasText()
	name, arrows := newCanvasText(), newPicture()
	style := Body().Strong()
	return show(&drawing{
		widget: p, objects: append(body.objects(), face, initial, name, arrows.image),
		paint: func() {
			paper := look.Surface
			if p.hovered || p.open {
				paper = look.Sunken
			}
			body.paint(paper, look.Border, 1)
			if p.focused {
				body.paint(paper, look.Primary, 2)
			}
			face.FillColor = look.LogoColor(p.spec.Key)
			ink(initial, look.Initials(p.spec.Name, 1), Small().Strong().In(look.White).Center())
			ink(name, p.spec.Name, style)
			arrows.paint(look.IconUpDown, look.Muted)
		},
		layout: func(size fyne.Size) {
			body.place(0, 0, size.Width, size.Height)
			place(face, 8, (size.Height-avatar)/2, avatar, avatar)
			place(initial, 8, (size.Height-avatar)/2, avatar, avatar)
			room := size.Width - 40 - 24
			name.Text = style.Fit(p.spec.Name, room)
			place(name, 40, 0, room, size.Height)
			arrows.place(size.Width-8-14, (size.Height-14)/2, 14)
		},
		min: func() fyne.Size { return fyne.NewSize(120, look.ControlLarge) },
	})
}
