package transactions

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bankbook/core"
	"bankbook/ui/say"
)

// Status is the part of a Filter about pending and posted.
type Status int

// The statuses.
const (
	Any Status = iota
	Pending
	Posted
)

// Filter says which transactions are shown. The zero Filter shows all.
type Filter struct {
	// Text is what was typed: every word of it has to occur in a transaction.
	Text    string
	Account core.AccountID
	Status  Status
}

// IsZero reports whether the filter lets everything through.
func (f Filter) IsZero() bool {
	return f.Words() == "" && f.Account == "" && f.Status == Any
}

// Words returns the text without the room around it.
func (f Filter) Words() string { return strings.TrimSpace(f.Text) }

// matcher is a Filter made ready for many rows.
type matcher struct {
	filter Filter
	words  []word
	// categories holds the words of the categories met so far: there are some
	// dozens of them for a million rows. One scan has its own.
	categories map[string]string
}

// word is one word to look for, in lower case, and the number it may be.
type word struct {
	text   string
	amount string
}

func newMatcher(f Filter) matcher {
	m := matcher{filter: f, categories: map[string]string{}}
	for _, w := range strings.Fields(strings.ToLower(f.Text)) {
		m.words = append(m.words, word{text: w, amount: amountDigits(w)})
	}
	return m
}

// amountDigits returns the plain number in "$1,284.50", or "" if w is none.
func amountDigits(w string) string {
	w = strings.TrimLeft(w, "+-–$€£¥")
	w = strings.ReplaceAll(w, ",", "")
	for _, r := range w {
		if (r < '0' || r > '9') && r != '.' {
			return ""
		}
	}
	return w
}

// rest reports whether t passes everything but the text.
func (m matcher) rest(t core.Transaction) bool {
	if m.filter.Account != "" && t.Account != m.filter.Account {
		return false
	}
	switch m.filter.Status {
	case Pending:
		return t.Pending
	case Posted:
		return !t.Pending
	}
	return true
}

// text reports whether every word occurs in t.
func (m matcher) text(t core.Transaction) bool {
	for _, w := range m.words {
		if !w.in(t) && !containsFold(m.category(t.Category.Primary), w.text) {
			return false
		}
	}
	return true
}

// category returns a category in words.
func (m matcher) category(primary string) string {
	words, ok := m.categories[primary]
	if !ok {
		words = say.Category(primary)
		m.categories[primary] = words
	}
	return words
}

// in looks through what the person sees of a transaction: names, the bank's own
// text, and the amount from its first digit on.
func (w word) in(t core.Transaction) bool {
	for _, s := range [...]string{t.Merchant, t.Name, t.Original, t.Counterparty} {
		if containsFold(s, w.text) {
			return true
		}
	}
	return w.amount != "" && strings.HasPrefix(t.Amount.Abs().Decimal(), w.amount)
}

// containsFold reports whether s contains lower, which is in lower case. It
// allocates nothing for ASCII, because it runs four times for each of a million
// rows.
func containsFold(s, lower string) bool {
	if len(s) < len(lower) {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return strings.Contains(strings.Map(unicode.ToLower, s), lower)
		}
	}
	for i := 0; i+len(lower) <= len(s); i++ {
		if equalFold(s[i:i+len(lower)], lower) {
			return true
		}
	}
	return false
}

func equalFold(s, lower string) bool {
	for i := 0; i < len(lower); i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}
