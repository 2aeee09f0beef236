package review

import (
	"strings"

	"bankbook/core"
)

// Names are the things that can be named in a search line.
type Names struct {
	Profiles []core.Profile
	Items    []core.Item
	Accounts []core.Account
	// Categories are codes, such as "FOOD_AND_DRINK".
	Categories []string
	// Words returns a category in words; nil leaves the code as it is.
	Words func(category string) string
}

// exactly stands before an id or a code that is meant literally.
const exactly = "="

// find returns the ids that a value of a search line means: the one behind
// "=", or all of those whose texts contain it.
func find[T ~string, E any](value string, all []E, id func(E) T, texts func(E) []string) []T {
	if literal, ok := strings.CutPrefix(value, exactly); ok {
		return []T{T(literal)}
	}
	if value == "" {
		return nil
	}
	var found []T
	sought := Fold(value)
	for _, e := range all {
		if string(id(e)) == value {
			return []T{id(e)}
		}
		for _, text := range texts(e) {
			if strings.Contains(Fold(text), sought) {
				found = append(found, id(e))
				break
			}
		}
	}
	return union(found, nil)
}

func (n Names) profiles(value string) []core.ProfileID {
	return find(value, n.Profiles, func(p core.Profile) core.ProfileID { return p.ID }, func(p core.Profile) []string { return []string{p.Name} })
}

func (n Names) banks(value string) []core.ItemID {
	return find(value, n.Items, func(i core.Item) core.ItemID { return i.ID }, func(i core.Item) []string { return []string{i.Institution.Name} })
}

func (n Names) accounts(value string) []core.AccountID {
	return find(value, n.Accounts, func(a core.Account) core.AccountID { return a.ID }, func(a core.Account) []string {
		return []string{a.Name + " " + a.Mask, a.OfficialName, a.Subtype}
	})
}

func (n Names) categories(value string) []string {
	return find(value, n.Categories, func(c string) string { return c }, func(c string) []string { return []string{n.words(c)} })
}

func (n Names) words(category string) string {
	if n.Words == nil {
		return category
	}
	return n.Words(category)
}

// Fold returns a text as it is searched: in lower case, and valid UTF-8.
func Fold(s string) string { return strings.ToLower(s) }
