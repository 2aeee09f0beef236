package settings

import (
	"slices"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// keyFields are the two fields for the keys of an environment. They outlive the
// page, which is made anew with each change, so that nothing typed is lost.
type keyFields struct {
	clientID, secret *kit.Input
	save             *kit.Button
}

func (v *View) newKeyFields(env core.Environment) *keyFields {
	f := &keyFields{}
	send := func() { v.model.SaveKeys(env, f.clientID.Text(), f.secret.Text()) }
	f.clientID = kit.NewInput(kit.InputSpec{
		Mono: true, Placeholder: "Paste your client ID", OnChange: func(string) { v.fitSave(env) },
		OnSubmit: func(string) { f.secret.Focus() },
	})
	f.secret = kit.NewInput(kit.InputSpec{
		Mono: true, Secret: true, Placeholder: "Paste your " + shortName(env) + " secret", OnChange: func(string) { v.fitSave(env) },
		OnSubmit: func(string) { send() },
	})
	f.save = kit.NewButton(kit.ButtonSpec{Text: "Save and test", Size: kit.Compact, OnTap: send})
	return f
}

// shortName is the word that Plaid's dashboard uses.
func shortName(env core.Environment) string {
	if env == core.Production {
		return "Production"
	}
	return "Sandbox"
}

// fitSave offers to save once there is something to save.
func (v *View) fitSave(env core.Environment) {
	f := v.fields[env]
	if f == nil { // it is being made
		return
	}
	busy := v.model.State().Keys.Forms[env].Work
	f.save.SetBusy(busy == Saving)
	if f.secret.Text() != "" && busy == Idle || busy == Saving {
		f.save.Enable()
	} else {
		f.save.Disable()
	}
}

// plaidKeys is the tab about keys.
func (v *View) plaidKeys(s KeysState) []fyne.CanvasObject {
	lead := kit.VBox(14, kit.HBox(4,
		kit.NewText("Copy these from your Plaid dashboard, under Developers, Keys.", kit.Body().In(look.Text2)),
		kit.NewLink("Open dashboard", v.model.OpenKeysPage),
	))
	parts := []fyne.CanvasObject{lead}
	switch {
	case s.Facts == nil && s.Err == nil:
		return append(parts, kit.NewSpinner(24))
	case s.Err != nil:
		m := say.Fault(s.Err)
		parts = append(parts, kit.NewNote(kit.NoteSpec{
			Text: m.Sentence, More: m.Hint, Tone: kit.Failure, Line: true, Right: kit.HBox(8, v.faultButtons(s.Err, v.model.LoadKeys)...),
		}))
	}
	for i, facts := range s.Facts {
		section := v.keySection(facts, s.Forms[facts.Env])
		if i == 0 && s.Err == nil {
			lead.Add(section)
			continue
		}
		parts = append(parts, section)
	}
	return parts
}

func (v *View) keySection(f core.KeyFacts, form KeyForm) fyne.CanvasObject {
	head := kit.VBox(1, kit.Fixed(0, 22, kit.HBox(8, kit.NewText(say.Environment(f.Env), kit.Heading()), v.keyPill(f, form))))
	if f.Env.RealMoney() {
		head.Add(kit.NewText("Real banks and real money. Plaid must approve your account first, and may charge per bank.", kit.Body().Muted()).Shrink())
	}
	return kit.VBox(12, head, kit.NewCard(kit.CardSpec{Body: kit.Inset(16, kit.VBox(16, v.keyCard(f, form)...))}))
}

func (v *View) keyPill(f core.KeyFacts, form KeyForm) fyne.CanvasObject {
	spec := kit.PillSpec{Text: say.KeyState(f, v.model.Now())}
	switch {
	case form.Work == Testing || form.Work == Saving:
		spec = kit.PillSpec{Text: "Testing…", Tone: kit.Info, Mark: kit.SpinMark}
	case f.Why != fault.None || f.Source == core.NoKeys || f.Check.IsZero():
	case f.Check.Works:
		spec.Tone, spec.Mark = kit.Success, kit.DotMark
	default:
		spec.Tone, spec.Mark = kit.Failure, kit.DotMark
	}
	return kit.NewPill(spec)
}

// keyCard is what stands in the card of an environment.
func (v *View) keyCard(f core.KeyFacts, form KeyForm) []fyne.CanvasObject {
	if f.Why != fault.None {
		return []fyne.CanvasObject{kit.NewParagraph(say.KeysUnseen(f), kit.Body().In(look.Text2), 0)}
	}
	if f.Source == core.NoKeys {
		return with(v.emptyKeys(f, form), v.keyTrouble(form), v.saveRow(f, form))
	}
	delete(v.fields, f.Env) // what was typed is kept elsewhere now
	rows := []fyne.CanvasObject{v.keptKeys(f)}
	if !f.Check.IsZero() && f.Check.Works {
		rows = append(rows, v.allowed(f)...)
	}
	if f.Env.RealMoney() {
		rows = append(rows, v.slots(f))
	}
	return with(append(rows, v.keyTrouble(form)), v.keyButtons(f, form))
}

// with leaves out what is nil.
func with(rows ...any) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, row := range rows {
		switch row := row.(type) {
		case []fyne.CanvasObject:
			for _, one := range row {
				if one != nil {
					out = append(out, one)
				}
			}
		case fyne.CanvasObject:
			out = append(out, row)
		}
	}
	return out
}

// emptyKeys are the two fields for keys.
func (v *View) emptyKeys(f core.KeyFacts, form KeyForm) fyne.CanvasObject {
	fields := v.fields[f.Env]
	if fields == nil {
		fields = v.newKeyFields(f.Env)
		v.fields[f.Env] = fields
	}
	fields.clientID.SetError(form.IDError)
	fields.secret.SetError(form.SecretError)
	fields.secret.SetHelper(v.goesWords(f.Env))
	v.fitSave(f.Env)
	if borrowed := v.model.State().Keys.borrowed(f.Env); borrowed != "" {
		other := core.Sandbox
		if f.Env == core.Sandbox {
			other = core.Production
		}
		fields.clientID.SetPlaceholder("Same as " + shortName(other))
	}
	return kit.Columns(16, []float32{0, 0}, kit.Field("Client ID", fields.clientID), kit.Field("Secret", fields.secret))
}

// goesWords says where a secret goes.
func (v *View) goesWords(env core.Environment) string {
	switch {
	case v.model.deps.SessionOnly:
		return "Forgotten when you close Bankbook"
	case v.sealed(env):
		return "Sealed with your passphrase, never in the data file"
	}
	return "Goes straight to the keychain, never into the data file"
}

func (v *View) sealed(env core.Environment) bool {
	return env == v.model.deps.Environment && v.model.State().Facts.byPassphrase()
}

func (v *View) saveRow(f core.KeyFacts, form KeyForm) fyne.CanvasObject {
	row := kit.HBox(8, v.fields[f.Env].save)
	if form.Work == Saving {
		row.Add(v.stopButton(f.Env))
	}
	return row
}

func (v *View) stopButton(env core.Environment) fyne.CanvasObject {
	return kit.NewButton(kit.ButtonSpec{Text: "Stop", Kind: kit.Plain, Size: kit.Compact, OnTap: func() { v.model.StopKeys(env) }})
}

// keptKeys shows the client id, and that there is a secret.
func (v *View) keptKeys(f core.KeyFacts) fyne.CanvasObject {
	kept := "Stored in your system’s keychain"
	switch {
	case f.Source == core.GivenKeys:
		kept = "From the environment variable"
	case v.model.deps.SessionOnly:
		kept = "Forgotten when you close Bankbook"
	case v.sealed(f.Env):
		kept = "Sealed with your passphrase"
	}
	return kit.Columns(16, []float32{0, 0},
		kit.Field("Client ID", kit.NewReadout(kit.ReadoutSpec{Text: f.ClientID, Mono: true})),
		kit.Field("Secret", kit.NewReadout(kit.ReadoutSpec{Text: kit.Dots, Icon: look.IconLock, Helper: kept})))
}

// allowed tells what the keys may be used for, and lets the person choose among
// the countries.
func (v *View) allowed(f core.KeyFacts) []fyne.CanvasObject {
	products := []fyne.CanvasObject{kit.NewText("Allowed", kit.Small().In(look.Text2)), kit.NewParagraph(say.Products(f.Check.Products), kit.Body(), 0)}
	lacking := slices.DeleteFunc(core.TestedProducts(), f.Check.Allows)
	if len(lacking) > 0 {
		products = append(products, kit.NewParagraph("Not allowed: "+say.Products(lacking), kit.Small(), 0))
	}
	countries := []fyne.CanvasObject{kit.NewText("Countries to link banks in", kit.Small().In(look.Text2))}
	if len(f.Check.Countries) < 2 {
		countries = append(countries, kit.NewParagraph(say.Countries(f.Countries), kit.Body(), 0))
	} else {
		countries = append(countries, v.countryBoxes(f))
	}
	return []fyne.CanvasObject{kit.VBox(3, products...), kit.VBox(5, countries...)}
}

// countriesAcross is how many check boxes stand side by side.
const countriesAcross = 4

func (v *View) countryBoxes(f core.KeyFacts) fyne.CanvasObject {
	boxes := make([]fyne.CanvasObject, len(f.Check.Countries))
	used := map[string]bool{}
	for _, c := range f.Countries {
		used[c] = true
	}
	for i, c := range f.Check.Countries {
		boxes[i] = kit.NewCheck(say.Country(c), used[c], func(on bool) { v.model.SetCountry(f.Env, c, on) })
	}
	return kit.Grid(countriesAcross, 8, boxes...)
}

// slots tells how much of a plan is used, and what may cost money.
func (v *View) slots(f core.KeyFacts) fyne.CanvasObject {
	chosen := -1
	plans := []core.TrialPlan{core.OnTrial, core.NotTrial}
	for i, plan := range plans {
		if f.Trial == plan {
			chosen = i
		}
	}
	choice := kit.HBox(8, kit.NewText("I am on a Trial plan", kit.Body()), kit.Fixed(112, 0,
		kit.NewSegmented([]string{"Yes", "No"}, chosen, func(i int) { v.model.SetTrial(f.Env, plans[i]) }).Compact()))
	return kit.VBox(5,
		kit.HBox(16, kit.Grow(kit.NewText(say.ItemsMade(f.Made, f.Trial), kit.Body()).Shrink()), choice),
		kit.NewParagraph(say.ItemsCount+" "+say.Charges(f.Env), kit.Small(), 0))
}

// keyTrouble says why the last deed failed; nil if it did not.
func (v *View) keyTrouble(form KeyForm) fyne.CanvasObject {
	if form.Err == nil {
		return nil
	}
	m := say.Fault(form.Err)
	return kit.NewNote(kit.NoteSpec{Text: m.Sentence, More: m.Hint, Tone: kit.Failure, Line: true, Right: kit.NewButton(kit.ButtonSpec{
		Text: "Copy details", Size: kit.Compact, OnTap: func() { v.model.deps.CopyDetails(form.Err) },
	})})
}

func (v *View) keyButtons(f core.KeyFacts, form KeyForm) fyne.CanvasObject {
	test := kit.NewButton(kit.ButtonSpec{
		Text: "Test keys", Icon: look.IconRefresh, Size: kit.Compact, OnTap: func() { v.model.TestKeys(f.Env) },
	})
	test.SetBusy(form.Work == Testing)
	row := kit.HBox(8, test)
	if form.Work == Testing {
		row.Add(v.stopButton(f.Env))
	}
	if f.Source == core.GivenKeys {
		row.Add(kit.Grow(kit.NewParagraph(say.KeysGiven, kit.Small(), 0)))
		return row
	}
	row.Add(button("Replace secret…", func() { v.askSecret(f) }))
	row.Add(kit.Spring())
	row.Add(kit.NewButton(kit.ButtonSpec{Text: "Remove", Kind: kit.Danger, Size: kit.Compact, OnTap: func() { v.askRemoveKeys(f) }}))
	return row
}
