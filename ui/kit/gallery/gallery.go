// Package gallery shows every widget of the kit in its states on one page, to
// compare with the design and to see what a change does. It also has a contact
// sheet of all icons as Fyne draws them.
package gallery

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core/money"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/run"
)

// Size is the size for which Content is laid out.
func Size() fyne.Size { return fyne.NewSize(1280, 800) }

// item is a widget at a place of its own.
type item struct {
	x, y, w, h float32
	object     fyne.CanvasObject
}

// sheet puts widgets at places of their own.
type sheet struct{ items []item }

func (s *sheet) put(x, y float32, o fyne.CanvasObject) {
	s.items = append(s.items, item{x: x, y: y, object: o})
}

func (s *sheet) sized(x, y, w, h float32, o fyne.CanvasObject) {
	s.items = append(s.items, item{x, y, w, h, o})
}

func (s *sheet) caption(x, y float32, text string) { s.put(x, y, kit.NewText(text, kit.Small())) }

// row sets widgets side by side.
func (s *sheet) row(x, y, gap float32, objects ...fyne.CanvasObject) {
	for _, o := range objects {
		s.put(x, y, o)
		x += o.MinSize().Width + gap
	}
}

func (s *sheet) canvas() fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, 0, len(s.items)+1)
	for _, i := range s.items {
		objects = append(objects, i.object)
	}
	return container.New(fixedPlaces{s}, objects...)
}

type fixedPlaces struct{ sheet *sheet }

// MinSize implements fyne.Layout.
func (f fixedPlaces) MinSize([]fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, i := range f.sheet.items {
		least := i.object.MinSize()
		size = size.Max(fyne.NewSize(i.x+max(i.w, least.Width), i.y+max(i.h, least.Height)))
	}
	return size
}

// Layout implements fyne.Layout.
func (f fixedPlaces) Layout([]fyne.CanvasObject, fyne.Size) {
	for _, i := range f.sheet.items {
		size := i.object.MinSize()
		if i.w > 0 {
			size.Width = i.w
		}
		if i.h > 0 {
			size.Height = i.h
		}
		i.object.Move(fyne.NewPos(i.x, i.y))
		i.object.Resize(size)
	}
}

// Content returns the page of widgets.
func Content() fyne.CanvasObject {
	s := &sheet{}
	s.put(32, 24, kit.NewText("Components", kit.Page()))
	buttons(s)
	pills(s)
	badges(s)
	sidebar(s)
	inputs(s)
	choices(s)
	toasts(s)
	notes(s)
	amounts(s)
	table(s)
	attention(s)
	return kit.On(look.Background, s.canvas())
}

func buttons(s *sheet) {
	s.caption(32, 71, "Buttons: primary, default, plain, disabled, on, danger (32 px)")
	off := kit.NewButton(kit.ButtonSpec{Text: "Save"})
	off.Disable()
	s.row(32, 96, 8,
		kit.NewButton(kit.ButtonSpec{Text: "Save", Kind: kit.Primary}),
		kit.NewButton(kit.ButtonSpec{Text: "Cancel"}),
		kit.NewButton(kit.ButtonSpec{Text: "Back", Kind: kit.Plain}),
		off,
		kit.NewButton(kit.ButtonSpec{Text: "Filter", Kind: kit.Active}),
		kit.NewButton(kit.ButtonSpec{Text: "Remove", Kind: kit.Danger}),
	)
	s.caption(32, 148, "Large 40 px and small 28 px")
	s.put(32, 173, kit.NewButton(kit.ButtonSpec{Text: "Link a bank", Icon: look.IconPlus, Kind: kit.Primary, Size: kit.Large}))
	s.row(187, 179, 8,
		kit.NewButton(kit.ButtonSpec{Text: "Reconnect", Kind: kit.Primary, Size: kit.Compact}),
		kit.NewButton(kit.ButtonSpec{Text: "Renew", Size: kit.Compact}),
		kit.NewIconButton(kit.IconButtonSpec{Icon: look.IconMore}),
	)
}

func pills(s *sheet) {
	s.caption(32, 233, "Pills (22 px)")
	pill := func(text string, tone kit.Tone, mark kit.PillMark) fyne.CanvasObject {
		return kit.NewPill(kit.PillSpec{Text: text, Tone: tone, Mark: mark})
	}
	s.row(32, 258, 8, pill("Connected", kit.Success, kit.DotMark), pill("Consent ends in 5 days", kit.Warning, kit.DotMark))
	s.row(32, 288, 8,
		pill("Sign-in needed", kit.Failure, kit.DotMark), pill("Syncing…", kit.Info, kit.SpinMark),
		pill("Pending", kit.Neutral, kit.NoMark), pill("Posted", kit.Info, kit.DotMark),
	)
	s.row(32, 318, 8,
		pill("Settled", kit.Success, kit.DotMark), pill("Returned R01", kit.Failure, kit.DotMark),
		pill("Cancelled", kit.Neutral, kit.DotMark),
	)
}

func badges(s *sheet) {
	s.caption(32, 360, "Environment badge (40 px, always at the bottom of the sidebar)")
	s.sized(32, 393, 184, 40, kit.NewEnvironmentBadge(kit.PracticeLook, "Practice bank", nil))
	s.sized(32, 445, 184, 40, kit.NewEnvironmentBadge(kit.SandboxLook, "Plaid Sandbox", nil))
	s.sized(32, 497, 184, 40, kit.NewEnvironmentBadge(kit.ProductionLook, "Plaid Production", nil))
}

func sidebar(s *sheet) {
	s.caption(32, 557, "Sidebar item: rest, hover, selected, with count, with alert")
	reports := kit.NewSidebarItem(kit.SidebarSpec{Text: "Reports", Icon: look.IconChart})
	activity := kit.NewSidebarItem(kit.SidebarSpec{Text: "Activity", Icon: look.IconActivity})
	activity.MouseIn(nil)
	transactions := kit.NewSidebarItem(kit.SidebarSpec{Text: "Transactions", Icon: look.IconList})
	transactions.SetSelected(true)
	transactions.SetCount("38")
	banks := kit.NewSidebarItem(kit.SidebarSpec{Text: "Banks", Icon: look.IconBank})
	banks.SetAlert("2")
	for i, o := range []fyne.CanvasObject{reports, activity, transactions, banks} {
		s.sized(32, 582+34*float32(i), 184, 32, o)
	}
}

func inputs(s *sheet) {
	s.caption(452, 71, "Inputs: rest, focus, error")
	s.sized(452, 96, 336, 32, kit.NewSearch("Search name, note, amount", nil))
	focused := kit.NewInput(kit.InputSpec{Text: "Rainy day"})
	focused.ShowFocused()
	s.sized(452, 136, 336, 32, focused)
	wrong := kit.NewInput(kit.InputSpec{Text: "021000012"})
	wrong.SetError("This routing number fails its check digit")
	s.sized(452, 176, 336, 54, wrong)
}

func choices(s *sheet) {
	s.caption(452, 250, "Select, segmented, switch, check, radio")
	s.put(452, 275, kit.NewMenuButton(kit.ButtonSpec{Text: "Status"}, func() kit.MenuSpec { return kit.MenuSpec{} }))
	s.sized(540, 275, 176, 32, kit.NewSegmented([]string{"Checking", "Savings"}, 0, nil))
	s.row(452, 317, 16,
		kit.NewSwitch(true, nil), kit.NewSwitch(false, nil), kit.NewCheck("", true, nil), kit.NewCheck("", false, nil),
		kit.NewRadio("", true, nil), kit.NewRadio("", false, nil), kit.NewKeyCap("Ctrl+K"), kit.NewTag(kit.TagSpec{Text: "Meals"}),
	)
}

func toasts(s *sheet) {
	s.caption(452, 357, "Toast (44 px, bottom centre, 5 s; stays while hovered)")
	layer := kit.NewToasts(run.NewQueue())
	layer.Post(kit.ToastSpec{Text: "14 transactions marked reviewed", Action: "Undo"})
	layer.Post(kit.ToastSpec{Text: "Couldn’t reach Plaid", Icon: look.IconAlertTriangle, Action: "Retry"})
	s.sized(452, 374, 336, 128, layer)
}

func notes(s *sheet) {
	s.caption(452, 498, "Notes")
	for i, spec := range []kit.NoteSpec{
		{Text: "Consent for Tartan Bank ends in 5 days.", Tone: kit.Warning},
		{Text: "The keychain is locked. Unlock it to sync.", Tone: kit.Failure},
		{Text: "Backed up to bankbook-2025-11-18.bbk.", Tone: kit.Success},
	} {
		s.sized(452, 523+46*float32(i), 336, 38, kit.NewNote(spec))
	}
}

func dollars(cents int64) money.Amount { return money.Of(cents, money.USD) }

func amounts(s *sheet) {
	s.caption(828, 71, "MoneyLabel: in, out, returned or cancelled, hidden")
	s.sized(828, 96, 200, 130, kit.NewCard(kit.CardSpec{Body: kit.Pad(kit.Edges{Top: 8, Right: 16, Left: 16}, kit.VBox(0,
		line(kit.NewMoney(dollars(241635), kit.Flow, false, kit.Body())),
		line(kit.NewMoney(dollars(-128450), kit.Flow, false, kit.Body())),
		line(kit.NewMoney(dollars(125000), kit.Stopped, false, kit.Body())),
		line(kit.NewMoney(dollars(125000), kit.Flow, true, kit.Body())),
	))}))
}

func line(o fyne.CanvasObject) fyne.CanvasObject { return kit.Fixed(0, 28, o) }

func table(s *sheet) {
	s.caption(828, 246, "DataTable row (36 px): rest, hover, focused, checked")
	rows := []struct {
		name  string
		cents int64
	}{{"Rosa’s Cafe", 125000}, {"Corner Market", 86500}, {"Blue Door Diner", -2400}, {"Parcel & Post", -4190}}
	t := kit.NewTable(kit.TableSpec{
		NoHead: true, InCard: true, Side: 12,
		Columns: []kit.Column{{Width: 20}, {Width: 48}, {}, {Width: 110, Right: true}},
		Bind: func(row int, r *kit.Row) {
			r.Check(0, row == 3)
			r.Text(1, "Nov 17", kit.Body().Muted())
			r.Text(2, rows[row].name, kit.Body())
			r.Money(3, dollars(rows[row].cents), kit.Flow, false)
		},
	})
	t.SetCount(len(rows))
	t.SetFocusedRow(2)
	s.sized(828, 271, 380, 146, kit.NewCard(kit.CardSpec{Body: t}))
}

func attention(s *sheet) {
	s.caption(828, 437, "AttentionRow (44 px)")
	s.sized(828, 462, 380, 46, kit.NewCard(kit.CardSpec{Body: kit.NewAttentionRow(kit.AttentionSpec{
		Tone: kit.Failure, Subject: "First Gingham", Reason: "Needs you to sign in again", Action: "Reconnect", Urgent: true,
	})}))
	s.caption(828, 528, "Offline: the header’s sync text changes, nothing is blocked")
	off := kit.NewButton(kit.ButtonSpec{Text: "Sync", Icon: look.IconRefresh})
	off.Disable()
	s.row(828, 553, 12,
		kit.Fixed(0, 32, kit.HBox(6, kit.NewIcon(look.IconWifiOff, look.Warning, 14), kit.NewText("Offline, data from 9:41 AM", kit.Small().In(look.Warning)))), off)
	s.caption(828, 605, "Syncing: button turns to Stop")
	s.row(828, 630, 12, kit.Fixed(0, 32, kit.NewText("Syncing 2 of 4 banks…", kit.Small())),
		kit.NewButton(kit.ButtonSpec{Text: "Stop", Icon: look.IconClose}))
}
