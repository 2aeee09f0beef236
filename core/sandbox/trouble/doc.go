// Package trouble decides when a fault that a tester has set happens. It is a
// schedule and a count, and nothing else: what a fault does is done by its
// caller, and the same calls at the same instants meet the same faults.
package trouble
