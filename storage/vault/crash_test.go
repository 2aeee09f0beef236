package vault_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// crashRounds is the number of times that the writer is killed.
const crashRounds = 25

// crashBatch is the n-th batch of the writer: it adds 20 rows, changes 5 of
// the batch before, one of them into another month, and removes 3 of it. The
// cursor is n.
func crashBatch(n int) core.SyncBatch {
	b := core.SyncBatch{Item: "item-1", Cursor: strconv.Itoa(n), Phase: core.HistoryDone, At: now}
	for i := range 20 {
		b.Added = append(b.Added, crashRow(n, i))
	}
	for i := range 5 {
		r := crashRow(n-1, i)
		r.Date += 31
		r.Name = "Changed"
		b.Modified = append(b.Modified, r)
	}
	for i := range 3 {
		b.Removed = append(b.Removed, crashRow(n-1, 10+i).ID)
	}
	return b
}

func crashRow(n, i int) core.Transaction {
	return tx(fmt.Sprintf("row-%d-%d", n, i), core.NewDate(2026, 1, 1+n%90+i), int64(n*20+i))
}

// childCommit plays the writer: it goes on from the vault's cursor and tells
// each number once it is committed, until it is killed.
func childCommit() int {
	v, err := childVault()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	it, err := v.Item("item-1")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	last, _ := strconv.Atoi(it.Sync.Cursor)
	for n := last + 1; ; n++ {
		if _, err := v.ApplySync(crashBatch(n)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		fmt.Println(n)
	}
}

func TestKilledWriterLosesNothing(t *testing.T) {
	h := newHome(t)
	v := h.open(t)
	must(t, v.PutItem(item("item-1")))
	key := get[secret.Text](t)(h.keys.Key(context.Background(), v.Info()))
	must(t, v.Close())

	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	m, applied := newModel(), 0
	for range crashRounds {
		told := killWriter(t, h.path, key, random.IntN(12), time.Duration(random.IntN(8_000))*time.Microsecond)
		v := h.open(t)
		must(t, v.Verify(t.Context()))
		reached := get[int](t)(strconv.Atoi(get[core.Item](t)(v.Item("item-1")).Sync.Cursor))
		if reached != told && reached != told+1 {
			t.Fatalf("the vault is at %d, but %d was told", reached, told)
		}
		for ; applied < reached; applied++ {
			m.apply(crashBatch(applied + 1))
		}
		checkRows(t, v, m)
		must(t, v.Close())
	}
	t.Logf("%d commits, %d kills", applied, crashRounds)
}

// killWriter runs the writer until it has told acks numbers and some time has
// passed, kills it, and returns the last number that it told.
func killWriter(t *testing.T, path string, key secret.Text, acks int, wait time.Duration) (told int) {
	t.Helper()
	cmd := child(t, "commit", path, key)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewScanner(out)
	for i := 0; lines.Scan(); i++ {
		told = get[int](t)(strconv.Atoi(lines.Text()))
		if i == acks {
			time.AfterFunc(wait, func() { _ = cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
		t.Fatalf("the writer was not killed but ended: %v", err)
	}
	if told == 0 {
		t.Fatal("the writer told nothing")
	}
	return told
}

func checkRows(t *testing.T, v *vault.Vault, m *model) {
	t.Helper()
	rows := map[core.TransactionID]core.Transaction{}
	must(t, v.Each(func(t core.Transaction) error { rows[t.ID] = t; return nil }))
	if !slices.Equal(sortedValues(rows), m.all()) {
		t.Fatalf("%d rows, want %d, or other ones", len(rows), len(m.rows))
	}
}
