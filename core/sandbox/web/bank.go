package web

import "strings"

// Bank is an institution as it is shown.
type Bank struct {
	ID, Name string
	// Country is said only where it is not the United States.
	Country string
	// State is what is to be known before choosing it, or "".
	State string
	// Colour is the logo's, as "#RRGGBB".
	Colour string
}

// Initials returns one or two letters to stand on the bank's logo.
func (b Bank) Initials() string {
	words := strings.Fields(b.Name)
	if len(words) > 1 && words[0] == "First" {
		words = words[1:]
	}
	out := ""
	for _, w := range words {
		if r := []rune(w)[0]; len(out) < 2 && r >= 'A' && r <= 'Z' {
			out += string(r)
		}
	}
	return out
}

// Motif is the cloth that a bank is named after, to be drawn on its logo, or "".
func (b Bank) Motif() string {
	for _, cloth := range []string{"gingham", "tattersall", "tartan", "houndstooth", "windowpane"} {
		if strings.Contains(strings.ToLower(b.Name), cloth) {
			return cloth
		}
	}
	return ""
}
