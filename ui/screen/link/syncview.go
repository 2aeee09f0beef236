package link

import (
	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// syncing is the picture of the first sync, and of its end.
func (v *View) syncing(s State) []fyne.CanvasObject {
	rows := []fyne.CanvasObject{v.syncHead(s)}
	for _, a := range v.model.BankAccounts() {
		rows = append(rows, syncRow(s, a, core.DateOf(v.model.Now())))
	}
	body := kit.VBox(0, kit.Lines(rows...), kit.NewRule(), v.steps(s))
	another := kit.NewButton(kit.ButtonSpec{Text: "Link another bank", OnTap: v.model.Options})
	overview := kit.NewButton(kit.ButtonSpec{Text: "Go to Overview", Kind: kit.Primary, OnTap: v.model.Overview})
	words := "You can leave. The sync goes on in the background."
	if s.Session.Stage == link.Done {
		words = "New transactions come with each sync."
	}
	foot := kit.Pad(kit.Edges{Top: 15, Right: 32, Bottom: 15, Left: 32}, kit.HBox(8,
		kit.Grow(kit.NewText(words, kit.Body().Muted()).Shrink()), another, overview))
	return with(v.syncTrouble(s), card(kit.VBox(0, body, kit.NewRule(), foot), nil))
}

// syncTrouble says why the history is not complete, nil if nothing is wrong.
func (v *View) syncTrouble(s State) fyne.CanvasObject {
	if s.Session.Trouble.Kind == fault.None {
		return v.trouble(s)
	}
	m := say.Trouble(s.Session.Trouble)
	parts := []fyne.CanvasObject{v.details(say.Kept("link: first sync", s.Session.Trouble))}
	if s.Session.Stage == link.Syncing {
		parts = append(parts, kit.NewButton(kit.ButtonSpec{Text: say.Retry.Label(), Size: kit.Compact, OnTap: v.model.Retry}))
	}
	return kit.NewNote(kit.NoteSpec{
		Text: m.Sentence, More: "The bank is linked, but its history is not complete yet. " + m.Hint,
		Tone: kit.Warning, Line: true, Right: kit.HBox(8, parts...),
	})
}

func (v *View) syncHead(s State) fyne.CanvasObject {
	item, known := v.model.Bank()
	name := say.BankName(item.Institution)
	logo := fyne.CanvasObject(kit.NewBankLogo(string(item.Institution.ID), name, 40))
	if !known {
		logo = kit.NewIconTile(look.IconBank, look.Primary, look.Tint, 40)
	}
	title, lead := syncWords(s, name)
	counts := kit.NewSpans(
		kit.Span{Text: say.Number(s.Progress.Rows), Style: kit.Body().Strong()},
		kit.Span{Text: " " + say.Transaction.For(s.Progress.Rows) + " so far", Style: kit.Body()},
	)
	v.elapsed = kit.NewText(v.elapsedWords(), kit.Body().Muted())
	parts := []fyne.CanvasObject{kit.HBox(12, logo, kit.Grow(kit.VBox(0, kit.NewText(title, kit.Page()).Shrink(), kit.NewText(lead, kit.Body().Muted()).Shrink())))}
	if s.Session.Stage == link.Syncing {
		moving := kit.NewMovingBar(8)
		moving.SetMoving(s.Session.Trouble.Kind == fault.None)
		parts = append(parts, kit.VBox(8, kit.HBox(12, kit.Grow(counts), v.elapsed), moving))
	}
	return kit.Pad(kit.Edges{Top: 24, Right: 32, Bottom: 24, Left: 32}, kit.VBox(22, parts...))
}

func syncWords(s State, bank string) (title, lead string) {
	switch {
	case s.Session.Stage == link.Done && s.repair():
		return bank + " is connected again", "New transactions come with each sync."
	case s.Session.Stage == link.Done:
		return bank + " is linked", doneWords(s)
	case s.repair():
		return "Getting what is new", bank + ". Usually under a minute."
	}
	return "Getting your transactions", bank + ", up to " + say.History(s.Session.Options.HistoryDays) + ". Usually under a minute."
}

func doneWords(s State) string {
	if s.Progress.Rows == 0 {
		return "Its history is in Bankbook."
	}
	return say.Count(s.Progress.Rows, say.Transaction) + " came with its history."
}

func (v *View) elapsedWords() string {
	started := v.model.State().Progress.Started
	if started.IsZero() {
		return ""
	}
	return say.Elapsed(v.model.Now().Sub(started))
}

// syncRow shows how far one account is.
func syncRow(s State, a core.Account, today core.Date) fyne.CanvasObject {
	p := s.Progress.Accounts[a.ID]
	back, count := "", kit.NewText("None yet", kit.Body().Muted().Right())
	if p.Rows > 0 {
		back = "Back to " + say.Day(p.Oldest, today)
		count = kit.NewText(say.Count(p.Rows, say.Transaction), kit.Body().Right())
	} else if s.Session.Stage == link.Done {
		count = kit.NewText("", kit.Body())
	}
	name := kit.NewSpans(kit.Span{Text: a.Name, Style: kit.Body()}, kit.Span{Text: " " + say.Mask(a.Mask), Style: kit.Body().Muted()})
	return kit.Fixed(0, 43, kit.Sides(32, 0, kit.Columns(12, []float32{0, 0, 0}, name, kit.NewText(back, kit.Body().Muted()), count)))
}

// steps lists what has been kept and what is still coming.
func (v *View) steps(s State) fyne.CanvasObject {
	phase := s.Progress.Phase
	over := s.Session.Stage == link.Done && s.Session.Trouble.Kind == fault.None
	accounts := len(v.model.BankAccounts())
	saved := say.Sentence(say.Count(accounts, say.Account)) + " and their balances saved"
	if accounts == 1 {
		saved = "1 account and its balance saved"
	}
	lines := kit.VBox(10,
		done("Bank access saved in your system’s keychain"),
		done(saved),
	)
	if s.repair() {
		lines.Add(step(over, "What is new since the last sync", "What is new since the last sync saved"))
	} else {
		depth := say.History(s.Session.Options.HistoryDays)
		lines.Add(step(over || phase == core.InitialDone || phase == core.HistoryDone, "Last 30 days", "Last 30 days saved"))
		lines.Add(step(over || phase == core.HistoryDone, "Older history, up to "+depth, "Older history saved, up to "+depth))
	}
	return kit.On(look.Sunken, kit.Sides(32, 18, lines))
}

func done(words string) fyne.CanvasObject {
	return kit.HBox(8, kit.NewIcon(look.IconCheckCircle, look.Positive, look.IconSize), kit.NewText(words, kit.Body()))
}

func step(isDone bool, doing, saved string) fyne.CanvasObject {
	if isDone {
		return done(saved)
	}
	return kit.HBox(8, kit.NewSpinner(look.IconSize), kit.NewText(doing, kit.Body()))
}
