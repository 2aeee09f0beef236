package shell

import (
	"context"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/ui/kit"
	"bankbook/ui/look"
)

// palette is the open command palette.
type palette struct {
	window *window
	all    []command
	found  []command
	at     int
	list   *fyne.Container
	modal  *kit.Modal
	query  string
	// unread says that the accounts are still to come; hasty, that a person who could
	// not know of them has chosen the last resort.
	unread, hasty bool
}

const (
	paletteWidth = 600
	paletteTop   = 96
)

// openPalette opens the command palette; accounts join it when they have been
// read.
func (w *window) openPalette() {
	p := &palette{window: w, list: kit.VBox(0), unread: true}
	p.all = w.commands(nil)
	input := kit.NewInput(kit.InputSpec{
		Placeholder: "Search or type a command", OnChange: p.retype, OnSubmit: func(string) { p.take(p.at) }, OnKey: p.key,
		Icon: look.IconSearch, OnEscape: func() { p.modal.Close() },
	})
	head := kit.Sides(10, 10, input)
	p.modal = kit.NewModal(w.shell.deps.Window.Canvas(), kit.ModalSpec{
		Bare: true, Width: paletteWidth, Top: paletteTop, Initial: input.Focusable(),
		Body: kit.VBox(0, head, kit.NewRule(), kit.Sides(0, 6, p.list), kit.NewRule(), paletteFoot()),
	})
	p.search("")
	p.modal.Show()
	w.shell.deps.Runner.Go(func(context.Context) {
		accounts, err := w.services.Repository.Accounts()
		w.shell.deps.Runner.UI(func() { p.add(accounts, err) })
	})
}

func paletteFoot() fyne.CanvasObject {
	return kit.On(look.Clear, kit.Fixed(0, 36, kit.Sides(16, 0, kit.HBox(8,
		kit.NewKeyCap("Up"), kit.NewKeyCap("Down"), kit.NewText("move", kit.Small()),
		kit.Pad(kit.Edges{Left: 8}, kit.NewKeyCap("Enter")), kit.NewText("open", kit.Small()),
		kit.Spring(), kit.NewKeyCap("Esc"), kit.NewText("close", kit.Small()),
	))))
}

// add adds the accounts that were read, and does what was chosen before they were
// there.
func (p *palette) add(accounts []core.Account, err error) {
	p.unread = false
	if err == nil {
		p.all = p.window.commands(accounts)
		p.search(p.query)
	}
	if p.hasty {
		p.take(p.at)
	}
}

// retype is search for what a person types.
func (p *palette) retype(query string) {
	p.hasty = false
	p.search(query)
}

func (p *palette) search(query string) {
	p.query, p.found, p.at = query, p.window.find(p.all, query), 0
	p.show()
}

// key moves through the commands.
func (p *palette) key(name fyne.KeyName) bool {
	p.hasty = false
	switch name {
	case fyne.KeyDown:
		p.at = min(p.at+1, len(p.found)-1)
	case fyne.KeyUp:
		p.at = max(p.at-1, 0)
	default:
		return false
	}
	p.show()
	return true
}

// take does a command and closes the palette. A search for transactions waits for the
// accounts: one of them may be what was meant, and stands before it.
func (p *palette) take(i int) {
	if i < 0 || i >= len(p.found) || !p.modal.Open() {
		return
	}
	if p.unread && p.found[i].group == groupTransactions {
		p.hasty = true
		return
	}
	p.modal.Close()
	p.found[i].do()
}

func (p *palette) show() {
	p.list.Objects = nil
	group := ""
	for i, c := range p.found {
		if c.group != group {
			group = c.group
			p.list.Add(kit.Fixed(0, 31, kit.Sides(16, 0, kit.Leading(kit.NewText(group, kit.Small())))))
		}
		p.list.Add(p.row(i, c))
	}
	if len(p.found) == 0 {
		p.list.Add(kit.Fixed(0, 72, kit.Centered(kit.NewText("Nothing found.", kit.Body().Muted()))))
	}
	p.list.Refresh()
	if p.modal.Open() {
		p.modal.Relayout()
	}
}

func (p *palette) row(i int, c command) fyne.CanvasObject {
	style, token := kit.Body(), look.Muted
	if i == p.at {
		style, token = kit.Body().Strong().In(look.Primary), look.Primary
	}
	words := []kit.Span{{Text: c.text, Style: style}}
	if c.beside != "" {
		words = append(words, kit.Span{Text: "  " + c.beside, Style: kit.Body().In(look.Text2)})
	}
	parts := []fyne.CanvasObject{kit.NewIcon(c.icon, token, look.IconSize), kit.Grow(kit.NewSpans(words...))}
	if c.amount.Known {
		parts = append(parts, kit.NewMoney(c.amount.Amount, kit.Balance, false, kit.Body()))
	}
	row := fyne.CanvasObject(kit.Fixed(0, 40, kit.Sides(16, 0, kit.HBox(12, parts...))))
	if i == p.at {
		row = kit.On(look.Tint, row)
	}
	return kit.NewPressable(row, 0, func() { p.take(i) })
}
