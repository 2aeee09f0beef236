package sandbox

import "bankbook/core/sandbox/ledger"

type categoriesRequest struct{}

type categoriesResponse struct {
	Categories []wireCategory `json:"categories"`
	RequestID  string         `json:"request_id"`
}

type wireCategory struct {
	ID        string   `json:"category_id"`
	Group     string   `json:"group"`
	Hierarchy []string `json:"hierarchy"`
}

// categoriesGet answers /categories/get: Plaid's older categories.
func (s *Server) categoriesGet(id string, _ categoriesRequest) (categoriesResponse, error) {
	resp := categoriesResponse{Categories: []wireCategory{}, RequestID: id}
	for l, group := range ledger.Categories() {
		resp.Categories = append(resp.Categories, wireCategory{l.ID, group, l.Levels()})
	}
	return resp, nil
}
