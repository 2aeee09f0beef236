package kit

import "fyne.io/fyne/v2"

// SecretPairSpec describes the two fields in which a person chooses a secret.
type SecretPairSpec struct {
	Label, Again string
	Helper       string // below the first field
	Across       bool   // side by side
	OnSubmit     func() // Enter in the second field
	OnEscape     func() // nil closes the pop-up
}

// SecretPair is a pair of masked fields for a secret that is chosen, so that a
// slip of the hand is noticed.
type SecretPair struct {
	first, again *Input
	content      *fyne.Container
}

// NewSecretPair returns the two fields.
func NewSecretPair(spec SecretPairSpec) *SecretPair {
	s := &SecretPair{}
	s.first = NewInput(InputSpec{Secret: true, OnSubmit: func(string) { s.again.Focus() }, OnEscape: spec.OnEscape})
	s.again = NewInput(InputSpec{Secret: true, OnSubmit: func(string) { spec.OnSubmit() }, OnEscape: spec.OnEscape})
	s.first.SetHelper(spec.Helper)
	fields := []fyne.CanvasObject{Field(spec.Label, s.first), Field(spec.Again, s.again)}
	s.content = VBox(12, fields...)
	if spec.Across {
		s.content = Columns(12, []float32{0, 0}, fields...)
	}
	return s
}

// Content returns what to show.
func (s *SecretPair) Content() fyne.CanvasObject { return s.content }

// First returns what has been typed.
func (s *SecretPair) First() string { return s.first.Text() }

// Again returns what has been typed the second time.
func (s *SecretPair) Again() string { return s.again.Text() }

// Focusable returns the first field, for the one that gets the keyboard first.
func (s *SecretPair) Focusable() fyne.Focusable { return s.first.Focusable() }

// Focus puts the keyboard into the first field.
func (s *SecretPair) Focus() { s.first.Focus() }

// SetErrors says what is wrong with each field, "" ends it, and puts the
// keyboard into the one that is wrong.
func (s *SecretPair) SetErrors(first, again string) {
	s.first.SetError(first)
	s.again.SetError(again)
	switch {
	case first != "":
		s.first.FocusAll()
	case again != "":
		s.again.FocusAll()
	}
	Repaint(s.content)
}
