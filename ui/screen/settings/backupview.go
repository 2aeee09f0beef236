package settings

import (
	"context"
	"path/filepath"
	"strings"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
	"bankbook/ui/sheet"
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
	sheet    *sheet.Sheet
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
	f.sheet = sheet.New(v.host(), sheet.Spec{
		Title: "Make a backup", Deed: "Back up", Do: f.send, Initial: f.pair.Focusable(),
		Body: kit.VBox(16,
			kit.Columns(12, []float32{0, 0}, f.all, f.review),
			kit.Field("File", sheet.Browsed(f.file, func() {
				v.model.deps.Files.PickFolder(func(folder string) { f.file.SetText(filepath.Join(folder, filepath.Base(f.file.Text()))) })
			})),
			f.pair.Content(),
			sheet.Point(look.IconAlertTriangle, "Without this passphrase nobody can open the backup, and Bankbook does not keep it."),
		),
	})
	f.sheet.Show()
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
	f.sheet.Relayout()
	if missing != "" || wrong != "" || differs != "" {
		return
	}
	d := f.view.model.deps
	order := BackupOrder{Path: path, Passphrase: secret.New(f.pair.First()), Reviewer: f.reviewer}
	order.Progress = f.sheet.Progress(say.BackingUp)
	var report core.BackupReport
	f.sheet.Work(func(ctx context.Context) (err error) {
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
	v.model.backedUp(r)
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
		body.Add(sheet.Point(look.IconAlertTriangle, say.Environment(left.Env)+": "+m.Title+". Open it, and make another backup there."))
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
	sheet.Restore(v.host(), sheet.RestoreSpec{
		Protector: v.model.state.Facts.Protection.Protector, Here: true, PickFile: d.Files.PickFile, Restore: d.Files.Restore,
	})
}
