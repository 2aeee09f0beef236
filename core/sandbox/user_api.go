package sandbox

import (
	"slices"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/wire"
)

// user is somebody whom a client has told of.
type user struct {
	ID string `json:"id"`
	// Client is the client's own name for the user.
	Client string `json:"client"`
}

type userRequest struct {
	Client string `json:"client_user_id"`
}

type userResponse struct {
	ID        string `json:"user_id"`
	Token     string `json:"user_token"`
	RequestID string `json:"request_id"`
}

// createUser answers /user/create. A client that tells of the same user again is
// answered with the same id.
func (a linkAPI) createUser(id string, req userRequest) (resp userResponse, err error) {
	err = a.store.change(func(st *state) error {
		u := find(st.Users, func(u *user) bool { return u.Client == req.Client })
		if u == nil {
			u = &user{ID: ident.New(), Client: req.Client}
			st.Users = append(st.Users, u)
		}
		resp = userResponse{u.ID, st.Key.Token(ident.UserToken, u.ID), id}
		return nil
	})
	return resp, err
}

// userOf returns the user of an id or a token.
func (st *state) userOf(id, token string) (*user, error) {
	u := find(st.Users, func(u *user) bool {
		return u.ID == id || token != "" && ident.Same(st.Key.Token(ident.UserToken, u.ID), token)
	})
	switch {
	case u != nil:
		return u, nil
	case id != "":
		return nil, wire.Field("user_id", "could not be found")
	}
	return nil, wire.UserToken("could not find matching user token")
}

type userResetRequest struct {
	ID    string   `json:"user_id"`
	Token string   `json:"user_token"`
	Items []string `json:"item_ids"`
}

// userReset answers /sandbox/user/reset_login: the user's Items, or those of the
// given ids, want a sign-in.
func (s *Server) userReset(id string, req userResetRequest) (removeResponse, error) {
	if req.ID == "" && req.Token == "" {
		return removeResponse{}, wire.Missing("user_id")
	}
	err := s.store.change(func(st *state) error {
		u, err := st.userOf(req.ID, req.Token)
		if err != nil {
			return err
		}
		left := slices.Clone(req.Items)
		for _, it := range st.Items {
			if it.Client != u.Client || !it.Removed.IsZero() || len(req.Items) > 0 && !slices.Contains(req.Items, it.ID) {
				continue
			}
			it.LoginRequired = true
			s.tellError(st, it)
			left = slices.DeleteFunc(left, func(id string) bool { return id == it.ID })
		}
		if len(left) > 0 {
			return wire.Field("item_ids", "must be ids of the user's Items")
		}
		return nil
	})
	return removeResponse{id}, err
}
