package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// EmptySpec describes what stands where a list has nothing to show.
type EmptySpec struct {
	Icon     look.IconName
	Title    string
	Sentence string // at most 420 wide
	Large    bool   // a whole page: disc 64, title 20
	Tone     Tone   // of the disc; Info for an invitation
	Actions  []fyne.CanvasObject
	Below    fyne.CanvasObject // under the actions
}

// NewEmpty returns an icon on a disc, a title, a sentence and what can be done.
// Put it into Centered.
func NewEmpty(spec EmptySpec) fyne.CanvasObject {
	disc, title, sentence, gap := float32(48), Heading(), Body().Muted(), float32(12)
	if spec.Large {
		disc, title, sentence, gap = 64, Page(), Lead().Muted(), 24
	}
	parts := []fyne.CanvasObject{
		Centered(NewIconDisc(spec.Icon, spec.Tone.Ink(), spec.Tone.Paper(), disc)),
		Pad(Edges{Top: gap}, NewText(spec.Title, title.Center())),
	}
	if spec.Sentence != "" {
		words := NewParagraph(spec.Sentence, sentence.Center(), 420)
		parts = append(parts, Pad(Edges{Top: 4}, Centered(words)))
	}
	if len(spec.Actions) > 0 {
		parts = append(parts, Pad(Edges{Top: 20}, Centered(HBox(look.Space2, spec.Actions...))))
	}
	if spec.Below != nil {
		parts = append(parts, Pad(Edges{Top: 16}, Centered(spec.Below)))
	}
	return VBox(0, parts...)
}
