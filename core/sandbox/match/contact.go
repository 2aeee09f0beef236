package match

import "strings"

// The scores of phone numbers and email addresses.
const (
	otherFormat = 95
	noCountry   = 85
	otherTag    = 85
)

// Phones scores how alike two phone numbers are.
func Phones(given, known string) int {
	a, b := digits(given), digits(known)
	switch {
	case a == "" || b == "":
		return 0
	case strings.TrimSpace(given) == strings.TrimSpace(known):
		return same
	case a == b:
		return otherFormat
	case national(a) == national(b):
		return noCountry
	}
	return 0
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// national returns a number of the North American plan without its country code.
func national(digits string) string {
	const length = 11
	if len(digits) == length && digits[0] == '1' {
		return digits[1:]
	}
	return digits
}

// Emails scores how alike two email addresses are.
func Emails(given, known string) int {
	a, b := strings.ToLower(strings.TrimSpace(given)), strings.ToLower(strings.TrimSpace(known))
	switch {
	case a == "" || b == "":
		return 0
	case a == b:
		return same
	case untagged(a) == untagged(b):
		return otherTag
	}
	return 0
}

// untagged returns an address without what follows a plus sign in its name.
func untagged(email string) string {
	name, host, _ := strings.Cut(email, "@")
	name, _, _ = strings.Cut(name, "+")
	return name + "@" + host
}
