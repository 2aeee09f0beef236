package review_test

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/core/review"
	"bankbook/core/review/reviewtest"
)

// everything is a result of so many rows that several readings are needed for
// them.
func everything(t *testing.T) (*reviewtest.Source, *review.Result) {
	t.Helper()
	src := new(reviewtest.Source)
	var rows []reviewtest.Row
	for n := range 40_000 {
		r := reviewtest.Row{Item: "item-1"}
		r.ID, r.Account, r.Date, r.Amount = core.TransactionID(fmt.Sprint(n)), "a1", today.AddDays(-n%300), money.Of(1, money.USD)
		rows = append(rows, r)
	}
	src.Put(rows...)
	x := review.New(src, words)
	must(t, x.Refresh(t.Context()))
	return src, x.Snapshot().Find(review.Query{}, today)
}

// Each reads ahead, but not for a caller who has had enough: synctest finds
// whatever goes on or waits after the end.
func TestEachEndsWithItsCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src, all := everything(t)
		before := src.Reads()
		for _, err := range all.Each(src) {
			must(t, err)
			break
		}
		if n := src.Reads() - before; n > 2 {
			t.Errorf("for one row there were %d readings", n)
		}
	})
}

func TestEachEndsWithAnError(t *testing.T) {
	src, all := everything(t)
	broken := errors.New("broken")
	rows, failures := 0, 0
	for _, err := range all.Each(src) {
		switch {
		case errors.Is(err, broken):
			failures++
		case err != nil:
			t.Fatal(err)
		default:
			if rows++; rows == 1 {
				src.Fail(broken)
			}
		}
	}
	if failures != 1 || rows == 0 || rows >= all.Len() {
		t.Errorf("%d failures after %d rows of %d", failures, rows, all.Len())
	}
}
