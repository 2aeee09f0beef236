package settings

import (
	"context"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// The words of the two fields of a new passphrase.
const (
	newWords   = "New passphrase"
	againWords = "The same again"
)

// choosePassphrase shows a sheet that ends in a new passphrase, which take makes
// the one that counts.
func (v *View) choosePassphrase(spec sheetSpec, above *kit.Input, take func(ctx context.Context, next secret.Text) error) {
	var s *sheet
	var pair *kit.SecretPair
	spec.do = func() {
		wrong, differs := say.NewPassphrase(pair.First(), pair.Again())
		pair.SetErrors(wrong, differs)
		s.relayout()
		if wrong != "" || differs != "" {
			return
		}
		next := secret.New(pair.First())
		s.work(func(ctx context.Context) error { return take(ctx, next) }, func() { v.model.settled(nil, "Passphrase set") },
			func(err error) bool {
				if above == nil || !fault.Is(err, fault.Passphrase) {
					return false
				}
				above.SetError("This isn’t your passphrase")
				above.FocusAll()
				return true
			})
	}
	pair = kit.NewSecretPair(kit.SecretPairSpec{Label: newWords, Again: againWords, Helper: say.PassphraseRule(), OnSubmit: func() { spec.do() }})
	spec.initial = pair.Focusable()
	if above != nil {
		spec.initial = above.Focusable()
	}
	spec.body = kit.VBox(16, spec.body, pair.Content())
	s = v.newSheet(spec)
	s.modal.Show()
}

// askPassphrase goes from the keychain to a passphrase.
func (v *View) askPassphrase() {
	v.choosePassphrase(sheetSpec{
		title: "Protect your data with a passphrase", deed: "Use passphrase",
		body: kit.VBox(12,
			point(look.IconLock, "The key to your data and your bank access move out of the keychain into a file that only the passphrase opens."),
			point(look.IconKey, "Bankbook asks for it at each start and after each lock."),
			point(look.IconAlertTriangle, "If you forget it, only a recovery key opens your data."),
		),
	}, nil, v.model.deps.Keeper.UsePassphrase)
}

// askChange puts another passphrase in the place of the present one.
func (v *View) askChange() {
	old := kit.NewInput(kit.InputSpec{Secret: true})
	v.choosePassphrase(sheetSpec{
		title: "Change your passphrase", deed: "Change passphrase", body: kit.Field("Present passphrase", old),
	}, old, func(ctx context.Context, next secret.Text) error {
		return v.model.deps.Keeper.ChangePassphrase(ctx, secret.New(old.Text()), next)
	})
}

// askKeychain goes from the passphrase to the keychain.
func (v *View) askKeychain() {
	v.confirm(sheetSpec{
		title: "Use your system’s keychain instead?", deed: "Use keychain",
		body: kit.VBox(12,
			point(look.IconUnlock, "Bankbook then opens without a passphrase for whoever can use your account on this computer."),
			point(look.IconTrash, "The passphrase stops working. The file that it sealed is removed once all of it is in the keychain."),
		),
	}, v.model.deps.Keeper.UseKeychain, func() { v.model.settled(nil, "Your keychain protects your data now") })
}

// askDropRecovery removes the recovery key.
func (v *View) askDropRecovery() {
	lost := "The key that you noted down opens nothing more. If the keychain loses its entry, your data is lost."
	if v.model.state.Facts.byPassphrase() {
		lost = "The key that you noted down opens nothing more. If you forget the passphrase, your data is lost."
	}
	v.confirm(sheetSpec{
		title: "Remove the recovery key?", deed: "Remove recovery key", kind: kit.Filled, body: point(look.IconAlertTriangle, lost),
	}, v.model.deps.Keeper.DropRecoveryKey, func() { v.model.settled(nil, "Recovery key removed") })
}

// askRotate seals everything anew.
func (v *View) askRotate() {
	v.confirm(sheetSpec{
		title: "Change the keys?", deed: "Change keys",
		body: kit.VBox(12,
			point(look.IconKey, "Every record is sealed anew under new keys. Nothing of your data changes, and your passphrase or keychain stays in use."),
			point(look.IconTrash, "Copies of the old key open nothing more here. The snapshots are replaced by a fresh one."),
			point(look.IconClock, "This takes seconds, a few minutes with very much data. It can be broken off at any time; the old keys count until all is done."),
		),
	}, v.model.deps.Keeper.RotateKeys, func() { v.model.settled(nil, "Keys changed") })
}
