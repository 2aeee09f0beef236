// Package uitest opens windows of a fixed size in memory, finds what a person
// would see in them, presses and types, and compares pictures. It uses no
// display.
//
// One window per test: Fyne's test driver takes the newest window for every
// object. No test that uses this package may run in parallel.
package uitest

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"bankbook/ui/look"
)

// Variants of the palette, to loop over.
const (
	Light = theme.VariantLight
	Dark  = theme.VariantDark
)

// Themed returns the product's theme in a forced variant, without motion.
func Themed(variant fyne.ThemeVariant) look.Theme {
	mode := look.AlwaysLight
	if variant == theme.VariantDark {
		mode = look.AlwaysDark
	}
	return look.Theme{Mode: mode, Still: true}
}

// Window shows an object in a window of a fixed size under the product's theme.
// The window closes when the test ends.
func Window(t testing.TB, o fyne.CanvasObject, size fyne.Size, variant fyne.ThemeVariant) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(Themed(variant))
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(size)
	refresh(w) // the object may have been made under the theme of Fyne's test app
	return w
}

// SetVariant switches a window between light and dark while it is open.
func SetVariant(w fyne.Window, variant fyne.ThemeVariant) {
	fyne.CurrentApp().Settings().SetTheme(Themed(variant))
	refresh(w)
}

// refresh repaints everything, as the real driver does after a change of theme:
// what is inside first.
func refresh(w fyne.Window) {
	for _, o := range append([]fyne.CanvasObject{w.Content()}, w.Canvas().Overlays().List()...) {
		refreshObject(o)
	}
}

func refreshObject(o fyne.CanvasObject) {
	for _, child := range children(o) {
		refreshObject(child)
	}
	layoutOne(o)
	o.Refresh()
}

// Relayout lays everything out again, as the real driver does in each frame
// after a text grew.
func Relayout(w fyne.Window) {
	for _, o := range roots(w.Canvas()) {
		layout(o)
	}
}

func layout(o fyne.CanvasObject) {
	for _, child := range children(o) {
		layout(child)
	}
	layoutOne(o)
}

// layoutOne lays out the direct children of an object.
func layoutOne(o fyne.CanvasObject) {
	switch o := o.(type) {
	case *fyne.Container:
		if o.Layout != nil {
			o.Layout.Layout(o.Objects, o.Size())
		}
	case fyne.Widget:
		test.WidgetRenderer(o).Layout(o.Size())
	}
}

// roots returns what is on a canvas: the pop-up on top alone if there is one,
// because it keeps everything below from the person.
func roots(c fyne.Canvas) []fyne.CanvasObject {
	if top := c.Overlays().Top(); top != nil {
		return []fyne.CanvasObject{top}
	}
	return []fyne.CanvasObject{c.Content()}
}

// path is an object with all that contain it, outermost first.
type path []fyne.CanvasObject

// walk visits every visible object until visit returns false.
func walk(o fyne.CanvasObject, above path, visit func(path) bool) bool {
	if o == nil || !o.Visible() {
		return true
	}
	here := append(append(path(nil), above...), o)
	if !visit(here) {
		return false
	}
	for _, child := range children(o) {
		if !walk(child, here, visit) {
			return false
		}
	}
	return true
}

func children(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

// words returns the text that an object itself shows.
func words(o fyne.CanvasObject) string {
	switch o := o.(type) {
	case *canvas.Text:
		return o.Text
	case *widget.Label:
		return o.Text
	case interface{ Value() string }:
		return o.Value()
	case interface{ Text() string }:
		return o.Text()
	}
	return ""
}

// Texts returns every text on the canvas in drawing order; behind a pop-up
// nothing counts.
func Texts(c fyne.Canvas) []string {
	var texts []string
	for _, root := range roots(c) {
		walk(root, nil, func(p path) bool {
			if t, ok := p[len(p)-1].(*canvas.Text); ok && t.Text != "" {
				texts = append(texts, t.Text)
			}
			return true
		})
	}
	return texts
}

// Shows reports whether a text is on the canvas, as a whole text or inside one.
func Shows(c fyne.Canvas, text string) bool {
	found := false
	for _, root := range roots(c) {
		walk(root, nil, func(p path) bool {
			found = found || strings.Contains(words(p[len(p)-1]), text)
			return !found
		})
	}
	return found
}

// MustShow fails the test if one of the texts is not on the canvas.
func MustShow(t testing.TB, c fyne.Canvas, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !Shows(c, text) {
			t.Errorf("%q is not on screen; there is %q", text, Texts(c))
		}
	}
}

// find returns the first object that shows exactly the text, or else one that
// contains it, together with what contains that object.
func find(c fyne.Canvas, text string, fits func(path) bool) path {
	var exact, part path
	for _, root := range roots(c) {
		walk(root, nil, func(p path) bool {
			shown := words(p[len(p)-1])
			switch {
			case shown == "" || !fits(p):
			case shown == text:
				exact = p
			case part == nil && strings.Contains(shown, text):
				part = p
			}
			return exact == nil
		})
	}
	if exact != nil {
		return exact
	}
	return part
}

// Find returns the object that shows a text, nil if there is none.
func Find(c fyne.Canvas, text string) fyne.CanvasObject {
	if p := find(c, text, func(path) bool { return true }); p != nil {
		return p[len(p)-1]
	}
	return nil
}

// tappable returns the innermost object of a path that takes taps, nil if none.
func tappable(p path) fyne.CanvasObject {
	for i := len(p) - 1; i >= 0; i-- {
		if _, ok := p[i].(fyne.Tappable); ok {
			return p[i]
		}
	}
	return nil
}

// Tap presses what shows a text, with the pointer in the middle of the text. It
// fails the test if there is nothing to press or it is disabled.
func Tap(t testing.TB, c fyne.Canvas, text string) {
	t.Helper()
	p := find(c, text, func(p path) bool { return tappable(p) != nil })
	if p == nil {
		t.Fatalf("nothing to press shows %q; there is %q", text, Texts(c))
	}
	target := tappable(p)
	if d, ok := target.(fyne.Disableable); ok && d.Disabled() {
		t.Fatalf("%q is disabled", text)
	}
	at := middle(p[len(p)-1]).Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(target))
	test.TapAt(asTappable(target), at)
}

func asTappable(o fyne.CanvasObject) fyne.Tappable {
	t, _ := o.(fyne.Tappable)
	return t
}

func middle(o fyne.CanvasObject) fyne.Position {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	return at.AddXY(o.Size().Width/2, o.Size().Height/2)
}

// Enabled reports whether what shows a text can be pressed now.
func Enabled(c fyne.Canvas, text string) bool {
	p := find(c, text, func(p path) bool { return tappable(p) != nil })
	if p == nil {
		return false
	}
	d, ok := tappable(p).(fyne.Disableable)
	return !ok || !d.Disabled()
}

// Type writes into a field found by its placeholder or its present content, as
// a person would: focus, then the keys.
func Type(t testing.TB, c fyne.Canvas, field, text string) {
	t.Helper()
	entry := Entry(c, field)
	if entry == nil {
		t.Fatalf("no field %q; there is %q", field, Texts(c))
	}
	c.Focus(entry)
	for _, r := range text {
		entry.TypedRune(r)
	}
}

// field is a text field of the kit.
type field interface {
	fyne.Focusable
	Hint() string
	Value() string
}

// Entry returns a field by its placeholder, its content, or the label above it;
// nil if there is none.
func Entry(c fyne.Canvas, name string) fyne.Focusable {
	var found fyne.Focusable
	for _, root := range roots(c) {
		walk(root, nil, func(p path) bool {
			if f, ok := p[len(p)-1].(field); ok && (f.Hint() == name || f.Value() == name || labelOf(p) == name) {
				found = f
			}
			return found == nil
		})
	}
	return found
}

// labelOf returns the words above a field in the nearest container that has
// such.
func labelOf(p path) string {
	for i := len(p) - 2; i >= 0; i-- {
		if c, ok := p[i].(*fyne.Container); ok && len(c.Objects) > 1 && words(c.Objects[0]) != "" {
			return words(c.Objects[0])
		}
	}
	return ""
}

// Key sends a key to what has the focus, or else to the canvas.
func Key(c fyne.Canvas, key fyne.KeyName) {
	event := &fyne.KeyEvent{Name: key}
	if focused := c.Focused(); focused != nil {
		focused.TypedKey(event)
		return
	}
	if typed := c.OnTypedKey(); typed != nil {
		typed(event)
	}
}
