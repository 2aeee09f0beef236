package sandbox

// sandboxRoutes are those that Plaid has in its sandbox alone.
func (s *Server) sandboxRoutes() routes {
	return routes{
		"/sandbox/public_token/create": serve(s.sandboxCreate),
		"/sandbox/item/reset_login":    serve(s.resetLogin),
		"/sandbox/user/reset_login":    serve(s.userReset),
		"/sandbox/item/fire_webhook":   serve(s.fireWebhook),
	}
}

type resetResponse struct {
	Reset     bool   `json:"reset_login"`
	RequestID string `json:"request_id"`
}

// resetLogin answers /sandbox/item/reset_login: the Item wants a sign-in.
func (s *Server) resetLogin(id string, req accessRequest) (resetResponse, error) {
	err := s.store.change(func(st *state) error {
		it, err := st.liveItem(req.Token)
		if err != nil {
			return err
		}
		it.LoginRequired = true
		s.tellError(st, it)
		return nil
	})
	return resetResponse{true, id}, err
}
