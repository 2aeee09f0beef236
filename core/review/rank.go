package review

import (
	"iter"
	"maps"
	"slices"

	"bankbook/core"
)

// rank numbers the values of the segments' lists in the order of their texts;
// equal texts have equal numbers.
func rank[T any](segments iter.Seq[*segment], list func(*segment) []T, text func(T) string) map[*segment][]uint32 {
	at := map[string]uint32{}
	for s := range segments {
		for _, v := range list(s) {
			at[text(v)] = 0
		}
	}
	for n, t := range slices.Sorted(maps.Keys(at)) {
		at[t] = uint32(n)
	}
	all := map[*segment][]uint32{}
	for s := range segments {
		ranks := make([]uint32, len(list(s)))
		for i, v := range list(s) {
			ranks[i] = at[text(v)]
		}
		all[s] = ranks
	}
	return all
}

func titlesOf(s *segment) []string            { return s.titles }
func accountsOf(s *segment) []accountKey      { return s.accounts }
func categoriesOf(s *segment) []core.Category { return s.categories }
func statesOf(s *segment) []stateKey          { return s.states }

// accountText returns by what accounts are sorted: name and number, or the id
// where there is no such account.
func (s *Snapshot) accountText() func(accountKey) string {
	texts := map[core.AccountID]string{}
	for _, a := range s.every {
		texts[a.ID] = Fold(a.Name + " " + a.Mask)
	}
	return func(k accountKey) string {
		if text, ok := texts[k.account]; ok {
			return text
		}
		return string(k.account)
	}
}

func (s *Snapshot) categoryText() func(core.Category) string {
	return func(c core.Category) string { return Fold(s.words(c.Primary)) }
}

// stateText puts what is pending first.
func stateText(k stateKey) string {
	if k.pending {
		return "0"
	}
	return "1"
}
