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
