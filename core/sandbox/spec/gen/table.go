package main

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"bankbook/core/sandbox/spec"
)

// table is a spec.Book in the making.
type table struct{ spec.Book }

func newTable() *table {
	return &table{spec.Book{Paths: map[string]string{}, Shapes: map[string]*spec.Shape{}}}
}

// add takes a schema up, and returns a shape that stands for it.
func (t *table) add(ref *openapi3.SchemaRef) *spec.Shape {
	if ref == nil || ref.Value == nil {
		return &spec.Shape{}
	}
	name, named := strings.CutPrefix(ref.Ref, "#/components/schemas/")
	if !named {
		return t.shape(ref.Value)
	}
	if t.Shapes[name] == nil {
		s := &spec.Shape{}
		t.Shapes[name] = s // before what is below it, which can lead back
		*s = *t.shape(ref.Value)
	}
	return &spec.Shape{Ref: name}
}

func (t *table) shape(v *openapi3.Schema) *spec.Shape {
	if len(v.AllOf) > 0 {
		return t.all(v)
	}
	s := &spec.Shape{Format: format(v.Format)}
	if v.Type != nil && len(*v.Type) > 0 {
		s.Type = (*v.Type)[0]
	}
	switch {
	case len(v.Properties) > 0:
		s.Type = "object"
		t.fields(s, v)
	case s.Type == "object":
		s.Open = true
	case s.Type == "array":
		s.Items = t.add(v.Items)
		s.Least, s.Most = length(v.MinItems), lengthOrNil(v.MaxItems)
	case s.Type == "string":
		s.Enum = texts(v.Enum)
		s.Least, s.Most = length(v.MinLength), lengthOrNil(v.MaxLength)
	case s.Type == "integer" || s.Type == "number":
		s.Least, s.Most = v.Min, v.Max
	}
	return s
}

func (t *table) fields(s *spec.Shape, v *openapi3.Schema) {
	s.Fields = map[string]*spec.Shape{}
	for name, p := range v.Properties {
		s.Fields[name] = t.add(p)
	}
	s.Required = v.Required
	s.Open = v.AdditionalProperties.Has != nil && *v.AdditionalProperties.Has
}

// all merges the parts of an "allOf" into one shape. A part that only describes
// says nothing. A single part is what Plaid writes to describe a type anew.
func (t *table) all(v *openapi3.Schema) *spec.Shape {
	if len(v.AllOf) == 1 {
		return t.add(v.AllOf[0])
	}
	s := &spec.Shape{Type: "object", Fields: map[string]*spec.Shape{}}
	for _, part := range v.AllOf {
		one := t.shape(part.Value)
		for name, f := range one.Fields {
			s.Fields[name] = f
		}
		s.Required = append(s.Required, one.Required...)
		s.Open = s.Open || one.Open
	}
	return s
}

// format keeps those formats that are checked.
func format(f string) string {
	if f == "date" || f == "date-time" {
		return f
	}
	return ""
}

func texts(values []any) []string {
	var out []string
	for _, v := range values {
		if text, ok := v.(string); ok && text != "" {
			out = append(out, text)
		}
	}
	return out
}

func length(n uint64) *float64 {
	if n == 0 {
		return nil
	}
	f := float64(n)
	return &f
}

func lengthOrNil(n *uint64) *float64 {
	if n == nil {
		return nil
	}
	f := float64(*n)
	return &f
}
