package limit

import (
	"sync"
	"time"
)

// Meter counts the requests of one client. The zero value is ready.
type Meter struct {
	mu    sync.Mutex
	spent map[key][]time.Time
}

// key is what is counted: an endpoint's calls for an Item, or all of them.
type key struct{ path, item string }

// Take counts a request that comes now, for an Item or for none (""). If it is
// one too many, it is not counted, and the error code is returned.
func (m *Meter) Take(path, item string, now time.Time) (code string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := ruleOf(path)
	ofItem := item != "" && r.item > 0
	switch {
	case ofItem && m.count(key{path, item}, now.Add(-r.window)) >= r.item:
		return r.code
	case r.client > 0 && m.count(key{path: path}, now.Add(-time.Minute)) >= r.client:
		return r.clientCode
	}
	if ofItem {
		m.add(key{path, item}, now)
	}
	if r.client > 0 {
		m.add(key{path: path}, now)
	}
	return ""
}

// Reset forgets everything.
func (m *Meter) Reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.spent = nil
}

// count forgets what was before the window and returns how many are in it.
func (m *Meter) count(k key, from time.Time) int {
	list := m.spent[k]
	for len(list) > 0 && !list[0].After(from) {
		list = list[1:]
	}
	if len(list) == 0 {
		delete(m.spent, k)
		return 0
	}
	m.spent[k] = list
	return len(list)
}

func (m *Meter) add(k key, now time.Time) {
	if m.spent == nil {
		m.spent = map[key][]time.Time{}
	}
	m.spent[k] = append(m.spent[k], now)
}
