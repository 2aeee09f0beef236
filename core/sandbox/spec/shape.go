package spec

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

// Shape is what a value has to look like.
type Shape struct {
	// Ref is the name of a shape that this one is; nothing else is set then.
	Ref string `json:"ref,omitempty"`
	// Type is "object", "array", "string", "integer", "number" or "boolean"; "" is
	// any.
	Type string `json:"type,omitempty"`
	// Format is "date", "date-time" or "".
	Format string `json:"format,omitempty"`
	// Fields are those of an object; Open lets it have others.
	Fields   map[string]*Shape `json:"fields,omitempty"`
	Required []string          `json:"required,omitempty"`
	Open     bool              `json:"open,omitempty"`
	// Items are the elements of an array.
	Items *Shape `json:"items,omitempty"`
	// Enum lists the values that a string can have; without it any.
	Enum []string `json:"enum,omitempty"`
	// Least and Most bound a number, a string's length or an array's.
	Least *float64 `json:"least,omitempty"`
	Most  *float64 `json:"most,omitempty"`
}

// Book has the shapes of the requests.
type Book struct {
	// Paths lead from an endpoint to the name of its request's shape.
	Paths map[string]string `json:"paths"`
	// Shapes are all shapes by their names, which are Plaid's.
	Shapes map[string]*Shape `json:"shapes"`
}

//go:embed requests.json
var requests []byte

// Load returns the book of the endpoints that the practice bank has.
func Load() (*Book, error) {
	var b Book
	if err := json.Unmarshal(requests, &b); err != nil {
		return nil, fmt.Errorf("spec: %w", err)
	}
	return &b, nil
}

// Request returns the shape of an endpoint's request, or nil if it is unknown.
func (b *Book) Request(path string) *Shape { return b.Shapes[b.Paths[path]] }

// Resolve returns the shape that s stands for.
func (b *Book) Resolve(s *Shape) *Shape {
	for s.Ref != "" {
		s = b.Shapes[s.Ref]
	}
	return s
}
