package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/export"
	"bankbook/core/review"
	"bankbook/core/secret"
	"bankbook/storage/vault"
	"bankbook/storage/vault/vaulttest"
)

// bankbook is Bankbook's own vault and review engine, in this process.
type bankbook struct {
	path    string
	keys    vaulttest.Keys
	v       *vault.Vault
	index   *review.Index
	changes *changes
	filters filters
}

// newBankbook makes a vault of n transactions and opens it.
func newBankbook(dir string, n int, c *changes) (*bankbook, error) {
	b := &bankbook{path: filepath.Join(dir, "vault", "vault.db"), changes: c, filters: theFilters()}
	if err := b.reopen(); err != nil {
		return nil, err
	}
	return b, vaulttest.FillInPages(b.v, n, seed, pageRows)
}

func (b *bankbook) reopen() (err error) {
	if b.v != nil {
		if err := b.v.Close(); err != nil {
			return err
		}
	}
	b.v, err = vault.Open(context.Background(), b.keys.Options(b.path))
	return err
}

func (b *bankbook) name() string  { return "Bankbook" }
func (b *bankbook) memory() int64 { return 0 }
func (b *bankbook) bytes() int64  { return fileSize(b.path) }
func (b *bankbook) close() error  { return b.v.Close() }

func (b *bankbook) run(o op) (time.Duration, answer, error) {
	switch o {
	case openWarm, openCold:
		return b.open(o)
	case readyWarm, readyCold:
		return b.getReady(o)
	case newest, sum, byMonth, filter, text:
		return b.find(o)
	case csvAll:
		return b.csv()
	case insert:
		batch := b.changes.nextInsert(b.name())
		return b.apply(batch)
	case change:
		batch := b.changes.nextEdit(b.name())
		return b.apply(batch)
	}
	return b.keep(o)
}

// fresh closes the vault, and puts it out of the cache if it is to be cold.
func (b *bankbook) fresh(cold bool) error {
	if err := b.v.Close(); err != nil {
		return err
	}
	b.v, b.index = nil, nil
	if !cold {
		return nil
	}
	if err := chill(b.path); err != nil {
		return errors.Join(err, b.reopen())
	}
	return nil
}

func (b *bankbook) open(o op) (took time.Duration, a answer, err error) {
	if err := b.fresh(o == openCold); err != nil {
		return 0, a, err
	}
	var lines []string
	took, err = timed(func() (err error) {
		if err = b.reopen(); err == nil {
			lines, err = b.first()
		}
		return err
	})
	return took, answer{full, lines}, err
}

// apply writes a batch durably. The id map is there, as after any other batch,
// and an index that is to follow.
func (b *bankbook) apply(batch core.SyncBatch) (time.Duration, answer, error) {
	if b.changes.of(b.name()).inserts == 1 {
		if err := errors.Join(b.ready(), b.mapIDs()); err != nil {
			return 0, answer{}, err
		}
	}
	took, err := timed(func() error {
		_, err := b.v.ApplySync(batch)
		return err
	})
	return took, answer{}, err
}

// csv writes all transactions to a file and syncs it.
func (b *bankbook) csv() (time.Duration, answer, error) {
	path := b.path + ".csv"
	if err := b.ready(); err != nil {
		return 0, answer{}, err
	}
	took, err := timed(func() error { return b.writeCSV(path) })
	if err != nil {
		return 0, answer{}, err
	}
	lines, err := readOutput(path, lineCount(1))
	return took, answer{full, lines}, err
}

func (b *bankbook) writeCSV(path string) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	labels := export.Labels{
		Account:  func(id core.AccountID) (account, bank string) { return string(id), "First Bank" },
		Category: func(primary string) string { return primary },
	}
	everything := b.index.Snapshot().Find(review.Query{}, today())
	if _, err := export.CSV(f, everything.Each(b.v), labels); err != nil {
		return err
	}
	return f.Sync()
}

// total is what all rows come to now: by the vault's own totals, and by an index
// that has only read what has changed since it was built.
func (b *bankbook) total() (string, error) {
	totals, err := b.v.Totals()
	if err != nil {
		return "", err
	}
	var kept tally
	for _, t := range totals {
		kept.rows, kept.in, kept.out = kept.rows+t.Count, kept.in+t.In, kept.out+t.Out
	}
	if err := b.index.Refresh(context.Background()); err != nil {
		return "", err
	}
	found := tallyOf(b.index.Snapshot().Find(review.Query{}, today()).Sums())
	if kept != found {
		return "", fmt.Errorf("the vault's totals are %s, the index's %s", kept.line(full), found.line(full))
	}
	return kept.line(full), nil
}

// hold opens the vault in a process of its own, asks it everything, and tells
// what the process held.
func (b *bankbook) hold() (memory, error) {
	masterKey, err := b.keys.Key(context.Background(), b.v.Info())
	if err != nil {
		return memory{}, err
	}
	if err := b.fresh(false); err != nil {
		return memory{}, err
	}
	var m memory
	err = ask(&m, strings.NewReader(masterKey.Reveal()), "hold", b.path)
	return m, errors.Join(err, b.reopen())
}

// held is the process that hold starts.
func held(path string, in io.Reader) (m memory, err error) {
	masterKey, err := io.ReadAll(in)
	if err != nil {
		return m, err
	}
	b := &bankbook{path: path, filters: theFilters()}
	b.v, err = vault.Open(context.Background(), vault.Options{
		Path: path, Env: core.Practice,
		Key: func(context.Context, vault.Info) (secret.Text, error) { return secret.New(string(masterKey)), nil },
	})
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, b.v.Close()) }()
	for _, o := range []op{newest, sum, byMonth, filter, text} {
		if _, _, err := b.run(o); err != nil && !errors.Is(err, errUnable) {
			return m, fmt.Errorf("%s: %w", o.name, err)
		}
	}
	return memoryOf(os.Getpid()), nil
}
