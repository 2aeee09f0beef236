package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"bankbook/ui/look"
)

// InputSpec describes a field.
type InputSpec struct {
	Text        string
	Placeholder string
	Icon        look.IconName // before the words, such as a magnifier
	Secret      bool          // masked, with an eye to look
	Lines       int           // more than 1: several lines
	Hint        string        // key cap at the right while empty, such as "Ctrl+K"
	Mono        bool
	OnChange    func(text string)
	OnSubmit    func(text string) // Enter
	OnBlur      func(text string) // the keyboard goes elsewhere
	OnEscape    func()            // Escape; nil clears a search or closes the pop-up
	OnKey       func(key fyne.KeyName) bool
}

// Input is a field for text, 32 high; more lines make it higher. A message of
// SetError stands 12 px high below it, on as many lines as it takes, and makes it
// higher too.
type Input struct {
	base
	spec    InputSpec
	entry   *entry
	holder  *container.ThemeOverride
	reveal  *IconButton
	hint    fyne.Widget
	failure string
	helper  string
	message *Paragraph // of the two above, whichever there is
	valid   bool
	focused bool
}

// entry is Fyne's field with its keys and focus reported.
type entry struct {
	widget.Entry
	onFocus func(bool)
	onKey   func(fyne.KeyName) bool
}

// Hint returns the words that stand in the empty field.
func (e *entry) Hint() string { return e.PlaceHolder }

// Value returns what the person wrote.
func (e *entry) Value() string { return e.Text }

// FocusGained implements fyne.Focusable.
func (e *entry) FocusGained() { e.Entry.FocusGained(); e.onFocus(true) }

// FocusLost implements fyne.Focusable.
func (e *entry) FocusLost() { e.Entry.FocusLost(); e.onFocus(false) }

// TypedRune implements fyne.Focusable.
func (e *entry) TypedRune(r rune) { stir(); e.Entry.TypedRune(r) }

// TypedKey lets the field use a key before Fyne's field does.
func (e *entry) TypedKey(key *fyne.KeyEvent) {
	stir()
	if !e.onKey(key.Name) {
		e.Entry.TypedKey(key)
	}
}

// entryTheme takes box and padding away from Fyne's field: the kit draws its
// own.
type entryTheme struct{ look.Theme }

func (t entryTheme) current() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

// Color implements fyne.Theme.
func (t entryTheme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch name {
	case theme.ColorNameInputBackground, theme.ColorNameInputBorder:
		return color.Transparent
	case theme.ColorNameSelection:
		c, _ := color.NRGBAModel.Convert(t.current().Color(look.Primary, variant)).(color.NRGBA)
		c.A = 0x40
		return c
	}
	return t.current().Color(name, variant)
}

// Size implements fyne.Theme.
func (t entryTheme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameInputBorder:
		return 0
	case theme.SizeNameInnerPadding:
		return 7
	case theme.SizeNameLineSpacing:
		return 2
	}
	return t.Theme.Size(name)
}

// NewInput returns a field.
func NewInput(spec InputSpec) *Input {
	i := &Input{spec: spec}
	i.entry = &entry{onFocus: i.focus, onKey: i.key}
	i.entry.Text, i.entry.PlaceHolder = spec.Text, spec.Placeholder
	if i.entry.Password = spec.Secret; spec.Secret {
		i.entry.ActionItem = Fixed(0, 0, Spring()) // keeps Fyne's own eye away
	}
	i.entry.MultiLine = spec.Lines > 1
	i.entry.TextStyle.Monospace = spec.Mono && spec.Text != ""
	i.entry.Wrapping = fyne.TextWrapOff
	if spec.Lines > 1 {
		i.entry.Wrapping = fyne.TextWrapWord
		i.entry.SetMinRowsVisible(spec.Lines)
	}
	i.entry.OnChanged = func(text string) {
		i.entry.TextStyle.Monospace = spec.Mono && text != "" // the placeholder is words
		i.Refresh()
		if i.spec.OnChange != nil {
			i.spec.OnChange(text)
		}
	}
	i.entry.OnSubmitted = spec.OnSubmit
	i.entry.ExtendBaseWidget(i.entry)
	i.holder = container.NewThemeOverride(i.entry, entryTheme{})
	if spec.Secret {
		i.reveal = NewIconButton(IconButtonSpec{Icon: look.IconEyeOff, Token: look.Muted, OnTap: i.toggleReveal})
	}
	if spec.Hint != "" {
		i.hint = NewKeyCap(spec.Hint)
	}
	i.message = NewParagraph("", Small(), 0)
	i.ExtendBaseWidget(i)
	return i
}

// NewSearch returns a field with a magnifier. Escape empties it.
func NewSearch(placeholder string, onChange func(text string)) *Input {
	return NewInput(InputSpec{Placeholder: placeholder, Icon: look.IconSearch, OnChange: onChange})
}

func (i *Input) focus(on bool) {
	left := i.focused && !on
	i.focused = on
	i.Refresh()
	if left && i.spec.OnBlur != nil {
		i.spec.OnBlur(i.entry.Text)
	}
}

func (i *Input) key(name fyne.KeyName) bool {
	if i.spec.OnKey != nil && i.spec.OnKey(name) {
		return true
	}
	if name != fyne.KeyEscape {
		return false
	}
	switch {
	case i.spec.OnEscape != nil:
		i.spec.OnEscape()
	case i.spec.Icon == look.IconSearch && i.entry.Text != "":
		i.entry.SetText("")
	default:
		escape()
	}
	return true
}

func (i *Input) toggleReveal() {
	i.entry.Password = !i.entry.Password
	icon := look.IconEyeOff
	if !i.entry.Password {
		icon = look.IconEye
	}
	i.reveal.SetIcon(icon, look.Muted)
	i.entry.Refresh()
}

// Text returns what the person wrote.
func (i *Input) Text() string { return i.entry.Text }

// SetText changes the content. OnChange hears of it if it differs.
func (i *Input) SetText(text string) { i.entry.SetText(text) }

// SetPlaceholder changes the words that stand in the empty field.
func (i *Input) SetPlaceholder(text string) {
	if i.entry.PlaceHolder != text {
		i.entry.SetPlaceHolder(text)
	}
}

// SetError shows a message below the field and turns it to the error state; ""
// ends it.
func (i *Input) SetError(message string) {
	if i.failure != message {
		i.failure = message
		i.Refresh()
	}
}

// SetHelper shows a muted sentence below the field while there is no error.
func (i *Input) SetHelper(text string) {
	if i.helper != text {
		i.helper = text
		i.Refresh()
	}
}

// SetValid shows a tick at the right.
func (i *Input) SetValid(valid bool) {
	if i.valid != valid {
		i.valid = valid
		i.Refresh()
	}
}

// Disable greys the field out.
func (i *Input) Disable() { i.entry.Disable(); i.Refresh() }

// Enable makes the field usable.
func (i *Input) Enable() { i.entry.Enable(); i.Refresh() }

// Focusable returns what takes the keyboard focus, for Canvas.Focus.
func (i *Input) Focusable() fyne.Focusable { return i.entry }

// Focus puts the keyboard into the field.
func (i *Input) Focus() {
	if c := CanvasOf(i.entry); c != nil {
		c.Focus(i.entry)
	}
}

// ShowFocused draws the field as if it had the keyboard, for pictures.
func (i *Input) ShowFocused() { i.focus(true) }

// FocusAll puts the keyboard into the field and selects its content.
func (i *Input) FocusAll() {
	i.Focus()
	i.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

func (i *Input) below() string {
	if i.failure != "" {
		return i.failure
	}
	return i.helper
}

// fieldHeight is the height of the box, without the message.
func (i *Input) fieldHeight() float32 {
	if i.spec.Lines > 1 {
		return float32(i.spec.Lines)*19 + 12
	}
	return look.ControlHeight
}

// aboveMessage is between box and message, which stands a little lower in its room.
const aboveMessage = 5

// heightFor returns the height at a width: a long message takes several lines.
func (i *Input) heightFor(width float32) float32 {
	height := i.fieldHeight()
	if i.below() != "" {
		height += aboveMessage + NewParagraph(i.below(), Small(), 0).heightFor(width)
	}
	return height
}

// CreateRenderer implements fyne.Widget.
func (i *Input) CreateRenderer() fyne.WidgetRenderer {
	body, lead, state := newBox(look.RadiusControl), newPicture(), newPicture()
	objects := append(body.objects(), lead.image, i.holder, state.image, i.message)
	if i.reveal != nil {
		objects = append(objects, i.reveal)
	}
	if i.hint != nil {
		objects = append(objects, i.hint)
	}
	return show(&drawing{
		widget: i, objects: objects,
		paint: func() {
			i.paintBody(body)
			lead.paint(i.spec.Icon, look.Muted)
			i.paintState(state)
			i.paintMessage()
			if i.hint != nil {
				showIf(i.hint, i.entry.Text == "")
			}
		},
		layout: func(size fyne.Size) { i.layout(size, body, lead, state) },
		min:    func() fyne.Size { return fyne.NewSize(80, i.heightFor(i.Size().Width)) },
	})
}

func (i *Input) paintMessage() {
	token := look.Muted
	if i.failure != "" {
		token = look.Error
	}
	showIf(i.message, i.below() != "")
	i.message.SetText(i.below())
	i.message.SetStyle(Small().In(token))
}

func (i *Input) paintBody(body *box) {
	paper := look.Surface
	if i.entry.Disabled() {
		paper = look.Sunken
	}
	switch {
	case i.failure != "" && i.focused:
		body.paint(paper, look.Error, 2)
	case i.failure != "":
		body.paint(paper, look.Error, 1)
	case i.focused:
		body.paint(paper, look.Primary, 2)
	default:
		body.paint(paper, look.Control, 1)
	}
}

func (i *Input) paintState(state *picture) {
	switch {
	case i.reveal != nil:
		state.paint("", look.Clear)
	case i.failure != "":
		state.paint(look.IconAlertCircle, look.Error)
	case i.valid:
		state.paint(look.IconCheck, look.Positive)
	default:
		state.paint("", look.Clear)
	}
}

func (i *Input) layout(size fyne.Size, body *box, lead, state *picture) {
	high := i.fieldHeight()
	if i.spec.Lines > 1 && i.below() == "" {
		high = max(high, size.Height)
	}
	body.place(0, 0, size.Width, high)
	lead.place(11, (look.ControlHeight-look.IconSize)/2, look.IconSize)
	left, right := float32(4), float32(4)
	if i.spec.Icon != "" {
		left = 28
	}
	if state.image.Visible() {
		right = 32
	}
	if i.reveal != nil {
		right = 36
		place(i.reveal, size.Width-33, 2, look.ControlSmall, look.ControlSmall)
	}
	if i.hint != nil {
		wide := i.hint.MinSize()
		right = wide.Width + 14
		place(i.hint, size.Width-10-wide.Width, (high-wide.Height)/2, wide.Width, wide.Height)
	}
	state.place(size.Width-12-look.IconSize, (look.ControlHeight-look.IconSize)/2, look.IconSize)
	place(i.holder, left, 0, max(size.Width-left-right, 0), high)
	place(i.message, 0, high+aboveMessage+1, size.Width, i.message.heightFor(size.Width))
}

// showIf shows or hides an object.
func showIf(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// Field is a label above an input or another control.
func Field(label string, control fyne.CanvasObject) *fyne.Container {
	return VBox(5, NewText(label, Small().In(look.Text2)), control)
}
