package settings

import (
	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// data is the tab about the data.
func (v *View) data(s State) []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if risk := s.Facts.Place.Risk; !risk.None() {
		parts = append(parts, v.risk(risk))
	}
	parts = append(parts, section("Where bank data comes from", "Each source keeps its own banks and transactions. They never mix.", v.source()))
	if v.model.scheduled() {
		parts = append(parts, v.schedule(s))
	}
	return append(parts,
		kit.VBox(16, section("Data file", "", v.file(s)...), v.foot()),
	)
}

func (v *View) risk(risk core.FolderRisk) fyne.CanvasObject {
	m := say.FolderRisk(risk)
	return kit.NewNote(kit.NoteSpec{
		Text: m.Sentence, More: m.Hint, Tone: kit.Warning, Line: true, Right: button(say.OtherFolder.Label(), v.model.deps.OtherFolder),
	})
}

func (v *View) source() fyne.CanvasObject {
	env := v.model.deps.Environment
	paper, ink, icon := kit.LookOf(env).Tokens()
	words := kit.VBox(1, kit.NewText(say.Environment(env), kit.Body().Strong()), kit.NewText(sourceWords(env), kit.Small()))
	return kit.Fixed(0, 60, kit.Sides(16, 0, kit.HBox(14,
		kit.NewIconTile(icon, ink, paper, 32), words, kit.Spring(),
		kit.NewPill(kit.PillSpec{Text: "In use", Tone: kit.Info}), button("Change…", v.model.deps.ChooseSource),
	)))
}

func sourceWords(env core.Environment) string {
	switch env {
	case core.Sandbox:
		return "Plaid’s own test banks, with your keys."
	case core.Production:
		return "Your real banks, with your keys."
	}
	return "Made-up banks. Works offline."
}

// file are the rows about the data file.
func (v *View) file(s State) []fyne.CanvasObject {
	d, f := v.model.deps, s.Facts
	place := kit.HBox(8, button("Show in folder", d.ShowFolder), button(say.OtherFolder.Label(), d.OtherFolder))
	if d.SessionOnly {
		place = nil
	}
	rows := []fyne.CanvasObject{
		kit.SettingRowOf(kit.NewText("Location", kit.Body()), kit.NewText(f.Place.Path, kit.Code().Muted()).Shrink(), orNone(place)),
		kit.SettingRow("Size", say.Contents(f.Profiles, f.Accounts, f.Rows), kit.NewText(say.FileSize(f.Place.Bytes), kit.Body())),
		v.integrity(s),
	}
	if d.SessionOnly {
		return rows
	}
	rows = append(rows, kit.SettingRow("Snapshots", say.Snapshots(f.Snapshots, v.model.Now()), nil))
	backup := kit.NewButton(kit.ButtonSpec{Text: "Back up…", Kind: kit.Primary, Size: kit.Compact, OnTap: v.askBackup})
	return append(rows, kit.SettingRow("Backup", say.LastBackup(f.Upkeep.BackedUp, v.model.Now(), f.Items+f.Rows > 0 && !d.ReviewCopy),
		kit.HBox(8, button("Restore…", v.askRestore), backup)))
}

// orNone keeps a nil container from becoming an object that is not nil.
func orNone(c *fyne.Container) fyne.CanvasObject {
	if c == nil {
		return nil
	}
	return c
}

// integrity is the row about the last check.
func (v *View) integrity(s State) fyne.CanvasObject {
	title := []fyne.CanvasObject{kit.NewText("Integrity", kit.Body())}
	note, control := "Reads every record and compares it with what was written.", button("Check now", v.model.Check)
	switch {
	case s.Checking:
		title = append(title, kit.NewPill(kit.PillSpec{Text: "Checking…", Tone: kit.Info, Mark: kit.SpinMark}))
		control = button("Stop", v.model.StopCheck)
	case s.CheckErr != nil:
		title = append(title, kit.NewPill(kit.PillSpec{Text: "Damaged", Tone: kit.Failure, Mark: kit.DotMark}))
		note = say.Fault(s.CheckErr).Sentence
	case !s.Facts.Upkeep.Checked.IsZero():
		title = append(title, kit.NewPill(kit.PillSpec{Text: "No problems found", Tone: kit.Success, Mark: kit.DotMark}))
		note = say.LastCheck(s.Facts.Upkeep.Checked, v.model.Now())
	}
	return kit.SettingRowOf(kit.Fixed(0, 22, kit.HBox(8, title...)), kit.NewText(note, kit.Small()).Shrink(), control)
}

// foot says what the copies are.
func (v *View) foot() fyne.CanvasObject {
	text := "A backup holds bank access and account numbers too. A reviewer’s copy holds neither."
	if v.model.deps.SessionOnly {
		text = "Nothing of this is kept after you close Bankbook."
	}
	return kit.NewParagraph(text, kit.Body().In(look.Muted), 0)
}
