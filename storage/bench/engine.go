package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/core/review"
	"bankbook/storage/vault/vaulttest"
)

// today is the day on which everything is asked.
func today() core.Date { return vaulttest.LastDay() }

// query is what an operation asks the review engine for.
func (f filters) query(o op) review.Query {
	switch o {
	case openWarm, openCold, newest:
		return review.Query{
			Accounts: review.Set[core.AccountID]{In: []core.AccountID{f.newestAccount}},
			Dates:    review.Dates{From: f.newestFrom}, Limit: newestRows,
		}
	case filter:
		return review.Query{
			Accounts: review.Set[core.AccountID]{In: []core.AccountID{f.account}},
			Dates:    review.Dates{From: f.from, To: f.to},
			Amounts:  []review.Amount{{Sign: -1, Min: money.Decimal(fmt.Sprint(-atMost / 100))}}, Limit: newestRows,
		}
	case text:
		return review.Query{Words: []review.Word{{Text: needle}}, Limit: newestRows}
	}
	return review.Query{}
}

// find has the review engine answer an operation: which rows, what they come
// to, and where rows are shown the first page of them.
func (b *bankbook) find(o op) (time.Duration, answer, error) {
	if err := b.ready(); err != nil {
		return 0, answer{}, err
	}
	var lines []string
	took, err := timed(func() error {
		r := b.index.Snapshot().Find(b.filters.query(o), today())
		switch o {
		case sum:
			lines = sumLines(r.Sums())
			return nil
		case byMonth:
			lines = monthLines(r.Groups(review.PerMonth))
			return nil
		}
		lines = sumLines(r.Sums())
		page, err := b.v.Rows(r.Page())
		if o == newest {
			lines = ids(page)
		}
		return err
	})
	return took, answer{full, lines}, err
}

// ready makes sure that there is an index of the open vault.
func (b *bankbook) ready() error {
	if b.index == nil {
		b.index = review.New(b.v, nil)
	}
	if b.index.Snapshot() != nil {
		return nil
	}
	return b.index.Refresh(context.Background())
}

// getReady opens the vault and builds the index.
func (b *bankbook) getReady(o op) (time.Duration, answer, error) {
	if err := b.fresh(o == readyCold); err != nil {
		return 0, answer{}, err
	}
	took, err := timed(func() error {
		if err := b.reopen(); err != nil {
			return err
		}
		return b.ready()
	})
	return took, answer{}, err
}

// first finds the newest rows without an index.
func (b *bankbook) first() ([]string, error) {
	page, err := review.First(b.v, b.filters.query(newest), today(), newestRows, nil)
	return ids(page), err
}

func ids(rows []core.Transaction) []string {
	var list []string
	for _, t := range rows {
		list = append(list, string(t.ID))
	}
	return list
}

func tallyOf(sums []review.Sum) tally {
	var t tally
	for _, s := range sums {
		t.rows, t.in, t.out = t.rows+s.Rows, t.in+s.Credits.Amount.Minor, t.out+s.Debits.Amount.Minor
	}
	return t
}

func sumLines(sums []review.Sum) []string {
	t := tallyOf(sums)
	return []string{t.line(full)}
}

// monthLines lists months oldest first, as the other programs do.
func monthLines(groups []review.Group) []string {
	var list []string
	for _, g := range slices.Backward(groups) {
		t := tallyOf(g.Sums)
		list = append(list, g.Key+"|"+t.line(full))
	}
	return list
}
