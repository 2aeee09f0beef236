package review

import (
	"fmt"
	"strings"
)

// String writes the search line that Parse reads as exactly this Query,
// whatever the names and the day.
func (q Query) String() string {
	var terms []string
	for _, w := range q.Words {
		terms = append(terms, not(w.Not)+quoteWord(w.Text, w.Not))
	}
	terms = append(terms, q.Dates.terms()...)
	terms = append(terms, literals("profile", q.Profiles)...)
	terms = append(terms, literals("bank", q.Banks)...)
	terms = append(terms, literals("account", q.Accounts)...)
	terms = append(terms, literals("category", q.Categories)...)
	terms = append(terms, values("currency", q.Currencies)...)
	terms = append(terms, values("tag", q.Tags)...)
	terms = append(terms, q.states()...)
	for _, a := range q.Amounts {
		terms = append(terms, a.String())
	}
	if q.Sort != (Sort{}) {
		terms = append(terms, q.Sort.term())
	}
	if q.Offset != 0 {
		terms = append(terms, fmt.Sprintf("offset:%d", q.Offset))
	}
	if q.Limit != 0 {
		terms = append(terms, fmt.Sprintf("limit:%d", q.Limit))
	}
	return strings.Join(terms, " ")
}

func not(on bool) string {
	if on {
		return "-"
	}
	return ""
}

// literals writes ids or codes, which are meant literally.
func literals[T ~string](key string, s Set[T]) []string { return terms(key, exactly, s) }

// values writes values that are never taken for a part of a name.
func values[T ~string](key string, s Set[T]) []string { return terms(key, "", s) }

func terms[T ~string](key, before string, s Set[T]) []string {
	var list []string
	for _, v := range s.In {
		list = append(list, key+":"+quoteIfNeeded(before+string(v)))
	}
	for _, v := range s.Not {
		list = append(list, "-"+key+":"+quoteIfNeeded(before+string(v)))
	}
	return list
}

func (d Dates) terms() []string {
	var list []string
	if d.Preset != "" {
		list = append(list, "date:"+string(d.Preset))
	}
	if !d.From.IsZero() || !d.To.IsZero() {
		list = append(list, "date:"+d.From.String()+".."+d.To.String())
	}
	return list
}

func (q Query) states() []string {
	var list []string
	switch q.Status {
	case Pending:
		list = append(list, "is:pending")
	case Posted:
		list = append(list, "is:posted")
	}
	switch q.Reviewed {
	case IsReviewed:
		list = append(list, "is:reviewed")
	case NotReviewed:
		list = append(list, "is:unreviewed")
	}
	return list
}

// String writes the condition as a term of a search line.
func (a Amount) String() string {
	sign := map[int]string{1: "+", -1: "-"}[a.Sign]
	min, max := string(a.Min), string(a.Max)
	switch {
	case min == "" && max == "":
		return not(a.Not) + "is:" + map[int]string{1: "in", -1: "out"}[a.Sign]
	case max == "" && a.Above:
		sign += ">" + min
	case max == "":
		sign += ">=" + min
	case min == "" && a.Below:
		sign += "<" + max
	case min == "":
		sign += "<=" + max
	case min == max:
		sign += min
	default:
		sign += min + ".." + max
	}
	return not(a.Not) + "amount:" + sign
}

func (s Sort) term() string {
	by := string(s.By)
	if s.By == ByDate {
		by = "date"
	}
	return "sort:" + not(s.Reverse) + by
}
