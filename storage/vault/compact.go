package vault

import (
	"bytes"
	"context"
	"errors"
	"os"

	bolt "go.etcd.io/bbolt"

	"bankbook/core/secret"
	"bankbook/storage/durable"
)

const (
	// compactStep is how many bytes one commit of a compaction writes, so that it
	// does not take as much memory as the file is long.
	compactStep = 16 << 20
	// compactAlloc is the step in which the compact file grows.
	compactAlloc = 64 << 10
)

// copy makes the task's compact copy, and reads it wholly. Records are copied as
// they are, so that what is wrong with one is found in the copy; what only the
// file itself can show, its pages and the order of its keys, is looked at on the
// way. What is not in use stays behind: the copy holds nothing deleted (SECURITY
// §0.6).
func (t task) copy(ctx context.Context, key secret.Text) (reading, error) {
	from, err := openSource(t.Path, t.Act == mend)
	if err != nil {
		return reading{}, err
	}
	if err := errors.Join(compact(ctx, from, t.To), from.Close()); err != nil {
		return reading{}, err
	}
	got, err := t.read(ctx, t.To, key)
	return got, errors.Join(err, durable.SyncFile(t.To))
}

// openSource opens a file to read it through. Without its free pages it does
// not have to be fit for writing.
func openSource(path string, withoutFree bool) (*bolt.DB, error) {
	var handle *os.File
	db, err := bolt.Open(path, fileMode, &bolt.Options{
		Timeout: defaultLockTimeout, ReadOnly: true, NoStatistics: true,
		OpenFile: func(name string, flag int, mode os.FileMode) (_ *os.File, err error) {
			handle, err = os.OpenFile(name, flag, mode)
			return handle, err
		},
	})
	if err != nil {
		return nil, err
	}
	m, err := currentMeta(handle, db.Info().PageSize)
	if err == nil && withoutFree {
		err = checkTree(handle, m)
	} else if err == nil {
		err = checkPages(handle, m)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// compact copies the records of a vault into an empty file.
func compact(ctx context.Context, from *bolt.DB, path string) error {
	info, err := os.Stat(from.Path())
	if err != nil {
		return err
	}
	to, err := bolt.Open(path, fileMode, &bolt.Options{
		Timeout: defaultLockTimeout, FreelistType: bolt.FreelistMapType, NoSync: true, NoGrowSync: true, NoStatistics: true,
		InitialMmapSize: int(info.Size()), // not again and again, as the file grows
	})
	if err != nil {
		return err
	}
	to.AllocSize = compactAlloc
	err = from.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, in *bolt.Bucket) error {
			c := copier{to: to, name: name, in: in}
			return c.run(ctx)
		})
	})
	return errors.Join(err, to.Close())
}

// copier copies one bucket.
type copier struct {
	to   *bolt.DB
	name []byte
	in   *bolt.Bucket
}

// run copies the bucket in commits of compactStep.
func (c *copier) run(ctx context.Context) error {
	cursor := c.in.Cursor()
	key, value := cursor.First()
	var last []byte
	for first := true; first || key != nil; first = false {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := c.to.Update(func(tx *bolt.Tx) error {
			out, err := tx.CreateBucketIfNotExists(c.name)
			if err != nil {
				return err
			}
			out.FillPercent = 1 // keys come in order
			for size := 0; key != nil && size < compactStep; key, value = cursor.Next() {
				if err := c.check(last, key, value); err != nil {
					return err
				}
				if err := out.Put(key, value); err != nil {
					return err
				}
				last = key
				size += len(key) + len(value)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// check makes sure that a record is found under its key.
func (c *copier) check(last, key, value []byte) error {
	if value == nil || last != nil && bytes.Compare(last, key) >= 0 || !bytes.Equal(c.in.Get(key), value) {
		return damaged("the keys of %s are out of order", bucket(c.name))
	}
	return nil
}
