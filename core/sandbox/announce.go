package sandbox

// notice is a webhook that is to be sent.
type notice struct {
	// URL is where it goes; "" is nowhere.
	URL string
	// Item is the live Item that it concerns, which remembers it as its last
	// webhook; nil for a webhook that concerns none.
	Item *item
	// Type and Code are Plaid's webhook_type and webhook_code.
	Type, Code string
	// Fields are what the webhook says beside type, code, item_id and
	// environment.
	Fields map[string]any
}

// announce sends a webhook once the change that st belongs to has been kept; if
// the change fails, nothing is sent. It is called within store.change, and does
// not wait.
func (s *Server) announce(st *state, n notice) {
	if n.URL == "" {
		return
	}
	if n.Item != nil {
		n.Item.LastWebhook = &sentWebhook{s.now(), n.Code}
	}
	st.outbox = append(st.outbox, n)
}
