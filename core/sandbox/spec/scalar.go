package spec

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// properText is Plaid's own wording.
const properText = "must be a properly formatted, non-empty string"

func (c *checker) text(field string, s *Shape, value any) {
	text, ok := value.(string)
	length := float64(utf8.RuneCountInString(text))
	switch {
	case !ok:
		c.refuse(field, properText)
	case s.Enum != nil && !slices.Contains(s.Enum, text):
		c.refuse(field, "must be one of the following values: "+strings.Join(s.Enum, ", "))
	case s.Least != nil && length < *s.Least:
		c.refuse(field, properText)
	case s.Most != nil && length > *s.Most:
		c.refuse(field, "must be at most "+decimal(*s.Most)+" characters long")
	case !formatted(s.Format, text):
		c.refuse(field, "must be a "+s.Format+" in the format "+layouts[s.Format])
	}
}

// layouts are the formats that are checked, as a client reads them.
var layouts = map[string]string{"date": "YYYY-MM-DD", "date-time": "YYYY-MM-DDTHH:mm:ssZ"}

func formatted(format, text string) bool {
	switch format {
	case "date":
		_, err := time.Parse(time.DateOnly, text)
		return err == nil
	case "date-time":
		_, err := time.Parse(time.RFC3339, text)
		return err == nil
	}
	return true
}

func (c *checker) number(field string, s *Shape, value any) {
	number, ok := value.(json.Number)
	if !ok {
		c.refuse(field, "must be "+article(s.Type))
		return
	}
	if _, err := number.Int64(); s.Type == "integer" && err != nil {
		c.refuse(field, "must be an integer")
		return
	}
	f, err := number.Float64()
	if err != nil || s.Least != nil && f < *s.Least || s.Most != nil && f > *s.Most {
		c.refuse(field, "must be "+bounds(s))
	}
}

func article(kind string) string {
	if kind == "integer" {
		return "an integer"
	}
	return "a number"
}

// bounds says what a number has to be between.
func bounds(s *Shape) string {
	switch {
	case s.Least != nil && s.Most != nil:
		return "between " + decimal(*s.Least) + " and " + decimal(*s.Most)
	case s.Least != nil:
		return "at least " + decimal(*s.Least)
	case s.Most != nil:
		return "at most " + decimal(*s.Most)
	}
	return "a number"
}
