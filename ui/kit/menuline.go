package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"bankbook/ui/look"
)

// MouseIn brings the light of the menu to this line.
func (l *menuLine) MouseIn(*desktop.MouseEvent) {
	if l.item.active() {
		l.menu.goTo(l)
	}
}

// MouseOut leaves the light where it is, as the keys would.
func (l *menuLine) MouseOut() {}

func (l *menuLine) ink() look.Token {
	switch {
	case l.off:
		return look.Muted
	case l.item.Danger:
		return look.Error
	case l.lit:
		return look.Primary
	}
	return look.Text
}

// CreateRenderer implements fyne.Widget.
func (l *menuLine) CreateRenderer() fyne.WidgetRenderer {
	if l.item.Note != "" {
		return l.tall()
	}
	body, icon, text := rect(0), newPicture(), newCanvasText()
	end, mark := newCanvasText(), newPicture()
	left := float32(16)
	if l.item.Icon != "" {
		left = 50
	}
	return show(&drawing{
		widget: l, objects: []fyne.CanvasObject{body, icon.image, text, end, mark.image},
		paint: func() {
			fill(body, look.Clear)
			if l.lit || l.focused {
				fill(body, look.Tint)
			}
			ink(text, l.item.Text, Body().In(l.ink()))
			icon.paint(l.item.Icon, iconInk(l.ink()))
			endText, style := l.item.Trailing, Code().In(look.Text2).Right()
			if l.item.Keys != "" {
				endText, style = l.item.Keys, Small().In(look.Text2).Right()
			}
			ink(end, endText, style)
			name := look.IconName("")
			if l.item.Checked {
				name = look.IconCheck
			}
			mark.paint(name, look.Primary)
		},
		layout: func(size fyne.Size) {
			place(body, 0, 0, size.Width, size.Height)
			icon.place(22, 8, look.IconSize)
			room := size.Width - left - 16
			if l.item.Checked {
				room -= 24
			}
			text.Text = Body().Fit(l.item.Text, room)
			place(text, left, 0, room, size.Height)
			place(end, left, 0, size.Width-left-16, size.Height)
			mark.place(size.Width-16-look.IconSize, 8, look.IconSize)
		},
		min: func() fyne.Size {
			return fyne.NewSize(left+Body().Measure(l.item.Text).Width+16, look.ControlHeight)
		},
	})
}

// iconInk mutes the icon of a line at rest.
func iconInk(word look.Token) look.Token {
	if word == look.Text {
		return look.Muted
	}
	return word
}

// tallLine is the height of a line with a note.
const tallLine = 48

// tall draws a line with a note: avatar, name and note below each other.
func (l *menuLine) tall() fyne.WidgetRenderer {
	const avatar, left = 28, 57
	body, face, initial := rect(look.RadiusControl), rect(badgeRadius(avatar)), newCanvasText()
	name, note := newCanvasText(), newCanvasText()
	end, mark := newCanvasText(), newPicture()
	return show(&drawing{
		widget: l, objects: []fyne.CanvasObject{body, face, initial, name, note, end, mark.image},
		paint: func() {
			paper := look.Clear
			if l.lit || l.focused || l.item.Checked {
				paper = look.Tint
			}
			fill(body, paper)
			face.FillColor = look.LogoColor(l.item.Avatar)
			ink(initial, look.Initials(l.item.Text, 1), Small().Strong().In(look.White).Center())
			ink(name, l.item.Text, Body().Strong())
			ink(note, l.item.Note, Small().In(look.Text2))
			ink(end, l.item.Keys, Small().In(look.Text2).Right())
			tick := look.IconName("")
			if l.item.Checked {
				tick = look.IconCheck
			}
			mark.paint(tick, look.Primary)
		},
		layout: func(size fyne.Size) {
			place(body, 8, 0, size.Width-16, size.Height)
			place(face, 16, (size.Height-avatar)/2, avatar, avatar)
			place(initial, 16, (size.Height-avatar)/2, avatar, avatar)
			room := size.Width - left - 16
			if l.item.Checked || l.item.Keys != "" {
				room -= 40
			}
			name.Text = Body().Strong().Fit(l.item.Text, room)
			note.Text = Small().Fit(l.item.Note, room)
			place(name, left, 6, room, 18)
			place(note, left, 24, room, 18)
			place(end, left, 0, size.Width-left-16, size.Height)
			mark.place(size.Width-24-look.IconSize, (size.Height-look.IconSize)/2, look.IconSize)
		},
		min: func() fyne.Size { return fyne.NewSize(left+80, tallLine) },
	})
}
