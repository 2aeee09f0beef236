package banks

import (
	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// cardView is the card of one bank.
type cardView struct {
	model   *Model
	wide    bool
	state   *kit.Pill
	times   *kit.Text
	content fyne.CanvasObject
}

func newCardView(m *Model, c Card, wide bool) *cardView {
	v := &cardView{model: m, wide: wide, state: kit.NewPill(kit.PillSpec{}), times: kit.NewText("", kit.Small()).Shrink()}
	parts := []fyne.CanvasObject{v.head(c)}
	if note := v.trouble(c); note != nil {
		parts = append(parts, note)
	}
	if c.Syncing {
		parts = append(parts, kit.NewMovingBar(2))
	}
	parts = append(parts, v.table(c))
	v.content = kit.NewCard(kit.CardSpec{Body: kit.VBox(0, parts...)})
	v.show(c)
	return v
}

// show sets what changes while a sync runs.
func (v *cardView) show(c Card) {
	spec := kit.PillSpec{Text: c.State.Text, Tone: tone(c.State.Tone), Mark: kit.DotMark}
	switch {
	case c.Removing():
		spec = kit.PillSpec{Text: say.Leaving(c.Leaving), Tone: kit.Neutral, Mark: kit.SpinMark}
	case c.Syncing:
		spec = kit.PillSpec{Text: say.Syncing(c.Progress), Tone: kit.Info, Mark: kit.SpinMark}
	}
	v.state.Set(spec)
	v.times.SetText(v.timesText(c))
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

func (v *cardView) timesText(c Card) string {
	now := v.model.Now()
	if c.Syncing {
		first := "Sync"
		if c.Sync.LastSuccess.IsZero() {
			first = "First sync"
		}
		return first + "  ·  started " + say.Elapsed(now.Sub(c.Progress.Started)) + " ago"
	}
	success, try := say.SyncTimes(c.Sync, now)
	if try == "" {
		return success
	}
	return success + "  ·  " + try
}

func (v *cardView) head(c Card) fyne.CanvasObject {
	name := say.BankName(c.Institution)
	words := kit.VBox(2,
		kit.HBox(8, v.title(c), v.state),
		v.times,
	)
	parts := []fyne.CanvasObject{
		kit.NewBankLogo(string(c.Institution.ID), name, 36), kit.Grow(kit.VBox(0, kit.Spring(), words, kit.Spring())),
	}
	parts = append(parts, v.actions(c)...)
	return kit.Fixed(0, 60, kit.Pad(kit.Edges{Left: 16, Right: 12}, kit.HBox(12, parts...)))
}

// title is the bank's name, with its owner where banks of several are shown.
func (v *cardView) title(c Card) fyne.CanvasObject {
	name := kit.NewText(say.BankName(c.Institution), kit.Title())
	if c.Owner == "" {
		return name
	}
	return kit.HBox(8, name, kit.NewText(c.Owner, kit.Body().Muted()))
}

func (v *cardView) actions(c Card) []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	button := func(text string, icon look.IconName, kind kit.ButtonKind, tap func(core.ItemID)) {
		parts = append(parts, kit.NewButton(kit.ButtonSpec{
			Text: text, Icon: icon, Kind: kind, Size: kit.Compact, OnTap: func() { tap(c.ID) },
		}))
	}
	if c.CanRepair(v.model.Now()) {
		kind := kit.Default
		if c.Status != core.Connected {
			kind = kit.Primary
		}
		button(say.RepairVerb(c.Item), "", kind, v.model.Repair)
	}
	if c.AsksForCode() {
		button("Verify micro-deposits", "", kit.Primary, func(core.ItemID) { v.model.Verify(c) })
	}
	if c.CanSync() {
		button("Sync", look.IconRefresh, kit.Plain, v.model.Sync)
	}
	if c.Syncing {
		button("Stop", "", kit.Plain, v.model.Stop)
	}
	if c.Removing() && !c.Leaving.Told {
		button("Keep bank", look.IconUndo, kit.Default, v.model.Undo)
	}
	if c.CanChange() && v.wide && c.Institution.ID != "" {
		button("Add or remove accounts", "", kit.Plain, v.model.ChangeAccounts)
	}
	var more *kit.IconButton
	more = kit.NewIconButton(kit.IconButtonSpec{
		Icon: look.IconMore, Label: "More for " + say.BankName(c.Institution),
		OnTap: func() { kit.ShowMenu(more, v.menu(c)) },
	})
	if c.Removing() {
		more.Disable()
	}
	return append(parts, more)
}

func (v *cardView) menu(c Card) kit.MenuSpec {
	items := []kit.MenuItem{
		{Text: "Sync now", Icon: look.IconRefresh, Disabled: !c.CanSync(), OnTap: func() { v.model.Sync(c.ID) }},
		{Text: "Sign in again…", Icon: look.IconExternalLink, Disabled: c.Syncing || c.Status == core.Gone, OnTap: func() { v.model.Repair(c.ID) }},
		{Text: "Add or remove accounts…", Icon: look.IconCheckbox, Disabled: !c.CanChange(), OnTap: func() { v.model.ChangeAccounts(c.ID) }},
		{Text: "History of syncs…", Icon: look.IconActivity, OnTap: func() { v.model.History(c.ID) }},
	}
	if c.CanAddNumbers() {
		items = append(items, kit.MenuItem{Text: "Add account numbers…", Icon: look.IconLock, OnTap: func() { v.model.AddNumbers(c.ID) }})
	}
	if c.CanChange() && c.Pending() != "" {
		items = append(items, kit.MenuItem{Text: "Verify micro-deposits…", Icon: look.IconCheckCircle, OnTap: func() { v.model.Verify(c) }})
	}
	items = append(items,
		kit.MenuItem{Text: "Renew access", Icon: look.IconKey, Disabled: c.Manual() || c.Status == core.Gone, OnTap: func() { v.model.RotateToken(c) }},
		kit.MenuItem{Text: "Continue an earlier bank…", Icon: look.IconRepeat, Disabled: c.Syncing, OnTap: func() { v.model.Continue(c) }},
	)
	if c.Continued.ID != "" {
		items = append(items, kit.MenuItem{
			Text: "Separate " + say.BankName(c.Continued.From.Institution) + " again", Icon: look.IconUndo, Disabled: c.Syncing,
			OnTap: func() { v.model.UndoContinue(c) },
		})
	}
	items = append(items, kit.MenuItem{}, kit.MenuItem{Text: "Remove bank…", Icon: look.IconTrash, Danger: true, OnTap: func() { v.askRemove(c) }})
	return kit.MenuSpec{Items: items, Width: 248}
}

// trouble says why the last try failed, and what to do.
func (v *cardView) trouble(c Card) fyne.CanvasObject {
	m := c.Trouble()
	if m.IsZero() {
		return nil
	}
	buttons := []fyne.CanvasObject{kit.NewButton(kit.ButtonSpec{
		Text: "Copy details", Kind: kit.Plain, Size: kit.Compact,
		OnTap: func() { v.model.CopyDetails(c.kept()) },
	})}
	if tap := v.remedy(c, m.Action); tap != nil && !c.Removing() {
		buttons = append(buttons, kit.NewButton(kit.ButtonSpec{Text: m.Action.Label(), Size: kit.Compact, OnTap: tap}))
	}
	return kit.Pad(kit.Edges{Right: 16, Bottom: 14, Left: 16}, kit.NewNote(kit.NoteSpec{
		Text: m.Sentence, More: m.Hint, Tone: kit.Warning, Line: true, Right: kit.HBox(8, buttons...),
	}))
}

// remedy returns what a message's action does for this bank, nil for nothing.
func (v *cardView) remedy(c Card, a say.Action) func() {
	switch a {
	case say.Retry:
		return func() { v.model.Sync(c.ID) }
	case say.Reconnect:
		if c.CanRepair(v.model.Now()) {
			return nil // the button stands in the head already
		}
		return func() { v.model.Repair(c.ID) }
	case say.RemoveBank:
		return func() { v.askRemove(c) }
	case say.LinkAgain:
		return v.model.Link
	case say.EnterKeys:
		return v.model.Keys
	}
	return nil
}

// table lists the accounts of the bank.
func (v *cardView) table(c Card) fyne.CanvasObject {
	rows := []fyne.CanvasObject{v.tableHead()}
	for _, a := range c.Accounts {
		rows = append(rows, v.accountRow(a))
	}
	if len(c.Accounts) == 0 {
		rows = append(rows, kit.Fixed(0, 44, kit.Sides(16, 0, kit.Leading(kit.NewText("No accounts yet.", kit.Body().Muted())))))
	}
	return kit.VBox(0, kit.NewRule(), kit.Lines(rows...))
}

// columns sets the cells of one line: account, type, available, current,
// numbers. A narrow window does without type and numbers.
func (v *cardView) columns(height float32, account, kind, available, current, numbers fyne.CanvasObject) fyne.CanvasObject {
	line := kit.Columns(12, []float32{0, 128, 112, 112, 24, 118}, account, kind, available, current, kit.Spring(), numbers)
	if !v.wide {
		line = kit.Columns(12, []float32{0, 112, 112}, account, available, current)
	}
	return kit.Fixed(0, height, kit.Sides(16, 0, line))
}

func (v *cardView) tableHead() fyne.CanvasObject {
	head := func(text string) fyne.CanvasObject { return kit.NewText(text, kit.Small()).Shrink() }
	right := func(text string) fyne.CanvasObject { return kit.NewText(text, kit.Small().Right()).Shrink() }
	return kit.On(look.Sunken, v.columns(27, head("Account"), head("Type"), right("Available"), right("Current"), head("ACH")))
}

func (v *cardView) accountRow(a core.Account) fyne.CanvasObject {
	spans := []kit.Span{{Text: a.Name, Style: kit.Body()}}
	if a.Mask != "" {
		spans = append(spans, kit.Span{Text: " " + say.Mask(a.Mask), Style: kit.Body().Muted()})
	}
	name := kit.NewSpans(spans...)
	cell, beside := fyne.CanvasObject(name), a.OfficialName
	if a.Unshared {
		beside = "No longer shared"
	}
	if beside != "" && beside != a.Name {
		cell = kit.Columns(12, []float32{name.MinSize().Width, 0}, name, kit.NewText(beside, kit.Body().Muted()).Shrink())
	}
	return v.columns(35,
		cell, kit.NewText(say.AccountType(a), kit.Body().Muted()).Shrink(),
		amount(a.Balance.Available), amount(a.Worth()), numbers(a),
	)
}

func amount(a money.Optional) fyne.CanvasObject {
	if !a.Known {
		return kit.NewText(say.NoValue, kit.Body().Muted().Right())
	}
	return kit.NewMoney(a.Amount, kit.Balance, false, kit.Body())
}

// numbers says how far the account's numbers are, if there are any.
func numbers(a core.Account) fyne.CanvasObject {
	icon, colour, word := look.IconCircleDashed, look.Warning, say.Verification(a.ACH)
	switch a.ACH.Status {
	case core.NoNumbers:
		return kit.NewText(say.NoValue, kit.Body().Muted())
	case core.Verified:
		icon, colour = look.IconCheckCircle, look.Positive
	case core.VerifyPending:
		icon = look.IconClock
	case core.VerifyFailed, core.VerifyExpired:
		icon, colour = look.IconAlertCircle, look.Error
	}
	return kit.Columns(6, []float32{look.IconSize, 0},
		kit.NewIcon(icon, colour, look.IconSize), kit.NewText(word, kit.Body().In(colour)).Shrink())
}
