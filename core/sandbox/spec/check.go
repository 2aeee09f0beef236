package spec

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"bankbook/core/sandbox/wire"
)

// Check looks at the body of a request to an endpoint. Like Plaid it tells of
// all fields that are missing, else of all that it does not know, else of the
// first whose value is wrong. A field that is null counts as one that is left
// out. What is no JSON object is told by wire.Body.
func (b *Book) Check(path string, body []byte) *wire.Error {
	var value any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if d.Decode(&value) != nil || d.More() {
		return wire.Body()
	}
	if _, object := value.(map[string]any); !object {
		return wire.Body()
	}
	c := checker{book: b}
	if shape := b.Request(path); shape != nil {
		c.value("", shape, value)
	}
	return c.problem()
}

// checker collects what is wrong with a body.
type checker struct {
	book             *Book
	missing, unknown []string
	wrong            *wire.Error
}

func (c *checker) problem() *wire.Error {
	switch {
	case len(c.missing) > 0:
		return wire.Missing(c.missing...)
	case len(c.unknown) > 0:
		return wire.Unknown(c.unknown...)
	}
	return c.wrong
}

// refuse notes a wrong value; the first counts.
func (c *checker) refuse(field, rule string) {
	if c.wrong == nil {
		c.wrong = wire.Field(field, rule)
	}
}

func (c *checker) value(field string, s *Shape, value any) {
	s = c.book.Resolve(s)
	switch s.Type {
	case "object":
		c.object(field, s, value)
	case "array":
		c.array(field, s, value)
	case "string":
		c.text(field, s, value)
	case "integer", "number":
		c.number(field, s, value)
	case "boolean":
		if _, ok := value.(bool); !ok {
			c.refuse(field, "must be a boolean")
		}
	}
}

func (c *checker) object(field string, s *Shape, value any) {
	object, ok := value.(map[string]any)
	if !ok {
		c.refuse(field, "must be an object")
		return
	}
	for _, name := range s.Required {
		switch object[name] {
		case nil:
			c.missing = append(c.missing, join(field, name))
		case "":
			c.refuse(join(field, name), properText)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		inner := s.Fields[name]
		switch {
		case inner == nil && !s.Open:
			c.unknown = append(c.unknown, join(field, name))
		case inner != nil && object[name] != nil:
			c.value(join(field, name), inner, object[name])
		}
	}
}

func join(field, name string) string {
	if field == "" {
		return name
	}
	return field + "." + name
}

func (c *checker) array(field string, s *Shape, value any) {
	list, ok := value.([]any)
	if !ok || s.Least != nil && float64(len(list)) < *s.Least {
		c.refuse(field, "must be "+c.arrayName(s))
		return
	}
	if s.Most != nil && float64(len(list)) > *s.Most {
		c.refuse(field, "must have at most "+decimal(*s.Most)+" elements")
		return
	}
	for i, element := range list {
		c.value(field+"["+strconv.Itoa(i)+"]", s.Items, element)
	}
}

func (c *checker) arrayName(s *Shape) string {
	name := "array"
	if c.book.Resolve(s.Items).Type == "string" {
		name = "string array"
	}
	if s.Least != nil {
		return "a non-empty " + name
	}
	if name == "array" {
		return "an array"
	}
	return "a " + name
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
