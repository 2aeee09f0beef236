package link

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// qrSize is that of the code with its quiet zone.
const qrSize = 180

// waiting is the picture while the person is in the browser.
func (v *View) waiting(s State) []fyne.CanvasObject {
	v.left = kit.NewText(say.Countdown(v.model.Left()), kit.Heading().Right())
	main := kit.VBox(0,
		heading(v.waitingWords(s)),
		kit.Pad(kit.Edges{Top: 20}, v.waitBox(s)),
		kit.Pad(kit.Edges{Top: 16}, v.waitButtons(s)),
	)
	body := fyne.CanvasObject(main)
	if s.Phone() && v.wide {
		body = kit.HBoxTop(40, kit.Grow(main), kit.Fixed(qrSize, 0, kit.VBox(0,
			kit.NewQR(s.Session.URL, qrSize),
			kit.Pad(kit.Edges{Top: 12}, kit.NewText("Use your phone instead", kit.Body().Strong().Center())),
			kit.NewText("Scan to open the same page", kit.Small().Center()),
			kit.Pad(kit.Edges{Top: 6}, kit.NewParagraph("It may end on a page that can’t be opened. That is fine.", kit.Small().Center(), 0)),
		)))
	}
	cards := with(v.trouble(s),
		card(kit.Pad(kit.Edges{Top: 27, Right: 32, Bottom: 28, Left: 32}, body), v.whatHappens(s)),
	)
	if v.model.Environment() == core.Practice && !s.noSignIn() {
		cards = append(cards, kit.NewNote(kit.NoteSpec{Text: say.PracticeSignIn, Tone: kit.PracticeTone}))
	}
	return append(cards, v.below(s))
}

func (v *View) waitingWords(s State) (title, lead string) {
	from := "a secure page from Plaid"
	if v.model.Environment() == core.Practice {
		from = "a page of the practice bank"
	}
	if s.Session.NoBrowser {
		return "Open this link in a browser", "Bankbook could not open your browser. Copy the link and open it in any browser; this window continues by itself when you finish."
	}
	return "Continue in your browser", "We opened " + from + ". " + s.words().do + " This window continues by itself when you finish."
}

// waitBox says that the window waits, and until when; without a browser it
// shows the link to open by hand.
func (v *View) waitBox(s State) fyne.CanvasObject {
	words := "Waiting for you to finish"
	if s.Session.Trouble.Kind != fault.None {
		words = say.Trouble(s.Session.Trouble).Title + ", trying again"
	}
	row := kit.HBox(14,
		kit.NewSpinner(18), kit.Grow(kit.NewText(words, kit.Body().Strong()).Shrink()),
		kit.HBox(8, kit.NewText("Page expires in", kit.Body().Muted()), v.left),
	)
	rows := kit.VBox(0, kit.Fixed(0, 50, kit.Sides(16, 0, row)))
	if s.Session.NoBrowser {
		rows.Add(kit.NewRule())
		rows.Add(kit.Fixed(0, 40, kit.Sides(16, 0, kit.NewText(s.Session.URL, kit.Code()).Shrink())))
	}
	return framed(rows)
}

// framed puts a sunken box with a line around something inside a card.
func framed(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(
		kit.NewFill(look.Border, look.RadiusControl),
		kit.Inset(1, container.NewStack(kit.NewFill(look.Sunken, look.RadiusControl-1), o)),
	)
}

func (v *View) waitButtons(s State) fyne.CanvasObject {
	open, copyLink := kit.Primary, kit.Default
	if s.Session.NoBrowser {
		open, copyLink = kit.Default, kit.Primary
	}
	closed := "I closed the page"
	if s.Session.Options.Several {
		closed = "I have finished"
	}
	return kit.HBox(8,
		kit.NewButton(kit.ButtonSpec{Text: "Open again", Icon: look.IconExternalLink, Kind: open, OnTap: v.model.OpenAgain}),
		kit.NewButton(kit.ButtonSpec{Text: "Copy link", Icon: look.IconCopy, Kind: copyLink, OnTap: v.model.CopyLink}),
		kit.Spring(),
		kit.NewButton(kit.ButtonSpec{Text: closed, Kind: kit.Plain, OnTap: v.model.CheckNow}),
	)
}

// noSignIn reports whether the page asks for something else than a sign-in.
func (s State) noSignIn() bool {
	p := s.errand().Purpose
	return p == link.Products || p == link.Verify
}

// whatHappens is the footer that explains the three steps of the page.
func (v *View) whatHappens(s State) fyne.CanvasObject {
	if s.noSignIn() {
		return nil
	}
	step := func(icon look.IconName, title, text string) fyne.CanvasObject {
		return kit.HBoxTop(8, kit.NewIcon(icon, look.Muted, look.IconSize), kit.Grow(kit.VBox(2,
			kit.NewText(title, kit.Body()).Shrink(), kit.NewParagraph(text, kit.Small(), 0),
		)))
	}
	return kit.Pad(kit.Edges{Top: 20, Right: 32, Bottom: 22, Left: 32}, kit.VBox(10,
		kit.NewText("What happens", kit.Body().Strong()),
		kit.Columns(24, []float32{0, 0, 0},
			step(look.IconLock, "You sign in at your bank", "Bankbook never sees your password."),
			step(look.IconCheckbox, "You choose the accounts", "Only those are shared with Bankbook."),
			step(look.IconHardDrive, "Data comes to this computer", "It stays in your file, not on a server of ours."),
		),
	))
}

// below says what was asked for, with the way back to it.
func (v *View) below(s State) fyne.CanvasObject {
	if s.updates() {
		return kit.Sides(4, 0, kit.NewText(s.words().below, kit.Small()).Shrink())
	}
	return kit.Sides(4, 0, kit.HBox(12,
		kit.Grow(kit.NewText(asked(s), kit.Small()).Shrink()),
		kit.NewLinkIn(kit.LinkSpec{Text: "Back to options", Style: kit.Small().In(look.Primary), OnTap: v.model.BackToOptions}),
	))
}

// asked names the options of a session: "Checking, savings and credit cards,
// 24 months of history".
func asked(s State) string {
	if s.Session.Options.Deposits {
		return "One account, verified by a small deposit"
	}
	var kinds []string
	for _, k := range s.Session.Options.Kinds {
		switch k {
		case core.Depository:
			kinds = append(kinds, "checking", "savings")
		case core.Credit:
			kinds = append(kinds, "credit cards")
		case core.Loan:
			kinds = append(kinds, "loans")
		}
	}
	if len(kinds) == 0 {
		kinds = []string{"all kinds of accounts"}
	}
	return say.Sentence(say.List(kinds...)) + ", " + say.History(s.Session.Options.HistoryDays) + " of history"
}
