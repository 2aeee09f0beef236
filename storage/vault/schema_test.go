package vault

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"bankbook/core"
	"bankbook/core/link"
	"bankbook/core/money"
	"bankbook/core/secret"
)

// documented reads the tree of the package comment: for each bucket the sizes
// of its keys, or the keys themselves.
func documented(t *testing.T) map[string][]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	tree := map[string][]string{}
	line := regexp.MustCompile(`^\s+[├└│](?:── (\w+))?\s+(\S.*?)(?:\s{2,}|$)`)
	last := ""
	for text := range strings.Lines(file.Doc.Text()) {
		m := line.FindStringSubmatch(strings.TrimRight(text, "\n"))
		if m == nil {
			continue
		}
		if m[1] != "" {
			last = m[1]
		}
		tree[last] = append(tree[last], m[2])
	}
	return tree
}

// fits reports whether a key has one of the documented shapes.
func fits(key []byte, shapes []string) bool {
	sizes := regexp.MustCompile(`\w+\((\d+)\)`)
	return slices.ContainsFunc(shapes, func(shape string) bool {
		if name, err := strconv.Unquote(shape); err == nil {
			return string(key) == name
		}
		size := 0
		for _, m := range sizes.FindAllStringSubmatch(shape, -1) {
			n, _ := strconv.Atoi(m[1])
			size += n
		}
		return size > 0 && len(key) == size
	})
}

// everything puts at least one record into every bucket.
func everything(t *testing.T) *Vault {
	t.Helper()
	var key secret.Text
	v, err := Open(t.Context(), keepKey(filepath.Join(t.TempDir(), "vault.db"), &key))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.Close() })
	day := core.NewDate(2026, time.May, 1)
	batch := core.SyncBatch{Item: "item-1", Removed: []core.TransactionID{"b"}, At: day.Time()}
	for _, id := range []core.TransactionID{"a", "b"} {
		batch.Added = append(batch.Added, core.Transaction{ID: id, Account: "acc-1", Date: day, Amount: money.Of(-5, money.USD)})
	}
	for _, step := range []func() error{
		func() error { return v.PutProfile(core.Profile{ID: "p-1"}) },
		func() error {
			return v.PutItemAndAccounts(core.Item{ID: "item-1"}, []core.Account{{ID: "acc-1", Balance: core.Balance{Current: money.Known(money.Of(1, money.USD)), At: day.Time()}}})
		},
		func() error { return v.PutSession(link.Session{ID: "link-1"}) },
		func() error { return v.PutSetting("a", "b") },
		func() error { _, err := v.AddActivity(core.Activity{Action: core.LinkedBank}); return err },
		func() error { _, err := v.ApplySync(batch); return err },
		func() error {
			return v.AddAccount(core.Item{ID: "old", Connection: core.ByHand}, core.Account{ID: "acc-0"})
		},
		func() error {
			return v.Continue(core.Continuation{
				ID: "c-1", From: core.Item{ID: "old"}, To: "item-1",
				Pairs: []core.ContinuedPair{{Old: core.Account{ID: "acc-0"}, New: core.Account{ID: "acc-1"}}},
			}, core.ContinuePlan{From: "old", To: "item-1", Accounts: map[core.AccountID]core.AccountID{"acc-0": "acc-1"}})
		},
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	return v
}

func TestFileIsAsDocumented(t *testing.T) {
	tree, v := documented(t), everything(t)
	found := map[string]bool{}
	err := v.db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			if tree[string(name)] == nil {
				t.Errorf("the bucket %q is not documented", name)
			}
			return b.ForEach(func(key, value []byte) error {
				found[string(name)] = true
				if value == nil || !fits(key, tree[string(name)]) {
					t.Errorf("a key of %q has %d bytes, documented: %q", name, len(key), tree[string(name)])
				}
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range tree {
		if !found[name] {
			t.Errorf("the bucket %q is documented, but not in a file with everything", name)
		}
	}
	if len(tree) != len(sealedBuckets())+1 {
		t.Errorf("the documented tree has %d buckets: %v", len(tree), tree)
	}
}
