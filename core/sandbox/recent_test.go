package sandbox

import (
	"testing"

	"pgregory.net/rapid"
)

func TestRecentIsBoundedAndNeverWrong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 8).Draw(t, "size")
		r, truth := newRecent[int, int](size), map[int]int{}
		for i, key := range rapid.SliceOf(rapid.IntRange(0, 30)).Draw(t, "keys") {
			if got, known := r.get(key); known && got != truth[key] {
				t.Fatalf("%d is %d, want %d", key, got, truth[key])
			}
			truth[key] = i
			r.put(key, i)
			if got, known := r.get(key); !known || got != i {
				t.Fatalf("%d is forgotten at once", key)
			}
			if n := len(r.young) + len(r.old); n > 2*size {
				t.Fatalf("%d are kept, at most %d should be", n, 2*size)
			}
		}
	})
}
