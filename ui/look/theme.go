// Package look is how Bankbook looks: the colours by token in a light and a
// dark palette, the type and space scale, the icons, and the Fyne theme made of
// them. It knows no widget.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Mode says where the theme takes light or dark from.
type Mode int

// The modes.
const (
	FollowSystem Mode = iota
	AlwaysLight
	AlwaysDark
)

// Theme is Bankbook's Fyne theme. It is a value: to change anything, hand a new
// one to fyne.Settings.SetTheme, and everything on screen repaints.
type Theme struct {
	Mode Mode
	// Still stops spinners and moving bars ("Reduce motion").
	Still bool
}

var _ fyne.Theme = Theme{}

// Dark reports whether the dark palette is in force under the system's variant.
func (t Theme) Dark(system fyne.ThemeVariant) bool {
	switch t.Mode {
	case AlwaysLight:
		return false
	case AlwaysDark:
		return true
	}
	return system == theme.VariantDark
}

// Color returns the colour of a token or of one of Fyne's names.
func (t Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	p, ok := lookup(name)
	if !ok {
		p, _ = lookup(tokenOf(name))
	}
	if t.Dark(variant) {
		return p.dark
	}
	return p.light
}

// tokenOf maps Fyne's colour names to tokens. What it does not know is text.
func tokenOf(name fyne.ThemeColorName) Token {
	switch name {
	case theme.ColorNamePlaceHolder, theme.ColorNameDisabled:
		return Muted
	case theme.ColorNameHyperlink:
		return Primary
	case theme.ColorNameForegroundOnPrimary, theme.ColorNameForegroundOnError,
		theme.ColorNameForegroundOnSuccess, theme.ColorNameForegroundOnWarning:
		return OnPrimary
	case theme.ColorNameSuccess:
		return Positive
	case theme.ColorNameWarning:
		return Warning
	case theme.ColorNameError:
		return Error
	}
	return shapeOf(name)
}

// shapeOf maps Fyne's names for what is not text.
func shapeOf(name fyne.ThemeColorName) Token {
	switch name {
	case theme.ColorNameButton, theme.ColorNameInputBackground, theme.ColorNameMenuBackground,
		theme.ColorNameOverlayBackground:
		return Surface
	case theme.ColorNameHeaderBackground, theme.ColorNameDisabledButton, theme.ColorNameHover:
		return Sunken
	case theme.ColorNameSeparator, theme.ColorNameInnerWindowBorder, theme.ColorNameInnerWindowBorderInactive:
		return Border
	case theme.ColorNameInputBorder, theme.ColorNameScrollBar:
		return Control
	case theme.ColorNameSelection:
		return RowFocus
	case theme.ColorNamePressed, theme.ColorNameFocus:
		return Tint
	case theme.ColorNameShadow: // also the edge of what scrolls; the kit's dialogs have a scrim of their own
		return PopupShadow
	case theme.ColorNameScrollBarBackground:
		return Clear
	}
	return Text
}

// Font returns Fyne's own faces: Noto Sans, whose digits have equal widths, and
// DejaVu Sans Mono.
func (Theme) Font(style fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(style) }

// Icon returns Fyne's icon of a name. Bankbook's own come from Icon.
func (Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// Size returns the sizes of Fyne's own widgets.
func (Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return TextBody
	case theme.SizeNameCaptionText:
		return TextSmall
	case theme.SizeNameSubHeadingText:
		return TextHeading
	case theme.SizeNameHeadingText:
		return TextPage
	case theme.SizeNamePadding:
		return Space1
	case theme.SizeNameInnerPadding:
		return Space2
	case theme.SizeNameInlineIcon:
		return IconSize
	case theme.SizeNameInputRadius, theme.SizeNameButtonRadius, theme.SizeNameSelectionRadius:
		return RadiusControl
	case theme.SizeNameCardRadius, theme.SizeNamePopupRadius, theme.SizeNameDialogRadius, theme.SizeNameMenuRadius:
		return RadiusCard
	case theme.SizeNameInputBorder, theme.SizeNameSeparatorThickness, theme.SizeNameSplitThickness:
		return 1
	case theme.SizeNameModalBlurRadius:
		return 0
	case theme.SizeNameScrollBar:
		return 10
	case theme.SizeNameScrollBarSmall:
		return 4
	}
	return theme.DefaultTheme().Size(name)
}

// Color returns the colour of a token under the theme in force. Widgets call it
// whenever they refresh, so that a change of theme repaints them. Under a
// foreign theme, as before the product's own is set, it is that of the light
// palette.
func Color(t Token) color.Color {
	settings := fyne.CurrentApp().Settings()
	own, ok := settings.Theme().(Theme)
	if !ok {
		own = Theme{Mode: AlwaysLight}
	}
	return own.Color(t, settings.ThemeVariant())
}

// Still reports whether things that move by themselves should stand still.
func Still() bool {
	settings := fyne.CurrentApp().Settings()
	if !settings.ShowAnimations() {
		return true
	}
	t, ok := settings.Theme().(Theme)
	return ok && t.Still
}
