package syncertest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// Step is what happens to one request for a page of transactions.
type Step string

// The steps.
const (
	// Answer is a plain answer.
	Answer Step = "answer"
	// TooMany refuses with "too many requests" (HTTP 429).
	TooMany Step = "too many"
	// Broken fails at the server (HTTP 500).
	Broken Step = "broken"
	// Lost is a connection that breaks before the answer arrives.
	Lost Step = "lost"
	// Garbled is an answer that cannot be read.
	Garbled Step = "garbled"
	// Mutate changes the bank's data and refuses the page because of that
	// (TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION).
	Mutate Step = "mutate"
	// Forget refuses the cursor as not valid for the Item, unless it is "".
	Forget Step = "forget"
	// Prepare answers that the data is still being prepared (NOT_READY).
	Prepare Step = "prepare"
	// Cancel ends the caller's context during the request.
	Cancel Step = "cancel"
)

// Faults returns every step that is not a plain answer.
func Faults() []Step {
	return []Step{TooMany, Broken, Lost, Garbled, Mutate, Forget, Prepare, Cancel}
}

// Schedule is a plan of what goes wrong at which request, counted from zero
// over all syncs of one Item. Requests past the plan are answered.
type Schedule struct {
	Seed  uint64
	Steps map[int]Step
}

// Random returns the plan that belongs to a seed: of the first requests,
// about every third goes wrong.
func Random(seed uint64, requests int) Schedule {
	random := rand.New(rand.NewPCG(seed, 0))
	s := Schedule{Seed: seed, Steps: map[int]Step{}}
	faults := Faults()
	for n := range requests {
		if random.IntN(3) == 0 {
			s.Steps[n] = faults[random.IntN(len(faults))]
		}
	}
	return s
}

// At returns what happens to the n-th request.
func (s Schedule) At(n int) Step {
	if step, ok := s.Steps[n]; ok {
		return step
	}
	return Answer
}

// End returns the number of the first request from which on all are answered.
func (s Schedule) End() int {
	end := 0
	for n := range s.Steps {
		end = max(end, n+1)
	}
	return end
}

// String returns the plan for a failed test to print.
func (s Schedule) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "schedule %d:", s.Seed)
	for _, n := range slices.Sorted(maps.Keys(s.Steps)) {
		fmt.Fprintf(&b, " %d=%s", n, s.Steps[n])
	}
	return b.String()
}
