package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/ui/look"
)

// EnvironmentLook is one of the three looks of the badge.
type EnvironmentLook int

// The looks: three fills, three icons.
const (
	PracticeLook EnvironmentLook = iota
	SandboxLook
	ProductionLook
)

// LookOf returns the look of an environment.
func LookOf(e core.Environment) EnvironmentLook {
	switch e {
	case core.Sandbox:
		return SandboxLook
	case core.Production:
		return ProductionLook
	}
	return PracticeLook
}

// Tokens returns paper, ink and icon of an environment, also for the tiles of
// the welcome screen and the settings.
func (e EnvironmentLook) Tokens() (paper, word look.Token, icon look.IconName) {
	switch e {
	case SandboxLook:
		return look.WarningTint, look.Warning, look.IconFlask
	case ProductionLook:
		return look.Inverse, look.OnInverse, look.IconBank
	}
	return look.PracticeTint, look.Practice, look.IconGraduationCap
}

// EnvironmentBadge says where the data comes from: 184 by 40, always visible.
type EnvironmentBadge struct {
	press
	kind EnvironmentLook
	name string
}

// NewEnvironmentBadge returns the badge of an environment with its name.
func NewEnvironmentBadge(kind EnvironmentLook, name string, onTap func()) *EnvironmentBadge {
	b := &EnvironmentBadge{kind: kind, name: name}
	b.onPress = onTap
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the environment.
func (b *EnvironmentBadge) Set(kind EnvironmentLook, name string) {
	b.kind, b.name = kind, name
	b.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (b *EnvironmentBadge) CreateRenderer() fyne.WidgetRenderer {
	const icon = 18
	body, image, text, arrow := newBox(look.RadiusControl), newPicture(), newCanvasText(), newPicture()
	return show(&drawing{
		widget: b, objects: append(body.objects(), image.image, text, arrow.image),
		paint: func() {
			paper, word, name := b.kind.Tokens()
			body.paint(paper, look.Clear, 0)
			if b.focused {
				body.paint(paper, look.Primary, 2)
			}
			image.paint(name, word)
			ink(text, b.name, Body().Strong().In(word))
			arrow.paint(look.IconChevronRight, word)
		},
		layout: func(size fyne.Size) {
			body.place(0, 0, size.Width, size.Height)
			image.place(10, (size.Height-icon)/2, icon)
			place(text, 38, 0, size.Width-38-32, size.Height)
			arrow.place(size.Width-9-look.IconSize, (size.Height-look.IconSize)/2, look.IconSize)
		},
		min: func() fyne.Size { return fyne.NewSize(150, look.ControlLarge) },
	})
}
