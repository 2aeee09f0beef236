package link

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/link"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// deciding is the picture that asks about accounts that are there already.
func (v *View) deciding(s State) []fyne.CanvasObject {
	c, _ := s.Candidate()
	var rows []fyne.CanvasObject
	for _, a := range c.Accounts {
		rows = append(rows, candidateRow(s, c, a))
	}
	repair, second := v.answers(s)
	decide := kit.NewButton(kit.ButtonSpec{Text: decideWords(s), Kind: kit.Primary, OnTap: v.model.Decide})
	decide.SetBusy(s.Busy)
	next, twins, err := s.Session.Next, len(s.Twins(c)), s.Err
	v.patch = func(s State) bool {
		repair.SetChosen(s.Choice == link.RepairInstead)
		second.SetChosen(s.Choice == link.Second)
		decide.SetText(decideWords(s))
		decide.SetBusy(s.Busy)
		return s.Face() == FaceDeciding && s.Session.Next == next && len(s.Twins(c)) == twins && s.Err == err
	}
	return with(v.trouble(s), kit.NewCard(kit.CardSpec{
		Body: kit.VBox(0, v.candidateHead(s, c), kit.NewRule(), few(rows), kit.NewRule().In(look.WarningBorder), v.question(s, c, repair, second)),
		Footer: kit.Pad(kit.Edges{Top: 15, Right: 32, Bottom: 15, Left: 19}, kit.HBox(8,
			kit.NewButton(kit.ButtonSpec{Text: "Discard this sign-in", Kind: kit.Plain, OnTap: v.model.Discard}),
			kit.Spring(), decide,
		)),
	}))
}

// few keeps rows at a height that leaves room for the answers below: many scroll
// by themselves, and the last one in sight is cut to show it.
func few(rows []fyne.CanvasObject) fyne.CanvasObject {
	const most, sight = 5, 4.5 * 44
	if len(rows) <= most {
		return kit.Lines(rows...)
	}
	return kit.Fixed(0, sight, kit.NewScroll(kit.Lines(rows...)))
}

// answers are the two that the person chooses from.
func (v *View) answers(s State) (repair, second *kit.RadioRow) {
	choose := func(d link.Decision) func() { return func() { v.model.Choose(d) } }
	repair = kit.NewRadioRow(kit.RadioRowSpec{
		Title: "Reconnect the existing bank instead", Badge: "Recommended", Card: true,
		Sentence: "Keeps its whole history. You may need to sign in once more.",
		Chosen:   s.Choice == link.RepairInstead, OnChoose: choose(link.RepairInstead),
	})
	second = kit.NewRadioRow(kit.RadioRowSpec{
		Title: "Link as a second connection", Card: true,
		Sentence: "For a different sign-in at the same bank, such as another owner.",
		Chosen:   s.Choice == link.Second, OnChoose: choose(link.Second),
	})
	return repair, second
}

func (v *View) candidateHead(s State, c link.Candidate) fyne.CanvasObject {
	name := say.BankName(c.Institution)
	words := "Sign-in worked. You chose " + say.Count(len(c.Accounts), say.Account) + "."
	if n := len(s.Session.Found); n > 1 {
		words = "Bank " + say.Number(s.Session.Next+1) + " of " + say.Number(n) + ". " + words
	}
	return kit.Fixed(0, 86, kit.Sides(32, 0, kit.HBox(12,
		kit.NewBankLogo(string(c.Institution.ID), name, 40),
		kit.Grow(upright(kit.VBox(2, kit.NewText(name, kit.Heading()).Shrink(), kit.NewText(words, kit.Body().Muted()).Shrink()))),
		kit.NewPill(kit.PillSpec{Text: "Nothing saved yet"}),
	)))
}

func candidateRow(s State, c link.Candidate, a bank.LinkAccount) fyne.CanvasObject {
	state := fyne.CanvasObject(kit.NewText("New", kit.Small()))
	if _, ok := s.Twin(c, a); ok {
		state = kit.HBox(6, kit.NewIcon(look.IconCopyCheck, look.Warning, 14), kit.NewText("Already in Bankbook", kit.Small().In(look.Warning)))
	}
	name := kit.NewSpans(kit.Span{Text: a.Name, Style: kit.Body()}, kit.Span{Text: " " + say.Mask(a.Mask), Style: kit.Body().Muted()})
	kind := say.AccountType(core.Account{Type: a.Type, Subtype: a.Subtype})
	return kit.Fixed(0, 43, kit.Sides(32, 0, kit.Columns(12, []float32{0, 150, 150}, name, kit.NewText(kind, kit.Body().Muted()).Shrink(), state)))
}

// question asks what to do, on the tint of a warning.
func (v *View) question(s State, c link.Candidate, repair, second fyne.CanvasObject) fyne.CanvasObject {
	name := say.BankName(c.Institution)
	if twins := s.Twins(c); len(twins) > 0 {
		name += " " + say.Mask(twins[0].Mask)
	}
	harm := "Linking it twice would count the same money twice."
	if v.model.Environment().RealMoney() {
		harm = "Linking it twice would count the same money twice, and Plaid may charge for both."
	}
	return container.NewStack(kit.NewFill(look.WarningTint, 0), kit.Pad(kit.Edges{Top: 20, Right: 32, Bottom: 24, Left: 32}, kit.VBox(0,
		kit.HBox(10, kit.NewIcon(look.IconAlertTriangle, look.Warning, look.IconSize), kit.NewText("You already linked "+name, kit.Title().In(look.Warning))),
		kit.Pad(kit.Edges{Top: 2, Left: 26}, kit.NewParagraph(harm, kit.Body().In(look.Text2), 0)),
		kit.Pad(kit.Edges{Top: 14}, kit.VBox(8,
			repair, second,
		)),
	)))
}

func decideWords(s State) string {
	if s.Choice == link.Second {
		return "Link a second time"
	}
	return "Reconnect"
}
