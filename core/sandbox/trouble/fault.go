package trouble

import (
	"encoding/binary"
	"math/rand/v2"
	"strings"
	"time"
)

// Kind is what a fault does.
type Kind string

// The kinds.
const (
	// RateLimit answers 429 with the endpoint's own code.
	RateLimit Kind = "rate_limit"
	// ServerError answers 500 with Plaid's INTERNAL_SERVER_ERROR.
	ServerError Kind = "server_error"
	// BadGateway answers 502 with a page of HTML, as a proxy does.
	BadGateway Kind = "bad_gateway"
	// Maintenance answers 503 with Plaid's PLANNED_MAINTENANCE.
	Maintenance Kind = "planned_maintenance"
	// InstitutionDown answers INSTITUTION_DOWN to what needs the institution.
	InstitutionDown Kind = "institution_down"
	// Mutation answers TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION to a client
	// that is between two pages.
	Mutation Kind = "mutation"
	// Slow answers rightly, but late.
	Slow Kind = "slow"
	// CutBody breaks off the right answer in the middle.
	CutBody Kind = "cut_body"
	// WrongType gives a field of the right answer another type.
	WrongType Kind = "wrong_type"
)

// Kinds lists all kinds.
func Kinds() []Kind {
	return []Kind{RateLimit, ServerError, BadGateway, Maintenance, InstitutionDown, Mutation, Slow, CutBody, WrongType}
}

// Spoils reports whether the fault spoils an answer that has to be made first.
func (k Kind) Spoils() bool { return k == CutBody || k == WrongType }

// Fault is what goes wrong, where and when. The conditions that are set must
// all hold; one without conditions happens at every call.
type Fault struct {
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
	// Endpoint is a path, or a beginning that ends in "*".
	Endpoint string `json:"endpoint"`
	// Institution limits the fault to calls about this institution; "" is any.
	Institution string `json:"institution,omitempty"`
	// After says that the call is carried out, and only its answer lost.
	After bool `json:"after,omitempty"`
	// Delay is how late a Slow answer is.
	Delay time.Duration `json:"delay,omitempty"`
	// Field is the field that WrongType changes; "" is the first.
	Field string `json:"field,omitempty"`

	// Next is how many times it happens; 0 is without end.
	Next int `json:"next,omitempty"`
	// Every lets it happen at every n-th call.
	Every int `json:"every,omitempty"`
	// From and To are the instants between which it happens.
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`
	// Probability lets it happen at random, by Seed. 0 is not by chance.
	Probability float64 `json:"probability,omitempty"`
	Seed        int64   `json:"seed,omitempty"`

	// Calls and Hits count the calls that it concerned and those it met.
	Calls int `json:"calls,omitempty"`
	Hits  int `json:"hits,omitempty"`
}

// Call is a request that a fault can meet.
type Call struct {
	Path        string
	Institution string
	// Reaches says that the call needs the institution's answer.
	Reaches bool
	// Paging says that the client is between two pages of a sync.
	Paging bool
	At     time.Time
}

// Concerns reports whether the fault can meet the call at all. A call that it
// does not concern is not counted.
func (f *Fault) Concerns(c Call) bool {
	switch {
	case !matches(f.Endpoint, c.Path):
		return false
	case f.Institution != "" && f.Institution != c.Institution:
		return false
	case f.Kind == InstitutionDown && !c.Reaches:
		return false
	case f.Kind == Mutation && !c.Paging:
		return false
	case f.Next > 0 && f.Hits >= f.Next:
		return false
	}
	return !c.At.Before(f.From) && (f.To.IsZero() || c.At.Before(f.To))
}

// Meets counts a call that the fault concerns, and reports whether it happens.
func (f *Fault) Meets() bool {
	f.Calls++
	if f.Every > 0 && f.Calls%f.Every != 0 {
		return false
	}
	if f.Probability > 0 && f.dice() >= f.Probability {
		return false
	}
	f.Hits++
	return true
}

// dice returns the random number of this call, from 0 to 1.
func (f *Fault) dice() float64 {
	var seed [32]byte
	binary.LittleEndian.PutUint64(seed[:], uint64(f.Seed))
	binary.LittleEndian.PutUint64(seed[8:], uint64(f.Calls))
	return rand.New(rand.NewChaCha8(seed)).Float64()
}

func matches(pattern, path string) bool {
	if start, family := strings.CutSuffix(pattern, "*"); family {
		return strings.HasPrefix(path, start)
	}
	return pattern == path
}

// Meet counts a call for every fault that it concerns, in order, until one
// takes the answer's place, and returns those that happen.
func Meet(faults []*Fault, c Call) []*Fault {
	var met []*Fault
	for _, f := range faults {
		if !f.Concerns(c) || !f.Meets() {
			continue
		}
		met = append(met, f)
		if f.Kind != Slow {
			break
		}
	}
	return met
}
