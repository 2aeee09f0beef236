package boot

import (
	"context"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/core/seen"
)

// watch begins to keep the number of the vault's last commit beside its key. The
// store is not a traced one, because this comes and goes in the background.
func (s *Services) watch(ctx context.Context, store secret.Store) {
	s.seen = seen.Start(ctx, seen.Deps{
		Vault: s.Vault, Secrets: store, Events: s.Events, Clock: s.program.config.Clock,
		Failed: func(err error) { s.program.log.Warn("the last commit is not noted", "error", err) },
	})
	if back, ok := s.seen.RolledBack(); ok {
		s.program.log.Warn("the vault is older than it was", "commit", back.Commit, "seen", back.Seen)
	}
}

// RolledBack tells that the vault is older than when it was last seen, as after
// somebody has put back a copy of the file. ok is false if it is not.
func (s *Services) RolledBack() (back core.RolledBack, ok bool) { return s.seen.RolledBack() }
