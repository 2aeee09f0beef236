package shell

import (
	"fyne.io/fyne/v2"

	"bankbook/core/fault"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// working is what the window shows until it knows more. A keychain can ask its
// own question meanwhile and wait for the answer, so there is a way out.
func working(words string, cancel func()) fyne.CanvasObject {
	rows := []fyne.CanvasObject{
		kit.Centered(kit.NewIconTile(look.IconBook, look.OnPrimary, look.Primary, 40)),
		kit.HBox(10, kit.NewSpinner(16), kit.NewText(words, kit.Body().Muted())),
	}
	if cancel != nil {
		rows = append(rows, kit.Centered(kit.NewButton(kit.ButtonSpec{Text: "Cancel", Kind: kit.Plain, OnTap: cancel})))
	}
	return kit.Centered(kit.VBox(20, rows...))
}

// failed says why Bankbook could not start.
func (s *Shell) failed(err error, r Remedies) fyne.CanvasObject {
	m := say.Fault(err)
	return kit.Centered(kit.NewEmpty(kit.EmptySpec{
		Icon: failedIcon(fault.KindOf(err)), Tone: kit.Failure, Large: true, Title: m.Title, Sentence: m.Text(),
		Actions: s.remedies(m, r),
		Below: kit.NewLinkIn(kit.LinkSpec{
			Text: "Copy details", Icon: look.IconCopy, Style: kit.Small().In(look.Primary), OnTap: func() { s.CopyDetails(err) },
		}),
	}))
}

func failedIcon(k fault.Kind) look.IconName {
	switch k {
	case fault.KeychainMissing, fault.KeychainLocked, fault.KeychainTimeout, fault.KeychainLied, fault.VaultKey:
		return look.IconLock
	case fault.VaultInUse:
		return look.IconMonitor
	case fault.VaultNewer:
		return look.IconDownload
	case fault.VaultForeign, fault.Unreadable, fault.VaultReplaced:
		return look.IconFolder
	case fault.DiskFull:
		return look.IconHardDrive
	}
	return look.IconAlertTriangle
}

// remedies are the buttons under a failed start: first the one that belongs to
// the fault, then the others that are on offer, and Quit if there is none.
func (s *Shell) remedies(m say.Message, r Remedies) []fyne.CanvasObject {
	var buttons []fyne.CanvasObject
	add := func(words string, tap func()) {
		if tap == nil {
			return
		}
		kind := kit.Default
		if len(buttons) == 0 {
			kind = kit.Primary
		}
		buttons = append(buttons, kit.NewButton(kit.ButtonSpec{Text: words, Kind: kind, OnTap: tap}))
	}
	add(m.Action.Label(), r.of(m.Action))
	for _, a := range []say.Action{say.Retry, say.SessionOnly, say.OtherFolder} {
		if a != m.Action {
			add(a.Label(), r.of(a))
		}
	}
	add("Use recovery key…", r.RecoveryKey)
	add("Use another source…", r.Source)
	if len(buttons) == 0 {
		add("Quit", s.deps.Quit)
	}
	return buttons
}
