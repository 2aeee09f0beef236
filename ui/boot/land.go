package boot

import (
	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/link/landing"
)

// land returns what gives each link session an address for the browser to end up at,
// which is good for one visit, and no longer than the session.
func (s *Services) land() func(core.LinkID) string {
	s.places = landing.New(func(id core.LinkID) { s.Links.CheckNow(id) })
	s.Events.Subscribe(func(e event.Event) {
		if changed, ok := e.(event.LinkChanged); ok && s.linkOver(changed.Session) {
			s.places.Forget(changed.Session)
		}
	})
	return s.places.URI
}

func (s *Services) linkOver(id core.LinkID) bool {
	session, err := s.Links.Session(id)
	return err == nil && session.Stage.Over()
}
