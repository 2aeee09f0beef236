package journey

// Event is something that Plaid tells of a session. Trouble is an error's code,
// Where an exit status; the rest are Plaid's fields (OpenAPI, LinkEventMetadata).
type Event struct {
	Name    string `json:"name"`
	View    string `json:"view,omitempty"`
	Trouble string `json:"trouble,omitempty"`
	Where   string `json:"where,omitempty"`
	// Institution is the one chosen when it happened, or "".
	Institution string `json:"institution,omitempty"`
	MFA         string `json:"mfa,omitempty"`
	Query       string `json:"query,omitempty"`
	Selection   string `json:"selection,omitempty"`
	Match       string `json:"match,omitempty"`
	Routing     string `json:"routing,omitempty"`
	Mask        string `json:"mask,omitempty"`
}

const transitionView = "TRANSITION_VIEW"

// Open returns the first events of a session. A new link begins on the consent
// pane, an update on the view of its first step.
func Open(t Terms, b Bank) []Event {
	if !t.Update {
		return []Event{{Name: "OPEN", View: "CONSENT"}}
	}
	opened := []Event{{Name: "OPEN", Institution: b.ID}}
	if view := views[t.First(b)]; view != "" {
		opened = append(opened, Event{Name: transitionView, View: view, Institution: b.ID})
	}
	return opened
}
