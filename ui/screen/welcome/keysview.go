package welcome

import (
	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// formWidth is how wide the card with the two fields is.
const formWidth = 560

// keysForm is the page that asks for the person's own keys.
type keysForm struct {
	model    *Model
	clientID *kit.Input
	secret   *kit.Input
	submit   *kit.Button
	notes    *fyne.Container
	content  fyne.CanvasObject
}

func newKeysForm(m *Model) *keysForm {
	f := &keysForm{model: m, notes: kit.VBox(12)}
	f.clientID = kit.NewInput(kit.InputSpec{Mono: true, OnSubmit: func(string) { f.secret.Focus() }, OnEscape: m.Back})
	f.secret = kit.NewInput(kit.InputSpec{Mono: true, Secret: true, OnSubmit: func(string) { f.send() }, OnEscape: m.Back})
	f.submit = kit.NewButton(kit.ButtonSpec{
		Text: "Check and open " + say.Environment(m.State().Chosen), Kind: kit.Primary, OnTap: f.send,
	})
	f.content = f.page()
	return f
}

func (f *keysForm) send() { f.model.Submit(f.clientID.Text(), f.secret.Text()) }

// first puts the keyboard where the person begins.
func (f *keysForm) first() { f.clientID.Focus() }

// update shows what is wrong and whether anything is under way.
func (f *keysForm) update(s State) {
	f.clientID.SetError(s.ClientIDError)
	f.secret.SetError(s.SecretError)
	f.submit.SetBusy(s.Busy)
	if s.CanStart() || s.Busy {
		f.submit.Enable()
	} else {
		f.submit.Disable()
	}
	f.notes.Objects = troubleNotes(f.model, s)
	f.notes.Hidden = len(f.notes.Objects) == 0
	kit.Repaint(f.content)
}

func (f *keysForm) page() fyne.CanvasObject {
	name := say.Environment(f.model.State().Chosen)
	form := kit.NewCard(kit.CardSpec{
		Body: kit.Inset(24, kit.VBox(20,
			kit.Field("Client ID", f.clientID),
			kit.Field(name+" secret", f.secret),
			kit.HBox(6,
				kit.NewText("Both stand in the Plaid dashboard, under Developers, Keys.", kit.Small()),
				kit.NewLinkIn(kit.LinkSpec{Text: "Open that page", Style: kit.Small().In(look.Primary), OnTap: f.model.OpenKeysPage}),
			),
			f.notes,
		)),
		Footer: kit.Sides(24, 15, kit.HBox(8,
			kit.NewIcon(look.IconLock, look.Muted, look.IconSize),
			kit.Grow(kit.NewText(keptWords(f.model.State()), kit.Small()).Shrink()),
			kit.NewButton(kit.ButtonSpec{Text: "Back", OnTap: f.model.Back}), f.submit,
		)),
	})
	return frame(
		kit.HBox(12, kit.NewIconTile(look.IconBook, look.OnPrimary, look.Primary, 32), kit.NewText("Bankbook", kit.Heading())),
		gap(40), kit.NewText("Your keys for "+name, kit.Hero()),
		gap(4), kit.NewText("Bankbook talks to Plaid in your name, with nobody in between.", kit.Lead().Muted()),
		gap(26), kit.Columns(24, []float32{formWidth, 0}, form, f.why()),
	)
}

// keptWords says where the keys go.
func keptWords(s State) string {
	switch {
	case s.Protector == core.ThisSessionOnly:
		return "Forgotten when you close Bankbook"
	case s.NeedsPassphrase() || s.Protectors[s.Chosen] == core.ByPassphrase:
		return "Sealed with your passphrase"
	}
	return "Kept in your system’s keychain"
}

// why explains why the person needs keys of their own.
func (f *keysForm) why() fyne.CanvasObject {
	point := func(icon look.IconName, title, text string) fyne.CanvasObject {
		return kit.HBoxTop(10, kit.NewIcon(icon, look.Muted, look.IconSize), kit.Grow(kit.VBox(1,
			kit.NewText(title, kit.Body()), kit.NewParagraph(text, kit.Small(), 0),
		)))
	}
	return kit.VBox(16,
		kit.NewText("Why your own keys?", kit.Title()),
		point(look.IconUser, "No middleman", "There is no Bankbook server. Your data goes from Plaid straight to this computer."),
		point(look.IconKey, "Plaid’s rules", "Plaid does not allow a program to carry keys for everybody, so each person brings their own."),
		point(look.IconShieldCheck, "You stay in charge", "You see each use of your keys in the Plaid dashboard, and can renew them there at any time."),
	)
}
