package vault

import (
	"bytes"
	"encoding/json"
	"time"

	bolt "go.etcd.io/bbolt"

	"bankbook/core"
)

// reader reads records within one transaction of bbolt.
type reader struct {
	tx   *bolt.Tx
	seal *sealer
	// mapped is nil where passes are short.
	mapped *mapping
}

// bucket returns a bucket of bbolt's; the vault makes all of them at birth.
func (r reader) bucket(b bucket) (*bolt.Bucket, error) {
	in := r.tx.Bucket([]byte(b))
	if in == nil {
		return nil, damaged("the bucket %s is missing", b)
	}
	return in, nil
}

// get opens a record; ok is false if there is none.
func (r reader) get(b bucket, key []byte) (plain []byte, stamp uint64, ok bool, err error) {
	in, err := r.bucket(b)
	if err != nil {
		return nil, 0, false, err
	}
	value := in.Get(key)
	if value == nil {
		return nil, 0, false, nil
	}
	plain, stamp, err = r.seal.open(b, key, value, nil)
	return plain, stamp, err == nil, err
}

// getJSON opens a record of JSON into into.
func (r reader) getJSON(b bucket, key []byte, into any) (ok bool, err error) {
	plain, _, ok, err := r.get(b, key)
	if err != nil || !ok {
		return false, err
	}
	return true, parseJSON(b, plain, into)
}

func parseJSON(b bucket, plain []byte, into any) error {
	if json.Unmarshal(plain, into) != nil {
		return damaged("a record of %s does not parse", b)
	}
	return nil
}

// records visits every sealed value of a bucket in the order of keys, and
// returns what they come to. Key and value are valid during the call of fn
// only.
func (r reader) records(b bucket, fn func(key, value []byte) error) (sum, error) {
	in, err := r.bucket(b)
	if err != nil {
		return sum{}, err
	}
	var got sum
	var last []byte
	cursor := in.Cursor()
	for key, value := cursor.First(); key != nil; key, value = cursor.Next() {
		if last != nil && bytes.Compare(last, key) >= 0 {
			return sum{}, damaged("the keys of %s are out of order", b)
		}
		last = key
		r.mapped.passed(r.tx, len(value))
		stamp, err := stampOf(b, value)
		if err != nil {
			return sum{}, err
		}
		got.add(r.seal.recordDigest(b, key, stamp))
		if err := fn(key, value); err != nil {
			return sum{}, err
		}
	}
	return got, nil
}

// all opens every record of a bucket, and makes sure that they are all.
func (r reader) all(b bucket, fn func(key, plain []byte) error) error {
	m, err := r.manifest()
	if err != nil {
		return err
	}
	got, err := r.records(b, func(key, value []byte) error {
		plain, _, err := r.seal.open(b, key, value, nil)
		if err != nil {
			return err
		}
		return fn(key, plain)
	})
	if err != nil {
		return err
	}
	return m.compare(b, got)
}

// months lists the months that have rows, newest first.
func (r reader) months() ([]core.Month, error) {
	in, err := r.bucket(inMonths)
	if err != nil {
		return nil, err
	}
	var list []core.Month
	cursor := in.Cursor()
	for key, _ := cursor.Last(); key != nil; key, _ = cursor.Prev() {
		if len(key) != 4 || len(list) > 0 && keyMonth(key) >= list[len(list)-1] {
			return nil, damaged("the keys of %s are out of order", inMonths)
		}
		list = append(list, keyMonth(key))
	}
	return list, nil
}

// directory opens a month's directory, which is empty if the month has no
// rows.
func (r reader) directory(m core.Month) (directory, error) {
	plain, _, ok, err := r.get(inMonths, monthKey(m))
	if err != nil || !ok {
		return nil, err
	}
	return decodeDirectory(plain)
}

// chunk opens the chunk that a directory entry stands for into buf, which can
// be nil.
func (r reader) chunk(m core.Month, c chunkEntry, buf []byte) ([]byte, error) {
	sealed, err := r.sealedChunk(m, c)
	if err != nil {
		return nil, err
	}
	return sealed.open(r.seal, buf)
}

// sealedChunk is a chunk as it lies in the file, and what is known of it.
type sealedChunk struct {
	month core.Month
	entry chunkEntry
	value []byte
}

func (r reader) sealedChunk(m core.Month, c chunkEntry) (sealedChunk, error) {
	in, err := r.bucket(inChunks)
	if err != nil {
		return sealedChunk{}, err
	}
	value := in.Get(chunkKey(m, c.number))
	if value == nil {
		return sealedChunk{}, damaged("a chunk of %s is missing", m)
	}
	r.mapped.passed(r.tx, len(value))
	return sealedChunk{m, c, value}, nil
}

func (c sealedChunk) open(seal *sealer, buf []byte) ([]byte, error) {
	plain, stamp, err := seal.open(inChunks, chunkKey(c.month, c.entry.number), c.value, buf)
	if err != nil {
		return nil, err
	}
	if stamp != c.entry.stamp {
		return nil, damaged("a chunk of %s is of commit %d, not %d", c.month, stamp, c.entry.stamp)
	}
	return plain, nil
}

// rows opens and decodes a chunk, and returns the rows that count.
func (r reader) rows(m core.Month, c chunkEntry) ([]row, error) {
	sealed, err := r.sealedChunk(m, c)
	if err != nil {
		return nil, err
	}
	rows, err := sealed.rows(r.seal)
	if err != nil {
		return nil, err
	}
	return c.live(rows), nil
}

// rows opens and decodes a chunk with all its rows, the dead ones too.
func (c sealedChunk) rows(seal *sealer) ([]row, error) {
	plain, err := c.open(seal, nil)
	if err != nil {
		return nil, err
	}
	rows, err := decodeRows(plain)
	if err != nil {
		return nil, err
	}
	if len(rows) != c.entry.all() {
		return nil, wrongRows(c.month, c.entry, len(rows))
	}
	return rows, nil
}

// wrongRows is the error of a chunk that has not as many rows as its directory
// says.
func wrongRows(m core.Month, c chunkEntry, got int) error {
	return damaged("a chunk of %s has %d rows, not %d", m, got, c.all())
}

// chunks visits every chunk, newest month first. plain is valid during the
// call only.
func (r reader) chunks(fn func(m core.Month, c chunkEntry, plain []byte) error) error {
	months, err := r.months()
	if err != nil {
		return err
	}
	var buf []byte
	for _, m := range months {
		dir, err := r.directory(m)
		if err != nil {
			return err
		}
		for _, c := range dir {
			if buf, err = r.chunk(m, c, buf); err != nil {
				return err
			}
			if err := fn(m, c, buf); err != nil {
				return err
			}
		}
	}
	return nil
}

// writer changes records within one commit.
type writer struct {
	reader
	sums manifest
}

// newWriter begins the commit after the one that the manifest tells of.
func newWriter(r reader, now time.Time) (*writer, error) {
	sums, err := r.manifest()
	if err != nil {
		return nil, err
	}
	sums.Commit++
	sums.At = now.UTC()
	return &writer{reader: r, sums: sums}, nil
}

// put seals and keeps a record.
func (w *writer) put(b bucket, key, plain []byte) error {
	in, err := w.forget(b, key)
	if err != nil {
		return err
	}
	s := w.sums.Buckets[b]
	s.add(w.seal.recordDigest(b, key, w.sums.Commit))
	w.sums.Buckets[b] = s
	return in.Put(key, w.seal.seal(b, key, plain, w.sums.Commit))
}

// putJSON keeps a record as JSON.
func (w *writer) putJSON(b bucket, key []byte, record any) error {
	plain, err := json.Marshal(record)
	if err != nil {
		return err
	}
	return w.put(b, key, plain)
}

// delete removes a record; one that is not there is no error.
func (w *writer) delete(b bucket, key []byte) error {
	in, err := w.forget(b, key)
	if err != nil {
		return err
	}
	return in.Delete(key)
}

// forget takes a record, if it is there, out of its bucket's sum.
func (w *writer) forget(b bucket, key []byte) (*bolt.Bucket, error) {
	in, err := w.bucket(b)
	if err != nil {
		return nil, err
	}
	value := in.Get(key)
	if value == nil {
		return in, nil
	}
	stamp, err := stampOf(b, value)
	if err != nil {
		return nil, err
	}
	s := w.sums.Buckets[b]
	s.Count--
	s.toggle(w.seal.recordDigest(b, key, stamp))
	w.sums.Buckets[b] = s
	return in, nil
}

// finish writes the manifest, as the last act before the commit.
func (w *writer) finish() error {
	plain, err := json.Marshal(w.sums)
	if err != nil {
		return err
	}
	in, err := w.bucket(inVault)
	if err != nil {
		return err
	}
	key := []byte(manifestKey)
	return in.Put(key, w.seal.seal(inVault, key, plain, w.sums.Commit))
}
