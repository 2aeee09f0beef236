package transactions

import (
	"slices"

	"bankbook/core"
)

// The cache holds whole months. A screen shows some thirty rows, and they can
// lie in as many months when a filter finds few; so the number of months is
// limited generously and only months with very many rows are let go earlier.
const (
	cacheMonths = 48
	cacheRows   = 150_000
	cacheKeeps  = 6
)

// cache holds the months that were used last.
type cache struct {
	months map[core.Month][]core.Transaction
	// used lists the months, the last used one at the end.
	used []core.Month
	rows int
}

func newCache() *cache { return &cache{months: map[core.Month][]core.Transaction{}} }

// row returns the row at r; known is false if its month is not in the cache.
// The row itself is missing if the month has fewer rows than was thought.
func (c *cache) row(r ref) (t core.Transaction, found, known bool) {
	rows, ok := c.months[r.month]
	if !ok {
		return core.Transaction{}, false, false
	}
	c.touch(r.month)
	if int(r.index) >= len(rows) {
		return core.Transaction{}, false, true
	}
	return rows[r.index], true, true
}

func (c *cache) touch(m core.Month) {
	if n := len(c.used); n > 0 && c.used[n-1] == m {
		return
	}
	if i := slices.Index(c.used, m); i >= 0 {
		c.used = slices.Delete(c.used, i, i+1)
	}
	c.used = append(c.used, m)
}

// put takes a month in and lets go of those used least recently.
func (c *cache) put(m core.Month, rows []core.Transaction) {
	c.rows += len(rows) - len(c.months[m])
	c.months[m] = rows
	c.touch(m)
	for len(c.used) > cacheMonths || c.rows > cacheRows && len(c.used) > cacheKeeps {
		oldest := c.used[0]
		c.used = c.used[1:]
		c.rows -= len(c.months[oldest])
		delete(c.months, oldest)
	}
}
