package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// sidebar is the left edge of the window.
type sidebar struct {
	window  *window
	profile *kit.ProfileHeader
	items   []*kit.SidebarItem
	// settings stands below the items, above the badge.
	settings *kit.SidebarItem
	content  fyne.CanvasObject
}

func newSidebar(w *window) *sidebar {
	s := &sidebar{window: w, profile: kit.NewProfileHeader(kit.ProfileSpec{OnTap: w.openProfiles})}
	s.profile.Hide() // until it is known whose data it is
	for _, to := range []struct {
		text  string
		icon  look.IconName
		route Route
	}{
		{"Overview", look.IconOverview, Overview{}},
		{"Banks", look.IconBank, Banks{}},
		{"Transactions", look.IconList, Transactions{}},
		{"Activity", look.IconActivity, Activity{}},
	} {
		s.items = append(s.items, kit.NewSidebarItem(kit.SidebarSpec{Text: to.text, Icon: to.icon, OnTap: func() { w.visit(to.route) }}))
	}
	items := kit.VBox(2)
	for _, i := range s.items {
		items.Add(i)
	}
	badge := kit.NewEnvironmentBadge(kit.LookOf(w.services.Environment), say.Environment(w.services.Environment), w.services.ChooseSource)
	s.settings = kit.NewSidebarItem(kit.SidebarSpec{Text: "Settings", Icon: look.IconSettings, OnTap: func() { w.visit(Settings{}) }})
	foot := kit.VBox(8, s.settings, badge)
	if w.services.SessionOnly {
		foot = kit.VBox(8, kit.Leading(kit.NewPill(kit.PillSpec{Text: "Nothing is kept after closing", Tone: kit.Warning})), s.settings, badge)
	}
	s.content = kit.On(look.Surface, kit.VBox(0,
		kit.Pad(kit.Edges{Top: 12, Right: 8, Left: 8}, kit.Fixed(0, look.ControlLarge, s.profile)),
		kit.Pad(kit.Edges{Top: 16, Right: 12, Left: 12}, items),
		kit.Spring(),
		kit.Inset(12, foot),
	))
	return s
}

func (s *sidebar) choose(at section) {
	for i, item := range s.items {
		item.SetSelected(section(i) == at)
	}
	s.settings.SetSelected(at == sectionSettings)
}

func (s *sidebar) update(st *status) {
	if len(st.facts.profiles) > 0 {
		p, one := s.window.profile()
		if !one {
			p = core.Profile{Name: say.AllProfiles}
		}
		s.profile.SetProfile(string(p.ID), p.Name)
		s.profile.Show()
	}
	s.items[sectionBanks].SetAlert(some(st.alerts()))
	s.items[sectionTransactions].SetCount(some(st.facts.rows))
}

// some is a number, or nothing for none.
func some(n int) string {
	if n == 0 {
		return ""
	}
	return say.Number(n)
}

// header is the bar above the page.
type header struct {
	window  *window
	search  *kit.SearchButton
	icon    *kit.Icon
	line    *kit.Text
	sync    *kit.Button
	content *fyne.Container
	bar     fyne.CanvasObject
}

func newHeader(w *window) *header {
	h := &header{window: w, content: container.NewStack()}
	h.search = kit.NewSearchButton("Search or type a command", shortcutWords("K"), w.openPalette)
	h.icon = kit.NewIcon(look.IconWifiOff, look.Warning, look.IconSize)
	h.line = kit.NewText("", kit.Small())
	h.sync = kit.NewButton(kit.ButtonSpec{Text: "Sync", Icon: look.IconRefresh})
	return h
}

// show makes the bar of a page: with search and sync, or with the button that
// closes a wizard.
func (h *header) show(p *page) {
	spec := kit.HeaderSpec{Title: p.title()}
	if p.trail != nil {
		spec.Trail, spec.Beside = p.trail(), p.beside()
	}
	h.window.shell.name(p.title())
	if p.shut != nil {
		spec.End = []fyne.CanvasObject{kit.NewButton(kit.ButtonSpec{
			Text: p.shutWords(), Icon: look.IconClose, Kind: kit.Plain, OnTap: p.shut,
		})}
	} else {
		spec.Search = h.search
		spec.End = []fyne.CanvasObject{kit.HBox(6, h.icon, h.line), h.sync}
	}
	h.bar = kit.NewHeader(spec)
	h.content.Objects = []fyne.CanvasObject{h.bar}
	h.update()
}

// update shows how fresh the data is, and whether a sync can be started or
// stopped.
func (h *header) update() {
	st := h.window.status
	words, tone := st.line()
	style := kit.Small()
	h.icon.Hidden = tone != say.Warning
	if tone == say.Warning {
		style = style.In(look.Warning)
	}
	h.line.Set(words, style)
	if st.syncing() {
		h.button("Stop", look.IconClose, h.window.stopSync, len(st.running) > 0)
	} else {
		h.button("Sync", look.IconRefresh, h.window.syncAll, st.syncable() > 0)
	}
	kit.Repaint(h.content)
}

func (h *header) button(words string, icon look.IconName, tap func(), usable bool) {
	h.sync.SetText(words)
	h.sync.SetIcon(icon)
	h.sync.SetOnTap(tap)
	if usable {
		h.sync.Enable()
	} else {
		h.sync.Disable()
	}
}
