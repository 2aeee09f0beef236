package sandbox

import (
	"slices"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/wire"
)

// linkAPI is the part of the API that has to know the server's own address.
type linkAPI struct {
	*Server
	base string
}

func (a linkAPI) routes() routes {
	return routes{
		"/link/token/create": serve(a.create),
		"/link/token/get":    serve(a.get),
		"/user/create":       serve(a.createUser),
	}
}

// hostedRoot is the path under which the Hosted Link pages live.
const hostedRoot = "/hosted/"

type linkResponse struct {
	Token     string `json:"link_token"`
	Expires   string `json:"expiration"`
	URL       string `json:"hosted_link_url,omitempty"`
	UserID    string `json:"user_id,omitempty"`
	RequestID string `json:"request_id"`
}

// create answers /link/token/create.
func (a linkAPI) create(id string, req linkRequest) (resp linkResponse, err error) {
	if err := req.check(); err != nil {
		return resp, err
	}
	if err := a.cfg.permit(slices.Concat(req.Products, req.Optional, req.IfSupported, req.Consented), req.Countries); err != nil {
		return resp, err
	}
	now := a.now()
	l := req.record(ident.NewRecord(), now)
	err = a.store.change(func(st *state) error {
		if err := st.refer(l, &req); err != nil {
			return err
		}
		st.forget(now)
		st.Links = append(st.Links, l)
		resp = linkResponse{Token: st.Key.Token(ident.LinkToken, l.ID), Expires: wire.Stamp(l.Expires), UserID: req.UserID, RequestID: id}
		if l.Hosted {
			resp.URL = a.base + hostedRoot + st.Key.Path(l.ID)
		}
		return nil
	})
	return resp, err
}

// refer finds the Item and the user that the request names.
func (st *state) refer(l *link, req *linkRequest) error {
	if req.AccessToken != "" {
		it, err := st.liveItem(req.AccessToken)
		if err != nil {
			return err
		}
		l.Update = it.ID
	}
	if req.Transfer.Authorization != "" {
		it, err := st.itemOfAuthorization(req.Transfer.Authorization)
		if err != nil {
			return err
		}
		l.Update = it.ID
	}
	if req.UserID == "" && req.UserToken == "" {
		return nil
	}
	u, err := st.userOf(req.UserID, req.UserToken)
	if err != nil {
		return err
	}
	if l.User == "" {
		l.User = u.Client
	}
	return nil
}

// itemOfAuthorization returns the Item whose user a transfer waits for.
func (st *state) itemOfAuthorization(id string) (*item, error) {
	if st.Transfer == nil || st.Transfer.Authorization(id) == nil {
		return nil, wire.Field("transfer.authorization_id", "could not be found")
	}
	it := st.item(st.Transfer.Authorization(id).Account.Item)
	if it == nil || !it.Removed.IsZero() {
		return nil, wire.ItemGone()
	}
	return it, nil
}
