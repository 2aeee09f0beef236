package vault

import (
	"bytes"
	"context"
	"errors"
	"slices"

	bolt "go.etcd.io/bbolt"

	"bankbook/core"
)

const (
	// resealStep is how much one commit of a rotation writes, so that it does not
	// take as much memory as the file is long.
	resealStep = 8 << 20
	// resealAlloc is the step in which the new file grows.
	resealAlloc = 64 << 10
)

// resealer copies a vault's records into a file under other keys. Stamps stay
// as they are, and so what directories say of their chunks.
type resealer struct {
	from, to *Vault
	// old is the manifest of from, new that of to.
	old, new manifest
	// owners are the items by the old keys of their accounts.
	owners map[string]core.ItemID
}

// resealed is a record for the new file.
type resealed struct{ key, value []byte }

// copyInto fills next, which is empty, with all that v holds. No transaction
// spans the two. The caller holds writing.
func (v *Vault) copyInto(ctx context.Context, next *Vault) error {
	next.db.NoSync, next.db.NoGrowSync, next.db.AllocSize = true, true, resealAlloc
	s := resealer{from: v, to: next, owners: map[string]core.ItemID{}, new: newManifest()}
	err := v.view("vault: reseal", func(r reader) (err error) {
		s.old, err = r.manifest()
		return err
	})
	if err != nil {
		return err
	}
	for _, b := range sealedBuckets() {
		if err := s.bucket(ctx, b); err != nil {
			return err
		}
	}
	if err := s.finish(); err != nil {
		return err
	}
	next.db.NoSync, next.db.NoGrowSync, next.db.AllocSize = false, false, allocSize
	return next.view("vault: check", next.check)
}

// bucket copies one bucket, a piece at a time.
func (s *resealer) bucket(ctx context.Context, b bucket) error {
	var got sum
	for next := []byte{}; next != nil; {
		if err := ctx.Err(); err != nil {
			return err
		}
		var piece []resealed
		err := s.from.view("vault: reseal", func(r reader) (err error) {
			piece, next, err = s.read(r, b, next, &got)
			return err
		})
		if err != nil {
			return err
		}
		if err := s.write(b, piece); err != nil {
			return err
		}
	}
	return s.old.compare(b, got)
}

// read reseals the records from a key on, until they come to resealStep, and
// returns the key of the next one, or nil.
func (s *resealer) read(r reader, b bucket, from []byte, got *sum) (piece []resealed, next []byte, err error) {
	in, err := r.bucket(b)
	if err != nil {
		return nil, nil, err
	}
	sums, size := s.new.Buckets[b], 0
	cursor := in.Cursor()
	for key, value := cursor.Seek(from); key != nil; key, value = cursor.Next() {
		if size >= resealStep {
			next = bytes.Clone(key)
			break
		}
		plain, stamp, err := r.seal.open(b, key, value, nil)
		if err != nil {
			return nil, nil, err
		}
		to, err := s.key(r, b, key, plain)
		if err != nil {
			return nil, nil, err
		}
		got.add(r.seal.recordDigest(b, key, stamp))
		sums.add(s.to.seal.recordDigest(b, to, stamp))
		piece = append(piece, resealed{to, s.to.seal.seal(b, to, plain, stamp)})
		size += len(value)
	}
	s.new.Buckets[b] = sums
	return piece, next, nil
}

// write puts a piece into the new file, in the order of keys.
func (s *resealer) write(b bucket, piece []resealed) error {
	slices.SortFunc(piece, func(a, b resealed) int { return bytes.Compare(a.key, b.key) })
	return s.to.touch("vault: reseal", func() error {
		return s.to.db.Update(func(tx *bolt.Tx) error {
			out := tx.Bucket([]byte(b))
			for _, p := range piece {
				if err := out.Put(p.key, p.value); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// key returns the key of a record in the new file: the same for a month's
// records and for those of the log, or else the identifier's hash under the new data key.
func (s *resealer) key(r reader, b bucket, key, plain []byte) ([]byte, error) {
	switch b {
	case inMonths, inChunks, inTotals, inActivity:
		return bytes.Clone(key), nil
	case inBalances:
		return s.balanceKey(key, plain)
	case inAccounts:
		// A list of accounts can be empty, and then does not tell of whom it is.
		id, ok := s.owners[string(key)]
		if !ok {
			return nil, damaged("a record of %s is of no item", b)
		}
		return s.to.seal.idKey(b, string(id)), nil
	case inRemoved:
		rows, err := decodeRows(plain)
		if err != nil || len(rows) != 1 {
			return nil, errCodec
		}
		return s.to.seal.idKey(b, string(rows[0].ID)), nil
	}
	var record struct{ ID, Name string }
	if err := parseJSON(b, plain, &record); err != nil {
		return nil, err
	}
	switch b {
	case inItems:
		s.owners[string(r.seal.idKey(inAccounts, record.ID))] = core.ItemID(record.ID)
	case inSettings:
		record.ID = record.Name
	}
	if !bytes.Equal(key, r.seal.idKey(b, record.ID)) {
		return nil, damaged("a record of %s is under another's key", b)
	}
	return s.to.seal.idKey(b, record.ID), nil
}

func (s *resealer) balanceKey(key, plain []byte) ([]byte, error) {
	var year balanceYear
	if err := parseJSON(inBalances, plain, &year); err != nil {
		return nil, err
	}
	return append(s.to.seal.idKey(inBalances, string(year.Account)), key[len(key)-yearSize:]...), nil
}

// finish writes the new manifest, and the recovery slot if there is one, and
// makes the new file durable.
func (s *resealer) finish() error {
	masterKey, err := parseKey(s.to.key)
	if err != nil {
		return err
	}
	m, now, before := &s.new, s.to.info, s.from.info
	m.At = s.from.now().UTC()
	m.Commit, m.Rows, m.Accounts, m.Recovery = s.old.Commit+1, s.old.Rows, s.old.Accounts, s.old.Recovery
	m.Strays = slices.DeleteFunc(slices.Clone(s.old.Strays), func(k stray) bool { return k.KeyID == now.KeyID })
	m.Strays = append(m.Strays, stray{before.KeyID, before.Protector, true})
	return s.to.touch("vault: reseal", func() error {
		err := s.to.db.Update(func(tx *bolt.Tx) error {
			w := &writer{reader: reader{tx: tx, seal: s.to.seal}, sums: s.new}
			info, err := w.changeHeader(masterKey, func(_ *writer, h *header, masterKey []byte) (err error) {
				if m.Recovery != nil {
					h.slot, err = sealSlot(m.Recovery, h.ID, masterKey)
				}
				return err
			})
			s.to.info = info
			return errors.Join(err, w.finish())
		})
		return errors.Join(err, s.to.db.Sync())
	})
}
