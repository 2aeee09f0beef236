package vaulttest_test

import (
	"slices"
	"testing"

	"bankbook/storage/vault/vaulttest"
)

func TestFill(t *testing.T) {
	const n = 1200
	a, b := vaulttest.New(t), vaulttest.New(t)
	if err := vaulttest.Fill(a, n, 3); err != nil {
		t.Fatal(err)
	}
	if err := vaulttest.Fill(b, n, 3); err != nil {
		t.Fatal(err)
	}
	first, err := a.Newest(n)
	if err != nil {
		t.Fatal(err)
	}
	second, err := b.Newest(n)
	if err != nil {
		t.Fatal(err)
	}
	if a.Count() != n || len(first) != n || !slices.Equal(first, second) {
		t.Errorf("%d and %d transactions of one seed, or different ones", len(first), len(second))
	}
	if err := a.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if slices.Equal(vaulttest.Rows(5, 1), vaulttest.Rows(5, 2)) {
		t.Error("two seeds make the same rows")
	}
}
