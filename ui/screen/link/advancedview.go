package link

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// advanced is the part of the options that few need, closed at first.
type advanced struct {
	lines             []fyne.CanvasObject
	redirect, android *kit.Input
}

func (v *View) advanced(s State) *advanced {
	a := &advanced{}
	f := s.Form
	icon, label := look.IconChevronRight, "Show advanced options"
	if f.Advanced {
		icon, label = look.IconChevronDown, "Hide advanced options"
	}
	toggle := func() { v.model.Set(func(f *Form) { f.Advanced = !f.Advanced }) }
	a.lines = append(a.lines, kit.Fixed(0, 47, kit.Sides(32, 0, kit.HBox(16,
		kit.NewLinkIn(kit.LinkSpec{Text: label, Icon: icon, Style: kit.Body().In(look.Primary), OnTap: toggle}),
		kit.Grow(kit.NewText(advancedNote(f), kit.Small()).Shrink()),
	))))
	if !f.Advanced {
		return a
	}
	if s.Known.NumbersAllowed() {
		a.lines = append(a.lines, line("My bank can’t sign in", "Verify one account by a small deposit. United States only, no transactions.",
			kit.NewSwitch(f.Deposits, func(on bool) { v.model.Set(func(f *Form) { f.Deposits = on }) })))
	}
	if !f.Deposits {
		a.lines = append(a.lines, line("Link several banks in one go", "The page offers another bank until you finish.",
			kit.NewSwitch(f.Several, func(on bool) { v.model.Set(func(f *Form) { f.Several = on }) })))
	}
	a.redirect = kit.NewInput(kit.InputSpec{
		Text: f.RedirectURI, Placeholder: "https://", Mono: true, OnSubmit: func(string) { v.model.Begin() },
		OnChange: func(text string) { v.model.Set(func(f *Form) { f.RedirectURI = text }) },
	})
	a.android = kit.NewInput(kit.InputSpec{
		Text: f.AndroidPackage, Placeholder: "org.example.app", Mono: true, OnSubmit: func(string) { v.model.Begin() },
		OnChange: func(text string) { v.model.Set(func(f *Form) { f.AndroidPackage = text }) },
	})
	a.lines = append(a.lines,
		field("Redirect URI", "Only if your Plaid keys need one for banks with sign-in pages of their own. In a sandbox, http on localhost will do.", a.redirect),
		field("Android package", "Only if the link is finished in an Android app.", a.android),
	)
	a.show(f.Wrong)
	return a
}

// advancedNote says which of the options are in use while they are out of sight.
func advancedNote(f Form) string {
	if f.Advanced {
		return ""
	}
	var used []string
	for _, o := range []struct {
		on   bool
		name string
	}{
		{f.Deposits, "small deposit"},
		{f.Several && !f.Deposits, "several banks"},
		{f.RedirectURI != "", "redirect URI"},
		{f.AndroidPackage != "", "Android package"},
	} {
		if o.on {
			used = append(used, o.name)
		}
	}
	if len(used) == 0 {
		return "Small deposits, several banks, redirects"
	}
	return "In use: " + say.List(used...)
}

// field is a question of the form that is answered in words. What is wrong with
// them stands below the field.
func field(title, note string, input fyne.CanvasObject) fyne.CanvasObject {
	words := kit.VBox(2, kit.NewText(title, kit.Body().Strong()), kit.NewParagraph(note, kit.Small(), 0))
	return kit.Sides(32, 15, kit.Columns(16, []float32{0, 336}, words, input))
}

// show says what is wrong with the fields.
func (a *advanced) show(wrong Wrong) {
	if a.redirect == nil {
		return
	}
	a.redirect.SetError(say.RedirectURI(wrong.RedirectURI))
	words := say.AndroidPackage(wrong.AndroidPackage)
	if wrong.AndroidPackage == errBoth {
		words = say.TwoWaysBack
	}
	a.android.SetError(words)
}
