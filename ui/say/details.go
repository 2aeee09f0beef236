package say

import (
	"errors"
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
)

// About is what the details of a fault say of the program itself.
type About struct {
	// Version of Bankbook, such as "0.1.0".
	Version string
	// System is the operating system and processor, such as "linux/amd64".
	System      string
	Environment core.Environment
	// At is when the fault was shown.
	At time.Time
}

// Details returns the text of "Copy details": what somebody who helps needs to
// know, one fact to a line. It holds no message of the provider or the
// operating system, so it can hold no secret; only operations, kinds and codes,
// which are ours or Plaid's identifiers.
func Details(err error, about About) string {
	t := core.TroubleOf(err)
	kind := t.Kind
	if kind == fault.None {
		kind = "none"
	}
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			b.WriteString(name + ": " + value + "\n")
		}
	}
	line("Bankbook", strings.TrimSpace(about.Version+" "+about.System))
	line("Source", string(about.Environment))
	line("Problem", string(kind))
	line("Operation", operations(err))
	line("Provider code", identifier(t.Code))
	line("Request ID", identifier(t.RequestID))
	if !about.At.IsZero() {
		line("Time", about.At.UTC().Format(time.RFC3339))
	}
	return b.String()
}

// Kept returns a fault that was kept as an error again, for Details and for
// whoever takes errors. The zero Trouble gives nil.
func Kept(op string, t core.Trouble) error {
	if t.Kind == fault.None {
		return nil
	}
	return &fault.Error{Op: op, Kind: t.Kind, Code: t.Code, RequestID: t.RequestID}
}

// operations lists the operations of all fault.Errors in the chain, the
// outermost first.
func operations(err error) string {
	var ops []string
	for e := (*fault.Error)(nil); errors.As(err, &e); err = e.Err {
		ops = append(ops, e.Op)
	}
	return strings.Join(ops, " > ")
}

// identifier returns s if it looks like a code or an id. A provider that sends
// a sentence in the place of a code gets a question mark.
func identifier(s string) string {
	if len(s) > 80 {
		return "?"
	}
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '-', r == '.':
		default:
			return "?"
		}
	}
	return s
}
