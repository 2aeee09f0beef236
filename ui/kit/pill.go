package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bankbook/ui/look"
)

// Tone is the meaning of a pill, note or alert. Colour never stands alone: the
// words say the same.
type Tone int

// The tones.
const (
	Neutral Tone = iota
	Info
	Success
	Warning
	Failure
	PracticeTone
)

// Ink is the token of words in this tone.
func (t Tone) Ink() look.Token {
	switch t {
	case Info:
		return look.Primary
	case Success:
		return look.Positive
	case Warning:
		return look.Warning
	case Failure:
		return look.Error
	case PracticeTone:
		return look.Practice
	}
	return look.Text2
}

// Paper is the token of the tint behind words in this tone.
func (t Tone) Paper() look.Token {
	switch t {
	case Info:
		return look.Tint
	case Success:
		return look.SuccessTint
	case Warning:
		return look.WarningTint
	case Failure:
		return look.ErrorTint
	case PracticeTone:
		return look.PracticeTint
	}
	return look.Neutral
}

// Sign is the icon that goes with the tone.
func (t Tone) Sign() look.IconName {
	switch t {
	case Success:
		return look.IconCheckCircle
	case Warning:
		return look.IconAlertTriangle
	case Failure:
		return look.IconAlertCircle
	case PracticeTone:
		return look.IconGraduationCap
	}
	return look.IconInfo
}

// PillMark is what stands before the words of a pill.
type PillMark int

// The marks. A dot means a status that can change, none a plain fact.
const (
	NoMark PillMark = iota
	DotMark
	SpinMark
)

// PillSpec describes a pill.
type PillSpec struct {
	Text string
	Tone Tone
	Mark PillMark
	Icon look.IconName // in place of the mark
}

const (
	pillHeight = 22
	pillSide   = 9
	pillIcon   = 14
	pillDot    = 6
)

// lead is the room before the words.
func (s PillSpec) lead() float32 {
	switch {
	case s.Icon != "" || s.Mark == SpinMark:
		return pillSide + pillIcon + 5
	case s.Mark == DotMark:
		return pillSide + pillDot + 6
	}
	return pillSide
}

func (s PillSpec) width() float32 {
	return round(s.lead() + Small().Measure(s.Text).Width + pillSide)
}

// Pill is a status in a rounded tint, 22 high.
type Pill struct {
	base
	spec PillSpec
}

// NewPill returns a pill.
func NewPill(spec PillSpec) *Pill {
	p := &Pill{spec: spec}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes everything about the pill.
func (p *Pill) Set(spec PillSpec) {
	if p.spec != spec {
		p.spec = spec
		p.Refresh()
	}
}

// Value returns the words.
func (p *Pill) Value() string { return p.spec.Text }

// CreateRenderer implements fyne.Widget.
func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	body, dot, text := rect(look.RadiusPill), canvas.NewCircle(color.Transparent), newCanvasText()
	image, spin := newPicture(), newArc()
	return show(&drawing{
		widget: p, objects: []fyne.CanvasObject{body, dot, text, image.image, spin.shape},
		paint: func() {
			ink(text, p.spec.Text, Small().In(p.spec.Tone.Ink()))
			fill(body, p.spec.Tone.Paper())
			dot.FillColor = look.Color(p.spec.Tone.Ink())
			dot.Hidden = p.spec.Mark != DotMark || p.spec.Icon != ""
			image.paint(p.spec.Icon, p.spec.Tone.Ink())
			spin.paint(p.spec.Tone.Ink())
			spin.show(p.spec.Mark == SpinMark && p.spec.Icon == "")
		},
		layout: func(size fyne.Size) {
			y := floor((size.Height - pillHeight) / 2)
			width := p.spec.width()
			place(body, 0, y, width, pillHeight)
			place(dot, pillSide, y+(pillHeight-pillDot)/2, pillDot, pillDot)
			image.place(pillSide, y+(pillHeight-pillIcon)/2, pillIcon)
			spin.place(pillSide, y+(pillHeight-pillIcon)/2, pillIcon)
			place(text, p.spec.lead(), y, width-p.spec.lead()-pillSide, pillHeight)
		},
		min:     func() fyne.Size { return fyne.NewSize(p.spec.width(), pillHeight) },
		destroy: spin.stop,
	})
}

// CountBadge is a small figure in a tint, such as the number of alerts.
type CountBadge struct {
	base
	text string
	tone Tone
}

// NewCountBadge returns a figure in a tint.
func NewCountBadge(text string, tone Tone) *CountBadge {
	b := &CountBadge{text: text, tone: tone}
	b.ExtendBaseWidget(b)
	return b
}

// SetText changes the figure.
func (b *CountBadge) SetText(text string) { b.text = text; b.Refresh() }

// CreateRenderer implements fyne.Widget.
func (b *CountBadge) CreateRenderer() fyne.WidgetRenderer {
	body, text := rect(10), newCanvasText()
	return show(&drawing{
		widget: b, objects: []fyne.CanvasObject{body, text},
		paint: func() {
			fill(body, b.tone.Paper())
			ink(text, b.text, Small().In(b.tone.Ink()).Center())
		},
		layout: func(size fyne.Size) {
			y := floor((size.Height - 20) / 2)
			place(body, 0, y, size.Width, 20)
			place(text, 0, y, size.Width, 20)
		},
		min: func() fyne.Size { return countBadgeSize(b.text) },
	})
}

func countBadgeSize(text string) fyne.Size {
	return fyne.NewSize(max(ceil(Small().Measure(text).Width)+12, 20), 20)
}

// TagSpec describes a tag.
type TagSpec struct {
	Text     string
	Tone     Tone   // Neutral or Info
	Empty    bool   // an invitation such as "Add category": outlined, muted
	OnTap    func() // nil: not to be pressed
	OnRemove func() // nil: no x
}

const (
	tagHeight = 20
	tagSide   = 6
)

func tagWidth(text string) float32 { return round(Small().Measure(text).Width + 2*tagSide) }

// Tag is a word in a small tinted box, 20 high.
type Tag struct {
	press
	spec TagSpec
}

// NewTag returns a tag. A removable one is 24 high, so that its x is easy to
// hit.
func NewTag(spec TagSpec) fyne.Widget {
	t := &Tag{spec: spec}
	switch {
	case spec.OnRemove != nil:
		t.onPress = spec.OnRemove
	case spec.OnTap != nil:
		t.onPress = spec.OnTap
	default:
		return newStillTag(spec)
	}
	t.ExtendBaseWidget(t)
	return t
}

// stillTag is a tag that cannot be pressed and so takes no focus.
type stillTag struct {
	base
	spec TagSpec
}

func newStillTag(spec TagSpec) *stillTag {
	t := &stillTag{spec: spec}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer implements fyne.Widget.
func (t *stillTag) CreateRenderer() fyne.WidgetRenderer {
	return tagDrawing(t, t.spec, func() bool { return false })
}

// CreateRenderer implements fyne.Widget.
func (t *Tag) CreateRenderer() fyne.WidgetRenderer {
	return tagDrawing(t, t.spec, func() bool { return t.focused })
}

func tagDrawing(w fyne.Widget, spec TagSpec, focused func() bool) fyne.WidgetRenderer {
	const cross = 12
	body, text, image := newBox(look.RadiusTag), newCanvasText(), newPicture()
	height, side := float32(tagHeight), float32(tagSide)
	if spec.OnRemove != nil {
		height = 24
	}
	textWidth := Small().Measure(spec.Text).Width
	width := tagWidth(spec.Text)
	if spec.OnRemove != nil {
		width += cross + 3
	}
	return show(&drawing{
		widget: w, objects: append(body.objects(), text, image.image),
		paint: func() {
			paper, line, word := spec.Tone.Paper(), look.Clear, spec.Tone.Ink()
			if spec.Empty {
				paper, line, word = look.Surface, look.Control, look.Muted
			}
			if focused() {
				body.paint(paper, look.Primary, 2)
			} else {
				body.paint(paper, line, 1)
			}
			ink(text, spec.Text, Small().In(word))
			if spec.OnRemove != nil {
				image.paint(look.IconClose, word)
			}
		},
		layout: func(size fyne.Size) {
			y := floor((size.Height - height) / 2)
			body.place(0, y, width, height)
			place(text, side, y, textWidth, height)
			image.place(width-side-cross, y+(height-cross)/2, cross)
		},
		min: func() fyne.Size { return fyne.NewSize(width, height) },
	})
}

// NewKeyCap returns the name of a key or shortcut in a small outlined box.
func NewKeyCap(keys string) fyne.Widget {
	k := &keyCap{keys: keys}
	k.ExtendBaseWidget(k)
	return k
}

type keyCap struct {
	base
	keys string
}

// CreateRenderer implements fyne.Widget.
func (k *keyCap) CreateRenderer() fyne.WidgetRenderer {
	const height = 20
	body, text := newBox(look.RadiusTag), newCanvasText()
	return show(&drawing{
		widget: k, objects: append(body.objects(), text),
		paint: func() {
			body.paint(look.Sunken, look.Border, 1)
			ink(text, k.keys, Small().Center())
		},
		layout: func(size fyne.Size) {
			y := floor((size.Height - height) / 2)
			body.place(0, y, size.Width, height)
			place(text, 0, y, size.Width, height)
		},
		min: func() fyne.Size { return fyne.NewSize(round(Small().Measure(k.keys).Width)+12, height) },
	})
}
