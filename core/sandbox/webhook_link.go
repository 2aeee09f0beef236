package sandbox

import (
	"time"

	"bankbook/core/sandbox/ident"
)

// tellSession announces the end of a Hosted Link session, with all of its
// events (Plaid's LINK webhooks).
func (s *Server) tellSession(st *state, l *link, sess *session) {
	if l.Webhook == "" {
		return
	}
	s.tellEvents(st, l, sess)
	token := st.Key.Token(ident.LinkToken, l.ID)
	finished := map[string]any{"link_session_id": sess.ID, "link_token": token, "status": "EXITED"}
	if !sess.Left || sess.Public != "" {
		finished["status"] = "SUCCESS"
		tokens := []string{}
		for _, id := range sess.publics() {
			tokens = append(tokens, st.Key.Token(ident.PublicToken, id))
		}
		finished["public_tokens"] = tokens
		if len(tokens) > 0 {
			finished["public_token"] = tokens[0]
		}
	}
	s.announce(st, notice{URL: l.Webhook, Type: "LINK", Code: "SESSION_FINISHED", Fields: finished})
}

// tellAdded announces the Item that was made last, while others can follow.
func (s *Server) tellAdded(st *state, l *link, sess *session) {
	if l.Webhook == "" {
		return
	}
	s.announce(st, notice{URL: l.Webhook, Type: "LINK", Code: "ITEM_ADD_RESULT", Fields: map[string]any{
		"link_session_id": sess.ID, "link_token": st.Key.Token(ident.LinkToken, l.ID), "public_token": st.Key.Token(ident.PublicToken, sess.Public),
	}})
}

func (s *Server) tellEvents(st *state, l *link, sess *session) {
	events := make([]wireEvent, len(sess.Events))
	for i := range sess.Events {
		events[i] = sess.Events[i].wire()
	}
	s.announce(st, notice{URL: l.Webhook, Type: "LINK", Code: "EVENTS", Fields: map[string]any{
		"link_session_id": sess.ID, "link_token": st.Key.Token(ident.LinkToken, l.ID), "events": events,
	}})
}

// leftAlone is how long nothing has to happen in a session until it is told of
// as one that its user has walked away from: Plaid names 5 to 15 minutes.
const leftAlone = 10 * time.Minute

// aloneAt returns when the session is told of as one left alone, or zero.
func (l *link) aloneAt(sess *session) time.Time {
	if l.Webhook == "" || sess.Told || !sess.Finished.IsZero() || len(sess.Events) == 0 {
		return time.Time{}
	}
	return sess.Events[len(sess.Events)-1].At.Add(leftAlone)
}

// tellAlone announces the sessions that were left alone.
func (s *Server) tellAlone(st *state) {
	now := s.now()
	for _, l := range st.Links {
		for _, sess := range l.Sessions {
			if at := l.aloneAt(sess); !at.IsZero() && !now.Before(at) {
				s.tellEvents(st, l, sess)
				sess.Told = true
			}
		}
	}
}
