package sandbox

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/verify"
)

// EnterNumbers makes an Item of numbers that were entered by hand, as the pages
// do, and returns its access token.
func (s *Server) EnterNumbers(m verify.Method, n verify.Numbers) (access string, err error) {
	v, refusal := verify.Typed(m, n, s.now())
	if refusal != nil {
		return "", refusal
	}
	it := &item{Products: []string{"auth"}, Accounts: []string{verify.HandCode}, Verification: v}
	err = s.store.change(func(st *state) error {
		st.addItem(s.now(), it)
		access = it.token(st.Key)
		return nil
	})
	return access, err
}

// EnterCode submits the code of a deposit, as the pages do, and returns the code
// of the error, or "". A wrong code counts also.
func (s *Server) EnterCode(access, code string) (refused string, err error) {
	err = s.change(access, func(it *item) error {
		if refusal := it.Verification.Submit(code, s.now()); refusal != nil {
			refused = refusal.Code
		}
		return nil
	})
	return refused, err
}

// CloseAccounts takes all accounts from an Item.
func (s *Server) CloseAccounts(access string) error {
	return s.change(access, func(it *item) error {
		it.Accounts = nil
		return nil
	})
}

// Paths returns the paths of the whole API, the control API with it.
func (s *Server) Paths() []string { return slices.Sorted(maps.Keys(s.allRoutes(""))) }

// HostedPaths returns the pages' addresses below a link's own.
func HostedPaths() []string {
	paths := map[string]bool{}
	for pattern := range hostedRoutes {
		_, path, _ := strings.Cut(pattern, " ")
		paths[path] = true
	}
	for _, p := range stepPages {
		paths[p.path] = true
	}
	return slices.Sorted(maps.Keys(paths))
}

// Become makes an Item that of another person, with all of the person's accounts.
func (s *Server) Become(itemID string, p *people.Person) error {
	return s.store.change(func(st *state) error {
		it := st.item(itemID)
		it.who, it.Accounts = p, p.Codes(nil)
		return nil
	})
}

// Regrant shares other accounts of an Item than until now.
func (s *Server) Regrant(itemID string, codes ...string) error {
	return s.store.change(func(st *state) error {
		st.item(itemID).regrant(codes)
		return nil
	})
}

// Remember returns what takes the practice bank back to how it is now.
func (s *Server) Remember() (back func() error) {
	raw := bytes.Clone(s.store.last)
	return func() error {
		return s.store.change(func(st *state) error {
			*st = state{}
			return json.Unmarshal(raw, st)
		})
	}
}
