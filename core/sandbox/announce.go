package sandbox

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"bankbook/core/sandbox/hook"
	"bankbook/core/sandbox/ident"
)

// notice is a webhook that is to be sent.
type notice struct {
	// URL is where it goes; "" is nowhere. One that is not on this machine is
	// taken note of, but never called.
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
	if !hook.Deliverable(n.URL) {
		return
	}
	body, err := json.Marshal(n.body())
	if err != nil {
		s.cfg.Logger.Error("practice bank: webhook", "code", n.Code, "error", err.Error())
		return
	}
	key, err := st.signer(s.cfg.Now())
	if err != nil {
		s.cfg.Logger.Error("practice bank: webhook", "code", n.Code, "error", err.Error())
		return
	}
	st.outbox = append(st.outbox, hook.Delivery{URL: n.URL, Body: body, Key: key})
}

// announceItem sends a webhook of an Item to the Item's own address.
func (s *Server) announceItem(st *state, it *item, kind, code string, fields map[string]any) {
	s.announce(st, notice{URL: it.Webhook, Item: it, Type: kind, Code: code, Fields: fields})
}

func (n notice) body() map[string]any {
	body := map[string]any{"webhook_type": n.Type, "webhook_code": n.Code, "environment": "sandbox"}
	if n.Item != nil {
		body["item_id"] = n.Item.ID
	}
	maps.Copy(body, n.Fields)
	return body
}

// signer returns the key to sign with, and makes the first if there is none.
func (st *state) signer(now time.Time) (hook.Key, error) {
	if n := len(st.Signers); n > 0 {
		return st.Signers[n-1], nil
	}
	return st.rotate(now)
}

// keptSigners is how many keys can be asked for.
const keptSigners = 8

// rotate puts a new key in the place of the one to sign with. The old ones can
// still be asked for: what they have signed may be on its way.
func (st *state) rotate(now time.Time) (hook.Key, error) {
	key, err := hook.NewKey(ident.NewUUID(), now)
	if err != nil {
		return hook.Key{}, err
	}
	if n := len(st.Signers); n > 0 {
		st.Signers[n-1].Expired = now
	}
	st.Signers = append(st.Signers, key)
	st.Signers = slices.Delete(st.Signers, 0, max(0, len(st.Signers)-keptSigners))
	return key, nil
}
