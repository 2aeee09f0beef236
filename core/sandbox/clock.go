package sandbox

import (
	"time"

	"bankbook/core/sandbox/timepiece"
	"bankbook/core/sandbox/wire"
)

// now returns the time of the practice bank's own clock in the form in which it
// is kept: UTC, whole microseconds.
func (s *Server) now() time.Time { return whole(s.clock.Load().Now(s.cfg.Now())) }

func whole(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// setClock changes how the clock runs. It never goes back: what has happened
// would lie in the future, and clients would see it undone. Only a practice bank
// in which nothing has happened yet can have any time.
func (s *Server) setClock(st *state, to timepiece.Setting) error {
	if to.Now(s.cfg.Now()).Before(s.now()) && !st.untouched() {
		return wire.Field("time", "must not be before the practice bank's own time, now that something has happened: put the clock forward, or reset the state")
	}
	st.Clock = to
	return nil
}

// untouched reports whether nothing has happened that has a time.
func (st *state) untouched() bool { return len(st.Items) == 0 && len(st.Links) == 0 }

// startClock sets the clock as the Config says.
func (s *Server) startClock() error {
	if s.cfg.Start.IsZero() && s.cfg.Advance == 0 {
		return nil
	}
	return s.store.change(func(st *state) error {
		to := st.Clock
		if !s.cfg.Start.IsZero() {
			at := whole(s.cfg.Start)
			if !st.untouched() && at.Before(s.now()) {
				at = s.now()
			}
			to = timepiece.FrozenAt(at)
		}
		st.Clock = to.Advanced(s.cfg.Advance)
		return nil
	})
}
