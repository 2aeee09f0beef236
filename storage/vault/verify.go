package vault

import (
	"bytes"
	"context"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"bankbook/core"
	"bankbook/core/fault"
)

// Verify opens every record of the vault and compares all that is told twice:
// manifest, directories, totals and keys with what they stand for. It returns
// VaultDamaged at the first difference, and Canceled when ctx ends.
//
// Commits wait while it walks the pages, and go on while it reads records.
func (v *Vault) Verify(ctx context.Context) error {
	_, err := v.verify(ctx)
	return err
}

// reading is what a whole reading has come to, and when the last commit was.
type reading struct {
	core.VaultReport
	Written time.Time
}

func (v *Vault) verify(ctx context.Context) (reading, error) {
	v.readAhead()
	if err := v.walkAgain(); err != nil {
		return reading{}, err
	}
	var got reading
	format := v.Info().Format // not in the transaction: a commit that is to appear can wait for that
	err := v.view("vault: verify", func(r reader) error {
		m, err := r.manifest()
		if err != nil {
			return err
		}
		c := checker{reader: r, ctx: ctx, manifest: m, ids: newIDSet()}
		if err := c.all(format); err != nil {
			return err
		}
		info, err := v.handle.Stat()
		if err != nil {
			return err
		}
		got = reading{Written: m.At, VaultReport: core.VaultReport{
			Commit: m.Commit, Profiles: m.Buckets[inProfiles].Count, Items: m.Buckets[inItems].Count, Accounts: m.Accounts,
			Rows: m.Rows, Bytes: info.Size(), Checked: v.now().UTC(),
		}}
		return nil
	})
	return got, err
}

// walkAgain checks the file's pages, whether or not they have been checked.
func (v *Vault) walkAgain() error {
	v.writing.Lock()
	defer v.writing.Unlock()
	v.walked = false
	return v.touch("vault: verify", v.walk)
}

// checker is one run of Verify.
type checker struct {
	reader
	ctx      context.Context
	manifest manifest
	// ids are the rows' once all of them have been read.
	ids *idSet
}

// all checks everything. A file of an older format has fewer buckets.
func (c *checker) all(format int) error {
	steps := []func() error{
		c.buckets, c.profiles, c.items, c.accounts, c.sessions, c.settings, c.transactions, c.removed,
	}
	if format >= 4 {
		steps = append(steps, c.activity, c.balances, c.continued)
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// buckets makes sure that the file has the vault's buckets and no others.
func (c *checker) buckets() error {
	want := append(sealedBuckets(), inVault)
	return c.tx.ForEach(func(name []byte, _ *bolt.Bucket) error {
		if !slices.Contains(want, bucket(name)) {
			return damaged("there is a bucket that is not the vault's")
		}
		return nil
	})
}

// each opens all records of a bucket.
func (c *checker) each(b bucket, fn func(key, plain []byte) error) error {
	got, err := c.records(b, func(key, value []byte) error {
		if err := c.ctx.Err(); err != nil {
			return fault.New("vault: verify", fault.Canceled, err)
		}
		plain, _, err := c.seal.open(b, key, value, nil)
		if err != nil {
			return err
		}
		return fn(key, plain)
	})
	if err != nil {
		return err
	}
	return c.manifest.compare(b, got)
}

// named checks that each record of JSON lies under the hash of its own id.
func named[T any](c *checker, b bucket, id func(T) string) error {
	return c.each(b, func(key, plain []byte) error {
		var record T
		if err := parseJSON(b, plain, &record); err != nil {
			return err
		}
		if !bytes.Equal(key, c.seal.idKey(b, id(record))) {
			return damaged("a record of %s is under another's key", b)
		}
		return nil
	})
}

func (c *checker) profiles() error {
	return named(c, inProfiles, func(p core.Profile) string { return string(p.ID) })
}

func (c *checker) items() error {
	return named(c, inItems, func(i core.Item) string { return string(i.ID) })
}

func (c *checker) settings() error {
	return named(c, inSettings, func(s setting) string { return s.Name })
}

func (c *checker) sessions() error {
	return named(c, inSessions, func(s struct{ ID core.LinkID }) string { return string(s.ID) })
}

func (c *checker) accounts() error {
	count := 0
	err := c.each(inAccounts, func(key, plain []byte) error {
		var list []core.Account
		if err := parseJSON(inAccounts, plain, &list); err != nil {
			return err
		}
		for _, a := range list {
			if !bytes.Equal(key, c.seal.idKey(inAccounts, string(a.Item))) {
				return damaged("an account is under another item's key")
			}
		}
		count += len(list)
		return nil
	})
	if err == nil && count != c.manifest.Accounts {
		return damaged("there are %d accounts, not %d", count, c.manifest.Accounts)
	}
	return err
}

// removed checks that removed rows lie under their keys, and are removed.
func (c *checker) removed() error {
	return c.each(inRemoved, func(key, plain []byte) error {
		rows, err := decodeRows(plain)
		if err != nil || len(rows) != 1 {
			return errCodec
		}
		id := rows[0].ID
		if c.ids.has(id) || !bytes.Equal(key, c.seal.idKey(inRemoved, string(id))) {
			return damaged("a removed row is still there or under another's key")
		}
		return nil
	})
}
