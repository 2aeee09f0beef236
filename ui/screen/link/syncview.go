package link

import (
	"slices"

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
	p := &syncPicture{view: v, counts: kit.NewSpans(), steps: kit.VBox(10)}
	lines := []fyne.CanvasObject{p.head(s)}
	accounts := v.model.BankAccounts()
	bank, _ := v.model.Bank()
	_, offered := v.model.EarlierBank()
	for _, a := range accounts {
		lines = append(lines, p.add(a))
	}
	p.show(s)
	v.patch = func(now State) bool {
		item, _ := v.model.Bank()
		_, offers := v.model.EarlierBank()
		same := offers == offered && now.Face() == s.Face() && item.Institution == bank.Institution && now.Session.Trouble == s.Session.Trouble && now.Err == s.Err && len(now.Session.Moved) == len(s.Session.Moved) &&
			slices.Equal(v.model.BankAccounts(), accounts)
		if same {
			p.show(now)
		}
		return same
	}
	body := kit.VBox(0, kit.Lines(lines...), kit.NewRule(), kit.On(look.Sunken, kit.Sides(32, 18, p.steps)))
	return with(v.syncTrouble(s), append(append(v.moved(s), v.earlier()...), card(kit.VBox(0, body, kit.NewRule(), v.syncFoot(s)), nil))...)
}

// moved tells of accounts that came back as others, until they have gone on, and offers
// that as soon as it can be done.
func (v *View) moved(s State) []fyne.CanvasObject {
	var accounts []core.Account
	for _, m := range s.Session.Moved {
		for _, a := range s.Known.Accounts {
			if a.ID == m.New {
				accounts = append(accounts, a)
			}
		}
	}
	over := s.Session.Stage == link.Done
	if len(accounts) == 0 || over && !v.model.CameBack() {
		return nil
	}
	sentence, more := say.CameBack(accounts...)
	spec := kit.NoteSpec{Text: sentence, More: more, Tone: kit.Warning, Line: true}
	if over {
		spec.More, spec.Right = more+" "+say.CameBackCanGoOn, v.goOn()
	}
	return []fyne.CanvasObject{kit.NewNote(spec)}
}

// earlier offers to let a bank go on that was linked before.
func (v *View) earlier() []fyne.CanvasObject {
	bank, ok := v.model.EarlierBank()
	if !ok || v.model.CameBack() {
		return nil
	}
	sentence, more := say.CanGoOn(say.BankName(bank.Institution))
	return []fyne.CanvasObject{kit.NewNote(kit.NoteSpec{Text: sentence, More: more, Tone: kit.Info, Line: true, Right: v.goOn()})}
}

func (v *View) goOn() fyne.CanvasObject {
	return kit.NewButton(kit.ButtonSpec{Text: "Continue its history…", Size: kit.Compact, OnTap: v.model.Continue})
}

func (v *View) syncFoot(s State) fyne.CanvasObject {
	words := "You can leave. The sync goes on in the background."
	if s.Session.Stage == link.Done {
		words = "" // the head says it all
	}
	parts := []fyne.CanvasObject{kit.Grow(kit.NewText(words, kit.Body().Muted()).Shrink())}
	if p := s.errand().Purpose; p == "" || p == link.Repair {
		parts = append(parts, kit.NewButton(kit.ButtonSpec{Text: "Link another bank", OnTap: v.model.Options}))
	}
	return kit.Pad(kit.Edges{Top: 15, Right: 32, Bottom: 15, Left: 32}, kit.HBox(8, append(parts,
		kit.NewButton(kit.ButtonSpec{Text: "Go to Overview", Kind: kit.Primary, OnTap: v.model.Overview}),
	)...))
}

// syncPicture is what changes while transactions come in. It is changed in
// place, so that what moves goes on moving.
type syncPicture struct {
	view   *View
	counts *kit.Spans
	rows   []syncRow
	steps  *fyne.Container
	phase  core.SyncPhase
	shown  bool
}

// syncRow is the line of one account.
type syncRow struct {
	account     core.Account
	back, count *kit.Text
}

// show shows how far the sync is.
func (p *syncPicture) show(s State) {
	rows := s.Progress.Rows
	p.counts.Set(
		kit.Span{Text: say.Number(rows), Style: kit.Body().Strong()},
		kit.Span{Text: " " + say.Transaction.For(rows) + " so far", Style: kit.Body()},
	)
	for _, r := range p.rows {
		r.show(s, core.DateOf(p.view.model.Now()))
	}
	if phase := s.Progress.Phase; !p.shown || phase != p.phase {
		p.shown, p.phase = true, phase
		p.steps.Objects = p.view.steps(s)
		kit.Repaint(p.steps)
	}
	p.view.tick()
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

// head is the bank, with the moving bar while the sync goes on.
func (p *syncPicture) head(s State) fyne.CanvasObject {
	v := p.view
	item, known := v.model.Bank()
	name := say.BankName(item.Institution)
	logo := fyne.CanvasObject(kit.NewBankLogo(string(item.Institution.ID), name, 40))
	if !known {
		logo = kit.NewIconTile(look.IconBank, look.Primary, look.Tint, 40)
	}
	if n := len(s.Session.Items); n > 1 && !s.updates() {
		name = say.Sentence(say.Count(n, say.Bank))
		logo = kit.NewIconTile(look.IconBank, look.Primary, look.Tint, 40)
	}
	title, lead := v.syncWords(s, name)
	words := kit.VBox(0, kit.NewText(title, kit.Page()).Shrink(), kit.NewText(lead, kit.Body().Muted()).Shrink())
	parts := []fyne.CanvasObject{kit.HBox(12, logo, kit.Grow(words))}
	v.elapsed = kit.NewText("", kit.Body().Muted().Right())
	if s.Session.Stage == link.Syncing {
		moving := kit.NewMovingBar(8)
		moving.SetMoving(s.Session.Trouble.Kind == fault.None)
		parts = append(parts, kit.VBox(8, kit.Columns(12, []float32{0, 120}, p.counts, v.elapsed), moving))
	}
	return kit.Pad(kit.Edges{Top: 24, Right: 32, Bottom: 24, Left: 32}, kit.VBox(22, parts...))
}

func (v *View) syncWords(s State, bank string) (title, lead string) {
	switch {
	case s.Session.Stage == link.Done && len(s.Session.Items) > 1 && !s.updates():
		return bank + " are linked", "Their history is in Bankbook."
	case s.Session.Stage == link.Done && s.Session.Options.Deposits && anyPending(v.model.BankAccounts()):
		return "The deposit is on its way", s.endLead(v.model.BankAccounts())
	case s.Session.Stage == link.Done:
		return s.words().done(bank), s.endLead(v.model.BankAccounts())
	case s.updates():
		return "Getting what is new", bank + ". Usually under a minute."
	}
	return "Getting your transactions", bank + ", up to " + say.History(s.Session.Options.HistoryDays) + ". Usually under a minute."
}

func (v *View) elapsedWords() string {
	started := v.model.State().Progress.Started
	if started.IsZero() {
		return ""
	}
	return say.Elapsed(v.model.Now().Sub(started))
}

// add makes the line of an account.
func (p *syncPicture) add(a core.Account) fyne.CanvasObject {
	r := syncRow{account: a, back: kit.NewText("", kit.Body().Muted()).Shrink(), count: kit.NewText("", kit.Body().Right()).Shrink()}
	p.rows = append(p.rows, r)
	name := kit.NewSpans(kit.Span{Text: a.Name, Style: kit.Body()}, kit.Span{Text: " " + say.Mask(a.Mask), Style: kit.Body().Muted()})
	return kit.Fixed(0, 43, kit.Sides(32, 0, kit.Columns(12, []float32{0, 0, 0}, name, r.back, r.count)))
}

// show shows how far the account is.
func (r syncRow) show(s State, today core.Date) {
	p := s.Progress.Accounts[r.account.ID]
	switch {
	case r.account.Unshared:
		r.back.SetText("No longer shared")
	case s.errand().Purpose == link.Products && s.Session.Stage == link.Done:
		r.count.Set(numbers(r.account))
	case p.Rows > 0:
		r.back.SetText("Back to " + say.Day(p.Oldest, today))
		r.count.Set(say.Count(p.Rows, say.Transaction), kit.Body().Right())
	case s.Session.Stage != link.Done:
		r.count.Set("None yet", kit.Body().Muted().Right())
	}
}

// numbers says whether the bank has given the numbers of an account.
func numbers(a core.Account) (string, kit.Style) {
	st, style := say.Numbers(a.ACH), kit.Body().Right()
	switch {
	case !a.ACH.HasNumbers():
		return "No numbers", style.Muted()
	case st.Tone == say.Good:
		return st.Text, style.In(look.Positive)
	}
	return st.Text, style.In(look.Warning)
}

// steps lists what has been kept and what is still coming.
func (v *View) steps(s State) []fyne.CanvasObject {
	phase := s.Progress.Phase
	over := s.Session.Stage == link.Done && s.Session.Trouble.Kind == fault.None
	accounts := 0
	for _, a := range v.model.BankAccounts() {
		if !a.Unshared {
			accounts++
		}
	}
	saved := say.Sentence(say.Count(accounts, say.Account)) + " and their balances saved"
	if accounts == 1 {
		saved = "1 account and its balance saved"
	}
	lines := []fyne.CanvasObject{done("Bank access saved"), done(saved)}
	if s.updates() {
		return append(lines, step(over, "What is new since the last sync", "What is new since the last sync saved"))
	}
	if s.Session.Options.Deposits {
		return lines
	}
	depth := say.History(s.Session.Options.HistoryDays)
	return append(lines,
		step(over || phase == core.InitialDone || phase == core.HistoryDone, "Last 30 days", "Last 30 days saved"),
		step(over || phase == core.HistoryDone, "Older history, up to "+depth, "Older history saved, up to "+depth),
	)
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
