package settings

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
	"bankbook/ui/sheet"
)

// recoveryFile is the name of a saved recovery key.
const recoveryFile = "bankbook-recovery-key.txt"

func (f Facts) byPassphrase() bool { return f.Protection.Protector == core.ByPassphrase }

// askRecovery makes a recovery key and shows it.
func (v *View) askRecovery() {
	title, deed := "Create a recovery key", "Create recovery key"
	lines := []fyne.CanvasObject{
		sheet.Point(look.IconKey, "A key of 40 letters and digits opens your data when "+v.lostWords()+". Print it or write it down."),
		sheet.Point(look.IconAlertTriangle, "Whoever has it and a copy of your data can read everything. Keep it where you keep important papers, not beside the data."),
	}
	if v.model.state.Facts.Protection.RecoveryKey {
		title, deed = "Replace the recovery key?", "Replace recovery key"
		lines = append(lines, sheet.Point(look.IconTrash, "The key that you have now stops working at once."))
	}
	var key secret.Text
	sheet.Confirm(v.host(), sheet.Spec{Title: title, Deed: deed, Body: kit.VBox(12, lines...)}, func(ctx context.Context) (err error) {
		key, err = v.model.deps.Keeper.NewRecoveryKey(ctx)
		return err
	}, func() { v.showRecovery(key) })
}

func (v *View) lostWords() string {
	if v.model.state.Facts.byPassphrase() {
		return "you have forgotten the passphrase"
	}
	return "the keychain has lost its entry, or on another computer"
}

// showRecovery shows a recovery key, this once, until the person has shown that
// they have it. A key that is not noted down is removed.
func (v *View) showRecovery(key secret.Text) {
	groups := strings.Split(key.Reveal(), "-")
	var s *sheet.Sheet
	var last *kit.Input
	kept := func() {
		if strings.TrimSpace(strings.ToUpper(last.Text())) != groups[len(groups)-1] {
			last.SetError("Type the last group as it stands above")
			last.FocusAll()
			s.Relayout()
			return
		}
		s.Done()
		v.model.settled(nil, "Recovery key made")
	}
	last = kit.NewInput(kit.InputSpec{Mono: true, OnSubmit: func(string) { kept() }})
	s = sheet.New(v.host(), sheet.Spec{
		Title: "Your recovery key", Deed: "I have kept it", Do: kept, Initial: last.Focusable(), Left: v.model.DropUnseen,
		Body: kit.VBox(16,
			kit.NewParagraph("It is shown this once, and Bankbook does not keep it. If you cancel, there is no recovery key.", kit.Body().In(look.Text2), 0),
			keyCard(groups),
			kit.HBox(8,
				kit.NewButton(kit.ButtonSpec{Text: "Copy", Icon: look.IconCopy, Size: kit.Compact, OnTap: func() {
					v.model.deps.Copy(key.Reveal(), "Recovery key")
				}}),
				kit.NewButton(kit.ButtonSpec{Text: "Save for printing…", Icon: look.IconDownload, Size: kit.Compact, OnTap: func() { v.saveRecovery(key) }}),
			),
			kit.Field("To show that you have it, type the last group", last),
		),
	})
	s.Show()
}

// keyCard shows the groups of a key in two rows, large enough to be copied by
// hand.
func keyCard(groups []string) fyne.CanvasObject {
	style := kit.Code().Sized(look.TextPage)
	cells := make([]fyne.CanvasObject, len(groups))
	for i, g := range groups {
		cells[i] = kit.Centered(kit.NewText(g, style))
	}
	return kit.NewCard(kit.CardSpec{Body: kit.Inset(16, kit.Grid(4, 12, cells...))})
}

// saveRecovery writes the key into a text file that can be printed.
func (v *View) saveRecovery(key secret.Text) {
	d := v.model.deps
	d.Files.PickFolder(func(folder string) {
		path := filepath.Join(folder, recoveryFile)
		v.model.work(func(ctx context.Context) error {
			return d.Files.Save(ctx, path, secret.New(say.RecoverySheet(key.Reveal(), d.Environment, d.Now())))
		}, func(err error) {
			if err != nil {
				d.Report(err)
				return
			}
			d.Say("Saved as " + recoveryFile + ". Print it and delete the file.")
		})
	})
}
