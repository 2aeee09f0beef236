package sandbox

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"bankbook/core/sandbox/limit"
	"bankbook/core/sandbox/trouble"
	"bankbook/core/sandbox/wire"
)

// punctual sends the webhooks that are due before a call, and those that it
// makes due.
func (s *Server) punctual(e endpoint) endpoint {
	return func(c *call) (any, error) {
		s.tick()
		defer s.tick()
		return e(c)
	}
}

// attended is an endpoint with everything around it that can be set: rate limits
// and faults. All of it comes after the keys, so that nobody else can use up a
// fault.
func (s *Server) attended(path string, e endpoint) endpoint {
	return s.punctual(func(c *call) (any, error) {
		subject := s.subject(path, c.body)
		if s.cfg.RateLimits {
			if code := s.meter.Take(path, subject.item, s.now()); code != "" {
				return nil, wire.Limit(code)
			}
		}
		met, err := s.meet(subject.Call)
		if err != nil {
			return nil, err
		}
		return s.suffer(c, path, met, e)
	})
}

// subject is what a call is about, as far as limits and faults ask.
type subject struct {
	trouble.Call
	item string
}

func (s *Server) subject(path string, body []byte) subject {
	about := subject{Call: trouble.Call{Path: path, At: s.now(), Reaches: reaches(path)}}
	var req struct {
		Token       string `json:"access_token"`
		Institution string `json:"institution_id"`
		Cursor      string `json:"cursor"`
	}
	busy := s.cfg.RateLimits
	s.store.read(func(st *state) { busy = busy || len(st.Faults) > 0 })
	if !busy || json.Unmarshal(body, &req) != nil {
		return about
	}
	about.Institution = req.Institution
	if it, key, err := s.itemOf(req.Token); err == nil {
		about.item, about.Institution = it.ID, it.Institution
		if req.Cursor != "" && req.Cursor != cursorNow {
			about.Paging = it.paging(key, req.Cursor, about.At)
		}
	}
	return about
}

// reaches reports whether an endpoint needs the institution's answer.
func reaches(path string) bool {
	family := func(start string) bool { return strings.HasPrefix(path, start) }
	return path == "/sandbox/public_token/create" || path == "/transfer/authorization/create" ||
		slices.ContainsFunc([]string{"/accounts/", "/auth/", "/identity/", "/liabilities/", "/transactions/"}, family)
}

// meet counts a call for the faults that concern it, and returns those that
// happen to it.
func (s *Server) meet(c trouble.Call) (met []trouble.Fault, err error) {
	concerned := false
	s.store.read(func(st *state) {
		concerned = slices.ContainsFunc(st.Faults, func(f *trouble.Fault) bool { return f.Concerns(c) })
	})
	if !concerned {
		return nil, nil
	}
	err = s.store.change(func(st *state) error {
		met = nil
		for _, f := range trouble.Meet(st.Faults, c) {
			met = append(met, *f)
		}
		return nil
	})
	return met, err
}

// signInTrouble returns the error that a sign-in at an institution meets because
// of a fault, or nil. It is called before the change that the sign-in makes.
func (s *Server) signInTrouble(institution string) (*wire.Error, error) {
	met, err := s.meet(trouble.Call{Path: hostedRoot + "sign-in", Institution: institution, Reaches: true, At: s.now()})
	for _, f := range met {
		if f.Kind == trouble.InstitutionDown {
			return wire.InstitutionDown(), err
		}
	}
	return nil, err
}

// suffer carries out a call with the faults that happen to it.
func (s *Server) suffer(c *call, path string, met []trouble.Fault, e endpoint) (any, error) {
	var lost error
	var after time.Duration
	for i := range met {
		switch f := &met[i]; {
		case f.Kind == trouble.Slow && f.After:
			after += f.Delay
		case f.Kind == trouble.Slow:
			s.dawdle(c, f.Delay)
		default:
			c.spoiled = f
			if !f.Kind.Spoils() {
				lost = faultError(f.Kind, path)
			}
			if lost != nil && !f.After {
				return nil, lost
			}
		}
	}
	answer, err := e(c)
	if after > 0 {
		s.dawdle(c, after)
	}
	if lost != nil {
		return nil, lost
	}
	return answer, err
}

// faultError returns the error that takes the answer's place.
func faultError(kind trouble.Kind, path string) *wire.Error {
	switch kind {
	case trouble.RateLimit:
		return wire.Limit(limit.Code(path))
	case trouble.Maintenance:
		return wire.Maintenance()
	case trouble.InstitutionDown:
		return wire.InstitutionDown()
	case trouble.Mutation:
		return wire.Mutation()
	}
	return wire.Internal()
}

// dawdle waits, unless the client or the server goes away.
func (s *Server) dawdle(c *call, d time.Duration) {
	c.linger()
	select {
	case <-s.cfg.After(d):
	case <-c.ctx.Done():
	case <-s.alarm.ctx.Done():
	}
}

// linger returns what takes the deadlines from an answer.
func linger(w http.ResponseWriter) func() {
	return func() {
		rc := http.NewResponseController(w)
		_ = rc.SetReadDeadline(time.Time{})
		_ = rc.SetWriteDeadline(time.Time{})
	}
}

// write writes the answer, or what a fault makes of it.
func (c *call) write(w http.ResponseWriter, status int, body []byte) {
	kind := trouble.Kind("")
	if c.spoiled != nil {
		kind = c.spoiled.Kind
	}
	switch kind {
	case trouble.BadGateway:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = w.Write([]byte(badGateway))
	case trouble.CutBody:
		// The server closes a connection on which less came than was promised.
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
		writeJSON(w, status, body[:len(body)/2])
	case trouble.WrongType:
		writeJSON(w, status, otherType(body, c.spoiled.Field))
	default:
		writeJSON(w, status, body)
	}
}

// badGateway is what a proxy says in front of an API that does not answer.
const badGateway = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"

// otherType gives a field of the answer another type: the one that is named, or
// else the first beside the request's id.
func otherType(body []byte, field string) []byte {
	var answer map[string]json.RawMessage
	if json.Unmarshal(body, &answer) != nil {
		return body
	}
	if _, there := answer[field]; !there {
		names := slices.Sorted(maps.Keys(answer))
		field = names[0]
		if field == "request_id" && len(names) > 1 {
			field = names[1]
		}
	}
	if answer[field][0] == '"' {
		answer[field] = json.RawMessage("17")
	} else {
		answer[field] = json.RawMessage(`"seventeen"`)
	}
	out, err := json.Marshal(answer)
	if err != nil {
		return body
	}
	return out
}
