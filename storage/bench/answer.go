package main

import (
	"fmt"
	"slices"
	"strings"

	"bankbook/core"
	"bankbook/storage/vault/vaulttest"
)

// needle is what is searched for; a merchant in two hundred has it in its name.
const needle = "tanu"

const (
	newestRows = 50
	newestDays = 90
	// atMost bounds the amounts of the filter: $75 out and more.
	atMost = -7500
	seed   = 1
)

// filters are the two that operations use: the newest of one account, and one
// year of another with its larger sums.
type filters struct {
	newestAccount, account core.AccountID
	newestFrom, from, to   core.Date
}

func theFilters() filters {
	accounts, last := vaulttest.Accounts(), vaulttest.LastDay()
	return filters{
		newestAccount: accounts[0].ID, newestFrom: last.AddDays(1 - newestDays),
		account: accounts[2].ID, from: last.AddDays(1 - 2*365), to: last.AddDays(-365),
	}
}

func (f filters) isNewest(t core.Transaction) bool {
	return t.Account == f.newestAccount && t.Date >= f.newestFrom
}

func (f filters) has(t core.Transaction) bool {
	return t.Account == f.account && t.Date >= f.from && t.Date <= f.to && t.Amount.Minor <= atMost
}

// form says how much an answer tells.
type form int

const (
	// full is count, in and out, and ids where rows are asked for.
	full form = iota
	// net is the sum alone, which is what a journal's programs print.
	net
)

// answer is what an operation comes to, in lines of text that are compared.
type answer struct {
	form  form
	lines []string
}

// tally adds up transactions.
type tally struct {
	rows    int
	in, out int64
}

func (t *tally) add(minor int64) {
	t.rows++
	if minor > 0 {
		t.in += minor
	} else {
		t.out += minor
	}
}

func (t *tally) line(f form) string {
	if f == net {
		return fmt.Sprint(t.in + t.out)
	}
	return fmt.Sprintf("%d|%d|%d", t.rows, t.in, t.out)
}

// key is an operation and how an answer to it is told.
type key struct {
	op   string
	form form
}

// answers are the right ones.
type answers map[key][]string

// check compares an answer with the right one.
func (a answers) check(o op, got answer) error {
	want, ok := a[key{o.name, got.form}]
	if ok && !slices.Equal(got.lines, want) {
		return fmt.Errorf("%s: wrong answer\n got %.500s\nwant %.500s", o.name, strings.Join(got.lines, " "), strings.Join(want, " "))
	}
	return nil
}

// evaluate finds the answers in the plainest way, row by row.
func evaluate(n int) answers {
	f := theFilters()
	var all, filtered, found, recent tally
	var list []core.Transaction
	months := map[core.Month]*tally{}
	for t := range vaulttest.Transactions(n, seed) {
		minor := t.Amount.Minor
		all.add(minor)
		if months[t.Date.Month()] == nil {
			months[t.Date.Month()] = new(tally)
		}
		months[t.Date.Month()].add(minor)
		if f.has(t) {
			filtered.add(minor)
		}
		if strings.Contains(strings.ToLower(t.Name+"\n"+t.Merchant), needle) {
			found.add(minor)
		}
		if f.isNewest(t) {
			recent.add(minor)
			list = append(list, t)
		}
	}
	a := answers{}
	for o, t := range map[op]*tally{sum: &all, filter: &filtered, text: &found} {
		a[key{o.name, full}], a[key{o.name, net}] = []string{t.line(full)}, []string{t.line(net)}
	}
	for m := vaulttest.LastDay().Month() - 12*6; m <= vaulttest.LastDay().Month(); m++ {
		for _, f := range []form{full, net} {
			if t := months[m]; t != nil {
				a[key{byMonth.name, f}] = append(a[key{byMonth.name, f}], m.String()+"|"+t.line(f))
			}
		}
	}
	for _, o := range []op{openWarm, openCold, newest} {
		a[key{o.name, full}], a[key{o.name, net}] = newestIDs(list), []string{recent.line(net)}
	}
	a[key{csvAll.name, full}] = []string{fmt.Sprint(n)}
	return a
}

// newestIDs sorts transactions and names the newest.
func newestIDs(list []core.Transaction) []string {
	slices.SortFunc(list, func(a, b core.Transaction) int {
		if a.Newer(b) {
			return -1
		}
		return 1
	})
	var ids []string
	for _, t := range list[:min(newestRows, len(list))] {
		ids = append(ids, string(t.ID))
	}
	return ids
}
