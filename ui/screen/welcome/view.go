package welcome

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// pageWidth is how wide the page becomes in a large window.
const pageWidth = 920

// View is the screen. It fills the window.
type View struct {
	model *Model
	root  *fyne.Container
	step  Step
	keys  *keysForm
	// cards, starting and notes are the parts of the first page that change.
	cards    map[core.Environment]*kit.OptionCard
	starting *fyne.Container
	notes    *fyne.Container
	// pair is where a new passphrase is chosen. It stays as it is while the rest
	// changes.
	pair    *kit.SecretPair
	secrecy *kit.Text
}

// NewView returns the screen of a model.
func NewView(m *Model) *View {
	v := &View{model: m, root: container.NewStack(), starting: kit.VBox(0), notes: kit.VBox(0), secrecy: kit.NewText("", kit.Body().In(look.Text2)), step: -1}
	v.pair = kit.NewSecretPair(kit.SecretPairSpec{
		Label: "Passphrase", Again: "The same again", Across: true, Helper: say.PassphraseRule(), OnSubmit: v.Continue,
	})
	m.OnChange(v.update)
	v.update()
	return v
}

// Content returns what to show.
func (v *View) Content() fyne.CanvasObject { return v.root }

// Continue goes on with what has been chosen and typed.
func (v *View) Continue() { v.model.Continue(v.pair.First(), v.pair.Again()) }

// update shows the state. What the person may have the keyboard in stays; the
// rest is made anew.
func (v *View) update() {
	s := v.model.State()
	if s.Step == EnterKeys {
		if v.step != EnterKeys {
			v.keys = newKeysForm(v.model)
			v.show(v.keys.content)
			v.keys.first()
		}
		v.keys.update(s)
	} else {
		if v.step != ChooseSource {
			v.show(v.source(s))
		}
		v.updateSource(s)
	}
	v.step = s.Step
}

func (v *View) updateSource(s State) {
	for source, card := range v.cards {
		card.SetChosen(s.Chosen == source)
	}
	v.starting.Objects = []fyne.CanvasObject{v.start(s)}
	v.notes.Objects = []fyne.CanvasObject{v.noteBox(s)}
	v.secrecy.SetText(secrecyWords(s))
	v.pair.SetErrors(s.NewError, s.AgainError)
	kit.Repaint(v.root)
}

func (v *View) show(page fyne.CanvasObject) {
	v.root.Objects = []fyne.CanvasObject{kit.On(look.Background, kit.NewScroll(page))}
	kit.Repaint(v.root)
}

// source is the page that asks where data should come from.
func (v *View) source(s State) fyne.CanvasObject {
	lead := "You can switch at any time, with the badge at the bottom left."
	return frame(
		v.brand(),
		gap(40), kit.NewText("Where should Bankbook get bank data?", kit.Hero()),
		gap(4), kit.NewText(lead, kit.Lead().Muted()),
		gap(26), kit.Columns(16, []float32{0, 0, 0}, v.sources(s)...),
		v.notes,
		gap(24), v.starting,
		gap(28), kit.NewRule(), gap(16), v.restore(), gap(12), v.footer(),
	)
}

// frame keeps a page at its width, in the middle of the window.
func frame(parts ...fyne.CanvasObject) fyne.CanvasObject {
	page := kit.Sides(room, room, kit.VBox(0, parts...))
	return kit.VBox(0, kit.Spring(), kit.MaxWidthCentered(pageWidth+2*room, page), kit.Spring())
}

// room is around a page.
const room = look.Space6

// gap is room between parts of a page.
func gap(height float32) fyne.CanvasObject { return kit.Fixed(0, height, kit.NewFill(look.Clear, 0)) }

func (v *View) brand() fyne.CanvasObject {
	parts := []fyne.CanvasObject{
		kit.NewIconTile(look.IconBook, look.OnPrimary, look.Primary, 32),
		kit.NewText("Bankbook", kit.Heading()),
	}
	if v.model.CanLeave() {
		parts = append(parts, kit.Spring(), kit.NewButton(kit.ButtonSpec{
			Text: "Back", Icon: look.IconArrowLeft, Kind: kit.Plain, OnTap: v.model.Back,
		}))
	}
	return kit.HBox(12, parts...)
}

// sources are the three cards.
func (v *View) sources(s State) []fyne.CanvasObject {
	v.cards = map[core.Environment]*kit.OptionCard{}
	var cards []fyne.CanvasObject
	for _, o := range options() {
		paper, ink, icon := kit.LookOf(o.source).Tokens()
		badge := ""
		switch {
		case o.source == v.model.Current():
			badge = "In use"
		case o.source == core.Practice && v.model.Current() == "":
			badge = "Recommended"
		}
		card := kit.NewOptionCard(kit.OptionSpec{
			Icon: icon, Ink: ink, Paper: paper, Title: say.Environment(o.source), Badge: badge,
			Sentence: o.sentence, Facts: o.facts, Chosen: s.Chosen == o.source, MinHeight: 284,
			OnChoose: func() { v.model.Choose(o.source) },
		})
		v.cards[o.source] = card
		cards = append(cards, card)
	}
	return cards
}

// option is what a source is described with.
type option struct {
	source   core.Environment
	sentence string
	facts    []kit.OptionFact
}

func options() []option {
	good := func(text string) kit.OptionFact { return kit.OptionFact{Icon: look.IconCheck, Good: true, Text: text} }
	fact := func(icon look.IconName, text string) kit.OptionFact { return kit.OptionFact{Icon: icon, Text: text} }
	return []option{
		{core.Practice, "Try everything with made-up banks and made-up money.", []kit.OptionFact{
			good("Works offline"), good("No account needed"), good("Ready in a few seconds"),
		}},
		{core.Sandbox, "Use Plaid’s own test banks with your own keys.", []kit.OptionFact{
			fact(look.IconKey, "Needs Plaid Sandbox keys (free)"), fact(look.IconWifi, "Needs the internet"), good("No real money"),
		}},
		{core.Production, "Connect your real bank accounts.", []kit.OptionFact{
			fact(look.IconKey, "Needs keys Plaid has approved"), fact(look.IconWifi, "Needs the internet"),
			fact(look.IconBanknote, "Plaid may charge per bank"),
		}},
	}
}

// start is the button and what it leads to.
func (v *View) start(s State) fyne.CanvasObject {
	button := kit.NewButton(kit.ButtonSpec{Text: startWords(s), Kind: kit.Primary, Size: kit.Large, OnTap: v.Continue})
	button.SetBusy(s.Busy)
	if !s.CanStart() && !s.Busy {
		button.Disable()
	}
	parts := []fyne.CanvasObject{button, kit.Grow(kit.NewText(v.startHint(s), kit.Body().Muted()).Shrink())}
	if s.New() && s.NoKeychain == nil {
		parts = append(parts, v.otherProtector(s))
	}
	if s.HasKeys[s.Chosen] {
		parts = append(parts, kit.NewLink("Change keys…", v.model.ChangeKeys))
	}
	return kit.HBox(16, parts...)
}

func startWords(s State) string {
	switch {
	case s.Chosen == core.Practice:
		return "Start with the practice bank"
	case s.NeedsKeys():
		return "Continue"
	}
	return "Open " + say.Environment(s.Chosen)
}

func (v *View) startHint(s State) string {
	switch {
	case s.Protector == core.ThisSessionOnly:
		return "Nothing is kept after you close Bankbook."
	case s.Chosen == core.Practice:
		return "Takes you to your overview. Nothing leaves this computer."
	case s.NeedsKeys():
		return "Next: your own Plaid keys."
	}
	return "Uses the Plaid keys you saved before."
}

// noteBox holds the notes about what stands in the way.
func (v *View) noteBox(s State) fyne.CanvasObject {
	box := kit.VBox(12)
	for _, note := range troubleNotes(v.model, s) {
		box.Add(note)
	}
	if s.NoKeychain != nil && (s.New() || s.NeedsKeychain()) {
		box.Add(v.instead(s))
	}
	if s.NeedsPassphrase() {
		box.Add(v.pair.Content())
	}
	if len(box.Objects) == 0 {
		return box
	}
	return kit.Pad(kit.Edges{Top: 20}, box)
}

// troubleNotes are the notes that both pages share.
func troubleNotes(m *Model, s State) []fyne.CanvasObject {
	var notes []fyne.CanvasObject
	if s.NoKeychain != nil && (s.New() || s.NeedsKeychain()) {
		message := say.NoKeychain(s.NoKeychain)
		notes = append(notes, kit.NewNote(kit.NoteSpec{
			Text: message.Sentence, More: message.Hint, Tone: kit.Warning, Line: true,
			Right: kit.NewButton(kit.ButtonSpec{Text: say.Retry.Label(), Size: kit.Compact, OnTap: m.Load}),
		}))
	}
	if s.Err != nil {
		message := say.Fault(s.Err)
		notes = append(notes, kit.NewNote(kit.NoteSpec{
			Text: message.Sentence, More: message.Hint, Tone: kit.Failure, Line: true,
			Right: kit.NewButton(kit.ButtonSpec{Text: "Copy details", Size: kit.Compact, OnTap: func() { m.CopyDetails(s.Err) }}),
		}))
	}
	return notes
}

// restore is the way in for somebody who has used Bankbook before.
func (v *View) restore() fyne.CanvasObject {
	return kit.HBox(12,
		kit.NewIcon(look.IconReset, look.Text2, 18),
		kit.Grow(kit.NewText("Have a backup? It brings everything back, bank access included.", kit.Body().In(look.Text2)).Shrink()),
		kit.NewLink(say.Restore.Label(), v.model.Restore),
	)
}

// footer says where the data lies.
func (v *View) footer() fyne.CanvasObject {
	code := kit.Code().In(look.Text2)
	words := kit.VBox(1,
		kit.NewSpans(
			kit.Span{Text: "Your data stays on this computer, in ", Style: kit.Body().In(look.Text2)},
			kit.Span{Text: v.model.Folder(), Style: code},
			kit.Span{Text: ".", Style: kit.Body().In(look.Text2)},
		),
		v.secrecy,
	)
	return kit.HBoxTop(12,
		kit.NewIcon(look.IconShieldCheck, look.Text2, 18), kit.Grow(words),
		kit.NewLink("Choose another folder…", v.model.PickFolder),
	)
}
