package sandbox_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"bankbook/core/sandbox/spec"
)

// mutation is a good request with one thing made wrong.
type mutation struct {
	name string
	body any
	// code is the error that is due; "" is any.
	code string
}

// mutator makes mutations of a good request by the shape of the endpoint.
type mutator struct {
	book *spec.Book
	// good is right, and holds the objects on the way to what is made wrong.
	good object
	out  []mutation
}

// invalid is the code of what is wrong with a value.
const invalid = "INVALID_FIELD"

// deepest is how far into a request mutations go.
const deepest = 4

// mutations returns what can be wrong with the request: everything missing, of a
// wrong type, empty, too long, out of bounds, of an unknown value, or unknown.
func mutations(book *spec.Book, path string, good object) []mutation {
	m := mutator{book: book, good: good}
	m.object(nil, book.Request(path))
	return m.out
}

// add takes up the good request with another value at the place.
func (m *mutator) add(place []string, kind string, value any, code string) {
	m.out = append(m.out, mutation{strings.Join(place, ".") + " " + kind, replaced(m.good, place, value), code})
}

// absent stands for a field that is left out.
type absent struct{}

// replaced returns a copy of body with the value at the place.
func replaced(body object, place []string, value any) object {
	out := maps.Clone(body)
	if out == nil {
		out = object{}
	}
	name := place[0]
	if len(place) > 1 {
		inner, _ := out[name].(object)
		out[name] = replaced(inner, place[1:], value)
		return out
	}
	if _, without := value.(absent); without {
		delete(out, name)
	} else {
		out[name] = value
	}
	return out
}

// at returns the object at the place, or nil.
func at(body object, place []string) object {
	for _, name := range place {
		body, _ = body[name].(object)
	}
	return body
}

// sample returns a right value of a shape, with what is required alone.
func (m *mutator) sample(s *spec.Shape) any {
	s = m.book.Resolve(s)
	switch s.Type {
	case "object":
		out := object{}
		for _, name := range s.Required {
			out[name] = m.sample(s.Fields[name])
		}
		return out
	case "array":
		return []any{m.sample(s.Items)}
	case "boolean":
		return true
	case "string":
		return sampleText(s)
	}
	return max(1, bound(s.Least, 1))
}

func bound(b *float64, otherwise float64) float64 {
	if b == nil {
		return otherwise
	}
	return *b
}

func sampleText(s *spec.Shape) string {
	switch {
	case s.Enum != nil:
		return s.Enum[0]
	case s.Format == "date":
		return "2026-11-01"
	case s.Format != "":
		return "2026-11-01T00:00:00Z"
	}
	return strings.Repeat("a", int(max(1, bound(s.Least, 1))))
}

// object makes what is wrong with an object and all below it.
func (m *mutator) object(place []string, s *spec.Shape) {
	s = m.book.Resolve(s)
	if len(place) > 0 {
		whole := m.sample(s).(object)
		maps.Copy(whole, at(m.good, place))
		defer func(before object) { m.good = before }(m.good)
		m.good = replaced(m.good, place, whole)
	}
	if !s.Open {
		m.add(append(slices.Clone(place), "no_such_field"), "unknown", 1, "UNKNOWN_FIELDS")
	}
	for _, name := range s.Required {
		m.add(append(slices.Clone(place), name), "missing", absent{}, "MISSING_FIELDS")
		m.add(append(slices.Clone(place), name), "null", nil, "MISSING_FIELDS")
	}
	for _, name := range slices.Sorted(maps.Keys(s.Fields)) {
		if name != "client_id" && name != "secret" {
			m.field(append(slices.Clone(place), name), s.Fields[name])
		}
	}
}

// field makes what is wrong with one field.
func (m *mutator) field(place []string, s *spec.Shape) {
	s = m.book.Resolve(s)
	switch s.Type {
	case "object":
		m.add(place, "of a wrong type", "text", invalid)
		if len(place) < deepest {
			m.object(place, s)
		}
	case "array":
		m.array(place, s)
	case "string":
		m.text(place, s)
	case "integer", "number":
		m.number(place, s)
	case "boolean":
		m.add(place, "of a wrong type", "true", invalid)
	}
}

func (m *mutator) array(place []string, s *spec.Shape) {
	m.add(place, "of a wrong type", object{"a": 1}, invalid)
	if element := m.book.Resolve(s.Items); element.Type != "boolean" {
		m.add(place, "of wrong elements", []any{true}, invalid)
	}
	if s.Least != nil {
		m.add(place, "empty", []any{}, invalid)
	}
	if s.Most != nil {
		m.add(place, "too long", make([]string, int(*s.Most)+1), invalid)
	}
	if m.book.Resolve(s.Items).Enum != nil {
		m.add(place, "of an unknown value", []any{"NO_SUCH_VALUE"}, invalid)
	}
}

func (m *mutator) text(place []string, s *spec.Shape) {
	m.add(place, "of a wrong type", 7, invalid)
	m.add(place, "very long", strings.Repeat("long ", 4000), "")
	m.add(place, "strange", "\x00\u202e\U0001F4A9'\"<", "")
	if s.Least != nil {
		m.add(place, "empty", "", invalid)
	} else {
		m.add(place, "empty", "", "")
	}
	if s.Most != nil {
		m.add(place, "too long", strings.Repeat("a", int(*s.Most)+1), invalid)
	}
	if s.Enum != nil {
		m.add(place, "unknown", "NO_SUCH_VALUE", invalid)
	}
	if s.Format != "" {
		m.add(place, "no "+s.Format, "yesterday", invalid)
	}
}

func (m *mutator) number(place []string, s *spec.Shape) {
	m.add(place, "of a wrong type", "7", invalid)
	m.add(place, "huge", json.Number("1e300"), "")
	m.add(place, "negative", -1, "")
	if s.Least != nil {
		m.add(place, "too small", *s.Least-1, invalid)
	}
	if s.Most != nil {
		m.add(place, "too large", *s.Most+1, invalid)
	}
	if s.Type == "integer" {
		m.add(place, "no integer", 1.5, invalid)
	}
}

// TestWrongRequestsOfEveryKind sends every endpoint everything that can be wrong
// with its request, one thing at a time. Each answer is an error in Plaid's
// shape, and the one that is due; what is only strange may be accepted.
func TestWrongRequestsOfEveryKind(t *testing.T) {
	b := newBench(t)
	book, err := spec.Load()
	if err != nil {
		t.Fatal(err)
	}
	good := b.goodRequests()
	sent := 0
	for _, path := range slices.Sorted(maps.Keys(book.Paths)) {
		if good[path] == nil && len(book.Request(path).Fields) > 0 {
			t.Errorf("%s: there is no good request to begin with", path)
			continue
		}
		for _, m := range mutations(book, path, good[path]) {
			sent++
			b.wrong(path, m)
		}
	}
	t.Logf("%d requests", sent)
	if sent < 1500 {
		t.Errorf("%d wrong requests are too few", sent)
	}
}

// wrong sends a mutation and checks the answer.
func (b *bench) wrong(path string, m mutation) {
	b.t.Helper()
	status, got := b.post(path, m.body.(object))
	name := fmt.Sprintf("%s: %s", path, m.name)
	switch {
	case status >= http.StatusInternalServerError:
		b.t.Errorf("%s: %d %v", name, status, got["error_message"])
	case m.code == "":
	case status == http.StatusOK || got["error_code"] != m.code:
		b.t.Errorf("%s: %d %v %v, want %s", name, status, got["error_code"], got["error_message"], m.code)
	case m.code != "" && got["error_message"] == "":
		b.t.Errorf("%s: no words", name)
	}
}
