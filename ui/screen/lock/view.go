package lock

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// How wide the column of the screen is: a recovery key needs more room.
const (
	width     = 360
	wideWidth = 460
)

// View is the screen. It fills the window.
type View struct {
	model *Model
	root  *fyne.Container
	step  Step
	notes *fyne.Container
	// field is what is asked for: nil where the keychain is.
	field *kit.Input
	pair  *kit.SecretPair
	deed  *kit.Button
	wait  *fyne.Container
	links *fyne.Container
}

// NewView returns the screen of a model.
func NewView(m *Model) *View {
	v := &View{model: m, root: container.NewStack()}
	v.make()
	m.OnChange(v.update, v.retype)
	return v
}

// Content returns what to show.
func (v *View) Content() fyne.CanvasObject { return v.root }

// Focus puts the keyboard where the person begins.
func (v *View) Focus() {
	if v.field != nil {
		v.field.Focus()
	}
}

// Confirm does the deed of the screen with what has been typed.
func (v *View) Confirm() {
	switch {
	case v.pair != nil:
		v.model.Recover(v.field.Text(), v.pair.First(), v.pair.Again())
	case v.step == AskRecovery:
		v.model.Recover(v.field.Text(), "", "")
	case v.field != nil:
		v.model.Unlock(v.field.Text())
	default:
		v.model.Unlock("")
	}
}

// keyTyped goes on from the recovery key to the new passphrase, if there is to
// be one.
func (v *View) keyTyped() {
	if v.pair != nil && v.pair.First() == "" {
		v.pair.Focus()
		return
	}
	v.Confirm()
}

func (v *View) retype() {
	if v.field != nil {
		v.field.FocusAll()
	}
}

// words are what a step says.
type words struct{ title, sentence, deed string }

func (v *View) words() words {
	switch s := v.model.State(); {
	case s.Step == AskRecovery && s.ByPassphrase:
		return words{"Use your recovery key", "It opens your data once more, and you choose a new passphrase.", "Unlock"}
	case s.Step == AskRecovery:
		return words{"Use your recovery key", "It opens your data and puts the key back into your system’s keychain.", "Unlock"}
	case s.ByPassphrase:
		return words{"Bankbook is locked", "Your data is sealed with your passphrase.", "Unlock"}
	}
	return words{"Bankbook is locked", "The key to your data is in your system’s keychain.", "Unlock with keychain"}
}

// make builds the page of a step.
func (v *View) make() {
	s, text := v.model.State(), v.words()
	v.step, v.field, v.pair, v.notes, v.links = s.Step, nil, nil, kit.VBox(0), kit.HBox(0)
	v.deed = kit.NewButton(kit.ButtonSpec{Text: text.deed, Kind: kit.Primary, Size: kit.Large, OnTap: v.Confirm})
	rows := []fyne.CanvasObject{
		kit.Centered(kit.NewIconDisc(v.sign(s), look.Primary, look.Tint, 64)),
		kit.Pad(kit.Edges{Top: 24}, kit.NewText(text.title, kit.Page().Center())),
		kit.Pad(kit.Edges{Top: 4, Bottom: 24}, kit.NewParagraph(text.sentence, kit.Lead().Muted().Center(), 0)),
	}
	switch {
	case s.Step == AskRecovery:
		v.field = kit.NewInput(kit.InputSpec{Mono: true, OnSubmit: func(string) { v.keyTyped() }, OnEscape: v.model.Back})
		rows = append(rows, kit.Field("Recovery key", v.field))
	case s.ByPassphrase:
		v.field = kit.NewInput(kit.InputSpec{Secret: true, OnSubmit: func(string) { v.Confirm() }, OnEscape: func() {}})
		rows = append(rows, kit.Field("Passphrase", v.field))
	}
	if s.Step == AskRecovery && s.ByPassphrase {
		v.pair = kit.NewSecretPair(kit.SecretPairSpec{
			Label: "New passphrase", Again: "The same again", Helper: say.PassphraseRule(), OnSubmit: v.Confirm, OnEscape: v.model.Back,
		})
		rows = append(rows, kit.Pad(kit.Edges{Top: 12}, v.pair.Content()))
	}
	v.wait = kit.Fixed(0, 20, kit.Centered(kit.HBox(12,
		kit.NewText("Opening your data…", kit.Small()), kit.NewLinkIn(kit.LinkSpec{Text: "Cancel", Style: kit.Small().In(look.Primary), OnTap: v.model.Stop}),
	)))
	rows = append(rows, kit.Pad(kit.Edges{Top: 16}, v.deed), v.notes,
		kit.Pad(kit.Edges{Top: 20}, container.NewStack(kit.Centered(v.links), v.wait)))
	column := float32(width)
	if s.Step == AskRecovery {
		column = wideWidth
	}
	page := kit.VBox(0, kit.Spring(), kit.MaxWidthCentered(column, kit.VBox(0, rows...)), kit.Spring(), kit.Spring())
	v.root.Objects = []fyne.CanvasObject{page}
	v.dress(s)
	kit.Repaint(v.root)
}

func (v *View) sign(s State) look.IconName {
	if s.Step == AskKey {
		return look.IconLock
	}
	return look.IconKey
}

// update shows the state; what is being typed stays as it is.
func (v *View) update() {
	s := v.model.State()
	if s.Step != v.step {
		v.make()
		v.Focus()
		return
	}
	v.dress(s)
	kit.Repaint(v.root)
}

func (v *View) dress(s State) {
	v.deed.SetBusy(s.Busy)
	v.wait.Hidden, v.links.Hidden = !s.Busy, s.Busy
	if v.field != nil {
		v.field.SetError(s.KeyError)
	}
	if v.pair != nil {
		v.pair.SetErrors(s.NewError, s.AgainError)
	}
	v.links.Objects = v.ways(s)
	v.notes.Objects = nil
	if s.Err != nil {
		m := say.Fault(s.Err)
		v.notes.Objects = []fyne.CanvasObject{kit.Pad(kit.Edges{Top: 16}, kit.NewNote(kit.NoteSpec{
			Text: m.Sentence, More: m.Hint, Tone: kit.Failure, Line: true,
		}))}
	}
}

// ways are the links below the button.
func (v *View) ways(s State) []fyne.CanvasObject {
	link := func(text string, do func()) fyne.CanvasObject {
		return kit.NewLinkIn(kit.LinkSpec{Text: text, Style: kit.Small().In(look.Primary), OnTap: do})
	}
	var links []fyne.CanvasObject
	switch s.Step {
	case AskKey:
		if s.HasRecovery {
			links = append(links, link("Use recovery key…", v.model.UseRecovery))
		}
		links = append(links, link("Use another source…", v.model.Source))
	case AskRecovery:
		links = []fyne.CanvasObject{link("Back", v.model.Back)}
	}
	if s.Err != nil {
		links = append(links, link("Copy details", func() { v.model.CopyDetails(s.Err) }))
	}
	return []fyne.CanvasObject{kit.HBox(20, links...)}
}
