package say

// Action is the deed that a message proposes as the next step. The screen that
// shows the message knows how to do it.
type Action string

// The actions.
const (
	// NoAction means that there is nothing to press.
	NoAction Action = ""
	// Retry does the same thing once more.
	Retry Action = "retry"
	// Reconnect signs in to the bank again.
	Reconnect Action = "reconnect"
	// LinkAgain starts a new link session.
	LinkAgain Action = "link_again"
	// EnterKeys opens the place where Plaid keys are given.
	EnterKeys Action = "enter_keys"
	// SessionOnly goes on without a keychain and forgets everything at the end.
	SessionOnly Action = "session_only"
	// OtherFolder chooses another data folder.
	OtherFolder Action = "other_folder"
	// CopyLink copies the link of the page, to be opened by hand.
	CopyLink Action = "copy_link"
	// RemoveBank removes the bank from Bankbook.
	RemoveBank Action = "remove_bank"
	// Unlock asks for the passphrase.
	Unlock Action = "unlock"
	// Restore brings back a backup.
	Restore Action = "restore"
	// Recover puts the last whole state in the place of damaged data.
	Recover Action = "recover"
)

// Label returns what the button of an action says, "" for NoAction.
func (a Action) Label() string {
	switch a {
	case Retry:
		return "Try again"
	case Reconnect:
		return "Reconnect"
	case LinkAgain:
		return "Link again"
	case EnterKeys:
		return "Enter keys…"
	case SessionOnly:
		return "Use for this session only"
	case OtherFolder:
		return "Choose another folder…"
	case CopyLink:
		return "Copy link"
	case RemoveBank:
		return "Remove bank…"
	case Unlock:
		return "Unlock"
	case Restore:
		return "Restore a backup…"
	case Recover:
		return "Recover my data"
	}
	return ""
}

// Message is what a person is told about something that went wrong.
type Message struct {
	// Title is a few words, without a full stop.
	Title string
	// Sentence says what happened.
	Sentence string
	// Hint says what to do next. It can be "" when the sentence says it all.
	Hint string
	// Action is the deed that belongs to the hint.
	Action Action
}

// Text returns sentence and hint in one line.
func (m Message) Text() string {
	if m.Hint == "" {
		return m.Sentence
	}
	return m.Sentence + " " + m.Hint
}

// IsZero reports whether there is nothing to say.
func (m Message) IsZero() bool { return m == Message{} }

// Tone is how a short state should be taken; the screen gives it a colour.
type Tone int

// The tones.
const (
	Neutral Tone = iota
	Info
	Good
	Warning
	Bad
)

// Urgency orders tones: what a person has to see to comes out highest.
func (t Tone) Urgency() int {
	switch t {
	case Bad:
		return 2
	case Warning:
		return 1
	}
	return 0
}
