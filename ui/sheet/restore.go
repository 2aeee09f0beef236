package sheet

import (
	"context"
	"errors"
	"io/fs"
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

// RestoreOrder says what to restore.
type RestoreOrder struct {
	Path string
	// Passphrase opens the backup, and then what is restored too if that is
	// core.ByPassphrase.
	Passphrase secret.Text
	// Protector keeps the keys of what is restored.
	Protector core.Protector
	// Replace puts what is here aside; without it, data that is here is
	// fault.Occupied.
	Replace bool
	// Progress is told, on the worker, how many bytes of the backup are read.
	Progress func(done, total int64)
}

// RestoreSpec is what restoring a backup comes upon here.
type RestoreSpec struct {
	// Protector is to keep the keys of what is restored; NoKeychain says that a
	// passphrase does because there is nothing else.
	Protector  core.Protector
	NoKeychain bool
	// Here says that there is data, which is put aside.
	Here bool
	// PickFile lets the person choose a file.
	PickFile func(chosen func(path string))
	// Restore verifies a backup and brings it back, on a worker; then the window
	// opens it, and says so.
	Restore func(ctx context.Context, o RestoreOrder) error
}

// restore is the dialog that brings a backup back.
type restore struct {
	spec             RestoreSpec
	sheet            *Sheet
	lines            *fyne.Container
	file, passphrase *kit.Input
}

// Restore shows the dialog that brings a backup back.
func Restore(host Host, spec RestoreSpec) {
	r := &restore{spec: spec, lines: kit.VBox(12)}
	r.file = kit.NewInput(kit.InputSpec{OnSubmit: func(string) { r.passphrase.Focus() }})
	r.passphrase = kit.NewInput(kit.InputSpec{Secret: true, OnSubmit: func(string) { r.send() }})
	r.explain()
	r.sheet = New(host, Spec{
		Title: "Restore a backup", Deed: "Restore and open", Do: r.send, Initial: r.file.Focusable(),
		Body: kit.VBox(16, r.lines,
			kit.Field("Backup", Browsed(r.file, func() { spec.PickFile(r.file.SetText) })),
			kit.Field("Passphrase of the backup", r.passphrase),
		),
	})
	r.sheet.Show()
}

// explain says what restoring means here.
func (r *restore) explain() {
	r.lines.Objects = []fyne.CanvasObject{
		Point(look.IconShieldCheck, "All sources in the backup come back, with bank access, once all of it has been read and found whole."),
	}
	if r.spec.Here {
		r.lines.Objects = []fyne.CanvasObject{
			Point(look.IconReset, "The sources in the backup take the place of the same sources here, once all of the backup has been read and found whole."),
			Point(look.IconFolder, "What is here now is not deleted. It is kept in the folder “quarantine” beside the data."),
		}
	}
	switch {
	case r.spec.NoKeychain:
		r.lines.Add(Point(look.IconKey, "This computer has no keychain, so the passphrase of the backup becomes the passphrase of the restored data too."))
	case r.spec.Protector == core.ByPassphrase:
		r.lines.Add(Point(look.IconKey, "The passphrase of the backup becomes the passphrase of the restored data."))
	}
}

func (r *restore) send() {
	path, noFile, noPassphrase := strings.TrimSpace(r.file.Text()), "", ""
	if !filepath.IsAbs(path) {
		noFile = "Choose the backup"
	}
	if r.passphrase.Text() == "" {
		noPassphrase = "Type the passphrase of the backup"
	}
	r.file.SetError(noFile)
	r.passphrase.SetError(noPassphrase)
	r.sheet.Relayout()
	if noFile != "" || noPassphrase != "" {
		return
	}
	order := RestoreOrder{Path: path, Passphrase: secret.New(r.passphrase.Text()), Protector: r.spec.Protector, Replace: r.spec.Here}
	order.Progress = r.sheet.Progress(say.Restoring)
	r.sheet.Work(func(ctx context.Context) error { return r.spec.Restore(ctx, order) }, func() {}, r.wrong)
}

// wrong says what went wrong where it can be mended.
func (r *restore) wrong(err error) bool {
	var file *fs.PathError
	switch {
	case fault.Is(err, fault.Passphrase):
		refuse(r.passphrase, "This isn’t the passphrase of this backup")
	case errors.As(err, &file) && file.Path == strings.TrimSpace(r.file.Text()):
		words := "Bankbook can’t read this file"
		if errors.Is(err, fs.ErrNotExist) {
			words = "There is no file of this name"
		}
		refuse(r.file, words)
	case fault.Is(err, fault.Occupied) && !r.spec.Here:
		r.spec.Here = true
		r.explain()
		r.sheet.note(kit.NoteSpec{
			Text: "There is data here already, and it was left as it is.", More: "Restore again to put it aside.", Tone: kit.Warning, Line: true,
		})
	default:
		return false
	}
	return true
}

// refuse says what is wrong with a field, and puts the keyboard into it.
func refuse(field *kit.Input, words string) {
	field.SetError(words)
	field.FocusAll()
}
