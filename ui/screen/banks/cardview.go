package banks

import (
	"fyne.io/fyne/v2"

	"bankbook/core"
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
	if only, ok := v.alone(c); ok {
		v.content = v.line(c, only)
		v.show(c)
		return v
	}
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
	if c.Manual() {
		return say.Count(len(c.Accounts), say.Account)
	}
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
	remove := kit.MenuItem{Text: "Remove bank…", Icon: look.IconTrash, Danger: true, OnTap: func() { v.askRemove(c) }}
	if c.Manual() {
		remove.Text = "Remove all its accounts…"
		return kit.MenuSpec{Items: []kit.MenuItem{remove}, Width: 248}
	}
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
			Text: "Separate the earlier bank", Icon: look.IconUndo, Disabled: c.Syncing,
			OnTap: func() { v.model.UndoContinue(c) },
		})
	}
	items = append(items, kit.MenuItem{}, remove)
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
