package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/timepiece"
	"bankbook/core/sandbox/wire"
)

// practiceRoutes are the control API: what a tester can do to the practice bank,
// and no client of Plaid's has.
func (s *Server) practiceRoutes() routes {
	return routes{
		"/practice/clock/get":           control(s.clockGet),
		"/practice/clock/set":           control(s.clockSet),
		"/practice/clock/advance":       control(s.clockAdvance),
		"/practice/faults/set":          control(s.faultSet),
		"/practice/faults/list":         control(s.faultList),
		"/practice/faults/clear":        control(s.faultClear),
		"/practice/accounts/rename":     control(s.renameAccounts),
		"/practice/items/list":          control(s.practiceItems),
		"/practice/state/reset":         control(s.stateReset),
		"/practice/webhooks/rotate_key": control(s.rotateKey),
	}
}

// control makes an endpoint of a function on a request's body, in which no
// field is allowed that the request does not have.
func control[Req, Resp any](fn func(id string, req Req) (Resp, error)) endpoint {
	return func(c *call) (any, error) {
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(c.body, &fields); err != nil {
			return nil, wire.Body()
		}
		delete(fields, "client_id")
		delete(fields, "secret")
		body, err := json.Marshal(fields)
		if err != nil {
			return nil, err
		}
		var req Req
		dec := json.NewDecoder(bytes.NewReader(body))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&req); err != nil {
			return nil, controlError(err)
		}
		return fn(c.id, req)
	}
}

var unknownField = regexp.MustCompile(`unknown field "(.*)"`)

func controlError(err error) *wire.Error {
	var own *wire.Error
	if errors.As(err, &own) {
		return own
	}
	if m := unknownField.FindStringSubmatch(err.Error()); m != nil {
		return wire.Unknown(m[1])
	}
	return bodyError(err)
}

// instant is an instant in a request: RFC 3339.
type instant struct{ at time.Time }

// UnmarshalText reads an instant of the years in which banks keep books.
func (i *instant) UnmarshalText(text []byte) error {
	at, err := time.Parse(time.RFC3339, string(text))
	if err != nil || at.Year() < firstYear || at.Year() > lastYear {
		return wire.Fail(wire.InvalidRequest, "INVALID_FIELD", "a time must be RFC 3339, such as 2026-01-01T00:00:00Z, between 1970 and 2199")
	}
	i.at = whole(at)
	return nil
}

const (
	firstYear = 1970
	lastYear  = 2199
)

// howLong is a duration in a request, as Go writes it: "36h", "1m30s".
type howLong struct{ d time.Duration }

// UnmarshalText reads a duration.
func (h *howLong) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil || v <= 0 {
		return wire.Fail(wire.InvalidRequest, "INVALID_FIELD", `a duration must be positive, such as "720h" or "1m30s"`)
	}
	h.d = v
	return nil
}

type nothing struct{}

type clockResponse struct {
	Time      string `json:"time"`
	Frozen    bool   `json:"frozen"`
	RequestID string `json:"request_id"`
}

func (s *Server) clockGet(id string, _ nothing) (clockResponse, error) {
	return clockResponse{wire.Stamp(s.now()), s.clock.Load().Stands(), id}, nil
}

type clockRequest struct {
	Time   *instant `json:"time"`
	Frozen *bool    `json:"frozen"`
	Real   bool     `json:"real"`
}

// clockSet answers /practice/clock/set. A time alone leaves it as it is whether
// the clock stands; frozen alone stops it, or lets it run on.
func (s *Server) clockSet(id string, req clockRequest) (clockResponse, error) {
	if req.Real == (req.Time != nil || req.Frozen != nil) {
		return clockResponse{}, wire.Field("real", "must be true, or else time or frozen be given")
	}
	err := s.store.change(func(st *state) error {
		to, stands := timepiece.Setting{}, st.Clock.Stands()
		if req.Frozen != nil {
			stands = *req.Frozen
		}
		at := s.now()
		if req.Time != nil {
			at = req.Time.at
		}
		switch {
		case req.Real:
		case stands:
			to = timepiece.FrozenAt(at)
		default:
			to = timepiece.RunningFrom(at, s.cfg.Now())
		}
		return s.setClock(st, to)
	})
	if err != nil {
		return clockResponse{}, err
	}
	return s.clockGet(id, nothing{})
}

type advanceRequest struct {
	By howLong `json:"by"`
}

// maxAdvance is how far the clock is put forward at once: further and histories
// take long to make.
const maxAdvance = 10 * 366 * 24 * time.Hour

func (s *Server) clockAdvance(id string, req advanceRequest) (clockResponse, error) {
	switch {
	case req.By.d == 0:
		return clockResponse{}, wire.Missing("by")
	case req.By.d > maxAdvance || s.now().Add(req.By.d).Year() > lastYear:
		return clockResponse{}, wire.Field("by", "must be at most ten years, and not lead behind the year 2199")
	}
	err := s.store.change(func(st *state) error {
		st.Clock = st.Clock.Advanced(req.By.d)
		return nil
	})
	if err != nil {
		return clockResponse{}, err
	}
	return s.clockGet(id, nothing{})
}

type practiceItem struct {
	ID          string  `json:"item_id"`
	Institution string  `json:"institution_id"`
	User        string  `json:"user"`
	Created     string  `json:"created_at"`
	Webhook     *string `json:"webhook"`
	Error       *string `json:"error_code"`
	Breaks      *string `json:"breaks_at"`
}

type practiceItemsResponse struct {
	Items     []practiceItem `json:"items"`
	RequestID string         `json:"request_id"`
}

// practiceItems answers /practice/items/list: what there is, without a token.
func (s *Server) practiceItems(id string, _ nothing) (practiceItemsResponse, error) {
	resp := practiceItemsResponse{Items: []practiceItem{}, RequestID: id}
	now := s.now()
	s.store.read(func(st *state) {
		for _, it := range st.Items {
			if !it.Removed.IsZero() {
				continue
			}
			row := practiceItem{
				ID: it.ID, Institution: it.Institution, User: it.person().User, Created: wire.Stamp(it.Created),
				Webhook: wire.OrNull(it.Webhook), Breaks: wire.StampOrNull(it.failsAt()),
			}
			if err := it.trouble(now); err != nil {
				row.Error = &err.Code
			}
			resp.Items = append(resp.Items, row)
		}
	})
	return resp, nil
}

type controlResponse struct {
	RequestID string `json:"request_id"`
}

// stateReset answers /practice/state/reset: everything is forgotten, also what
// was set; no token is valid any more.
func (s *Server) stateReset(id string, _ nothing) (controlResponse, error) {
	err := s.store.change(func(st *state) error {
		*st = state{Version: stateVersion, Key: ident.Random(keyLength)}
		return nil
	})
	if err != nil {
		return controlResponse{}, err
	}
	s.meter.Reset()
	return controlResponse{id}, s.startClock()
}

type rotateResponse struct {
	ID        string `json:"key_id"`
	RequestID string `json:"request_id"`
}

// rotateKey answers /practice/webhooks/rotate_key.
func (s *Server) rotateKey(id string, _ nothing) (resp rotateResponse, err error) {
	err = s.store.change(func(st *state) error {
		key, err := st.rotate(s.cfg.Now())
		resp = rotateResponse{key.ID, id}
		return err
	})
	return resp, err
}
