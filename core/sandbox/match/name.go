package match

import (
	"slices"
	"strings"
	"unicode"
)

// Name is how alike two names are.
type Name struct {
	Score int
	// Part says that the first or the last name is the same, Nick that one is a
	// short form of the other's first name, Business that one is a company's.
	Part, Nick, Business bool
}

// The scores of names.
const (
	same         = 100
	fewerWords   = 95
	otherOrder   = 92
	nickname     = 90
	misspelt     = 87
	nickMisspelt = 75
	relative     = 60
)

// Names compares a name with that on an account.
func Names(given, known string) Name {
	a, b := words(given), words(known)
	n := Name{Business: business(a) || business(b)}
	if len(a) == 0 || len(b) == 0 {
		return n
	}
	first, last := a[0] == b[0], a[len(a)-1] == b[len(b)-1]
	n.Part = first || last
	n.Nick = !first && short(a[0], b[0])
	n.Score = score(a, b, n.Nick)
	return n
}

// score compares the words of two names.
func score(a, b []string, nick bool) int {
	lastA, lastB := a[len(a)-1], b[len(b)-1]
	switch {
	case slices.Equal(a, b):
		return same
	case slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))):
		return otherOrder
	case len(a) == 1 || len(b) == 1:
		return oneWord(a, b)
	case a[0] == b[0] && lastA == lastB:
		return fewerWords
	case nick && lastA == lastB:
		return nickname
	case near(a[0], b[0]) && near(lastA, lastB):
		return misspelt
	case nick && near(lastA, lastB):
		return nickMisspelt
	case a[0] == b[0] || lastA == lastB:
		return relative
	}
	return 0
}

// oneWord compares names of which one is a single word.
func oneWord(a, b []string) int {
	switch {
	case len(a) == 1 && len(b) == 1 && near(a[0], b[0]):
		return misspelt
	case a[0] == b[0] || a[len(a)-1] == b[len(b)-1]:
		return relative
	}
	return 0
}

// words returns the words of a name, without what is around them and without
// titles.
func words(name string) []string {
	parts := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	})
	return slices.DeleteFunc(parts, func(w string) bool {
		switch w {
		case "mr", "mrs", "ms", "dr", "jr", "sr", "ii", "iii":
			return len(parts) > 1
		}
		return false
	})
}

// business reports whether a name has a word that companies have.
func business(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		switch w {
		case "corp", "corporation", "llc", "inc", "incorporated", "ltd", "limited", "lp", "llp", "co", "company", "gmbh", "plc":
			return true
		}
		return false
	})
}

// nicknames are common short forms.
var nicknames = map[string][]string{
	"albert": {"al", "bert"}, "alberta": {"allie", "bertie", "berta"}, "alexander": {"alex", "sasha", "xander"},
	"andrew": {"andy", "drew"}, "anthony": {"tony"}, "barbara": {"barb", "babs"}, "benjamin": {"ben"}, "catherine": {"cathy", "kate", "cat"},
	"charles": {"charlie", "chuck"}, "christopher": {"chris"}, "daniel": {"dan", "danny"}, "david": {"dave"}, "deborah": {"deb", "debbie"},
	"edward": {"ed", "eddie", "ted"}, "elizabeth": {"liz", "beth", "betty", "eliza", "lisa"}, "james": {"jim", "jimmy", "jamie"},
	"jennifer": {"jen", "jenn", "jenny"}, "john": {"jack", "johnny", "jon"}, "joseph": {"joe", "joey"}, "katherine": {"kathy", "kate", "katie"},
	"kenneth": {"ken", "kenny"}, "margaret": {"maggie", "meg", "peggy"}, "matthew": {"matt"}, "michael": {"mike", "mick", "mickey"},
	"nicholas": {"nick"}, "patricia": {"pat", "patty", "trish"}, "peter": {"pete"}, "rebecca": {"becky"}, "richard": {"rich", "rick", "dick"},
	"robert": {"rob", "bob", "bobby", "bert"}, "samuel": {"sam"}, "stephen": {"steve"}, "steven": {"steve"}, "susan": {"sue", "susie"},
	"theodore": {"ted", "theo"}, "thomas": {"tom", "tommy"}, "timothy": {"tim"}, "william": {"will", "bill", "billy", "liam"},
}

// short reports whether one first name is a short form of the other, or both are
// of a third.
func short(a, b string) bool {
	if slices.Contains(nicknames[a], b) || slices.Contains(nicknames[b], a) {
		return true
	}
	for _, forms := range nicknames {
		if slices.Contains(forms, a) && slices.Contains(forms, b) {
			return true
		}
	}
	return false
}

// near reports whether two words are the same but for a slip or two: letters
// that are swapped, wrong, missing or too many.
func near(a, b string) bool {
	const slips, long = 2, 4
	if a == b {
		return true
	}
	allowed := 1
	if min(len(a), len(b)) > long {
		allowed = slips
	}
	return min(len(a), len(b)) >= long && distance([]rune(a), []rune(b)) <= allowed
}

// distance is the number of slips from a to b; letters that are swapped are one.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
