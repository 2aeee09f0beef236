package vault

import (
	"cmp"
	"io"
	"os"
	"slices"

	"bankbook/core"
	"bankbook/core/fault"
)

// Months returns the months that have transactions, newest first.
func (v *Vault) Months() ([]core.MonthCount, error) {
	var list []core.MonthCount
	err := v.view("vault: read months", func(r reader) error {
		return r.all(inMonths, func(key, plain []byte) error {
			dir, err := decodeDirectory(plain)
			if err != nil || len(key) != 4 {
				return errCodec
			}
			list = append(list, core.MonthCount{Month: keyMonth(key), Rows: dir.rows()})
			return nil
		})
	})
	slices.Reverse(list)
	return list, err
}

// Month returns the transactions of one month in the order of
// core.Transaction.Newer.
func (v *Vault) Month(m core.Month) ([]core.Transaction, error) {
	var rows []row
	err := v.view("vault: read month", func(r reader) error {
		dir, err := r.directory(m)
		for _, c := range dir {
			more, err := r.rows(m, c)
			if err != nil {
				return err
			}
			rows = append(rows, more...)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	sortRows(rows)
	return transactions(rows), nil
}

// Newest returns the newest n transactions, or all if there are fewer, in the
// order of core.Transaction.Newer. It opens only the chunks that can hold one
// of them.
func (v *Vault) Newest(n int) ([]core.Transaction, error) {
	var rows []row
	err := v.view("vault: read newest", func(r reader) error {
		months, err := r.months()
		if err != nil {
			return err
		}
		for _, m := range months {
			if len(rows) >= n {
				return nil
			}
			more, err := r.newest(m, n-len(rows))
			if err != nil {
				return err
			}
			rows = append(rows, more...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return transactions(rows), nil
}

// newest returns at least the newest n rows of a month, if it has so many, in
// order and no more than n.
func (r reader) newest(m core.Month, n int) ([]row, error) {
	dir, err := r.directory(m)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(dir, func(a, b chunkEntry) int { return cmp.Compare(b.newest, a.newest) })
	var rows []row
	for _, c := range dir {
		if len(rows) >= n && rows[n-1].Date > c.newest {
			break
		}
		more, err := r.rows(m, c)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
		sortRows(rows)
	}
	return rows[:min(n, len(rows))], nil
}

// Each calls fn with every transaction, newest month first, in no particular
// order within a month, until fn returns an error, which Each returns. Texts
// of up to 512 transactions share one piece of memory: clone what is kept for
// long.
//
// No transaction of bbolt is held while fn runs, so fn may take its time, and
// commits can fall in between; a row that such a commit moves can then come
// twice or not at all. Commit tells whether there was one.
func (v *Vault) Each(fn func(core.Transaction) error) error {
	const op = "vault: read all"
	v.readAhead()
	var months []core.Month
	err := v.view(op, func(r reader) (err error) {
		months, err = r.months()
		return err
	})
	if err != nil {
		return err
	}
	for _, m := range months {
		for next := uint32(0); ; {
			var rows []row
			if rows, next, err = v.nextRows(op, m, next); err != nil {
				return err
			}
			if rows == nil {
				break
			}
			for _, r := range rows {
				if err := fn(r.Transaction); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// nextRows copies out the first chunks of a month whose numbers are not below
// from, as many as have maxRows rows together, and returns the number that the
// next begin at. rows is nil if there are none.
func (v *Vault) nextRows(op string, m core.Month, from uint32) (rows []row, next uint32, err error) {
	err = v.view(op, func(r reader) error {
		dir, err := r.directory(m)
		if err != nil {
			return err
		}
		for _, c := range dir {
			if c.number < from {
				continue
			}
			if len(rows) > 0 && len(rows)+c.rows > maxRows {
				return nil
			}
			more, err := r.rows(m, c)
			if err != nil {
				return err
			}
			rows, next = append(rows, more...), c.number+1
		}
		return nil
	})
	return rows, next, err
}

// readAheadSize is the piece in which the file is read through once.
const readAheadSize = 4 << 20

// readAhead reads the file from end to end before its first full pass. The
// system reads ahead then, which it does not for bbolt's mapped pages: on a
// cold cache that is twice as fast (PERFORMANCE §3). Errors are left to the
// pass itself.
func (v *Vault) readAhead() {
	v.warm.Do(func() {
		f, err := os.Open(v.path)
		if err != nil {
			return
		}
		defer f.Close()
		buf := make([]byte, readAheadSize)
		for err == nil {
			_, err = io.ReadFull(f, buf)
		}
	})
}

// Transaction returns the transaction with an id, or NotFound. It reads until it has
// found it, the newest first.
func (v *Vault) Transaction(id core.TransactionID) (core.Transaction, error) {
	const op = "vault: read transaction"
	var found *row
	err := v.view(op, func(r reader) error {
		months, err := r.months()
		for i := 0; i < len(months) && err == nil && found == nil; i++ {
			found, err = r.findIn(months[i], id)
		}
		return err
	})
	switch {
	case err != nil:
		return core.Transaction{}, err
	case found == nil:
		return core.Transaction{}, fault.New(op, fault.NotFound, nil)
	}
	return found.Transaction, nil
}

// findIn looks for a row in a month; nil if it is not there.
func (r reader) findIn(m core.Month, id core.TransactionID) (*row, error) {
	dir, err := r.directory(m)
	if err != nil {
		return nil, err
	}
	for _, c := range dir {
		rows, err := r.rows(m, c)
		if err != nil {
			return nil, err
		}
		for i := range rows {
			if rows[i].ID == id {
				return &rows[i], nil
			}
		}
	}
	return nil, nil
}
