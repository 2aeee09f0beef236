package sandbox

import (
	"bankbook/core/sandbox/ident"
)

// tellSession announces the end of a Hosted Link session, with all of its
// events (Plaid's LINK webhooks).
func (s *Server) tellSession(st *state, l *link, sess *session) {
	if l.Webhook == "" {
		return
	}
	token := st.Key.Token(ident.LinkToken, l.ID)
	events := make([]wireEvent, len(sess.Events))
	for i := range sess.Events {
		events[i] = sess.Events[i].wire()
	}
	s.announce(st, notice{URL: l.Webhook, Type: "LINK", Code: "EVENTS", Fields: map[string]any{
		"link_session_id": sess.ID, "link_token": token, "events": events,
	}})
	finished := map[string]any{"link_session_id": sess.ID, "link_token": token, "status": "EXITED"}
	if !sess.Left {
		finished["status"] = "SUCCESS"
		finished["public_tokens"] = []string{}
		if sess.Public != "" {
			public := st.Key.Token(ident.PublicToken, sess.Public)
			finished["public_token"], finished["public_tokens"] = public, []string{public}
		}
	}
	s.announce(st, notice{URL: l.Webhook, Type: "LINK", Code: "SESSION_FINISHED", Fields: finished})
}
