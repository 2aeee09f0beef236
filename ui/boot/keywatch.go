package boot

import (
	"context"
	"sync"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/storage/settings"
)

// keyWatch notices keys that another program has changed, such as a command in a
// terminal beside the window. Whoever changes keys notes it in a small file beside
// them, which is read in no time; the keychain is asked only when that has changed.
type keyWatch struct {
	// looking is held while somebody looks, so that a change is taken over once.
	looking sync.Mutex

	mu   sync.Mutex
	seen map[core.Environment]settings.KeyNotes
}

func (w *keyWatch) see(env core.Environment, notes settings.KeyNotes) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.seen == nil {
		w.seen = map[core.Environment]settings.KeyNotes{}
	}
	w.seen[env] = notes
}

func (w *keyWatch) knows(env core.Environment, notes settings.KeyNotes) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.seen[env].SameKeys(notes)
}

// watchKeys begins to notice what others change about keys, from now on.
func (s *Services) watchKeys() error {
	for _, env := range []core.Environment{core.Sandbox, core.Production} {
		notes, err := s.KeyRing().notes(env).read()
		if err != nil {
			return err
		}
		s.keyWatch.see(env, notes)
	}
	return nil
}

// LookAtKeys takes over what another program has changed about keys. It is done by
// itself before each request.
func (s *Services) LookAtKeys(ctx context.Context) {
	s.lookAtKeys(ctx, core.Sandbox)
	s.lookAtKeys(ctx, core.Production)
}

// lookBefore returns what looks at the keys before a request; nil where there are
// none to look at.
func (s *Services) lookBefore() func(context.Context) {
	if s.Env == core.Practice || s.reviewCopy {
		return nil
	}
	return func(ctx context.Context) { s.lookAtKeys(ctx, s.Env) }
}

// lookAtKeys looks at those of one environment. What cannot be read now stays as it
// was, and is looked at again.
func (s *Services) lookAtKeys(ctx context.Context, env core.Environment) {
	s.keyWatch.looking.Lock()
	defer s.keyWatch.looking.Unlock()
	k := s.KeyRing()
	notes, err := k.notes(env).read()
	if err != nil || s.keyWatch.knows(env, notes) {
		return
	}
	if !k.isOpen(env) || s.reviewCopy {
		s.keyWatch.see(env, notes)
		s.Events.Publish(event.KeysChanged{})
		return
	}
	keys, err := k.keys(ctx, env)
	if err == nil {
		err = k.renew(env, keys)
	}
	if err != nil {
		s.program.log.Warn("keys that were changed elsewhere are not taken over yet", "fault", string(fault.KindOf(err)), "error", err)
		return
	}
	s.program.log.Info("keys were changed elsewhere", "environment", string(env))
}
