package sheet

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// ProfileSpec describes the dialog about a profile.
type ProfileSpec struct {
	// Profile is the one to change; one without an ID is new.
	Profile core.Profile
	// Save keeps name and kind, on a worker. What it returns is handed to Saved.
	Save  func(ctx context.Context, name string, kind core.ProfileKind) (core.Profile, error)
	Saved func(core.Profile)
	// Archive puts the profile away, or takes it out; Delete goes on to ask whether it
	// is to be deleted. Both close the dialog; nil where that is not offered.
	Archive, Delete func()
}

// profileSheet is the dialog about a profile.
type profileSheet struct {
	spec  ProfileSpec
	sheet *Sheet
	name  *kit.Input
	kind  core.ProfileKind
	saved core.Profile
}

// Profile shows the dialog that makes or changes a profile.
func Profile(host Host, spec ProfileSpec) {
	p := &profileSheet{spec: spec, kind: spec.Profile.Kind}
	title, deed := "Edit profile", "Save"
	if spec.Profile.ID == "" {
		title, deed, p.kind = "New profile", "Make profile", core.Person
	}
	p.name = kit.NewInput(kit.InputSpec{
		Text: spec.Profile.Name, Placeholder: "Whose accounts these are", OnSubmit: func(string) { p.send() },
	})
	kinds := core.ProfileKinds()
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = say.ProfileKind(k)
	}
	body := kit.VBox(16,
		kit.Field("Name", p.name),
		kit.Field("Kind", kit.NewSegmented(words, slices.Index(kinds, p.kind), func(i int) { p.kind = kinds[i] })),
	)
	if spec.Profile.ID == "" {
		body.Add(Point(look.IconShieldCheck, "Banks, accounts and transactions of a profile are kept apart from those of the others."))
	}
	p.sheet = New(host, Spec{Title: title, Deed: deed, Do: p.send, Initial: p.name.Focusable(), Body: body})
	if spec.Archive != nil || spec.Delete != nil {
		body.Add(kit.NewRule())
		body.Add(p.more())
	}
	p.sheet.Show()
}

// more are the deeds that put a profile away.
func (p *profileSheet) more() fyne.CanvasObject {
	words, icon := "Archive", look.IconFolder
	if p.spec.Profile.Archived {
		words, icon = "Take out of the archive", look.IconUndo
	}
	row := kit.HBox(8)
	for _, b := range []struct {
		spec kit.ButtonSpec
		do   func()
	}{
		{kit.ButtonSpec{Text: words, Icon: icon}, p.spec.Archive},
		{kit.ButtonSpec{Text: "Delete…", Icon: look.IconTrash, Kind: kit.Danger}, p.spec.Delete},
	} {
		if b.do == nil {
			continue
		}
		b.spec.OnTap = func() {
			p.sheet.Done()
			b.do()
		}
		row.Add(kit.NewButton(b.spec))
	}
	return row
}

func (p *profileSheet) send() {
	name, kind := p.name.Text(), p.kind
	p.name.SetError("")
	p.sheet.Work(func(ctx context.Context) (err error) {
		p.saved, err = p.spec.Save(ctx, name, kind)
		return err
	}, func() { p.spec.Saved(p.saved) }, p.wrong)
}

// wrong says what is wrong with the name at the field.
func (p *profileSheet) wrong(err error) bool {
	words := say.ProfileProblem(err)
	if words != "" {
		refuse(p.name, words)
	}
	return words != ""
}
