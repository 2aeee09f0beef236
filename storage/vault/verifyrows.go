package vault

import (
	"cmp"
	"context"
	"maps"
	"runtime"
	"slices"
	"sync"

	"bankbook/core"
	"bankbook/core/fault"
)

// transactions checks rows, directories and totals against each other.
func (c *checker) transactions() error {
	chunks, err := c.months()
	if err != nil {
		return err
	}
	// Every chunk that a directory names has been opened, so their number tells
	// whether all have.
	got, err := c.records(inChunks, func(_, _ []byte) error { chunks--; return nil })
	if err != nil {
		return err
	}
	if err := c.manifest.compare(inChunks, got); err != nil {
		return err
	}
	months := c.manifest.Buckets[inMonths].Count
	if err := c.each(inTotals, func(_, _ []byte) error { months--; return nil }); err != nil {
		return err
	}
	if chunks != 0 || months != 0 {
		return damaged("directories and chunks or totals do not match")
	}
	if rows := c.ids.settle(); rows != c.manifest.Rows {
		return damaged("there are %d different rows, not %d", rows, c.manifest.Rows)
	}
	return nil
}

// months checks every month, several at a time, and returns how many chunks they
// have.
func (c *checker) months() (chunks int, err error) {
	ctx, stop := context.WithCancel(c.ctx)
	defer stop()
	jobs := make(chan monthCheck)
	var (
		workers sync.WaitGroup
		mu      sync.Mutex
		failed  error
	)
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			ids := c.ids.beside()
			var wrong error
			for job := range jobs {
				// A fault in mapped pages ends the goroutine in which it happens.
				if wrong = guard("vault: verify", func() error { return job.run(c.seal, ids) }); wrong != nil {
					stop()
					break
				}
			}
			mu.Lock()
			defer mu.Unlock()
			failed = cmp.Or(failed, wrong)
			c.ids.take(ids)
		})
	}
	err = c.each(inMonths, func(key, plain []byte) error {
		job, err := c.month(key, plain)
		if err != nil {
			return err
		}
		chunks += len(job.chunks)
		select {
		case jobs <- job:
			return nil
		case <-ctx.Done():
			return fault.New("vault: verify", fault.Canceled, ctx.Err())
		}
	})
	close(jobs)
	workers.Wait()
	return chunks, cmp.Or(failed, err)
}

// monthCheck is a month as it lies in the file.
type monthCheck struct {
	month  core.Month
	chunks []sealedChunk
	totals totals
}

// month gathers what there is to check of a month.
func (c *checker) month(key, plain []byte) (monthCheck, error) {
	dir, err := decodeDirectory(plain)
	if err != nil || len(key) != 4 {
		return monthCheck{}, errCodec
	}
	job := monthCheck{month: keyMonth(key)}
	for _, entry := range dir {
		sealed, err := c.sealedChunk(job.month, entry)
		if err != nil {
			return monthCheck{}, err
		}
		job.chunks = append(job.chunks, sealed)
	}
	job.totals, err = c.totals(job.month)
	return job, err
}

// run opens the month's chunks, and notes the ids of its rows.
func (j monthCheck) run(seal *sealer, ids *idSet) error {
	sums := totals{}
	for _, sealed := range j.chunks {
		rows, err := sealed.rows(seal)
		if err != nil {
			return err
		}
		if rows, err = sealed.compare(rows); err != nil {
			return err
		}
		for _, r := range rows {
			ids.add(r.ID)
			if err := sums.add(r); err != nil {
				return err
			}
		}
	}
	if !maps.Equal(sums, j.totals) {
		return damaged("the totals of %s are not those of its rows", j.month)
	}
	return nil
}

// compare checks a chunk's rows against its directory entry, and returns those
// that count.
func (c sealedChunk) compare(rows []row) ([]row, error) {
	entry := c.entry
	if entry.rows < 1 || len(rows) > maxRows || !slices.IsSortedFunc(rows, newestFirst) ||
		rows[0].Date != entry.newest || rows[len(rows)-1].Date != entry.oldest {
		return nil, damaged("a chunk of %s is not as its directory says", c.month)
	}
	rows = entry.live(rows)
	if slices.ContainsFunc(rows, func(r row) bool { return r.Date.Month() != c.month }) {
		return nil, damaged("a row of %s is of another month", c.month)
	}
	return rows, nil
}
