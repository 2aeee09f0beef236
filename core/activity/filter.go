package activity

import (
	"slices"
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
)

// Outcome is how something ended.
type Outcome string

// The outcomes.
const (
	// Done means that it was done.
	Done Outcome = "done"
	// Failed means that something went wrong.
	Failed Outcome = "failed"
	// Refused means that somebody did not have the key to it.
	Refused Outcome = "refused"
	// Stopped means that somebody stopped it half-way.
	Stopped Outcome = "stopped"
	// Interrupted means that the program ended meanwhile, and nobody knows how far
	// it came.
	Interrupted Outcome = "interrupted"
)

// Outcomes lists every outcome.
func Outcomes() []Outcome { return []Outcome{Done, Failed, Refused, Stopped, Interrupted} }

// OutcomeOf returns how what an entry tells of ended.
func OutcomeOf(a core.Activity) Outcome {
	switch {
	case a.Action == core.RefusedKey, a.Trouble.Kind == fault.Passphrase:
		return Refused
	case a.Trouble.Kind == fault.None:
		return Done
	case a.Trouble.Kind == fault.Canceled:
		return Stopped
	case a.Trouble.Kind == fault.Interrupted:
		return Interrupted
	}
	return Failed
}

// Filter says which entries are wanted. What is empty asks for nothing, so the
// zero Filter lets everything through.
type Filter struct {
	Profiles []core.ProfileID
	Actions  []core.Action
	Outcome  Outcome
	// From and To are the first and the last day.
	From, To core.Date
	// Text holds words, all of which occur in what the entry says or in its
	// request's id; capitals do not matter.
	Text string
	Item core.ItemID
}

// IsZero reports whether everything is let through.
func (f Filter) IsZero() bool {
	return len(f.Profiles) == 0 && len(f.Actions) == 0 && f.Outcome == "" && f.From.IsZero() && f.To.IsZero() &&
		strings.TrimSpace(f.Text) == "" && f.Item == ""
}

// Reading says how entries are read where a filter asks for words and days.
type Reading struct {
	// Words returns what an entry says to a person; nil is nothing but its subject.
	Words func(core.Activity) string
	// Zone is where days begin and end; nil is UTC.
	Zone *time.Location
}

func (r Reading) day(at time.Time) core.Date {
	if r.Zone == nil {
		return core.DateOf(at.UTC())
	}
	return core.DateOf(at.In(r.Zone))
}

// Match reports whether an entry is wanted.
func (f Filter) Match(a core.Activity, r Reading) bool {
	return f.compile(r)(a)
}

// compile returns Match for many entries.
func (f Filter) compile(r Reading) func(core.Activity) bool {
	words := strings.Fields(strings.ToLower(f.Text))
	return func(a core.Activity) bool {
		switch {
		case f.Item != "" && a.Item != f.Item:
		case len(f.Profiles) > 0 && !slices.Contains(f.Profiles, a.Profile):
		case len(f.Actions) > 0 && !slices.Contains(f.Actions, a.Action):
		case f.Outcome != "" && OutcomeOf(a) != f.Outcome:
		case !f.From.IsZero() && r.day(a.At) < f.From:
		case !f.To.IsZero() && r.day(a.At) > f.To:
		default:
			return len(words) == 0 || containsAll(r.text(a), words)
		}
		return false
	}
}

// text is what words are looked for in.
func (r Reading) text(a core.Activity) string {
	text := a.Subject + "\n" + a.RequestID
	if r.Words != nil {
		text += "\n" + r.Words(a)
	}
	return strings.ToLower(text)
}

func containsAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
