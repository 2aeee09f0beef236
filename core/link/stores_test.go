package link_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
	"bankbook/core/syncer/syncertest"
)

// fakeRepo adds link sessions to the repository of syncertest.
type fakeRepo struct {
	*syncertest.Repo
	mu       sync.Mutex
	sessions map[core.LinkID]link.Session
}

func (r *fakeRepo) PutSession(s link.Session) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sessions[s.ID] = deepCopy(s)
	return nil
}

func (r *fakeRepo) Session(id core.LinkID) (link.Session, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s, ok := r.sessions[id]
	if !ok {
		return link.Session{}, fault.New("fake repo", fault.NotFound, nil)
	}
	return s, nil
}

func (r *fakeRepo) Sessions() ([]link.Session, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Collect(maps.Values(r.sessions)), nil
}

func (r *fakeRepo) DeleteSession(id core.LinkID) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.sessions, id)
	return nil
}

// fakeSecrets is a secret store whose entries can be listed.
type fakeSecrets struct {
	mu      sync.Mutex
	entries map[secret.Name]secret.Text
}

func (s *fakeSecrets) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	if ctx.Err() != nil {
		return fault.New("fake secrets", fault.Canceled, ctx.Err())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entries[name] = value
	return nil
}

func (s *fakeSecrets) Get(ctx context.Context, name secret.Name) (secret.Text, error) {
	if ctx.Err() != nil {
		return secret.Text{}, fault.New("fake secrets", fault.Canceled, ctx.Err())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	value, ok := s.entries[name]
	if !ok {
		return secret.Text{}, fault.New("fake secrets", fault.SecretMissing, nil)
	}
	return value, nil
}

func (s *fakeSecrets) Delete(_ context.Context, name secret.Name) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.entries, name)
	return nil
}

func (s *fakeSecrets) names() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var names []string
	for name := range s.entries {
		names = append(names, strings.TrimPrefix(string(name), "practice/"))
	}
	slices.Sort(names)
	return names
}
