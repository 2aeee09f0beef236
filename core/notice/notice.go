// Package notice decides what a person is told of while they do not look: banks that
// wait for them, each once, and nothing that passes by itself.
package notice

import (
	"encoding/json"
	"maps"
	"time"

	"bankbook/core"
)

// Need is why a bank waits for the person.
type Need string

// The needs. The end of a consent is told twice: when Plaid announces it (PLAID
// §3.1), and at the last moment.
const (
	NoNeed     Need = ""
	SignIn     Need = "sign_in"
	Permission Need = "permission"
	Ended      Need = "ended"
	EndsSoon   Need = "ends_soon"
	EndsAtOnce Need = "ends_at_once"
)

// The days before the end of a consent from which it is told of.
const (
	soon   = 7
	atOnce = 1
)

// NeedOf tells why a bank waits for the person. Days are those of now's time zone.
func NeedOf(i core.Item, now time.Time) Need {
	if i.Manual() || !i.Leaving.IsZero() {
		return NoNeed
	}
	switch i.Status {
	case core.SignInNeeded:
		return SignIn
	case core.ConsentNeeded:
		return Permission
	case core.Gone:
		return Ended
	}
	if i.ConsentEnds.IsZero() {
		return NoNeed
	}
	switch left := core.DateOf(i.ConsentEnds.In(now.Location())) - core.DateOf(now); {
	case left <= atOnce:
		return EndsAtOnce
	case left <= soon:
		return EndsSoon
	}
	return NoNeed
}

// News is a bank that waits for the person since it was looked at last.
type News struct {
	Item core.Item
	Need Need
}

// Told is what has been told, by Item; nil is nothing.
type Told map[core.ItemID]Need

// Look compares with what there is now. It returns what is news, in the order of the
// Items, and what has been told once the news are. What is over is forgotten, so that
// it is news if it comes again.
func (t Told) Look(items []core.Item, now time.Time) ([]News, Told) {
	var news []News
	next := Told{}
	for _, i := range items {
		need := NeedOf(i, now)
		if need == NoNeed {
			continue
		}
		next[i.ID] = need
		if need != t[i.ID] {
			news = append(news, News{i, need})
		}
	}
	return news, next
}

// Equal reports whether the same has been told.
func (t Told) Equal(other Told) bool { return maps.Equal(t, other) }

// Pack returns the text that it is kept as.
func (t Told) Pack() string {
	text, err := json.Marshal(t)
	if err != nil {
		return "" // texts by texts: it cannot fail
	}
	return string(text)
}

// Unpack reads what Pack has written. What it cannot read is nothing: then something
// is told twice.
func Unpack(text string) Told {
	var t Told
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		return nil
	}
	return t
}
