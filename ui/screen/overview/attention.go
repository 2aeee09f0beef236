package overview

import (
	"cmp"
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/ui/say"
)

// Deed is what the button of an Attention does.
type Deed int

// The deeds.
const (
	// Repair signs in to the bank again.
	Repair Deed = iota
	// Resume goes back to a link session.
	Resume
	// SeeBanks shows the banks.
	SeeBanks
)

// Attention is something that the person should see to, the most urgent first.
type Attention struct {
	Subject string
	Reason  string
	Button  string
	// Urgent is an error; others are warnings.
	Urgent bool
	// Time says that it is about a date, which has an icon of its own.
	Time bool
	Deed Deed
	Item core.ItemID
	Link core.LinkID
}

func attention(d Data, now time.Time) []Attention {
	var list []Attention
	for _, i := range d.Items {
		if a, ok := bankAttention(i, now); ok {
			list = append(list, a)
		}
	}
	for _, s := range d.Links {
		if a, ok := linkAttention(s); ok {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, b Attention) int { return cmp.Compare(rank(a), rank(b)) })
	return list
}

func rank(a Attention) int {
	if a.Urgent {
		return 0
	}
	return 1
}

func bankAttention(i core.Item, now time.Time) (Attention, bool) {
	reason := say.Attention(i, now)
	if reason == "" {
		return Attention{}, false
	}
	a := Attention{
		Subject: say.BankName(i.Institution), Reason: reason, Button: say.RepairVerb(i), Item: i.ID,
		Urgent: i.Status != core.Connected, Time: i.Status == core.Connected && say.ConsentEnding(i, now),
	}
	if i.Status == core.Gone || i.Status == core.Connected && !a.Time {
		a.Deed, a.Button = SeeBanks, "See banks"
	}
	return a, true
}

// linkAttention calls back a link session that waits for the person. One that
// is syncing needs nobody.
func linkAttention(s link.Session) (Attention, bool) {
	if s.Stage.Over() || s.Stage == link.Syncing {
		return Attention{}, false
	}
	a := Attention{Subject: "A bank is half linked", Reason: say.LinkStage(s), Button: "Continue", Deed: Resume, Link: s.ID}
	if s.Purpose == link.Repair {
		a.Subject = "A sign-in is not finished"
	}
	if name := firstName(s); name != "" {
		a.Subject = name + " is half linked"
	}
	if s.Trouble.Kind != fault.None {
		a.Reason, a.Urgent = say.Trouble(s.Trouble).Title, true
	}
	return a, true
}

func firstName(s link.Session) string {
	if s.Next < len(s.Found) {
		return s.Found[s.Next].Institution.Name
	}
	return ""
}
