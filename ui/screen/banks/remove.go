package banks

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// askRemove asks what is to become of a bank's data, says what will be lost, and
// has the bank removed if the person still wants to.
func (v *cardView) askRemove(c Card) {
	canvas := kit.CanvasOf(v.content)
	if canvas == nil {
		return
	}
	var dialog *kit.Modal
	stays := false
	lines := kit.VBox(12)
	show := func() {
		lines.Objects = v.losses(c, stays)
		if dialog != nil {
			dialog.Relayout()
		}
	}
	show()
	keep := kit.NewButton(kit.ButtonSpec{Text: "Keep bank", OnTap: func() { dialog.Close() }})
	remove := kit.NewButton(kit.ButtonSpec{Text: "Remove bank", Kind: kit.Filled, OnTap: func() {
		dialog.Close()
		v.model.Remove(c, stays)
	}})
	choice := kit.NewSegmented([]string{"Delete its history", "Keep its history"}, 0, func(i int) {
		stays = i == 1
		show()
	})
	body := kit.VBox(16, choice, lines)
	if c.Manual() {
		body.Objects = body.Objects[1:] // there is nothing to keep it as
	}
	dialog = kit.NewModal(canvas, kit.ModalSpec{
		Title: "Remove " + say.BankName(c.Institution) + "?",
		Body:  body, Foot: kit.HBox(8, kit.Spring(), keep, remove), Initial: keep,
	})
	dialog.Show()
}

// losses lists what goes with the bank.
func (v *cardView) losses(c Card, stays bool) []fyne.CanvasObject {
	whose := "accounts"
	if n := len(c.Accounts); n > 0 {
		whose = say.Count(n, say.Account)
	}
	lines := []fyne.CanvasObject{loss(look.IconTrash, "Its "+whose+" and all of their transactions are deleted from this computer.")}
	if stays {
		lines = []fyne.CanvasObject{loss(look.IconBook, "Its "+whose+" and their transactions stay, as accounts that you keep yourself. Nothing new comes in.")}
	}
	if c.Manual() {
		return append(lines,
			loss(look.IconKey, "Account numbers that you have entered are deleted, too."),
			loss(look.IconUndo, "You have a few seconds to undo this. After that it can’t be undone."),
		)
	}
	lines = append(lines,
		loss(look.IconKey, "Bank access and account numbers are deleted, and Plaid is told to end the connection."),
		loss(look.IconUndo, "You have a few seconds to undo this. Later you can link the bank again; the bank decides how far back its history goes then."),
	)
	if v.model.RealBanks() {
		lines = append(lines, loss(look.IconBanknote, "On Plaid’s trial plan a removed bank still counts towards its limit."))
	}
	return lines
}

func loss(icon look.IconName, text string) fyne.CanvasObject {
	return kit.HBoxTop(10, kit.NewIcon(icon, look.Muted, look.IconSize), kit.Grow(kit.NewParagraph(text, kit.Body().In(look.Text2), 0)))
}
