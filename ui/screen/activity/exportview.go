package activity

import (
	"context"
	"path/filepath"
	"strings"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/run"
	"bankbook/ui/say"
	"bankbook/ui/sheet"
)

// askExport asks where the entries that are shown go, and writes them there.
func (v *View) askExport(asJSON bool) {
	d := v.model.deps
	format, ending := "CSV", ".csv"
	if asJSON {
		format, ending = "JSON", ".json"
	}
	name := "bankbook-activity-" + core.DateOf(d.Now()).String() + ending
	file := kit.NewInput(kit.InputSpec{Text: filepath.Join(d.Home, name)})
	var s *sheet.Sheet
	send := func() {
		path := strings.TrimSpace(file.Text())
		if !filepath.IsAbs(path) {
			file.SetError("Say where the file goes, with its whole path")
			s.Relayout()
			return
		}
		file.SetError("")
		order, n := Order{Path: path, JSON: asJSON, Filter: v.model.Filter()}, 0
		s.Work(func(ctx context.Context) (err error) {
			n, err = d.Export(ctx, order)
			return err
		}, func() { d.Say("Exported " + say.Count(n, say.Entry)) }, func(err error) bool {
			if fault.Is(err, fault.Occupied) {
				file.SetError("There is a file of this name already")
				file.FocusAll()
				return true
			}
			return false
		})
	}
	s = sheet.New(v.host(), sheet.Spec{
		Title: "Export activity as " + format, Deed: "Export", Do: send, Initial: file.Focusable(),
		Body: kit.VBox(16,
			kit.Field("File", sheet.Browsed(file, func() {
				d.PickFolder(func(folder string) { file.SetText(filepath.Join(folder, filepath.Base(file.Text()))) })
			})),
			sheet.Point(look.IconFilter, "The entries that are shown now, all of them. No tokens, no account numbers."),
		),
	})
	s.Show()
}

func (v *View) host() sheet.Host {
	d := v.model.deps
	return sheet.Host{
		Canvas: kit.CanvasOf(v.root), UI: d.Runner.UI, Report: d.Report, CopyDetails: d.CopyDetails,
		Work: func(do func(ctx context.Context) error, done func(error)) context.CancelFunc {
			return run.Work(context.Background(), d.Runner, do, done)
		},
	}
}
