package link

import (
	"slices"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// options is the picture that asks what to get.
func (v *View) options(s State) []fyne.CanvasObject {
	next := kit.NewButton(kit.ButtonSpec{Text: "Continue", Trailing: look.IconExternalLink, Kind: kit.Primary, OnTap: v.model.Begin})
	was := s
	more := v.advanced(s)
	v.patch = func(s State) bool {
		showNext(next, s)
		more.show(s.Form.Wrong)
		return s.Face() == FaceOptions && s.Round == was.Round && s.Err == was.Err && slices.Equal(s.Known.Profiles, was.Known.Profiles) && terms(s.Known) == terms(was.Known) &&
			s.Form.Advanced == was.Form.Advanced && s.Form.Deposits == was.Form.Deposits
	}
	showNext(next, s)
	lines := []fyne.CanvasObject{
		kit.Pad(kit.Edges{Top: 27, Right: 32, Bottom: 20, Left: 32}, heading("What should Bankbook get?", "You choose the bank on the next page.")),
	}
	if !s.Form.Deposits {
		lines = append(lines,
			line("Accounts", "Which kinds the bank may offer you", v.kinds(s.Form)),
			line("History", "Fixed once linked. To get more later you link again.", v.history(s.Form)),
			v.numbers(s),
		)
	}
	lines = append(lines, line("Belongs to", "Who owns these accounts", v.profile(s)))
	return with(v.trouble(s), append(v.terms(s), card(
		kit.Lines(append(lines, more.lines...)...),
		kit.Sides(32, 15, kit.HBox(12,
			kit.Grow(kit.NewText(v.opens(), kit.Body().Muted()).Shrink()), next,
		)),
	))...)
}

// terms are what the keys have to say about the form: a sentence about costs, and
// whether numbers can be had.
func terms(k Known) [2]string {
	if k.NumbersAllowed() {
		return [2]string{say.NewBank(k.Keys)}
	}
	return [2]string{say.NewBank(k.Keys), say.NoNumbersForKeys}
}

// terms says what a new bank may cost, and what it uses up, before it is linked.
func (v *View) terms(s State) []fyne.CanvasObject {
	words := terms(s.Known)[0]
	if words == "" {
		return nil
	}
	return []fyne.CanvasObject{kit.NewNote(kit.NoteSpec{Text: words, Tone: kit.Info, Line: true})}
}

// numbers is the question about account numbers; keys that do not allow them leave
// nothing to ask.
func (v *View) numbers(s State) fyne.CanvasObject {
	const title = "Account and routing numbers"
	if !s.Known.NumbersAllowed() {
		return line(title, say.NoNumbersForKeys, kit.NewText("Not available", kit.Body().Muted()))
	}
	note := "For deposits and payments. Kept with bank access, apart from your data."
	if cost := say.Charge(bank.ReadNumbers, v.model.Environment()); cost != "" {
		note = "For deposits and payments. " + cost
	}
	return line(title, note,
		kit.NewSwitch(s.Form.Numbers, func(on bool) { v.model.Set(func(f *Form) { f.Numbers = on }) }))
}

func showNext(next *kit.Button, s State) {
	next.SetBusy(s.Busy)
	if s.Form.Valid() {
		next.Enable()
	} else {
		next.Disable()
	}
}

// line is a question of the form with its answer at the right.
func line(title, note string, control fyne.CanvasObject) fyne.CanvasObject {
	words := kit.VBox(2, kit.NewText(title, kit.Body().Strong()), kit.NewText(note, kit.Small()).Shrink())
	return kit.Fixed(0, 63, kit.Sides(32, 0, kit.HBox(16, kit.Grow(upright(words)), control)))
}

// upright centres words without narrowing them.
func upright(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.VBox(0, kit.Spring(), o, kit.Spring())
}

func (v *View) opens() string {
	if v.model.Environment() == core.Practice {
		return "Opens a page of the practice bank in your browser"
	}
	return "Opens a secure page from Plaid in your browser"
}

func (v *View) kinds(f Form) fyne.CanvasObject {
	check := func(label string, on bool, set func(*Form, bool)) fyne.CanvasObject {
		return kit.NewCheck(label, on, func(on bool) { v.model.Set(func(f *Form) { set(f, on) }) })
	}
	return kit.HBox(16,
		check("Checking and savings", f.Cash, func(f *Form, on bool) { f.Cash = on }),
		check("Credit cards", f.Cards, func(f *Form, on bool) { f.Cards = on }),
		check("Loans", f.Loans, func(f *Form, on bool) { f.Loans = on }),
	)
}

func (v *View) history(f Form) fyne.CanvasObject {
	depths := []int{ThreeMonths, TwelveMonths, AllHistory}
	words := make([]string, len(depths))
	for i, d := range depths {
		words[i] = say.History(d)
	}
	control := kit.NewSegmented(words, slices.Index(depths, f.HistoryDays), func(i int) {
		v.model.Set(func(f *Form) { f.HistoryDays = depths[i] })
	})
	return kit.Fixed(336, 0, control)
}

func (v *View) profile(s State) fyne.CanvasObject {
	names := make([]string, len(s.Known.Profiles))
	chosen := -1
	for i, p := range s.Known.Profiles {
		names[i] = p.Name
		if p.ID == s.Form.Profile {
			chosen = i
		}
	}
	if len(names) == 1 {
		return kit.NewText(names[0], kit.Body())
	}
	control := kit.NewSelect(names, chosen, func(i int) {
		v.model.Set(func(f *Form) { f.Profile = s.Known.Profiles[i].ID })
	})
	return kit.Fixed(216, 0, control)
}
