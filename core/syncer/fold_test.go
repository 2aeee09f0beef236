package syncer

import (
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/bank"
)

func TestFoldLastWordWins(t *testing.T) {
	add := func(ids ...core.TransactionID) bank.Page { return bank.Page{Added: named("added", ids)} }
	modify := func(ids ...core.TransactionID) bank.Page { return bank.Page{Modified: named("modified", ids)} }
	remove := func(ids ...core.TransactionID) bank.Page { return bank.Page{Removed: ids} }
	cases := []struct {
		name  string
		pages []bank.Page
		want  string
	}{
		{"nothing", nil, ""},
		{"added", []bank.Page{add("a", "b")}, "+a:added +b:added"},
		{"added, then modified", []bank.Page{add("a"), modify("a")}, "+a:modified"},
		{"modified, then added", []bank.Page{modify("a"), add("a")}, "+a:added"},
		{"added, then removed", []bank.Page{add("a"), remove("a")}, "-a"},
		{"modified, then removed", []bank.Page{modify("a"), remove("a")}, "-a"},
		{"removed, then added", []bank.Page{remove("a"), add("a")}, "+a:added"},
		{"removed, then modified", []bank.Page{remove("a"), modify("a")}, "~a:modified"},
		{"modified twice", []bank.Page{modify("a"), modify("a")}, "~a:modified"},
		{"removed twice", []bank.Page{remove("a"), remove("a")}, "-a"},
		{"added, removed, added", []bank.Page{add("a"), remove("a"), add("a")}, "+a:added"},
		{
			"all on one page",
			[]bank.Page{{Added: named("added", []core.TransactionID{"a"}), Modified: named("modified", []core.TransactionID{"a"}), Removed: []core.TransactionID{"a"}}},
			"-a",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := newFold()
			for _, p := range c.pages {
				f.page(p)
			}
			var b core.SyncBatch
			f.into(&b)
			if got := describe(b); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func named(name string, ids []core.TransactionID) []core.Transaction {
	var rows []core.Transaction
	for _, id := range ids {
		rows = append(rows, core.Transaction{ID: id, Name: name})
	}
	return rows
}

func describe(b core.SyncBatch) string {
	var words []string
	for _, row := range b.Added {
		words = append(words, "+"+string(row.ID)+":"+row.Name)
	}
	for _, row := range b.Modified {
		words = append(words, "~"+string(row.ID)+":"+row.Name)
	}
	for _, id := range b.Removed {
		words = append(words, "-"+string(id))
	}
	return strings.Join(words, " ")
}
