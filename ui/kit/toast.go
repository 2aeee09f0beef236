package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"bankbook/ui/look"
	"bankbook/ui/run"
)

// ToastSpec describes a toast.
type ToastSpec struct {
	Text   string
	Icon   look.IconName // "" is a tick
	Action string        // "Undo", "Retry"; "" none
	OnTap  func()        // of the action
}

// Toasts is the layer of the shell in which toasts appear: stack it above the
// content. It takes no focus and no clicks outside of a toast.
type Toasts struct {
	base
	runner run.Runner
	shown  []*toast
	stop   func()
}

// toastSeconds is how long a toast stays; while the pointer is over it time
// stands still.
const toastSeconds = 5

// NewToasts returns the layer.
func NewToasts(runner run.Runner) *Toasts {
	t := &Toasts{runner: runner}
	t.ExtendBaseWidget(t)
	return t
}

// Post adds a toast. At most two are on screen, the newest below.
func (t *Toasts) Post(spec ToastSpec) {
	if len(t.shown) == 2 {
		t.shown = t.shown[1:]
	}
	t.shown = append(t.shown, newToast(t, spec))
	if t.stop == nil {
		t.stop = t.runner.Every(time.Second, t.tick)
	}
	t.Refresh()
}

func (t *Toasts) tick() {
	for _, item := range append([]*toast(nil), t.shown...) {
		if item.hovered {
			continue
		}
		if item.left--; item.left <= 0 {
			t.remove(item)
		}
	}
}

// Clear takes every toast away.
func (t *Toasts) Clear() {
	for _, item := range append([]*toast(nil), t.shown...) {
		t.remove(item)
	}
}

func (t *Toasts) remove(item *toast) {
	kept := t.shown[:0]
	for _, other := range t.shown {
		if other != item {
			kept = append(kept, other)
		}
	}
	t.shown = kept
	if len(t.shown) == 0 && t.stop != nil {
		t.stop()
		t.stop = nil
	}
	t.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *Toasts) CreateRenderer() fyne.WidgetRenderer {
	const edge, gap = 24, 8
	d := &drawing{widget: t}
	d.layout = func(size fyne.Size) {
		d.objects = d.objects[:0]
		y := size.Height - edge
		for i := len(t.shown) - 1; i >= 0; i-- {
			item := t.shown[i]
			least := item.MinSize()
			y -= least.Height
			place(item, floor((size.Width-least.Width)/2), y, least.Width, least.Height)
			y -= gap
			d.objects = append(d.objects, item)
		}
	}
	d.min = func() fyne.Size { return fyne.NewSize(1, 1) }
	return show(d)
}

// toast is one message, 44 high and at least 336 wide.
type toast struct {
	base
	spec    ToastSpec
	left    int
	hovered bool
	text    *Text
	action  *Link
	shut    *IconButton
}

func newToast(layer *Toasts, spec ToastSpec) *toast {
	if spec.Icon == "" {
		spec.Icon = look.IconCheck
	}
	t := &toast{spec: spec, left: toastSeconds}
	t.text = NewText(spec.Text, Body().In(look.OnInverse))
	if spec.Action != "" {
		t.action = NewLinkIn(LinkSpec{Text: spec.Action, Style: Body().Strong().In(look.OnInverse), OnTap: func() {
			layer.remove(t)
			if spec.OnTap != nil {
				spec.OnTap()
			}
		}})
	}
	t.shut = NewIconButton(IconButtonSpec{Icon: look.IconClose, Token: look.OnInverse, OnTap: func() { layer.remove(t) }})
	t.shut.bare = true
	t.ExtendBaseWidget(t)
	return t
}

// MouseIn stops the clock.
func (t *toast) MouseIn(*desktop.MouseEvent) { t.hovered = true }

// MouseMoved does nothing.
func (t *toast) MouseMoved(*desktop.MouseEvent) {}

// MouseOut lets the clock run.
func (t *toast) MouseOut() { t.hovered = false }

// Tapped swallows a tap, so that it does not reach what is below.
func (t *toast) Tapped(*fyne.PointEvent) {}

// CreateRenderer implements fyne.Widget.
func (t *toast) CreateRenderer() fyne.WidgetRenderer {
	const high, least, left = 44, 336, 40
	body, image := newBox(look.RadiusCard), newPicture()
	objects := append(body.objects(), image.image, t.text, t.shut)
	actionWidth := float32(0)
	if t.action != nil {
		objects = append(objects, t.action)
		actionWidth = t.action.MinSize().Width + 12
	}
	return show(&drawing{
		widget: t, objects: objects,
		paint: func() {
			body.paint(look.Inverse, look.Clear, 0)
			body.shade()
			image.paint(t.spec.Icon, look.OnInverse)
		},
		layout: func(size fyne.Size) {
			body.place(0, 0, size.Width, size.Height)
			image.place(14, (size.Height-look.IconSize)/2, look.IconSize)
			place(t.text, left, 0, size.Width-left-actionWidth-40, size.Height)
			place(t.shut, size.Width-29, (size.Height-28)/2, 28, 28)
			if t.action != nil {
				place(t.action, size.Width-28-actionWidth, 0, actionWidth-12, size.Height)
			}
		},
		min: func() fyne.Size {
			return fyne.NewSize(max(left+t.text.MinSize().Width+actionWidth+46, least), high)
		},
	})
}
