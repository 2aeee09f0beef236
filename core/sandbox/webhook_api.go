package sandbox

import (
	"slices"

	"bankbook/core/sandbox/hook"
	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/wire"
)

// webhookRoutes are those about webhooks as such.
func (s *Server) webhookRoutes() routes {
	return routes{"/webhook_verification_key/get": serve(s.verificationKey)}
}

type keyRequest struct {
	ID string `json:"key_id"`
}

type keyResponse struct {
	Key       hook.JWK `json:"key"`
	RequestID string   `json:"request_id"`
}

// verificationKey answers /webhook_verification_key/get.
func (s *Server) verificationKey(id string, req keyRequest) (resp keyResponse, err error) {
	var signers []hook.Key
	s.store.read(func(st *state) { signers = slices.Clone(st.Signers) })
	i := slices.IndexFunc(signers, func(k hook.Key) bool { return k.ID == req.ID })
	if i < 0 {
		return resp, wire.WebhookKey()
	}
	key, err := signers[i].JWK()
	return keyResponse{key, id}, err
}

type webhookRequest struct {
	Token   string  `json:"access_token"`
	Webhook *string `json:"webhook"`
}

type webhookResponse struct {
	Item      wireItem `json:"item"`
	RequestID string   `json:"request_id"`
}

// webhookUpdate answers /item/webhook/update. What happened before concerns
// nobody any more; null or "" takes the address away.
func (s *Server) webhookUpdate(id string, req webhookRequest) (resp webhookResponse, err error) {
	address := ""
	if req.Webhook != nil {
		address = *req.Webhook
	}
	if err := checkWebhook("webhook", address); err != nil {
		return resp, err
	}
	err = s.store.change(func(st *state) error {
		it, err := st.liveItem(req.Token)
		if err != nil {
			return err
		}
		if it.Webhook == "" {
			m := s.moment(it)
			it.Told, it.ToldRefreshes, it.ToldWritten = m.at, m.refreshes, m.written
		}
		it.Webhook = address
		s.announceItem(st, it, "ITEM", "WEBHOOK_UPDATE_ACKNOWLEDGED", map[string]any{"new_webhook_url": address, "error": nil})
		c := it.copy()
		resp = webhookResponse{c.wire(), id}
		return nil
	})
	return resp, err
}

// noteSync remembers that a client syncs, which is what SYNC_UPDATES_AVAILABLE
// waits for. Without an address nobody would be told.
func (s *Server) noteSync(token string, it *item) error {
	if it.Synced || it.Webhook == "" {
		return nil
	}
	return s.change(token, func(live *item) error {
		live.Synced = true
		return nil
	})
}

type fireRequest struct {
	Token string `json:"access_token"`
	Type  string `json:"webhook_type"`
	Code  string `json:"webhook_code"`
}

type fireResponse struct {
	Fired     bool   `json:"webhook_fired"`
	RequestID string `json:"request_id"`
}

// fireWebhook answers /sandbox/item/fire_webhook.
func (s *Server) fireWebhook(id string, req fireRequest) (resp fireResponse, err error) {
	err = s.store.change(func(st *state) error {
		it, err := st.liveItem(req.Token)
		if err != nil {
			return err
		}
		w := find(fired(), func(w *firedWebhook) bool { return w.code == req.Code && (req.Type == "" || req.Type == w.kind) })
		switch {
		case w == nil, !webAddress(it.Webhook):
			return wire.SandboxWebhook()
		case w.product != "" && !slices.Contains(it.Products, w.product):
			return wire.SandboxProduct(w.product)
		}
		s.announceItem(st, it, w.kind, w.code, w.fields(s, it, st.Key))
		resp = fireResponse{true, id}
		return nil
	})
	return resp, err
}

// checkWebhook wants a web address, or none.
func checkWebhook(field, address string) error {
	if address != "" && !webAddress(address) {
		return wire.Field(field, "must be a valid URL")
	}
	return nil
}

// firstAccount returns the account_id of the Item's first account.
func (i *item) firstAccount(key ident.Keyring) string {
	if len(i.Accounts) == 0 {
		return ""
	}
	return i.accountID(key, i.Accounts[0])
}
