package activity

import (
	"context"
	"iter"

	"bankbook/core"
	"bankbook/core/fault"
)

// History is what is read of the log.
type History interface {
	// Activity hands the entries in front of the one with the number before, or all
	// for 0, to fn, the last one first, until fn returns false.
	Activity(before uint64, fn func(core.Activity) bool) error
}

// Find returns the entries that a filter asks for, the last one first, beginning
// in front of the one with the number before; 0 is the end. It ends after the
// first error, which is a fault: that of the log, or of a context that is over.
func Find(ctx context.Context, log History, f Filter, r Reading, before uint64) iter.Seq2[core.Activity, error] {
	return func(yield func(core.Activity, error) bool) {
		match := f.compile(r)
		stopped := false
		err := log.Activity(before, func(a core.Activity) bool {
			if ctx.Err() != nil {
				return false
			}
			if match(a) && !yield(a, nil) {
				stopped = true
			}
			return !stopped
		})
		if err == nil && ctx.Err() != nil {
			err = fault.New("activity: find", fault.KindOf(ctx.Err()), ctx.Err())
		}
		if err != nil && !stopped {
			yield(core.Activity{}, err)
		}
	}
}

// Page is a part of what a filter asks for.
type Page struct {
	Entries []core.Activity
	// More says that there is more behind the last entry.
	More bool
}

// FindPage returns the first n entries that Find does. It reads no further than
// that takes.
func FindPage(n int, found iter.Seq2[core.Activity, error]) (Page, error) {
	var p Page
	for a, err := range found {
		if err != nil {
			return Page{}, err
		}
		if len(p.Entries) == n {
			p.More = true
			break
		}
		p.Entries = append(p.Entries, a)
	}
	return p, nil
}

// Count counts what Find returns.
func Count(found iter.Seq2[core.Activity, error]) (n int, err error) {
	for _, err := range found {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
