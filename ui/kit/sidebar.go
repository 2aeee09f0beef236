package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// SidebarSpec describes an item of the sidebar.
type SidebarSpec struct {
	Text  string
	Icon  look.IconName
	OnTap func()
}

// SidebarItem leads to a screen: 32 high, 184 wide in the sidebar.
type SidebarItem struct {
	press
	spec     SidebarSpec
	selected bool
	count    string
	alert    string
}

// NewSidebarItem returns an item of the sidebar.
func NewSidebarItem(spec SidebarSpec) *SidebarItem {
	s := &SidebarItem{spec: spec}
	s.onPress = func() {
		if s.spec.OnTap != nil {
			s.spec.OnTap()
		}
	}
	s.ExtendBaseWidget(s)
	return s
}

// SetSelected marks the screen that is shown.
func (s *SidebarItem) SetSelected(selected bool) {
	if s.selected != selected {
		s.selected = selected
		s.Refresh()
	}
}

// SetCount shows a muted figure at the right, "" none.
func (s *SidebarItem) SetCount(count string) {
	if s.count != count {
		s.count = count
		s.Refresh()
	}
}

// SetAlert shows a figure in the error tint at the right, "" none.
func (s *SidebarItem) SetAlert(alert string) {
	if s.alert != alert {
		s.alert = alert
		s.Refresh()
	}
}

func (s *SidebarItem) colors() (paper, word look.Token) {
	switch {
	case s.selected:
		return look.Tint, look.Primary
	case s.hovered:
		return look.Neutral, look.Text2
	}
	return look.Clear, look.Text2
}

// CreateRenderer implements fyne.Widget.
func (s *SidebarItem) CreateRenderer() fyne.WidgetRenderer {
	body, image, text, count := newBox(look.RadiusControl), newPicture(), newCanvasText(), newCanvasText()
	alert, alertText := rect(10), newCanvasText()
	return show(&drawing{
		widget: s, objects: append(body.objects(), image.image, text, count, alert, alertText),
		paint: func() {
			paper, word := s.colors()
			body.paint(paper, look.Clear, 0)
			if s.focused {
				body.paint(orSurface(paper), look.Primary, 2)
			}
			image.paint(s.spec.Icon, word)
			style := Body().In(word)
			style.Bold = s.selected
			ink(text, s.spec.Text, style)
			quiet := Small().Right()
			if s.selected {
				quiet = quiet.In(look.Primary)
			}
			ink(count, s.count, quiet)
			ink(alertText, s.alert, Small().In(look.Error).Center())
			fill(alert, look.ErrorTint)
			alert.Hidden = s.alert == ""
			count.Hidden = s.alert != ""
		},
		layout: func(size fyne.Size) {
			body.place(0, 0, size.Width, size.Height)
			image.place(10, (size.Height-look.IconSize)/2, look.IconSize)
			place(text, 36, 0, size.Width-36-40, size.Height)
			place(count, size.Width-60, 0, 50, size.Height)
			wide := countBadgeSize(s.alert).Width
			place(alert, size.Width-9-wide, (size.Height-20)/2, wide, 20)
			place(alertText, size.Width-9-wide, (size.Height-20)/2, wide, 20)
		},
		min: func() fyne.Size { return fyne.NewSize(120, look.ControlHeight) },
	})
}

// orSurface replaces nothing by Surface, for shapes that need an opaque middle.
func orSurface(t look.Token) look.Token {
	if t == look.Clear {
		return look.Surface
	}
	return t
}

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

// arrows is the sign of a list behind the header, if there is one.
func (p *ProfileHeader) arrows() look.IconName {
	if p.spec.OnTap == nil {
		return ""
	}
	return look.IconUpDown
}

// SetProfile changes whose data is on screen.
func (p *ProfileHeader) SetProfile(key, name string) {
	p.spec.Key, p.spec.Name = key, name
	p.Refresh()
}

// SetOnTap changes what opens the list; nil is none.
func (p *ProfileHeader) SetOnTap(tap func()) {
	p.spec.OnTap = tap
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
			if p.spec.OnTap != nil && p.hovered || p.open {
				paper = look.Sunken
			}
			body.paint(paper, look.Border, 1)
			if p.focused {
				body.paint(paper, look.Primary, 2)
			}
			face.FillColor = look.LogoColor(p.spec.Key)
			ink(initial, look.Initials(p.spec.Name, 1), Small().Strong().In(look.White).Center())
			ink(name, p.spec.Name, style)
			arrows.paint(p.arrows(), look.Muted)
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
