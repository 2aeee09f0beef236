package kit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
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

func TestInputTellsWhenTheKeyboardGoesElsewhere(t *testing.T) {
	var left []string
	field := NewInput(InputSpec{Text: "Payroll", OnBlur: func(text string) { left = append(left, text) }})
	other := NewInput(InputSpec{})
	stage(t, VBox(8, field, other), 300, 80)
	other.entry.FocusGained()
	other.entry.FocusLost() // nobody wants to know
	field.entry.FocusGained()
	field.SetText("Payroll!")
	field.entry.FocusLost()
	field.entry.FocusLost()
	if !slices.Equal(left, []string{"Payroll!"}) {
		t.Errorf("left with %q", left)
	}
}

func TestInputStates(t *testing.T) {
	var changes []string
	submitted := ""
	i := NewInput(InputSpec{Placeholder: "Routing number", OnChange: func(s string) { changes = append(changes, s) }, OnSubmit: func(s string) { submitted = s }})
	c := stage(t, Field("Routing number", i), 300, 100)
	uitest.Type(t, c, "Routing number", "021")
	uitest.Key(c, fyne.KeyReturn)
	if i.Text() != "021" || submitted != "021" || len(changes) != 3 {
		t.Errorf("text %q, submitted %q, changes %v", i.Text(), submitted, changes)
	}
	high := i.MinSize().Height
	i.SetHelper("Nine digits")
	i.SetError("This routing number fails its check digit")
	uitest.MustShow(t, c, "This routing number fails its check digit")
	if uitest.Shows(c, "Nine digits") || i.MinSize().Height != high+22 {
		t.Errorf("error state is %v high, rest %v", i.MinSize().Height, high)
	}
	i.SetError("")
	uitest.MustShow(t, c, "Nine digits")
}

func TestSearchEmptiesOnEscape(t *testing.T) {
	s := NewSearch("Search", nil)
	c := stage(t, s, 300, 40)
	uitest.Type(t, c, "Search", "farm")
	uitest.Key(c, fyne.KeyEscape)
	if s.Text() != "" {
		t.Errorf("still %q", s.Text())
	}
}

func TestSecretIsMaskedUntilRevealed(t *testing.T) {
	i := NewInput(InputSpec{Secret: true, Text: "supersecret"})
	c := stage(t, i, 300, 40)
	if slices.Contains(uitest.Texts(c), "supersecret") {
		t.Error("the secret is on screen")
	}
	i.reveal.Tapped(nil)
	if !slices.Contains(uitest.Texts(c), "supersecret") {
		t.Errorf("not revealed: %q", uitest.Texts(c))
	}
}
