package account

import (
	"context"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/ach"
	"bankbook/core/bank"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
	"bankbook/ui/sheet"
)

// numbers is the card of routing and account number.
func (v *View) numbers(p Page) fyne.CanvasObject {
	spec := kit.CardSpec{Title: "Account and routing numbers"}
	if !p.ACH.Exists() {
		spec.Body = v.noNumbers(p)
		return kit.NewCard(spec)
	}
	var more *kit.IconButton
	more = kit.NewIconButton(kit.IconButtonSpec{
		Icon: look.IconMore, Label: "More for these numbers", OnTap: func() { kit.ShowMenu(more, v.numbersMenu(p)) },
	})
	spec.Trailing = more
	spec.Body = v.kept(p)
	if p.ACH.Status != core.Verified {
		spec.Foot, spec.Footer = kit.Warning, v.verify(p)
	}
	return kit.NewCard(spec)
}

func (v *View) noNumbers(p Page) fyne.CanvasObject {
	text := "This kind of account has no routing and account number."
	if p.CanHaveNumbers() {
		text = "There are none here. They are needed to move money, and are kept apart from your data."
	}
	body := kit.VBox(12, kit.NewParagraph(text, kit.Body().In(look.Text2), 0))
	if p.CanHaveNumbers() {
		add := kit.NewButton(kit.ButtonSpec{Text: "Add numbers…", Icon: look.IconPlus, OnTap: func() { v.addNumbers(p) }})
		if p.CanFetchNumbers() {
			get := kit.NewButton(kit.ButtonSpec{Text: "Get from bank", Icon: look.IconBank, OnTap: v.model.FetchNumbers})
			body.Add(kit.Columns(8, []float32{0, 0}, get, add))
		} else {
			body.Add(add)
		}
	}
	return kit.Inset(16, body)
}

// kept shows what may be shown of numbers.
func (v *View) kept(p Page) fyne.CanvasObject {
	code := kit.Code().Sized(look.TextBody).Right()
	row := func(label string, value fyne.CanvasObject) fyne.CanvasObject {
		return kit.Fixed(0, 39, kit.Sides(16, 0, kit.HBox(12, kit.Grow(kit.NewText(label, kit.Body().Muted())), value)))
	}
	st := say.Numbers(p.ACH)
	status := row("Status", kit.NewPill(kit.PillSpec{Text: st.Text, Tone: tone(st.Tone), Mark: kit.DotMark}))
	reveal := kit.NewButton(kit.ButtonSpec{Text: "Reveal…", Icon: look.IconEye, OnTap: func() { v.reveal(p, false) }})
	copies := kit.NewButton(kit.ButtonSpec{Text: "Copy…", Icon: look.IconCopy, OnTap: func() { v.reveal(p, true) }})
	hint := "Copies clear after 30 s."
	if v.model.Confirms() {
		hint = "Asks for your passphrase. " + hint
	}
	parts := []fyne.CanvasObject{
		kit.Lines(row("Routing", kit.NewText(say.Masked(p.ACH.RoutingLast4), code)), row("Account", kit.NewText(say.Masked(p.ACH.NumberLast4), code)), status),
	}
	if p.ACH.Status == core.Verified {
		parts = append(parts, kit.Pad(kit.Edges{Right: 16, Bottom: 10, Left: 16}, kit.NewParagraph(say.NumbersMore(p.ACH), kit.Small(), 0)))
	}
	parts = append(parts,
		kit.Sides(16, 2, kit.Columns(8, []float32{0, 0}, reveal, copies)),
		kit.Pad(kit.Edges{Top: 5, Right: 16, Bottom: 12, Left: 16}, kit.NewText(hint, kit.Small()).Shrink()),
	)
	return kit.VBox(0, parts...)
}

// verify says why numbers cannot be used yet, and what to do.
func (v *View) verify(p Page) fyne.CanvasObject {
	body := kit.VBox(3,
		kit.NewText("Verify before moving money", kit.Body().Strong().In(look.Warning)),
		kit.NewParagraph(say.NumbersMore(p.ACH), kit.Body().In(look.Text2), 0),
	)
	if v.model.CanVerify() {
		body.Add(kit.Pad(kit.Edges{Top: 9}, kit.NewButton(kit.ButtonSpec{Text: "Verify micro-deposits", Kind: kit.Primary, OnTap: v.model.Verify})))
	}
	return kit.Sides(16, 14, body)
}

func tone(t say.Tone) kit.Tone {
	switch t {
	case say.Info:
		return kit.Info
	case say.Good:
		return kit.Success
	case say.Warning:
		return kit.Warning
	case say.Bad:
		return kit.Failure
	}
	return kit.Neutral
}

func (v *View) numbersMenu(p Page) kit.MenuSpec {
	items := []kit.MenuItem{{Text: "Get from bank again", Icon: look.IconRefresh, Disabled: !p.CanFetchNumbers(), OnTap: v.model.FetchNumbers}}
	items = append(items, kit.MenuItem{}, kit.MenuItem{Text: "Remove numbers…", Icon: look.IconTrash, Danger: true, OnTap: func() { v.removeNumbers(p) }})
	return kit.MenuSpec{Items: items, Width: 220}
}

func (v *View) addNumbers(p Page) {
	host, ok := v.host()
	if !ok {
		return
	}
	service := v.model.deps.Service
	sheet.Numbers(host, sheet.NumbersSpec{
		Account: say.AccountName(p.Account), Kind: core.ACHKindOf(p.Subtype), Kept: say.NumbersKept(v.model.Confirms()), Added: v.model.Load,
		Add: func(ctx context.Context, e ach.Entry) error { _, err := service.AddNumbers(ctx, p.ID, e); return err },
	})
}

func (v *View) removeNumbers(p Page) {
	host, ok := v.host()
	if !ok {
		return
	}
	service := v.model.deps.Service
	sheet.Confirm(host, sheet.Spec{
		Title: "Remove the numbers of " + say.AccountName(p.Account) + "?", Deed: "Remove numbers", Kind: kit.Filled,
		Body: sheet.Point(look.IconKey, say.NumbersLoss),
	}, func(ctx context.Context) error { return service.DeleteNumbers(ctx, p.ID) }, v.model.Load)
}

func (v *View) reveal(p Page, copies bool) {
	host, ok := v.host()
	if !ok {
		return
	}
	service := v.model.deps.Service
	spec := sheet.RevealSpec{
		Account: say.AccountName(p.Account), Copy: copies, Passphrase: v.model.Confirms(), Copied: v.model.CopySecret,
		Open: func(ctx context.Context, act ach.Act) (bank.Numbers, error) { return service.Reveal(ctx, p.ID, act) },
	}
	if copies {
		spec.Open = func(ctx context.Context, act ach.Act) (bank.Numbers, error) {
			return service.CopyNumbers(ctx, p.ID, act)
		}
	}
	sheet.Reveal(host, spec)
}
