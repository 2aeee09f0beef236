package settings

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// backupName is the name of a backup made on a day. The ending says what opens
// it.
func backupName(day core.Date, reviewer bool) string {
	kind := "backup"
	if reviewer {
		kind = "review"
	}
	return "bankbook-" + kind + "-" + day.String() + ".age"
}

// backupForm is the dialog that writes a backup.
type backupForm struct {
	view     *View
	sheet    *sheet
	all      *kit.RadioRow
	review   *kit.RadioRow
	reviewer bool
	file     *kit.Input
	pair     *kit.SecretPair
}

func (v *View) askBackup() {
	f := &backupForm{view: v}
	f.all = kit.NewRadioRow(kit.RadioRowSpec{
		Title: "Everything", Sentence: "All sources with bank access and account numbers, for you alone.",
		Card: true, Chosen: true, OnChoose: func() { f.choose(false) },
	})
	f.review = kit.NewRadioRow(kit.RadioRowSpec{
		Title: "A copy for a reviewer", Sentence: "The transactions of this source. No bank access, no account numbers.",
		Card: true, OnChoose: func() { f.choose(true) },
	})
	f.file = kit.NewInput(kit.InputSpec{Text: f.suggested(false)})
	f.pair = kit.NewSecretPair(kit.SecretPairSpec{
		Label: "Passphrase of this backup", Again: againWords, Helper: say.PassphraseRule(), OnSubmit: f.send,
	})
	f.sheet = v.newSheet(sheetSpec{
		title: "Make a backup", deed: "Back up", do: f.send, initial: f.pair.Focusable(),
		body: kit.VBox(16,
			kit.Columns(12, []float32{0, 0}, f.all, f.review),
			kit.Field("File", browsed(f.file, func() {
				v.model.deps.Files.PickFolder(func(folder string) { f.file.SetText(filepath.Join(folder, filepath.Base(f.file.Text()))) })
			})),
			f.pair.Content(),
			point(look.IconAlertTriangle, "Without this passphrase nobody can open the backup, and Bankbook does not keep it."),
		),
	})
	f.sheet.modal.Show()
}

// browsed sets a button for choosing beside a field.
func browsed(file *kit.Input, browse func()) fyne.CanvasObject {
	return kit.HBoxTop(8, kit.Grow(file), kit.NewButton(kit.ButtonSpec{Text: "Choose…", OnTap: browse}))
}

func (f *backupForm) suggested(reviewer bool) string {
	d := f.view.model.deps
	return filepath.Join(d.Files.Home, backupName(core.DateOf(d.Now()), reviewer))
}

// choose says what to write. A name that was only suggested follows.
func (f *backupForm) choose(reviewer bool) {
	if f.file.Text() == f.suggested(f.reviewer) {
		f.file.SetText(f.suggested(reviewer))
	}
	f.reviewer = reviewer
	f.all.SetChosen(!reviewer)
	f.review.SetChosen(reviewer)
}

func (f *backupForm) send() {
	path := strings.TrimSpace(f.file.Text())
	missing := ""
	if !filepath.IsAbs(path) {
		missing = "Say where the backup goes, with its whole path"
	}
	f.file.SetError(missing)
	wrong, differs := say.NewPassphrase(f.pair.First(), f.pair.Again())
	f.pair.SetErrors(wrong, differs)
	f.sheet.relayout()
	if missing != "" || wrong != "" || differs != "" {
		return
	}
	d := f.view.model.deps
	order := BackupOrder{Path: path, Passphrase: secret.New(f.pair.First()), Reviewer: f.reviewer}
	var report core.BackupReport
	f.sheet.work(func(ctx context.Context) (err error) {
		report, err = d.Files.Backup(ctx, order)
		return err
	}, func() { f.view.backedUp(report) }, func(err error) bool {
		if !fault.Is(err, fault.Occupied) {
			return false
		}
		f.file.SetError("There is a file of this name already")
		f.file.FocusAll()
		return true
	})
}

// backedUp tells what is in a backup, and what is not.
func (v *View) backedUp(r core.BackupReport) {
	rows := 0
	for _, source := range r.Sources {
		rows += source.Rows
	}
	v.model.deps.Say("Backed up and read back: " + say.Count(rows, say.Transaction))
	if len(r.LeftOut) == 0 {
		return
	}
	body := kit.VBox(12, kit.NewParagraph("These sources could not be read, so they are not in the backup:", kit.Body().In(look.Text2), 0))
	for _, left := range r.LeftOut {
		m := say.Fault(fault.New("backup", left.Why, nil))
		body.Add(point(look.IconAlertTriangle, say.Environment(left.Env)+": "+m.Title+". Open it, and make another backup there."))
	}
	var dialog *kit.Modal
	shut := kit.NewButton(kit.ButtonSpec{Text: "Close", Kind: kit.Primary, OnTap: func() { dialog.Close() }})
	dialog = kit.NewModal(kit.CanvasOf(v.root), kit.ModalSpec{
		Title: "Not everything is in the backup", Body: body, Foot: kit.HBox(8, kit.Spring(), shut), Initial: shut,
	})
	dialog.Show()
}

// askRestore puts a backup in the place of what is here.
func (v *View) askRestore() {
	d := v.model.deps
	var s *sheet
	var file, passphrase *kit.Input
	send := func() {
		file.SetError(need(file, "Choose the backup"))
		passphrase.SetError("")
		if passphrase.Text() == "" {
			passphrase.SetError("Type the passphrase of the backup")
		}
		s.relayout()
		if need(file, "x") != "" || passphrase.Text() == "" {
			return
		}
		order := RestoreOrder{Path: strings.TrimSpace(file.Text()), Passphrase: secret.New(passphrase.Text())}
		s.work(func(ctx context.Context) error { return d.Files.Restore(ctx, order) }, func() {}, func(err error) bool {
			if !fault.Is(err, fault.Passphrase) {
				return false
			}
			passphrase.SetError("This isn’t the passphrase of this backup")
			passphrase.FocusAll()
			return true
		})
	}
	file = kit.NewInput(kit.InputSpec{OnSubmit: func(string) { passphrase.Focus() }})
	passphrase = kit.NewInput(kit.InputSpec{Secret: true, OnSubmit: func(string) { send() }})
	lines := []fyne.CanvasObject{
		point(look.IconReset, "The sources in the backup take the place of the same sources here, once all of the backup has been read and found whole."),
		point(look.IconFolder, "What is here now is not deleted. It is kept in the folder “quarantine” beside the data."),
	}
	if v.model.state.Facts.byPassphrase() {
		lines = append(lines, point(look.IconKey, "The passphrase of the backup becomes the passphrase of the restored data."))
	}
	s = v.newSheet(sheetSpec{
		title: "Restore a backup", deed: "Restore and open", do: send, initial: file.Focusable(),
		body: kit.VBox(16,
			kit.VBox(12, lines...),
			kit.Field("Backup", browsed(file, func() { d.Files.PickFile(file.SetText) })),
			kit.Field("Passphrase of the backup", passphrase),
		),
	})
	s.modal.Show()
}

// need returns what to say of a field that has to hold a whole path, "" if it
// does.
func need(i *kit.Input, words string) string {
	if filepath.IsAbs(strings.TrimSpace(i.Text())) {
		return ""
	}
	return words
}
