package say

import (
	"bankbook/core/bank"
	"bankbook/core/link"
)

// LinkStage returns what a link session is doing, for a list of sessions.
func LinkStage(s link.Session) string {
	switch s.Stage {
	case link.Preparing:
		return "Preparing a secure page"
	case link.Waiting:
		return "Waiting for you in the browser"
	case link.Deciding:
		return "Waiting for your decision"
	case link.Exchanging, link.Fetching:
		return "Saving the connection"
	case link.Syncing:
		return "Getting transactions"
	case link.Done:
		return "Done"
	case link.Exited:
		return "Left before the end"
	case link.Expired:
		return "The page expired"
	case link.Discarded:
		return "Called off"
	case link.Failed:
		return "Stopped by a problem"
	}
	return ""
}

// LinkEnd returns what to tell about a link session that did not end well. A
// session that goes on, or was done, gives the zero Message.
func LinkEnd(s link.Session) Message {
	switch s.Stage {
	case link.Exited:
		return exit(s.Exit, s.Purpose)
	case link.Expired:
		return Message{
			Title:    "The page has expired",
			Sentence: "Nobody finished the secure page in time, so it no longer works.",
			Hint:     unchanged(s.Purpose) + " Start again to get a new page.",
			Action:   LinkAgain,
		}
	case link.Discarded:
		title := "Link called off"
		if s.Purpose.Updates() {
			title = "Called off"
		}
		return Message{
			Title:    title,
			Sentence: "You called it off. " + unchanged(s.Purpose),
			Action:   LinkAgain,
		}
	case link.Failed:
		return linkFailed(s)
	}
	return Message{}
}

// linkFailed tells what is lost with a session that failed. The session's own
// codes say it for a sign-in that could not be kept (PLAID §2.1).
func linkFailed(s link.Session) Message {
	m := Trouble(s.Trouble)
	if m.Action == RemoveBank || m.Action == NoAction || m.Action == Reconnect {
		m.Action = LinkAgain
	}
	return m
}

// unchanged says what a session leaves behind that came to nothing.
func unchanged(p link.Purpose) string {
	if p.Updates() {
		return "The bank stays as it was."
	}
	return "Nothing was saved."
}

// exit tells how the user left the page.
func exit(e bank.LinkExit, p link.Purpose) Message {
	m := Message{Title: "You left before the end", Hint: unchanged(p), Action: LinkAgain}
	if e.Code != "" {
		return exitOnError(e, m)
	}
	m.Sentence = exitPlace(e.Status)
	return m
}

// exitOnError is for somebody who met an error on the page and then left.
func exitOnError(e bank.LinkExit, m Message) Message {
	name := "The bank"
	if e.Institution.Name != "" {
		name = e.Institution.Name
	}
	if coded, ok := codeMessage(e.Code); ok {
		coded.Action = LinkAgain
		return coded
	}
	m.Title = "The sign-in did not work"
	switch e.Code {
	case "INVALID_CREDENTIALS", "INVALID_MFA", "ITEM_LOGIN_REQUIRED", "INVALID_SEND_METHOD":
		m.Sentence = name + " did not accept what was entered."
		m.Hint += " Check your name and password on the bank’s own website, then try again."
	case "INSTITUTION_DOWN", "INSTITUTION_NOT_RESPONDING", "INSTITUTION_NOT_AVAILABLE", "INTERNAL_SERVER_ERROR":
		m.Title = "The bank is not answering"
		m.Sentence = name + " is not answering at the moment."
		m.Hint += " Try again in an hour or so."
	case "INSTITUTION_NOT_FOUND", "ITEM_NOT_SUPPORTED", "INSTITUTION_NOT_SUPPORTED":
		m.Title = "This bank can’t be linked"
		m.Sentence = name + " can’t be linked through Plaid."
	default:
		m.Sentence = name + " reported a problem, and the page was left."
	}
	return m
}

// exitPlace says where on the page somebody was who simply left.
func exitPlace(status string) string {
	switch status {
	case "requires_credentials":
		return "The page was closed before you signed in."
	case "requires_questions", "requires_selections", "requires_code", "choose_device":
		return "The page was closed while the bank was checking that it is you."
	case "requires_account_selection":
		return "The page was closed before you chose accounts."
	case "requires_oauth":
		return "The page was closed while you were at the bank’s own site."
	case "institution_not_found", "institution_not_supported":
		return "The bank that you looked for is not there."
	}
	return "The page was closed before the end."
}
