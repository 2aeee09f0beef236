package account

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
	"bankbook/ui/sheet"
)

// details is what the person says of the account.
func (v *View) details(p Page) fyne.CanvasObject {
	var more *kit.IconButton
	more = kit.NewIconButton(kit.IconButtonSpec{
		Icon: look.IconMore, Label: "More for this account", OnTap: func() { kit.ShowMenu(more, v.menu(p)) },
	})
	rows := kit.VBox(16, kit.Field("Nickname", v.nickname(p)), kit.Field("Owner", v.owner(p)))
	if p.CanBePrimary() {
		rows.Add(toggle("First choice for deposits", "Suggested first when money comes in", p.Choices.Primary.Deposits,
			func(on bool) { v.model.SetPrimary(core.Primary{Deposits: true}, on) }))
		rows.Add(toggle("First choice for withdrawals", "Suggested first when money goes out", p.Choices.Primary.Withdrawals,
			func(on bool) { v.model.SetPrimary(core.Primary{Withdrawals: true}, on) }))
	}
	rows.Add(toggle("Hide this account", "Leaves it out of lists, totals and searches", p.Choices.Hidden, v.model.SetHidden))
	facts := kit.VBox(0, fact("Type", say.AccountType(p.Account)))
	if name := bankName(p); name != "" && !p.Of.Manual() {
		facts.Add(fact("Bank’s name for it", name))
	}
	return kit.NewCard(kit.CardSpec{
		Title: "Details", Trailing: more, NoRule: true,
		Body: kit.VBox(0, kit.Pad(kit.Edges{Right: 16, Bottom: 16, Left: 16}, rows), kit.Sides(16, 0, kit.NewRule()), kit.Sides(16, 8, facts)),
	})
}

// bankName is what the bank calls the account, at its longest.
func bankName(p Page) string {
	if p.OfficialName != "" {
		return p.OfficialName
	}
	return p.Name
}

func fact(label, value string) fyne.CanvasObject {
	style := kit.Body().Muted()
	return kit.Fixed(0, 26, kit.Columns(12, []float32{style.Measure(label).Width, 0}, kit.NewText(label, style), kit.NewText(value, kit.Body().Right()).Shrink()))
}

func toggle(title, note string, on bool, change func(bool)) fyne.CanvasObject {
	words := kit.VBox(1, kit.NewText(title, kit.Body()).Shrink(), kit.NewText(note, kit.Small()).Shrink())
	return kit.HBox(12, kit.Grow(words), kit.NewSwitch(on, change).Named(title))
}

// nickname saves with Return, and when the keyboard goes elsewhere. The field is the
// same as long as the screen is, so that nothing that is being typed is lost.
func (v *View) nickname(p Page) *kit.Input {
	if v.name == nil || v.named != p.ID {
		save := func(text string) { v.model.Rename(text, func(wrong string) { v.name.SetError(wrong) }) }
		v.name = kit.NewInput(kit.InputSpec{Text: p.Choices.Nickname, Placeholder: bankName(p), OnSubmit: save, OnBlur: save})
		v.named = p.ID
		return v.name
	}
	canvas := kit.CanvasOf(v.root)
	if typing := canvas != nil && canvas.Focused() == v.name.Focusable(); !typing {
		v.name.SetText(p.Choices.Nickname)
	}
	return v.name
}

func (v *View) owner(p Page) *kit.Select {
	names := make([]string, len(p.Owners))
	for i, o := range p.Owners {
		names[i] = o.Name
	}
	at := slices.IndexFunc(p.Owners, func(o core.Profile) bool { return o.ID == p.Owner() })
	return kit.NewSelect(names, at, func(i int) { v.model.Give(p.Owners[i]) })
}

func (v *View) menu(p Page) kit.MenuSpec {
	var items []kit.MenuItem
	if p.Choices.Status == core.Open {
		items = append(items,
			kit.MenuItem{Text: "Stop this account", Icon: look.IconClose, OnTap: v.model.StopAccount},
			kit.MenuItem{Text: "Mark as closed", Icon: look.IconCheck, OnTap: v.model.CloseAccount})
	} else {
		items = append(items, kit.MenuItem{Text: "Reopen", Icon: look.IconUndo, OnTap: v.model.Reopen})
	}
	items = append(items, kit.MenuItem{}, kit.MenuItem{
		Text: "Remove account…", Icon: look.IconTrash, Danger: true, Disabled: !p.CanRemove(), OnTap: func() { v.askRemove(p) },
	})
	if !p.CanRemove() {
		items = append(items, kit.MenuItem{Text: "The bank still shares it: stop it instead", Disabled: true})
	}
	return kit.MenuSpec{Items: items, Width: 280}
}

// askRemove says what will be lost, and removes the account.
func (v *View) askRemove(p Page) {
	d := v.model.deps
	d.Runner.Go(func(context.Context) {
		loss, err := d.Service.Loss(p.ID)
		d.Runner.UI(func() {
			host, ok := v.host()
			if err != nil || !ok {
				d.Report(err)
				return
			}
			name, lines := say.AccountName(p.Account), kit.VBox(12)
			for i, line := range say.AccountLoss(loss) {
				icon := [...]look.IconName{look.IconTrash, look.IconKey, look.IconUndo}[min(i, 2)]
				lines.Add(sheet.Point(icon, line))
			}
			sheet.Confirm(host, sheet.Spec{Title: "Remove " + name + "?", Deed: "Remove account", Kind: kit.Filled, Body: lines},
				func(ctx context.Context) error { return d.Service.RemoveAccount(ctx, p.ID) },
				func() { v.model.Removed(name) })
		})
	})
}
