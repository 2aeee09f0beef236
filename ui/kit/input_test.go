package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"bankbook/ui/uitest"
)

// TestALongMessageWraps in a field beside another, and moves what stands below.
func TestALongMessageWraps(t *testing.T) {
	const message = "Enter three words with dots between them, such as com.example.app, and nothing else"
	i, below := NewInput(InputSpec{}), NewText("Below", Body())
	form := VBox(16, Columns(16, []float32{0, 0}, Field("Left", i), Field("Right", NewInput(InputSpec{}))), below)
	c := stage(t, form, 416, 300)
	short, place := i.MinSize().Height, below.Position().Y
	i.SetError(message)
	form.Resize(form.Size())
	form.Refresh()
	uitest.MustShow(t, c, message)
	lines := 0
	for _, o := range test.WidgetRenderer(i.message).Objects() {
		line, _ := o.(*canvas.Text)
		if !strings.Contains(message, line.Text) || line.Size().Width > 200 || i.message.Position().Y+line.Position().Y+line.Size().Height > i.MinSize().Height+2 {
			t.Errorf("%q is at %v, %v, in a field of 200 by %v", line.Text, line.Position(), line.Size(), i.MinSize().Height)
		}
		lines++
	}
	more := float32(lines)*Small().Height() + aboveMessage
	if lines < 3 || i.MinSize().Height != short+more || i.Size().Height != short+more || below.Position().Y != place+more {
		t.Errorf("%d lines make %v of %v, shown in %v, and what is below stands at %v, not %v", lines, i.MinSize().Height, short, i.Size().Height, below.Position().Y, place+more)
	}
	i.SetError("")
	form.Refresh()
	if i.MinSize().Height != short || uitest.Shows(c, message) {
		t.Error("the message stays")
	}
}
