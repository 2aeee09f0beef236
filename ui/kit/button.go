package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bankbook/ui/look"
)

// ButtonKind is the weight of a button.
type ButtonKind int

// The kinds of buttons. A screen has at most one primary button.
const (
	Default ButtonKind = iota // 1 px outline
	Primary                   // filled
	Plain                     // words only
	Active                    // "on": an outline and a tint, for a filter in force
	Danger                    // words in the error colour
	Filled                    // filled with the error colour, for the last step of a destructive act
	OnDark                    // words only, on the inverse paper of a bulk bar
)

// ButtonSize is the height of a button.
type ButtonSize int

// The sizes: 32, 28 and 40 high.
const (
	Medium ButtonSize = iota
	Compact
	Large
)

// ButtonSpec describes a button.
type ButtonSpec struct {
	Text     string
	Icon     look.IconName // before the words
	Trailing look.IconName // after the words
	Count    string        // muted figure after the words
	Kind     ButtonKind
	Size     ButtonSize
	OnTap    func()
}

// Button is a push button.
type Button struct {
	press
	spec ButtonSpec
	busy bool
}

// NewButton returns a button.
func NewButton(spec ButtonSpec) *Button {
	b := &Button{spec: spec}
	b.onPress = func() {
		if !b.busy && b.spec.OnTap != nil {
			b.spec.OnTap()
		}
	}
	b.ExtendBaseWidget(b)
	return b
}

// Text of the button, for tests and screen readers.
func (b *Button) Text() string { return b.spec.Text }

// SetText changes the words.
func (b *Button) SetText(text string) { b.change(func(s *ButtonSpec) { s.Text = text }) }

// SetCount changes the figure after the words.
func (b *Button) SetCount(count string) { b.change(func(s *ButtonSpec) { s.Count = count }) }

// SetKind changes the weight.
func (b *Button) SetKind(kind ButtonKind) { b.change(func(s *ButtonSpec) { s.Kind = kind }) }

// SetIcon changes the icon before the words.
func (b *Button) SetIcon(icon look.IconName) { b.change(func(s *ButtonSpec) { s.Icon = icon }) }

// SetOnTap changes what a press does.
func (b *Button) SetOnTap(fn func()) { b.spec.OnTap = fn }

func (b *Button) change(edit func(*ButtonSpec)) {
	before := b.spec
	edit(&b.spec)
	if before.Text != b.spec.Text || before.Count != b.spec.Count || before.Kind != b.spec.Kind || before.Icon != b.spec.Icon {
		b.Refresh()
	}
}

// SetBusy shows a spinner in place of the icon (or of the words, if there is no
// icon) and ignores presses. The width stays.
func (b *Button) SetBusy(busy bool) {
	if b.busy != busy {
		b.busy = busy
		b.Refresh()
	}
}

// Busy reports whether the button waits for its work.
func (b *Button) Busy() bool { return b.busy }

// height, side padding and type of each size.
func (s ButtonSize) metrics() (height, side float32, text Style) {
	switch s {
	case Compact:
		return look.ControlSmall, 11, Body()
	case Large:
		return look.ControlLarge, 21, Body().Sized(look.TextTitle)
	}
	return look.ControlHeight, 13, Body()
}

// buttonColors are the tokens of one state of a button.
type buttonColors struct{ fill, line, text look.Token }

func (b *Button) colors() buttonColors {
	if b.off {
		return b.offColors()
	}
	switch b.spec.Kind {
	case Primary:
		return buttonColors{look.Primary, look.Clear, look.OnPrimary}
	case Active:
		return buttonColors{look.Tint, look.Primary, look.Primary}
	case Filled:
		return buttonColors{look.Error, look.Clear, look.OnPrimary}
	case Plain:
		return buttonColors{b.hover(look.Clear, look.Neutral), look.Clear, look.Text}
	case Danger:
		return buttonColors{b.hover(look.Clear, look.ErrorTint), look.Clear, look.Error}
	case OnDark:
		return buttonColors{look.Clear, look.Clear, look.OnInverse}
	}
	return buttonColors{b.hover(look.Surface, look.Sunken), look.Control, look.Text}
}

func (b *Button) offColors() buttonColors {
	if b.spec.Kind == Plain || b.spec.Kind == Danger {
		return buttonColors{look.Clear, look.Clear, look.Muted}
	}
	return buttonColors{look.Sunken, look.Border, look.Muted}
}

func (b *Button) hover(rest, over look.Token) look.Token {
	if b.hovered {
		return over
	}
	return rest
}

func (b *Button) style() Style {
	_, _, style := b.spec.Size.metrics()
	if (b.spec.Kind == Primary || b.spec.Kind == Filled) && !b.off {
		style = style.Strong()
	}
	return style
}

// buttonParts are the primitives of a button.
type buttonParts struct {
	ring     *box
	body     *box
	icon     *picture
	text     *canvas.Text
	count    *canvas.Text
	trailing *picture
	spinner  *arc
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	p := &buttonParts{
		ring: newBox(look.RadiusControl), body: newBox(look.RadiusControl), icon: newPicture(),
		text: newCanvasText(), count: newCanvasText(), trailing: newPicture(), spinner: newArc(),
	}
	objects := append(p.ring.objects(), p.body.objects()...)
	objects = append(objects, p.icon.image, p.text, p.count, p.trailing.image, p.spinner.shape)
	return show(&drawing{
		widget: b, objects: objects,
		paint:   func() { b.paint(p) },
		layout:  func(size fyne.Size) { b.layout(p, size) },
		min:     b.least,
		destroy: p.spinner.stop,
	})
}

// ringed reports whether the focus shows as a ring with a gap, because the
// button itself has the colour of the ring.
func (b *Button) ringed() bool {
	return b.focused && !b.off && (b.spec.Kind == Primary || b.spec.Kind == Filled)
}

func (b *Button) paint(p *buttonParts) {
	c := b.colors()
	b.paintBody(p, c)
	p.icon.paint(b.spec.Icon, c.text)
	p.trailing.paint(b.spec.Trailing, trailingTint(b.spec, c.text))
	ink(p.text, b.spec.Text, b.style().In(c.text))
	ink(p.count, b.spec.Count, Small().In(countTint(b.spec.Kind, c.text)))
	p.spinner.paint(c.text)
	p.spinner.show(b.busy)
	if b.busy {
		p.icon.image.Hide()
	}
	if p.text.Hidden = b.busy && b.spec.Icon == "" && b.spec.Text != ""; p.text.Hidden {
		p.trailing.image.Hide()
	}
}

func (b *Button) paintBody(p *buttonParts, c buttonColors) {
	p.ring.paint(look.Clear, look.Clear, 0)
	p.body.radius = look.RadiusControl
	switch {
	case b.ringed():
		p.ring.paint(c.fill, look.Clear, 0)
		p.body.radius = look.RadiusTag
		p.body.paint(c.fill, c.text, 1)
	case b.focused && !b.off && c.fill == look.Clear:
		p.body.paint(look.Clear, look.Primary, 2)
	case b.focused && !b.off:
		p.body.paint(c.fill, look.Primary, 2)
	default:
		p.body.paint(c.fill, c.line, 1)
	}
}

// countTint is the colour of the figure after the words.
func countTint(kind ButtonKind, text look.Token) look.Token {
	if kind == Default {
		return look.Muted
	}
	return text
}

// trailingTint greys the chevron of a default button.
func trailingTint(spec ButtonSpec, text look.Token) look.Token {
	if spec.Kind == Default && spec.Trailing == look.IconChevronDown {
		return look.Muted
	}
	return text
}

// chip reports whether the button is one of a row of filters, which are set
// closer.
func (b *Button) chip() bool {
	return b.spec.Size != Large && (b.spec.Trailing == look.IconChevronDown || b.spec.Count != "")
}

func (b *Button) gap() float32 {
	if b.chip() {
		return 6
	}
	return look.Space2
}

// trailingSize is the size of the icon after the words.
func (b *Button) trailingSize() float32 {
	if b.spec.Trailing == look.IconChevronDown {
		return 14
	}
	return look.IconSize
}

// content returns the width of what stands inside the padding.
func (b *Button) content() float32 {
	width := float32(0)
	add := func(part float32) {
		if part > 0 && width > 0 {
			width += b.gap()
		}
		width += part
	}
	if b.spec.Icon != "" {
		add(look.IconSize)
	}
	if b.spec.Text != "" {
		add(b.style().Measure(b.spec.Text).Width)
	}
	if b.spec.Count != "" {
		add(Small().Measure(b.spec.Count).Width + 2)
	}
	if b.spec.Trailing != "" {
		add(b.trailingSize())
	}
	return width
}

func (b *Button) least() fyne.Size {
	height, side, _ := b.spec.Size.metrics()
	if b.spec.Text == "" {
		return fyne.NewSize(max(height, b.content()+16), height)
	}
	if b.chip() {
		side = 11
	}
	return fyne.NewSize(round(b.content()+2*side), height)
}

func (b *Button) layout(p *buttonParts, size fyne.Size) {
	p.ring.place(0, 0, size.Width, size.Height)
	p.body.place(0, 0, size.Width, size.Height)
	if b.ringed() {
		p.body.place(2, 2, size.Width-4, size.Height-4)
	}
	x := (size.Width - b.content()) / 2
	middle := func(extent float32) float32 { return floor((size.Height - extent) / 2) }
	p.spinner.place(floor((size.Width-look.IconSize)/2), middle(look.IconSize), look.IconSize)
	if b.spec.Icon != "" {
		p.icon.place(round(x), middle(look.IconSize), look.IconSize)
		p.spinner.place(round(x), middle(look.IconSize), look.IconSize)
		x += look.IconSize + b.gap()
	}
	width := b.style().Measure(b.spec.Text).Width
	place(p.text, x, 0, width, size.Height)
	if b.spec.Text != "" {
		x += width + b.gap()
	}
	if b.spec.Count != "" {
		width = Small().Measure(b.spec.Count).Width
		place(p.count, x+2, 0, width, size.Height)
		x += width + 2 + b.gap()
	}
	p.trailing.place(round(x), middle(b.trailingSize()), b.trailingSize())
}
