package lockbox

import (
	"fmt"
	"testing"

	"bankbook/core/secret"
)

// BenchmarkUnlock is what a person waits for after the passphrase: 0.3 to 1.0 s
// (SECURITY §7).
func BenchmarkUnlock(b *testing.B) {
	path := place(b)
	create(b, path)
	b.ReportAllocs()
	for b.Loop() {
		reopen(b, path, passphrase)
	}
}

// filled returns a box with the secrets of 50 banks with 4 accounts each.
func filled(b *testing.B) *Box {
	b.Helper()
	box := create(b, place(b))
	all := map[secret.Name]secret.Text{}
	for n := range 250 {
		all[secret.Name(fmt.Sprintf("practice/token/%036d", n))] = secret.New(fmt.Sprintf("access-practice-%036d", n))
	}
	if err := box.SetAll(b.Context(), all); err != nil {
		b.Fatal(err)
	}
	return box
}

func BenchmarkSet(b *testing.B) {
	box := filled(b)
	for b.Loop() {
		set(b, box, "practice/token/new", "access-practice-new")
	}
}

func BenchmarkGet(b *testing.B) {
	box := filled(b)
	set(b, box, "a", "1")
	for b.Loop() {
		wantEntry(b, box, "a", "1")
	}
}
