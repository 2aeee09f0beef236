package welcome

import (
	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/kit"
)

// secrecyWords says where bank access is kept.
func secrecyWords(s State) string {
	by := s.Protector
	if !s.New() && by != core.ThisSessionOnly {
		by = s.Protectors[s.Chosen]
	}
	switch by {
	case core.ByPassphrase:
		return "Bank access and account numbers are kept apart from it, in a file that only your passphrase opens."
	case core.ThisSessionOnly:
		return "Bank access and account numbers are forgotten when you close Bankbook."
	case core.ByKeychain:
		return "Bank access and account numbers are kept apart from it, in your system’s keychain."
	}
	return "Bank access and account numbers are kept apart from it."
}

// instead offers what can take the place of a keychain. None is chosen until the
// person has chosen it.
func (v *View) instead(s State) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	if s.New() {
		badge := ""
		if fault.Is(s.NoKeychain, fault.KeychainMissing) {
			badge = "Recommended"
		}
		rows = append(rows, kit.NewRadioRow(kit.RadioRowSpec{
			Title: "Protect with a passphrase", Badge: badge, Card: true, Chosen: s.Protector == core.ByPassphrase,
			Sentence: "Everything is kept. Bankbook asks for it at each start.",
			OnChoose: func() { v.protect(core.ByPassphrase) },
		}))
	}
	rows = append(rows, kit.NewRadioRow(kit.RadioRowSpec{
		Title: "This session only", Card: true, Chosen: s.Protector == core.ThisSessionOnly,
		Sentence: "To have a look. Nothing is kept after you close Bankbook.",
		OnChoose: func() { v.protect(core.ThisSessionOnly) },
	}))
	return kit.Columns(12, make([]float32, len(rows)), rows...)
}

// protect chooses what protects new data, and goes to where the passphrase is
// typed.
func (v *View) protect(by core.Protector) {
	v.model.Protect(by)
	if by == core.ByPassphrase {
		v.pair.Focus()
	}
}

// otherProtector is the way to a passphrase where there is a keychain, and back.
func (v *View) otherProtector(s State) fyne.CanvasObject {
	if s.Protector == core.ByPassphrase {
		return kit.NewLink("Use the keychain instead", func() { v.protect(core.ByKeychain) })
	}
	return kit.NewLink("Use a passphrase instead of the keychain", func() { v.protect(core.ByPassphrase) })
}
