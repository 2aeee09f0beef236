package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// AttentionSpec describes something that needs the person.
type AttentionSpec struct {
	Icon    look.IconName
	Tone    Tone // Warning or Failure
	Subject string
	Reason  string
	Action  string
	Urgent  bool // the one with the primary button
	OnTap   func()
}

// NewAttentionRow returns a row of 44 for the card of things that need the
// person.
func NewAttentionRow(spec AttentionSpec) fyne.CanvasObject {
	if spec.Icon == "" {
		spec.Icon = spec.Tone.Sign()
		if spec.Tone == Failure {
			spec.Icon = look.IconAlertTriangle
		}
	}
	kind := Default
	if spec.Urgent {
		kind = Primary
	}
	button := NewButton(ButtonSpec{Text: spec.Action, Kind: kind, Size: Compact, OnTap: spec.OnTap})
	return Fixed(0, look.CardTitle, Pad(Edges{Left: 16, Right: 12}, HBox(12,
		NewIcon(spec.Icon, spec.Tone.Ink(), 18),
		NewText(spec.Subject, Body().Strong()),
		Grow(NewText(spec.Reason, Body().Muted()).Shrink()),
		button,
	)))
}
