// Package secret keeps texts that must never be seen: access tokens, keys,
// account numbers. A Text shows itself as three asterisks wherever it is
// printed, logged or encoded; Reveal is the one way to its contents. Store is
// the port to the place where secrets outlive the program.
package secret

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"unique"
)

const redacted = "***"

var errMarshal = errors.New("secret: a secret is not encoded")

// Text is a secret text. The zero Text is empty. Texts can be compared with ==.
//
// The text lies behind a handle, because fmt calls no method of a value in an
// unexported field: it prints the field's contents, which must then be an
// address and not the secret.
type Text struct{ handle unique.Handle[string] }

// New wraps a text that must never be seen.
func New(s string) Text {
	if s == "" {
		return Text{}
	}
	return Text{handle: unique.Make(s)}
}

// Reveal returns the text itself, for the one call that needs it.
func (t Text) Reveal() string {
	if t.IsEmpty() {
		return ""
	}
	return t.handle.Value()
}

// IsEmpty reports whether there is nothing to hide.
func (t Text) IsEmpty() bool { return t == Text{} }

// Last4 returns the last four characters, all that may be shown of an account
// number. It is "" if the text is shorter than eight: a third of a short
// secret would be too much of it.
func (t Text) Last4() string {
	value := t.Reveal()
	if len(value) < 8 {
		return ""
	}
	return value[len(value)-4:]
}

// Tail returns all that may be shown of an account number: Last4, or for a short one
// a third of its characters, which is one or two of the five to seven that the
// shortest have.
func (t Text) Tail() string {
	value := t.Reveal()
	if len(value) >= 8 {
		return t.Last4()
	}
	return value[len(value)-len(value)/3:]
}

// String returns "***".
func (Text) String() string { return redacted }

// GoString returns "***".
func (Text) GoString() string { return redacted }

// Format writes "***" for every verb, so that %x and %+v show nothing either.
func (Text) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, redacted) }

// LogValue returns "***".
func (Text) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText refuses: no encoder may write a secret by accident.
func (Text) MarshalText() ([]byte, error) { return nil, errMarshal }

// MarshalJSON refuses: no encoder may write a secret by accident.
func (Text) MarshalJSON() ([]byte, error) { return nil, errMarshal }

// GobEncode refuses: no encoder may write a secret by accident.
func (Text) GobEncode() ([]byte, error) { return nil, errMarshal }
