package accountstest

import (
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/scope"
	"bankbook/core/secret"
)

// Clock is a clock that stands at Now.
type Clock struct{ clock.System }

// Now implements clock.Clock.
func (Clock) Now() time.Time { return Now() }

// Stand is what a service of a World stands on, beside its secrets.
type Stand struct {
	World  *World
	Events *event.Bus
	// Told are the events so far.
	Told []event.Event
}

// NewStand returns a Stand on a new World. The access token of "platypus" is put into
// the secrets.
func NewStand(t *testing.T, secrets secret.Store) *Stand {
	t.Helper()
	s := &Stand{World: NewWorld(), Events: &event.Bus{}}
	if err := secrets.Set(t.Context(), secret.TokenName(core.Practice, "platypus"), secret.New("access-platypus")); err != nil {
		t.Fatal(err)
	}
	s.Events.Subscribe(func(e event.Event) { s.Told = append(s.Told, e) })
	return s
}

// View returns what a profile sees.
func (s *Stand) View(p core.ProfileID) scope.View { return scope.Of(s.World, p) }
