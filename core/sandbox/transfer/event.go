package transfer

import (
	"slices"
	"time"
)

// Event is a change of the state of a transfer, a refund or a sweep.
type Event struct {
	ID          int64     `json:"id"`
	At          time.Time `json:"at"`
	Type        string    `json:"type"`
	Ledger      string    `json:"ledger"`
	Transfer    string    `json:"transfer,omitempty"`
	Account     Account   `json:"account,omitzero"`
	Kind        Kind      `json:"kind,omitempty"`
	Amount      Cents     `json:"amount,omitempty"`
	Refund      string    `json:"refund,omitempty"`
	Sweep       string    `json:"sweep,omitempty"`
	SweepAmount Cents     `json:"sweep_amount,omitempty"`
	Failure     *Failure  `json:"failure,omitempty"`
}

// tell appends an event: the ids are 1, 2, 3 and so on.
func (st *State) tell(e *Event) {
	e.ID = int64(len(st.Events)) + 1
	st.Events = append(st.Events, e)
}

// After returns at most count events that follow the one of an id, and whether
// there are more.
func (st *State) After(id int64, count int) (events []*Event, more bool) {
	rest := st.Events[min(max(id, 0), int64(len(st.Events))):]
	return slices.Clone(rest[:min(count, len(rest))]), len(rest) > count
}

// Page is a part of a list. Zero times are no bounds.
type Page struct {
	From, To      time.Time
	Offset, Count int
}

// Newest returns the part of a list, the newest first, that is asked for, and
// whether there is more behind it. The list has to be in the order of creation.
func Newest[T any](list []T, p Page, at func(T) time.Time, fits func(T) bool) (part []T, more bool) {
	skip := p.Offset
	for _, v := range slices.Backward(list) {
		if t := at(v); !p.From.IsZero() && t.Before(p.From) || !p.To.IsZero() && t.After(p.To) || !fits(v) {
			continue
		}
		if skip > 0 {
			skip--
			continue
		}
		if len(part) == p.Count {
			return part, true
		}
		part = append(part, v)
	}
	return part, false
}
