package banks

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// askRemove says what will be lost, and removes the bank if the person still
// wants to.
func (v *cardView) askRemove(c Card) {
	canvas := kit.CanvasOf(v.content)
	if canvas == nil {
		return
	}
	var dialog *kit.Modal
	keep := kit.NewButton(kit.ButtonSpec{Text: "Keep bank", OnTap: func() { dialog.Close() }})
	remove := kit.NewButton(kit.ButtonSpec{Text: "Remove bank", Kind: kit.Filled, OnTap: func() {
		dialog.Close()
		v.model.Remove(c)
	}})
	dialog = kit.NewModal(canvas, kit.ModalSpec{
		Title: "Remove " + say.BankName(c.Institution) + "?",
		Body:  v.losses(c), Foot: kit.HBox(8, kit.Spring(), keep, remove), Initial: keep,
	})
	dialog.Show()
}

// losses lists what goes with the bank.
func (v *cardView) losses(c Card) fyne.CanvasObject {
	accounts := "Its accounts and all of their transactions are deleted from this computer."
	if n := len(c.Accounts); n > 0 {
		accounts = "Its " + say.Count(n, say.Account) + " and all of their transactions are deleted from this computer."
	}
	lines := []fyne.CanvasObject{
		loss(look.IconTrash, accounts),
		loss(look.IconKey, "Bank access and account numbers are deleted, and Plaid is told to end the connection."),
		loss(look.IconUndo, "This can’t be undone. You can link the bank again; the bank decides how far back its history goes then."),
	}
	if v.model.RealBanks() {
		lines = append(lines, loss(look.IconBanknote, "On Plaid’s trial plan a removed bank still counts towards its limit."))
	}
	return kit.VBox(12, lines...)
}

func loss(icon look.IconName, text string) fyne.CanvasObject {
	return kit.HBoxTop(10, kit.NewIcon(icon, look.Muted, look.IconSize), kit.Grow(kit.NewParagraph(text, kit.Body().In(look.Text2), 0)))
}
