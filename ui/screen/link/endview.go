package link

import (
	"fyne.io/fyne/v2"

	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// ended is the picture of a session that did not end well, or that is stuck at
// a step which can be tried again.
func (v *View) ended(s State) []fyne.CanvasObject {
	m, err := s.end()
	icon, tone := look.IconAlertTriangle, kit.Warning
	switch s.Session.Stage {
	case link.Exited, link.Discarded:
		icon, tone = look.IconLogOut, kit.Neutral
	case link.Expired:
		icon, tone = look.IconClock, kit.Neutral
	}
	actions := []fyne.CanvasObject{}
	switch {
	case s.Face() == FaceStuck:
		actions = append(actions, v.primary(say.Retry.Label(), s.Busy, v.model.Retry))
	case s.final():
		actions = append(actions, v.primary("Back", s.Busy, v.model.Cancel))
	default:
		actions = append(actions, v.primary(s.words().again, s.Busy, v.model.Again))
	}
	if m.Action == say.EnterKeys {
		actions = append(actions, kit.NewButton(kit.ButtonSpec{Text: m.Action.Label(), OnTap: v.model.Keys}))
	}
	if err != nil {
		actions = append(actions, kit.NewButton(kit.ButtonSpec{Text: "Copy details", OnTap: func() { v.model.CopyDetails(err) }}))
	}
	return []fyne.CanvasObject{card(kit.Sides(32, 48, kit.Centered(kit.NewEmpty(kit.EmptySpec{
		Icon: icon, Tone: tone, Title: m.Title, Sentence: s.endWords(m), Actions: actions,
	}))), nil)}
}

func (v *View) primary(words string, busy bool, tap func()) *kit.Button {
	b := kit.NewButton(kit.ButtonSpec{Text: words, Kind: kit.Primary, OnTap: tap})
	b.SetBusy(busy)
	return b
}

// final reports whether it is of no use to begin anew: the account was given too many
// wrong codes.
func (s State) final() bool {
	const tooMany = "TOO_MANY_VERIFICATION_ATTEMPTS"
	return s.Session.Exit.Code == tooMany || s.Session.Trouble.Code == tooMany
}

// end returns what to tell about a session that does not go on, and the fault
// behind it for the details, nil where nobody is at fault.
func (s State) end() (say.Message, error) {
	switch {
	case !s.HasSession:
		return say.Fault(s.Err), s.Err
	case s.Face() == FaceStuck:
		return say.Trouble(s.Session.Trouble), say.Kept("link: "+string(s.Session.Stage), s.Session.Trouble)
	case s.Session.Stage == link.Exited && s.Session.Exit.Code != "":
		return say.LinkEnd(s.Session), &fault.Error{
			Op: "link: exit", Kind: fault.Refused, Code: s.Session.Exit.Code, RequestID: s.Session.Exit.RequestID,
		}
	}
	return say.LinkEnd(s.Session), say.Kept("link: "+string(s.Session.Stage), s.Session.Trouble)
}

// endWords adds to a message what of the work is kept while it is stuck.
func (s State) endWords(m say.Message) string {
	if s.Face() == FaceStuck && s.Session.Stage != link.Preparing {
		return m.Text() + " Your sign-in is kept for now."
	}
	return m.Text()
}
