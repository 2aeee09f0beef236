package sandbox

import (
	"slices"
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/wire"
)

func (s *Server) itemRoutes() routes {
	return routes{
		"/item/public_token/exchange":   serve(s.exchange),
		"/item/get":                     serve(s.itemGet),
		"/item/remove":                  serve(s.itemRemove),
		"/item/access_token/invalidate": serve(s.invalidate),
		"/item/public_token/create":     serve(s.publicCreate),
		"/item/import":                  serve(s.itemImport),
		"/item/webhook/update":          serve(s.webhookUpdate),
	}
}

type publicTokenRequest struct {
	Token string `json:"public_token"`
}

type exchangeResponse struct {
	Access    string `json:"access_token"`
	ItemID    string `json:"item_id"`
	RequestID string `json:"request_id"`
}

// exchange answers /item/public_token/exchange.
func (s *Server) exchange(id string, req publicTokenRequest) (resp exchangeResponse, err error) {
	if problem := ident.CheckToken(ident.PublicToken, req.Token); problem != "" {
		return resp, wire.PublicToken(problem)
	}
	now := s.now()
	err = s.store.change(func(st *state) error {
		p := st.publicByToken(req.Token)
		switch {
		case p == nil:
			return wire.PublicToken("could not find matching public token")
		case now.After(p.Created.Add(publicLife)):
			return wire.PublicToken("provided public token is expired. Public tokens expire 30 minutes after creation at which point they can no longer be exchanged")
		case p.Exchanged && s.cfg.SingleUsePublicTokens:
			return wire.PublicToken("provided public token has been exchanged already")
		}
		p.Exchanged = true
		it := st.item(p.Item)
		if !it.Removed.IsZero() {
			return wire.ItemGone()
		}
		resp = exchangeResponse{Access: it.token(st.Key), ItemID: p.Item, RequestID: id}
		return nil
	})
	return resp, err
}

type accessRequest struct {
	Token string `json:"access_token"`
}

type itemResponse struct {
	Item      wireItem    `json:"item"`
	Status    *itemStatus `json:"status"`
	RequestID string      `json:"request_id"`
}

type itemStatus struct {
	Investments  *updateTimes `json:"investments"`
	Transactions *updateTimes `json:"transactions"`
	LastWebhook  *lastWebhook `json:"last_webhook"`
}

type lastWebhook struct {
	At   string `json:"sent_at"`
	Code string `json:"code_sent"`
}

type updateTimes struct {
	Successful *string `json:"last_successful_update"`
	Failed     *string `json:"last_failed_update"`
}

// itemGet answers /item/get: also for an Item that wants a sign-in, with the
// error inside.
func (s *Server) itemGet(id string, req accessRequest) (itemResponse, error) {
	it, _, err := s.itemOf(req.Token)
	if err != nil {
		return itemResponse{}, err
	}
	w := it.wire()
	w.Created = wire.Stamp(it.Created)
	w.Cases = []string{"Track and manage your finances"}
	w.Scopes = it.scopes()
	w.Error = it.trouble(s.now())
	resp := itemResponse{Item: w, Status: &itemStatus{}, RequestID: id}
	if last := it.LastWebhook; last != nil {
		resp.Status.LastWebhook = &lastWebhook{wire.Stamp(last.At), last.Code}
	}
	if slices.Contains(it.Products, "transactions") {
		m := s.moment(&it)
		resp.Status.Transactions = &updateTimes{}
		if s.phase(&it, m.at) != notReady {
			resp.Status.Transactions.Successful = wire.StampOrNull(it.fetched(m))
		}
	}
	return resp, nil
}

// scopes are the kinds of data that the user has agreed to share.
func (i *item) scopes() []string {
	scopes := []string{"account_balance_info"}
	if i.consents("auth") {
		scopes = append(scopes, "account_routing_number")
	}
	if i.consents("identity") {
		scopes = append(scopes, "contact_info")
	}
	if i.consents("liabilities") {
		scopes = append(scopes, "credit_loan_info")
	}
	if i.consents("transactions") {
		scopes = append(scopes, "transactions")
	}
	return scopes
}

type removeResponse struct {
	RequestID string `json:"request_id"`
}

// itemRemove answers /item/remove. The Item leaves a mark behind, so that its
// token is answered with ITEM_NOT_FOUND from now on.
func (s *Server) itemRemove(id string, req accessRequest) (removeResponse, error) {
	now := s.now()
	err := s.change(req.Token, func(it *item) error {
		it.Removed = now
		return nil
	})
	return removeResponse{id}, err
}

// change runs fn on the Item of an access token, and keeps what it does.
func (s *Server) change(token string, fn func(*item) error) error {
	return s.store.change(func(st *state) error {
		it, err := st.liveItem(token)
		if err != nil {
			return err
		}
		return fn(it)
	})
}

// itemOf returns a copy of the Item of an access token, and the key for its ids.
func (s *Server) itemOf(token string) (it item, key ident.Keyring, err error) {
	s.store.read(func(st *state) {
		var live *item
		if live, err = st.liveItem(token); err == nil {
			it, key = live.copy(), st.Key
		}
	})
	return it, key, err
}

// use returns the Item for a product: it must not want a sign-in, and the user
// must have agreed to the product. A product used for the first time is added
// to the Item, as Plaid does.
func (s *Server) use(token, product string) (item, ident.Keyring, error) {
	it, key, err := s.itemOf(token)
	switch {
	case err != nil:
		return it, key, err
	case it.trouble(s.now()) != nil:
		return it, key, it.trouble(s.now())
	case product != "" && len(it.bank().lacks([]string{product})) > 0:
		return it, key, wire.ProductsNotSupported(product)
	case product == "" || slices.Contains(it.Products, product):
		return it, key, nil
	case !it.consents(product):
		return it, key, wire.Consent(product)
	}
	err = s.change(token, func(live *item) error {
		if !slices.Contains(live.Products, product) {
			live.Products = append(live.Products, product)
		}
		it = live.copy()
		return nil
	})
	return it, key, err
}

func (i *item) consents(product string) bool {
	return slices.Contains(i.Products, product) || slices.Contains(i.Consented, product)
}

// liveItem returns the Item of an access token, or the error that Plaid gives.
func (st *state) liveItem(token string) (*item, error) {
	if problem := ident.CheckToken(ident.AccessToken, token); problem != "" {
		return nil, wire.AccessToken(problem)
	}
	it := st.itemByToken(token)
	switch {
	case it == nil:
		return nil, wire.AccessToken("could not find matching access token")
	case !it.Removed.IsZero():
		return nil, wire.ItemGone()
	}
	return it, nil
}

// newItem adds an Item and a public token for it, and returns the latter.
func (st *state) newItem(now time.Time, it *item) *public {
	st.addItem(now, it)
	return st.newPublic(now, it.ID)
}

func (st *state) addItem(now time.Time, it *item) {
	it.ID, it.Created = ident.New(), now
	st.Items = append(st.Items, it)
}

func (st *state) newPublic(now time.Time, itemID string) *public {
	p := &public{ID: ident.NewRecord(), Item: itemID, Created: now}
	st.Publics = append(st.Publics, p)
	return p
}

// wire returns the Item as Plaid writes it in most answers.
func (i *item) wire() wireItem {
	w := wireItem{
		ID: i.ID, Institution: wire.OrNull(i.Institution), Webhook: wire.OrNull(i.Webhook), AuthMethod: i.authMethod(),
		Available: []string{}, Billed: i.Products, Products: i.Products, Consented: slices.Compact(slices.Sorted(slices.Values(slices.Concat(i.Consented, i.Products)))),
		ConsentEnds: wire.StampOrNull(i.ConsentEnds), Update: "background",
	}
	if inst := i.bank(); inst != nil {
		w.InstitutionName = &inst.Name
	}
	for _, p := range i.bank().products() {
		if !slices.Contains(i.Products, p) {
			w.Available = append(w.Available, p)
		}
	}
	return w
}
