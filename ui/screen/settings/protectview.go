package settings

import (
	"context"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
	"bankbook/ui/sheet"
)

// The words of the two fields of a new passphrase.
const (
	newWords   = "New passphrase"
	againWords = "The same again"
)

// choosePassphrase shows a sheet that ends in a new passphrase, which take makes
// the one that counts.
func (v *View) choosePassphrase(spec sheet.Spec, above *kit.Input, take func(ctx context.Context, next secret.Text) error) {
	var s *sheet.Sheet
	var pair *kit.SecretPair
	spec.Do = func() {
		wrong, differs := say.NewPassphrase(pair.First(), pair.Again())
		pair.SetErrors(wrong, differs)
		s.Relayout()
		if wrong != "" || differs != "" {
			return
		}
		next := secret.New(pair.First())
		s.Work(func(ctx context.Context) error { return take(ctx, next) }, func() { v.model.settled(nil, "Passphrase set") },
			func(err error) bool {
				if above == nil || !fault.Is(err, fault.Passphrase) {
					return false
				}
				above.SetError("This isn’t your passphrase")
				above.FocusAll()
				return true
			})
	}
	pair = kit.NewSecretPair(kit.SecretPairSpec{Label: newWords, Again: againWords, Helper: say.PassphraseRule(), OnSubmit: func() { spec.Do() }})
	spec.Initial = pair.Focusable()
	if above != nil {
		spec.Initial = above.Focusable()
	}
	spec.Body = kit.VBox(16, spec.Body, pair.Content())
	s = sheet.New(v.host(), spec)
	s.Show()
}

// askPassphrase goes from the keychain to a passphrase.
func (v *View) askPassphrase() {
	v.choosePassphrase(sheet.Spec{
		Title: "Protect your data with a passphrase", Deed: "Use passphrase",
		Body: kit.VBox(12,
			sheet.Point(look.IconLock, "The key to your data and your bank access move out of the keychain into a file that only the passphrase opens."),
			sheet.Point(look.IconKey, "Bankbook asks for it at each start and after each lock."),
			sheet.Point(look.IconAlertTriangle, "If you forget it, only a recovery key opens your data."),
		),
	}, nil, v.model.deps.Keeper.UsePassphrase)
}

// askChange puts another passphrase in the place of the present one.
func (v *View) askChange() {
	old := kit.NewInput(kit.InputSpec{Secret: true})
	v.choosePassphrase(sheet.Spec{
		Title: "Change your passphrase", Deed: "Change passphrase", Body: kit.Field("Present passphrase", old),
	}, old, func(ctx context.Context, next secret.Text) error {
		return v.model.deps.Keeper.ChangePassphrase(ctx, secret.New(old.Text()), next)
	})
}

// askKeychain goes from the passphrase to the keychain.
func (v *View) askKeychain() {
	sheet.Confirm(v.host(), sheet.Spec{
		Title: "Use your system’s keychain instead?", Deed: "Use keychain",
		Body: kit.VBox(12,
			sheet.Point(look.IconUnlock, "Bankbook then opens without a passphrase for whoever can use your account on this computer."),
			sheet.Point(look.IconTrash, "The passphrase stops working. The file that it sealed is removed once all of it is in the keychain."),
		),
	}, v.model.deps.Keeper.UseKeychain, func() { v.model.settled(nil, "Your keychain protects your data now") })
}

// askDropRecovery removes the recovery key.
func (v *View) askDropRecovery() {
	lost := "The key that you noted down opens nothing more. If the keychain loses its entry, your data is lost."
	if v.model.state.Facts.byPassphrase() {
		lost = "The key that you noted down opens nothing more. If you forget the passphrase, your data is lost."
	}
	sheet.Confirm(v.host(), sheet.Spec{
		Title: "Remove the recovery key?", Deed: "Remove recovery key", Kind: kit.Filled, Body: sheet.Point(look.IconAlertTriangle, lost),
	}, v.model.deps.Keeper.DropRecoveryKey, func() { v.model.settled(nil, "Recovery key removed") })
}

// askRotate seals everything anew.
func (v *View) askRotate() {
	sheet.Confirm(v.host(), sheet.Spec{
		Title: "Change the keys?", Deed: "Change keys",
		Body: kit.VBox(12,
			sheet.Point(look.IconKey, "Every record is sealed anew under new keys. Nothing of your data changes, and your passphrase or keychain stays in use."),
			sheet.Point(look.IconTrash, "Copies of the old key open nothing more here. The snapshots are replaced by a fresh one."),
			sheet.Point(look.IconClock, "This takes seconds, a few minutes with very much data. It can be broken off at any time; the old keys count until all is done."),
		),
	}, v.model.deps.Keeper.RotateKeys, func() { v.model.settled(nil, "Keys changed") })
}

// askTokens takes new access to every bank.
func (v *View) askTokens() {
	var dialog *sheet.Sheet
	dialog = sheet.New(v.host(), sheet.Spec{
		Title: "Renew access to all banks?", Deed: "Renew access",
		Body: kit.VBox(12,
			sheet.Point(look.IconKey, "Plaid hands out new access for each bank, and the old one stops working at once. You don’t have to sign in."),
			sheet.Point(look.IconHardDrive, "Backups that you have made keep the old access: after restoring one, its banks have to be linked again. Make a fresh backup."),
		),
		Do: func() {
			told := dialog.Progress(say.Renewing)
			dialog.Work(func(ctx context.Context) error { return v.model.deps.RotateTokens(ctx, told) },
				func() { v.model.settled(nil, "Access to all banks renewed") }, nil)
		},
	})
	dialog.Show()
}
