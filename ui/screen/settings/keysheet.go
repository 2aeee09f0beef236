package settings

import (
	"context"
	"strings"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
	"bankbook/ui/sheet"
)

// askSecret puts another secret in the place of the one that is kept.
func (v *View) askSecret(f core.KeyFacts) {
	var s *sheet.Sheet
	var field *kit.Input
	wrong := func(text string) {
		field.SetError(text)
		field.FocusAll()
		s.Relayout()
	}
	send := func() {
		key := strings.TrimSpace(field.Text())
		if _, text := say.KeyErrors(f.ClientID, key); text != "" {
			wrong(text)
			return
		}
		field.SetError("")
		s.Work(func(ctx context.Context) error {
			return v.model.deps.Keys.Save(ctx, f.Env, f.ClientID, secret.New(key))
		}, func() { v.keysSettled(say.Environment(f.Env) + " secret replaced") }, func(err error) bool {
			if !fault.Is(err, fault.Keys) {
				return false
			}
			wrong(say.KeysRefused)
			return true
		})
	}
	field = kit.NewInput(kit.InputSpec{Mono: true, Secret: true, OnSubmit: func(string) { send() }})
	field.SetHelper("Tested first. Until it works, the present one stays.")
	s = sheet.New(v.host(), sheet.Spec{
		Title: "Replace the " + shortName(f.Env) + " secret", Deed: "Save and test", Do: send, Initial: field.Focusable(),
		Body: kit.VBox(16,
			kit.NewParagraph("For the client ID "+f.ClientID+". In the Plaid dashboard, make a new secret first and delete the old one last.",
				kit.Body().In(look.Text2), 0),
			kit.Field("New secret", field)),
	})
	s.Show()
}

// askRemoveKeys forgets keys, after it has said what then works no longer.
func (v *View) askRemoveKeys(f core.KeyFacts) {
	name := say.Environment(f.Env)
	sheet.Confirm(v.host(), sheet.Spec{
		Title: "Remove the " + shortName(f.Env) + " keys?", Deed: "Remove keys", Kind: kit.Filled,
		Body: kit.VBox(12,
			sheet.Point(look.IconAlertTriangle, "Banks linked with "+name+" no longer sync, and no bank can be linked, until there are keys again."),
			sheet.Point(look.IconBank, "Linked banks, their accounts and transactions stay as they are."),
			sheet.Point(look.IconKey, "The keys themselves stay valid at Plaid. To end that, delete the secret in the dashboard."),
		),
	}, func(ctx context.Context) error { return v.model.deps.Keys.Remove(ctx, f.Env) },
		func() { v.keysSettled(name + " keys removed") })
}

// keysSettled tells what a sheet has come to, and reads it.
func (v *View) keysSettled(said string) {
	v.model.deps.Say(said)
	v.model.LoadKeys()
}
