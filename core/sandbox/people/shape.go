package people

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// shape tells what is wrong with a decoded JSON value, which path leads to, or
// nothing. null is of every shape: a custom user's template is full of it.
type shape func(path string, v any) error

func wrong(path, format string, args ...any) error {
	return fmt.Errorf("%s %s", path, fmt.Sprintf(format, args...))
}

// object wants an object with fields of these shapes. Fields of other names are
// passed over, as Plaid does: they are taken out, so that none is read for one
// whose name differs in case alone.
func object(fields map[string]shape) shape {
	names := slices.Sorted(maps.Keys(fields))
	return func(path string, v any) error {
		if v == nil {
			return nil
		}
		m, ok := v.(map[string]any)
		if !ok {
			return wrong(path, "must be an object")
		}
		maps.DeleteFunc(m, func(name string, _ any) bool { return fields[name] == nil })
		for _, name := range names {
			if err := fields[name](join(path, name), m[name]); err != nil {
				return err
			}
		}
		return nil
	}
}

// root is the path of the configuration itself.
const root = "it"

func join(path, name string) string {
	if path == root {
		return name
	}
	return path + "." + name
}

// list wants an array of elements of a shape.
func list(each shape) shape {
	return func(path string, v any) error {
		if v == nil {
			return nil
		}
		l, ok := v.([]any)
		if !ok {
			return wrong(path, "must be an array")
		}
		for i := range l {
			if err := each(fmt.Sprintf("%s[%d]", path, i), l[i]); err != nil {
				return err
			}
		}
		return nil
	}
}

// oneOrMore wants an array of elements of a shape, or one of them alone: Plaid's
// schema has holdings as an object, its example as an array.
func oneOrMore(each shape) shape {
	return func(path string, v any) error {
		if _, many := v.([]any); many {
			return list(each)(path, v)
		}
		return each(path, v)
	}
}

func text(path string, v any) error {
	if _, ok := v.(string); v != nil && !ok {
		return wrong(path, "must be a string")
	}
	return nil
}

func flag(path string, v any) error {
	if _, ok := v.(bool); v != nil && !ok {
		return wrong(path, "must be true or false")
	}
	return nil
}

// plainNumber is a decimal number that is small enough to count with.
var plainNumber = regexp.MustCompile(`^-?[0-9]{1,12}(\.[0-9]{1,12})?$`)

func number(path string, v any) error {
	if v == nil {
		return nil
	}
	n, ok := v.(json.Number)
	if !ok {
		return wrong(path, "must be a number")
	}
	if !plainNumber.MatchString(n.String()) {
		return wrong(path, "must have at most 12 digits before and after the point, and no exponent")
	}
	return nil
}

// count wants a whole number from lo to hi.
func count(lo, hi int) shape {
	return func(path string, v any) error {
		if v == nil {
			return nil
		}
		if n, ok := whole(v); !ok || n < lo || n > hi {
			return wrong(path, "must be a whole number from %d to %d", lo, hi)
		}
		return nil
	}
}

// whole returns a JSON number as an int, if it is one.
func whole(v any) (int, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	i, err := n.Int64()
	return int(i), err == nil
}

func date(path string, v any) error {
	if v == nil {
		return nil
	}
	s, ok := v.(string)
	if _, err := time.Parse(time.DateOnly, s); !ok || err != nil {
		return wrong(path, "must be a date such as 2026-01-31")
	}
	return nil
}

// oneOf wants one of some strings.
func oneOf(values ...string) shape {
	return func(path string, v any) error {
		if v == nil {
			return nil
		}
		if s, ok := v.(string); !ok || !slices.Contains(values, s) {
			return wrong(path, "must be one of: %s", strings.Join(values, ", "))
		}
		return nil
	}
}

// matching wants a string of a pattern, which rule says in words.
func matching(pattern *regexp.Regexp, rule string) shape {
	return func(path string, v any) error {
		if v == nil {
			return nil
		}
		if s, ok := v.(string); !ok || !pattern.MatchString(s) {
			return wrong(path, "must be %s", rule)
		}
		return nil
	}
}
