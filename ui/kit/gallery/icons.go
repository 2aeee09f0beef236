package gallery

import (
	"strconv"

	"fyne.io/fyne/v2"

	"bankbook/ui/kit"
	"bankbook/ui/look"
)

// Icons returns the contact sheet of all icons.
func Icons() fyne.CanvasObject {
	var cells []fyne.CanvasObject
	for _, name := range look.Icons() {
		cells = append(cells, kit.VBox(6,
			kit.Centered(kit.NewIcon(name, look.Text, 32)),
			kit.Centered(kit.HBox(8, kit.NewIcon(name, look.Text2, 16), kit.NewIcon(name, look.Primary, 24))),
			kit.NewText(string(name), kit.Small().Center()),
		))
	}
	return kit.On(look.Surface, kit.Inset(16, kit.VBox(8,
		kit.NewText(strconv.Itoa(len(cells))+" icons", kit.Page()), kit.Grid(10, 12, cells...))))
}
