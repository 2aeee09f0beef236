// Package banktest is the conformance suite of bank.Provider and
// bank.InstantLinker: what every provider of bank data must do, said as tests.
// It knows a provider by its port alone. What a person does, on the bank's pages
// or at the bank itself, comes from the World that a test hands in.
package banktest
