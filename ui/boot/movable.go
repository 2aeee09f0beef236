package boot

import (
	"context"
	"sync"

	"bankbook/core/fault"
	"bankbook/core/secret"
)

// movers is how many operations of a movable run side by side.
const movers = 16

// movable is the secret.Store of an environment. What is behind it can be
// exchanged while it is in use: hold waits for the running operations and keeps
// later ones waiting. It is safe for concurrent use.
type movable struct {
	places chan struct{} // one place per running operation; hold takes them all

	mu    sync.Mutex
	store secret.Store // nil before it is known, and after close
	// used are the names that have held something: the vault does not know of
	// those of a link that is under way.
	used map[secret.Name]struct{}
}

var _ secret.Store = (*movable)(nil)

func newMovable() *movable {
	return &movable{places: make(chan struct{}, movers), used: map[secret.Name]struct{}{}}
}

// Set implements secret.Store.
func (m *movable) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	store, leave, err := m.enter(ctx, "boot: set secret")
	if err != nil {
		return err
	}
	defer leave()
	m.note(name) // even a write that failed may have happened
	return store.Set(ctx, name, value)
}

// Get implements secret.Store.
func (m *movable) Get(ctx context.Context, name secret.Name) (secret.Text, error) {
	store, leave, err := m.enter(ctx, "boot: get secret")
	if err != nil {
		return secret.Text{}, err
	}
	defer leave()
	value, err := store.Get(ctx, name)
	if err == nil {
		m.note(name)
	}
	return value, err
}

// Delete implements secret.Store.
func (m *movable) Delete(ctx context.Context, name secret.Name) error {
	store, leave, err := m.enter(ctx, "boot: delete secret")
	if err != nil {
		return err
	}
	defer leave()
	return store.Delete(ctx, name)
}

func (m *movable) enter(ctx context.Context, op string) (store secret.Store, leave func(), err error) {
	if err := m.take(ctx, op); err != nil {
		return nil, nil, err
	}
	if store = m.current(); store == nil {
		<-m.places
		return nil, nil, fault.New(op, fault.Locked, nil)
	}
	return store, func() { <-m.places }, nil
}

func (m *movable) take(ctx context.Context, op string) error {
	if err := secret.Ended(ctx, op); err != nil {
		return err
	}
	select {
	case m.places <- struct{}{}:
		return nil
	case <-ctx.Done():
		return secret.Ended(ctx, op)
	}
}

// hold keeps everybody else out until release is called. There must not be two
// who hold at the same time.
func (m *movable) hold(ctx context.Context, op string) (release func(), err error) {
	taken := 0
	release = func() {
		for range taken {
			<-m.places
		}
	}
	for ; taken < movers; taken++ {
		if err := m.take(ctx, op); err != nil {
			release()
			return nil, err
		}
	}
	return release, nil
}

// become puts another store behind m; nil closes it.
func (m *movable) become(store secret.Store) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.store = store
}

func (m *movable) current() secret.Store {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.store
}

func (m *movable) note(name secret.Name) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.used[name] = struct{}{}
}

// names returns the names that have held something since the start.
func (m *movable) names() []secret.Name {
	m.mu.Lock()
	defer m.mu.Unlock()
	names := make([]secret.Name, 0, len(m.used))
	for name := range m.used {
		names = append(names, name)
	}
	return names
}
