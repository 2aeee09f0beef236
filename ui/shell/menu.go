package shell

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"bankbook/ui/look"
)

// shortcutWords returns how a shortcut with a letter is written here.
func shortcutWords(letter string) string {
	if runtime.GOOS == "darwin" {
		return "Cmd+" + letter
	}
	return "Ctrl+" + letter
}

// mainMenu holds every shortcut, because a shortcut that stands elsewhere is
// swallowed by a field that has the keyboard.
func (s *Shell) mainMenu() *fyne.MainMenu {
	file := fyne.NewMenu("File",
		s.item("Link a bank…", fyne.KeyN, func(w *window) { w.visit(LinkBank{}) }),
		s.item("Sync all banks", fyne.KeyR, func(w *window) { w.syncAll() }),
		fyne.NewMenuItemSeparator(),
		s.item("Next profile", fyne.KeyP, func(w *window) { w.choose(w.nextProfile()) }),
		s.item("New profile…", "", func(w *window) { w.newProfile() }),
		fyne.NewMenuItemSeparator(),
		s.item("Settings…", fyne.KeyComma, func(w *window) { w.visit(Settings{}) }),
		s.item("Change source…", "", func(w *window) { w.services.ChooseSource() }),
		fyne.NewMenuItemSeparator(),
		s.lockItem(),
		&fyne.MenuItem{
			Label: "Quit", IsQuit: true, Action: s.deps.Quit,
			Shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyQ, Modifier: fyne.KeyModifierShortcutDefault},
		},
	)
	view := fyne.NewMenu("View",
		s.item("Overview", fyne.Key1, func(w *window) { w.visit(Overview{}) }),
		s.item("Banks", fyne.Key2, func(w *window) { w.visit(Banks{}) }),
		s.item("Transactions", fyne.Key3, func(w *window) { w.visit(Transactions{}) }),
		s.item("Activity", fyne.Key4, func(w *window) { w.visit(Activity{}) }),
		fyne.NewMenuItemSeparator(),
		s.item("Find transactions", fyne.KeyF, func(w *window) { w.search() }),
		s.item("Search or type a command", fyne.KeyK, func(w *window) { w.openPalette() }),
		fyne.NewMenuItemSeparator(),
		s.appearance(),
	)
	return fyne.NewMainMenu(file, view)
}

// lockItem locks, also from within a dialog.
func (s *Shell) lockItem() *fyne.MenuItem {
	item := fyne.NewMenuItem("Lock", func() {
		if s.window != nil {
			s.window.lockNow()
		}
	})
	item.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: fyne.KeyModifierShortcutDefault}
	return item
}

// item is a menu item that works in an open environment, and not behind a
// dialog: Fyne's menu shortcuts would reach through it.
func (s *Shell) item(label string, key fyne.KeyName, do func(*window)) *fyne.MenuItem {
	item := fyne.NewMenuItem(label, func() {
		s.hand()
		if s.window != nil && s.deps.Window.Canvas().Overlays().Top() == nil {
			do(s.window)
		}
	})
	if key != "" {
		item.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
	}
	return item
}

// appearance switches between light and dark.
func (s *Shell) appearance() *fyne.MenuItem {
	menu := fyne.NewMenu("")
	parent := fyne.NewMenuItem("Appearance", nil)
	parent.ChildMenu = menu
	for _, mode := range modes() {
		menu.Items = append(menu.Items, fyne.NewMenuItem(modeWords(mode), func() { s.setMode(mode) }))
	}
	s.checkMode(menu)
	return parent
}

func modes() []look.Mode { return []look.Mode{look.FollowSystem, look.AlwaysLight, look.AlwaysDark} }

func modeWords(m look.Mode) string {
	switch m {
	case look.AlwaysLight:
		return "Light"
	case look.AlwaysDark:
		return "Dark"
	}
	return "As the system"
}

func (s *Shell) setMode(m look.Mode) {
	s.mode = m
	s.deps.SetMode(m)
	for _, menu := range s.menu.Items {
		for _, item := range menu.Items {
			if item.ChildMenu != nil {
				s.checkMode(item.ChildMenu)
			}
		}
	}
	s.menu.Refresh()
}

func (s *Shell) checkMode(menu *fyne.Menu) {
	for i, mode := range modes() {
		menu.Items[i].Checked = mode == s.mode
	}
}
