package settings

import (
	"runtime"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/ui/kit"
	"bankbook/ui/say"
)

// security is the tab about what protects the data.
func (v *View) security(s State) []fyne.CanvasObject {
	p := s.Facts.Protection
	if v.model.deps.SessionOnly {
		return []fyne.CanvasObject{section("Protection", "", kit.SettingRow("This session only",
			"The key is in memory and nowhere else. Nothing is kept after you close Bankbook.", nil))}
	}
	rows := []fyne.CanvasObject{v.protector(p), v.recoveryRow(p), v.keys()}
	parts := []fyne.CanvasObject{section("Protection", "Your data file is always sealed. This is what opens it.", rows...)}
	if v.model.deps.RotateTokens != nil {
		parts = append(parts, section("Bank access", "", kit.SettingRow("Access to all banks",
			"Takes new access everywhere, so that what somebody may have copied opens nothing.", button("Renew access…", v.askTokens))))
	}
	if v.model.deps.Lock != nil {
		parts = append(parts, section("Lock", "", v.lockAfter(p), kit.SettingRow("Lock now",
			"Closes your data at once. "+shortcut("L"), button("Lock now", v.model.deps.Lock))))
	}
	return parts
}

// shortcut returns how a shortcut with a letter is written here.
func shortcut(letter string) string {
	if runtime.GOOS == "darwin" {
		return "Cmd+" + letter
	}
	return "Ctrl+" + letter
}

func (v *View) protector(p core.Protection) fyne.CanvasObject {
	if p.Protector == core.ByPassphrase {
		return kit.SettingRow("Passphrase", "Key and bank access are sealed with your passphrase.", kit.HBox(8,
			button("Use keychain…", v.askKeychain), button("Change…", v.askChange)))
	}
	return kit.SettingRow("System keychain", "Key and bank access are in the keychain of your user account.",
		button("Use a passphrase…", v.askPassphrase))
}

func (v *View) recoveryRow(p core.Protection) fyne.CanvasObject {
	title := kit.HBox(8, kit.NewText("Recovery key", kit.Body()))
	if p.RecoveryKey {
		title.Add(kit.NewPill(kit.PillSpec{Text: "Made", Tone: kit.Success}))
		return kit.SettingRowOf(kit.Fixed(0, 22, title), kit.NewText("Opens your data if all else is lost. Only you have it.", kit.Small()).Shrink(),
			kit.HBox(8, kit.NewButton(kit.ButtonSpec{Text: "Remove…", Kind: kit.Danger, Size: kit.Compact, OnTap: v.askDropRecovery}),
				button("Replace…", v.askRecovery)))
	}
	lost := "If the keychain loses its entry, nothing opens your data."
	if p.Protector == core.ByPassphrase {
		lost = "If you forget the passphrase, nothing opens your data."
	}
	title.Add(kit.NewPill(kit.PillSpec{Text: "None", Tone: kit.Warning}))
	return kit.SettingRowOf(kit.Fixed(0, 22, title), kit.NewText(lost, kit.Small()).Shrink(), button("Create…", v.askRecovery))
}

func (v *View) keys() fyne.CanvasObject {
	return kit.SettingRow("Keys", "Seals everything anew, so that a stolen key opens nothing more.", button("Change keys…", v.askRotate))
}

// lockTimes are what a person can choose from.
func lockTimes() []time.Duration {
	return []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 0}
}

func (v *View) lockAfter(p core.Protection) fyne.CanvasObject {
	times := lockTimes()
	if !slices.Contains(times, p.LockAfter) {
		times = append([]time.Duration{p.LockAfter}, times...)
	}
	words := make([]string, len(times))
	for i, d := range times {
		words[i] = say.LockAfter(d)
	}
	choose := kit.NewSelect(words, slices.Index(times, p.LockAfter), func(i int) { v.model.SetLockAfter(times[i]) })
	note := "While nobody touches Bankbook, or the computer sleeps."
	return kit.SettingRow("Lock after", note, kit.Fixed(144, 0, choose))
}
