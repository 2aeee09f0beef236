package sandbox

import "sync"

// recent keeps what was used lately: at most twice as many values as its size.
// What has not been used while that many others came is forgotten.
type recent[K comparable, V any] struct {
	mu         sync.Mutex
	size       int
	young, old map[K]V
}

func newRecent[K comparable, V any](size int) *recent[K, V] {
	return &recent[K, V]{size: size, young: map[K]V{}}
}

func (r *recent[K, V]) get(key K) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, known := r.young[key]
	if known {
		return v, true
	}
	if v, known = r.old[key]; known {
		r.keep(key, v)
	}
	return v, known
}

func (r *recent[K, V]) put(key K, v V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keep(key, v)
}

func (r *recent[K, V]) keep(key K, v V) {
	if len(r.young) >= r.size {
		r.young, r.old = map[K]V{}, r.young
	}
	r.young[key] = v
}
