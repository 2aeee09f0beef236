package timepiece

import "time"

// Setting is how a clock runs. The zero value shows real time.
type Setting struct {
	// Frozen is the instant at which the clock stands; zero if it runs.
	Frozen time.Time `json:"frozen,omitzero"`
	// Ahead is how far a clock that runs is ahead of real time.
	Ahead time.Duration `json:"ahead,omitempty"`
}

// FrozenAt returns the setting of a clock that stands at an instant.
func FrozenAt(at time.Time) Setting { return Setting{Frozen: at} }

// RunningFrom returns the setting of a clock that shows at now and runs on.
func RunningFrom(at, real time.Time) Setting { return Setting{Ahead: at.Sub(real)} }

// Stands reports whether the clock stands.
func (s Setting) Stands() bool { return !s.Frozen.IsZero() }

// Now returns what the clock shows when real time is as given.
func (s Setting) Now(real time.Time) time.Time {
	if s.Stands() {
		return s.Frozen
	}
	return real.Add(s.Ahead)
}

// Advanced returns the setting of the clock put forward by d.
func (s Setting) Advanced(d time.Duration) Setting {
	if s.Stands() {
		return FrozenAt(s.Frozen.Add(d))
	}
	return Setting{Ahead: s.Ahead + d}
}
