package vault_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/review"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// march is the month of these tests, and chunkRows what fills a chunk of it.
var march = core.NewDate(2026, 3, 1)

const chunkRows = 256

// monthOf is a vault with some full chunks in March; row 7 is "row-007".
func monthOf(t *testing.T, chunks int) *vault.Vault {
	t.Helper()
	v := newHome(t).open(t)
	fillMarch(t, v, chunks*chunkRows)
	return v
}

func fillMarch(t *testing.T, v *vault.Vault, rows int) {
	t.Helper()
	must(t, v.PutItem(item("item-1")))
	batch := core.SyncBatch{Item: "item-1", At: now}
	for n := range rows {
		batch.Added = append(batch.Added, marchRow(n, 1))
	}
	get[core.SyncCount](t)(v.ApplySync(batch))
}

func marchRow(n int, minor int64) core.Transaction {
	return tx(fmt.Sprintf("row-%03d", n), march.AddDays(n%31), minor)
}

func wantChunks(t *testing.T, v *vault.Vault, want ...vault.ChunkState) {
	t.Helper()
	must(t, v.Verify(t.Context()))
	if got := get[[]vault.ChunkState](t)(v.Chunks(march.Month())); !slices.Equal(got, want) {
		t.Fatalf("the chunks are %+v, not %+v", got, want)
	}
}

// What a batch of few changes costs must not depend on the weight of the chunks
// where they are (PERFORMANCE §3).
func TestFewChangesLeaveTheirChunkAsItIs(t *testing.T) {
	v := monthOf(t, 2)
	at := get[[]vault.ChunkState](t)(v.Chunks(march.Month()))
	first, second := at[0].Stamp, at[1].Stamp
	change := core.SyncBatch{
		Item: "item-1", At: now, Modified: []core.Transaction{marchRow(3, 7)}, Removed: []core.TransactionID{"row-004", "row-400"},
	}
	count := get[core.SyncCount](t)(v.ApplySync(change))
	if count != (core.SyncCount{Modified: 1, Removed: 2}) {
		t.Errorf("the batch counts as %+v", count)
	}
	third := v.Commit()
	wantChunks(t, v, vault.ChunkState{254, 2, first}, vault.ChunkState{255, 1, second}, vault.ChunkState{1, 0, third})

	// It can be found where it is now, changed again, and removed.
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-1", At: now, Modified: []core.Transaction{marchRow(3, 8)}}))
	rows := get[[]core.Transaction](t)(v.Month(march.Month()))
	if i := slices.IndexFunc(rows, func(r core.Transaction) bool { return r.ID == "row-003" }); len(rows) != 510 || rows[i].Amount.Minor != 8 {
		t.Errorf("%d rows, %+v", len(rows), rows[i])
	}
	wantChunks(t, v, vault.ChunkState{254, 2, first}, vault.ChunkState{255, 1, second}, vault.ChunkState{1, 0, v.Commit()})
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-1", At: now, Removed: []core.TransactionID{"row-003"}}))
	wantChunks(t, v, vault.ChunkState{254, 2, first}, vault.ChunkState{255, 1, second})
}

func TestChunksAreWrittenAnewWhenAQuarterIsDead(t *testing.T) {
	v := monthOf(t, 2)
	at := get[[]vault.ChunkState](t)(v.Chunks(march.Month()))
	remove := func(from, to int) {
		batch := core.SyncBatch{Item: "item-1", At: now}
		for n := from; n < to; n++ {
			batch.Removed = append(batch.Removed, marchRow(n, 1).ID)
		}
		get[core.SyncCount](t)(v.ApplySync(batch))
	}
	remove(0, 64)
	wantChunks(t, v, vault.ChunkState{192, 64, at[0].Stamp}, at[1])
	remove(64, 65)
	wantChunks(t, v, vault.ChunkState{191, 0, v.Commit()}, at[1])
	written := v.Commit()

	// Of many changes in one batch, nothing moves.
	batch := core.SyncBatch{Item: "item-1", At: now}
	for n := chunkRows; n < chunkRows+65; n++ {
		batch.Modified = append(batch.Modified, marchRow(n, 9))
	}
	get[core.SyncCount](t)(v.ApplySync(batch))
	wantChunks(t, v, vault.ChunkState{191, 0, written}, vault.ChunkState{256, 0, v.Commit()})
}

func TestDeadRowsAreNotGiven(t *testing.T) {
	v := monthOf(t, 1)
	x := review.New(v, nil)
	must(t, x.Refresh(t.Context()))
	ref := func(name string) []review.Ref {
		return x.Snapshot().Find(review.Query{Words: []review.Word{{Text: name}}}, march).Refs(0, 1)
	}
	dies, stays := ref("name of row-007"), ref("name of row-101")
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-1", At: now, Removed: []core.TransactionID{"row-007"}}))
	if rows := get[[]core.Transaction](t)(v.Rows(stays)); rows[0].ID != "row-101" {
		t.Errorf("the row beside a dead one is %+v", rows[0])
	}
	for _, refs := range [][]review.Ref{dies, slices.Concat(stays, dies)} {
		if rows, err := v.Rows(refs); !errors.Is(err, review.ErrMoved) {
			t.Errorf("a dead row is given: %+v, %v", rows, err)
		}
	}
}

// TestRemovalLeavesNoDeadRows looks at what records hold, beneath what the vault
// tells of them.
func TestRemovalLeavesNoDeadRows(t *testing.T) {
	dead := []string{"name of row-007", "before the bank changed it"}
	changed := func(t *testing.T) *vault.Vault {
		v := newHome(t).open(t)
		must(t, v.PutItem(item("item-2")))
		row := tx("of-2", march, -5)
		row.Name = "Before the bank changed it"
		get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-2", At: now, Added: []core.Transaction{row}}))
		fillMarch(t, v, chunkRows)
		row.Name = "As it is now"
		get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-2", At: now, Modified: []core.Transaction{row}}))
		get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-1", At: now, Removed: []core.TransactionID{"row-007"}}))
		if held(t, v, dead...) != 2 || get[[]vault.ChunkState](t)(v.Chunks(march.Month()))[0].Dead != 2 {
			t.Fatal("no record holds what is dead: the test shows nothing")
		}
		return v
	}
	t.Run("bank", func(t *testing.T) {
		v := changed(t)
		must(t, v.RemoveItem("item-2"))
		must(t, v.Verify(t.Context()))
		if held(t, v, "before the bank changed it", "as it is now", "of-2") != 0 || v.Count() != chunkRows-1 {
			t.Error("a record still holds rows of the bank")
		}
	})
	t.Run("copy for review", func(t *testing.T) {
		v := copyOf(t, changed(t))
		if held(t, v, dead...) != 0 || v.Count() != chunkRows || held(t, v, "as it is now") != 1 {
			t.Error("the copy holds what the banks have taken back, or not all that they say")
		}
	})
}

// held counts the texts that some record holds, in any case.
func held(t *testing.T, v *vault.Vault, texts ...string) (n int) {
	t.Helper()
	all := bytes.ToLower(bytes.Join(get[[][]byte](t)(v.AllRecords()), nil))
	for _, text := range texts {
		if bytes.Contains(all, []byte(text)) {
			n++
		}
	}
	return n
}

// copyOf opens a copy of a vault for a reviewer.
func copyOf(t *testing.T, v *vault.Vault) *vault.Vault {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.db")
	var key secret.Text
	_, err := v.CopyForReview(t.Context(), path, func(_ context.Context, _ vault.Info, k secret.Text) error {
		key = k
		return nil
	})
	must(t, err)
	c := get[*vault.Vault](t)(vault.Open(t.Context(), vault.Options{
		Path: path, Env: core.Practice, Key: func(context.Context, vault.Info) (secret.Text, error) { return key, nil },
	}))
	t.Cleanup(func() { must(t, c.Close()) })
	return c
}
