package main

import (
	"slices"

	"bankbook/core/sandbox/spec"
)

// merge adds another document's table: allowed is what either allows, required
// what both require.
func (t *table) merge(other *table) {
	for path, name := range other.Paths {
		t.Paths[path] = name
	}
	for name, s := range other.Shapes {
		if known := t.Shapes[name]; known != nil {
			widen(known, s)
		} else {
			t.Shapes[name] = s
		}
	}
}

// widen lets s be what other allows, too.
func widen(s, other *spec.Shape) {
	switch {
	case s.Ref != other.Ref || s.Type != other.Type:
		*s = *other // a rewritten field: the later document counts
	case s.Type == "object":
		widenObject(s, other)
	case s.Type == "array":
		widen(s.Items, other.Items)
	}
	if s.Enum = union(s.Enum, other.Enum); len(other.Enum) == 0 {
		s.Enum = nil
	}
	s.Least, s.Most = wider(s.Least, other.Least, false), wider(s.Most, other.Most, true)
	if other.Format == "" {
		s.Format = ""
	}
}

func widenObject(s, other *spec.Shape) {
	s.Open = s.Open || other.Open
	s.Required = slices.DeleteFunc(s.Required, func(name string) bool {
		return !slices.Contains(other.Required, name)
	})
	for name, f := range other.Fields {
		if known := s.Fields[name]; known != nil {
			widen(known, f)
		} else {
			s.Fields[name] = f
		}
	}
}

// union returns the values of both; an empty list stands for all values.
func union(a, b []string) []string {
	if len(a) == 0 {
		return nil
	}
	out := slices.Clone(a)
	for _, v := range b {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// wider returns the bound that lets more through; nil lets everything.
func wider(a, b *float64, upper bool) *float64 {
	switch {
	case a == nil || b == nil:
		return nil
	case (*a < *b) == upper:
		return b
	}
	return a
}
