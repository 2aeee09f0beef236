package shell

import (
	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// notices are the strips above every page that are about the data as a whole.
type notices struct {
	window *window
	shown  []fault.Kind
	box    *fyne.Container
}

// rolledBack is the kind of the notice that the file is an older one. It is no
// fault: everything works.
const rolledBack fault.Kind = "rolled_back"

func newNotices(w *window) *notices { return &notices{window: w, box: kit.VBox(0)} }

// show adds a strip, once for each kind.
func (n *notices) show(kind fault.Kind) {
	for _, k := range n.shown {
		if k == kind {
			return
		}
	}
	n.shown = append(n.shown, kind)
	n.draw()
}

func (n *notices) dismiss(kind fault.Kind) {
	var kept []fault.Kind
	for _, k := range n.shown {
		if k != kind {
			kept = append(kept, k)
		}
	}
	n.shown = kept
	n.draw()
}

func (n *notices) draw() {
	n.box.Objects = nil
	for _, kind := range n.shown {
		n.box.Add(kit.On(look.Surface, kit.VBox(0, kit.Sides(look.PagePadding, 8, n.strip(kind)), kit.NewRule())))
	}
	kit.Repaint(n.window.content)
}

func (n *notices) strip(kind fault.Kind) fyne.CanvasObject {
	m, tone := say.Fault(fault.New("notice", kind, nil)), kit.Failure
	words, do := m.Action.Label(), n.deed(kind)
	if kind == rolledBack {
		m, tone, words = say.RolledBack(n.window.services.RolledBack), kit.Warning, "Understood"
	}
	spec := kit.NoteSpec{Text: m.Sentence, More: m.Hint, Tone: tone, Line: true}
	if do != nil {
		spec.Right = kit.NewButton(kit.ButtonSpec{Text: words, Size: kit.Compact, OnTap: do})
	}
	return kit.NewNote(spec)
}

// deed is what the button of a strip does, nil if it has none.
func (n *notices) deed(kind fault.Kind) func() {
	switch kind {
	case rolledBack:
		return func() { n.dismiss(rolledBack) }
	case fault.VaultDamaged:
		return n.window.services.Recover
	}
	return nil
}

// Trouble shows above every page a fault that concerns the data as a whole, and
// reports whether it is one.
func (s *Shell) Trouble(err error) bool {
	kind := fault.KindOf(err)
	if s.window == nil || kind != fault.VaultDamaged && kind != fault.VaultReplaced {
		return false
	}
	s.window.notices.show(kind)
	return true
}

// showRolledBack shows that the file is an older one than was seen last.
func (n *notices) showRolledBack(r core.RolledBack) {
	if r != (core.RolledBack{}) {
		n.show(rolledBack)
	}
}
