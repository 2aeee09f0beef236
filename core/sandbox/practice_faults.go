package sandbox

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/trouble"
	"bankbook/core/sandbox/wire"
)

// faultRequest is a fault as a tester sets it.
type faultRequest struct {
	Kind        trouble.Kind `json:"kind"`
	Endpoint    string       `json:"endpoint"`
	Institution string       `json:"institution_id"`
	Stage       string       `json:"stage"`
	Delay       *howLong     `json:"delay"`
	Field       string       `json:"field"`
	Next        *int         `json:"next"`
	Every       *int         `json:"every"`
	From        *instant     `json:"from"`
	To          *instant     `json:"to"`
	Probability *float64     `json:"probability"`
	Seed        int64        `json:"seed"`
}

// wireFault is a fault with what it has done so far.
type wireFault struct {
	ID          string       `json:"fault_id"`
	Kind        trouble.Kind `json:"kind"`
	Endpoint    string       `json:"endpoint"`
	Institution *string      `json:"institution_id"`
	Stage       string       `json:"stage"`
	Delay       *string      `json:"delay"`
	Field       *string      `json:"field"`
	Next        int          `json:"next"`
	Every       int          `json:"every"`
	From        *string      `json:"from"`
	To          *string      `json:"to"`
	Probability float64      `json:"probability"`
	Seed        int64        `json:"seed"`
	Calls       int          `json:"calls"`
	Hits        int          `json:"hits"`
}

type faultResponse struct {
	Fault     wireFault `json:"fault"`
	RequestID string    `json:"request_id"`
}

type faultsResponse struct {
	Faults    []wireFault `json:"faults"`
	RequestID string      `json:"request_id"`
}

// The stages at which a fault happens to a call.
const (
	stageBefore = "before"
	stageAfter  = "after"
)

// The bounds of what can be set.
const (
	maxFaults = 100
	maxDelay  = 10 * time.Minute
	mostCalls = 1_000_000
)

// faultSet answers /practice/faults/set.
func (s *Server) faultSet(id string, req faultRequest) (resp faultResponse, err error) {
	if err := req.check(); err != nil {
		return resp, err
	}
	f := req.fault()
	err = s.store.change(func(st *state) error {
		if len(st.Faults) >= maxFaults {
			return wire.Field("kind", fmt.Sprintf("cannot be set: there are %d faults, clear some", maxFaults))
		}
		st.Faults = append(st.Faults, f)
		return nil
	})
	return faultResponse{shapeFault(f), id}, err
}

// faultList answers /practice/faults/list.
func (s *Server) faultList(id string, _ nothing) (faultsResponse, error) {
	resp := faultsResponse{Faults: []wireFault{}, RequestID: id}
	s.store.read(func(st *state) {
		for _, f := range st.Faults {
			resp.Faults = append(resp.Faults, shapeFault(f))
		}
	})
	return resp, nil
}

type clearRequest struct {
	ID string `json:"fault_id"`
}

// faultClear answers /practice/faults/clear: one fault, or all.
func (s *Server) faultClear(id string, req clearRequest) (controlResponse, error) {
	err := s.store.change(func(st *state) error {
		before := len(st.Faults)
		st.Faults = slices.DeleteFunc(st.Faults, func(f *trouble.Fault) bool { return req.ID == "" || f.ID == req.ID })
		if req.ID != "" && len(st.Faults) == before {
			return wire.Field("fault_id", "must be the id of a fault that is set")
		}
		return nil
	})
	return controlResponse{id}, err
}

// endpointPattern is a path, or the beginning of one.
var endpointPattern = regexp.MustCompile(`^(\*|/[a-z0-9_/-]*\*?)$`)

func (r *faultRequest) check() error {
	switch {
	case r.Kind == "":
		return wire.Missing("kind")
	case !slices.Contains(trouble.Kinds(), r.Kind):
		return wire.Field("kind", fmt.Sprintf("must be one of %v", trouble.Kinds()))
	case r.Endpoint != "" && !endpointPattern.MatchString(r.Endpoint):
		return wire.Field("endpoint", `must be a path such as "/item/get", or a beginning such as "/item/*"`)
	case r.Institution != "" && institutionByID(r.Institution) == nil:
		return wire.Institution()
	case r.Stage != "" && r.Stage != stageBefore && r.Stage != stageAfter:
		return wire.Field("stage", "must be one of before, after")
	case r.Stage == stageBefore && r.Kind.Spoils():
		return wire.Field("stage", "must be after: there is no answer to spoil before")
	}
	return r.checkSchedule()
}

func (r *faultRequest) checkSchedule() error {
	switch {
	case (r.Kind == trouble.Slow) != (r.Delay != nil):
		return wire.Field("delay", "is what slow needs, and no other kind has")
	case r.Delay != nil && r.Delay.Duration > maxDelay:
		return wire.Field("delay", "must be at most 10m")
	case r.Field != "" && r.Kind != trouble.WrongType:
		return wire.Field("field", "is what wrong_type can have, and no other kind")
	case r.Next != nil && (*r.Next < 1 || *r.Next > mostCalls):
		return wire.Field("next", "must be between 1 and 1000000")
	case r.Every != nil && (*r.Every < 1 || *r.Every > mostCalls):
		return wire.Field("every", "must be between 1 and 1000000")
	case r.Probability != nil && (*r.Probability <= 0 || *r.Probability > 1):
		return wire.Field("probability", "must be more than 0 and at most 1")
	case r.From != nil && r.To != nil && !r.From.Before(r.To.Time):
		return wire.Field("to", "must be after from")
	}
	return nil
}

// fault returns what the request asks for, with what it leaves out.
func (r *faultRequest) fault() *trouble.Fault {
	f := &trouble.Fault{
		ID: ident.NewUUID(), Kind: r.Kind, Endpoint: r.Endpoint, Institution: r.Institution,
		After: r.Stage == stageAfter || r.Kind.Spoils(), Field: r.Field, Seed: r.Seed,
	}
	if f.Endpoint == "" {
		f.Endpoint = "*"
	}
	if r.Delay != nil {
		f.Delay = r.Delay.Duration
	}
	f.Next, f.Every, f.Probability = valueOf(r.Next), valueOf(r.Every), valueOf(r.Probability)
	f.From, f.To = valueOf(r.From).Time, valueOf(r.To).Time
	return f
}

// valueOf returns what p points to, or nothing.
func valueOf[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func shapeFault(f *trouble.Fault) wireFault {
	w := wireFault{
		ID: f.ID, Kind: f.Kind, Endpoint: f.Endpoint, Institution: wire.OrNull(f.Institution), Stage: stageBefore, Field: wire.OrNull(f.Field),
		Next: f.Next, Every: f.Every, From: wire.StampOrNull(f.From), To: wire.StampOrNull(f.To),
		Probability: f.Probability, Seed: f.Seed, Calls: f.Calls, Hits: f.Hits,
	}
	if f.After {
		w.Stage = stageAfter
	}
	if f.Delay > 0 {
		w.Delay = wire.OrNull(f.Delay.String())
	}
	return w
}
