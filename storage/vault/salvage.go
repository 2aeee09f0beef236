package vault

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"slices"

	bolt "go.etcd.io/bbolt"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/durable"
)

// salvage makes a vault of the settings, profiles, items, accounts, balances and
// entries of the log that can still be read anywhere in the task's files, whether or not anything leads to them: a
// record proves itself by its seal. Of one that is there several times, the last
// counts. Items begin at the beginning again, so that a sync fetches all of
// their transactions.
func (t task) salvage(ctx context.Context, key secret.Text) (reading, error) {
	paths := append([]string{t.Path}, t.More...)
	h, err := firstHeader(paths)
	if err != nil {
		return reading{}, err
	}
	seal, _, err := unseal(ctx, h, t.options("", key))
	if err != nil {
		return reading{}, err
	}
	s := &salvager{seal: seal, found: map[bucket]map[string]salvaged{}}
	for _, path := range paths {
		if err := s.file(path); err != nil {
			return reading{}, err
		}
	}
	masterKey, err := parseKey(key)
	if err != nil {
		return reading{}, err
	}
	if err := s.write(t.To, h, masterKey); err != nil {
		return reading{}, err
	}
	got, err := t.read(ctx, t.To, key)
	return got, errors.Join(err, durable.SyncFile(t.To))
}

func firstHeader(paths []string) (h header, err error) {
	for _, path := range paths {
		if h, err = findHeader(path); err == nil {
			return h, nil
		}
	}
	return h, err
}

// salvaged is a record that has proved itself.
type salvaged struct {
	plain []byte
	stamp uint64
}

type salvager struct {
	seal  *sealer
	found map[bucket]map[string]salvaged
	// last is the highest commit that any record tells of.
	last uint64
}

// file looks at every page of a file.
func (s *salvager) file(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	pageSize := os.Getpagesize()
	if metas := wholeMetas(f); len(metas) > 0 {
		pageSize = metas[0].pageSize
	}
	page := make([]byte, pageSize)
	for at := int64(0); at+int64(pageSize) <= info.Size(); at += int64(pageSize) {
		if _, err := f.ReadAt(page, at); err != nil {
			return err
		}
		long := binary.NativeEndian.Uint32(page[12:])
		if binary.NativeEndian.Uint16(page[8:]) != leafPage {
			continue
		}
		// A long record flows over to the pages that follow.
		whole := make([]byte, min(int64(long)+1, (info.Size()-at)/int64(pageSize), maxOverflow)*int64(pageSize))
		if _, err := f.ReadAt(whole, at); err != nil {
			return err
		}
		s.page(whole)
	}
	return nil
}

// maxOverflow is how many pages a record of what is salvaged can take.
const maxOverflow = 4 << 10

// page tries every record of a page, and of the pages of small buckets that lie
// in one of its values.
func (s *salvager) page(data []byte) {
	order := binary.NativeEndian
	for i := range int(order.Uint16(data[10:])) {
		at := pageHead + i*elementSize
		if at+elementSize > len(data) {
			return
		}
		e := data[at:]
		from := at + int(order.Uint32(e[4:]))
		split := from + int(order.Uint32(e[8:]))
		end := split + int(order.Uint32(e[12:]))
		if from > len(data) || split > len(data) || end > len(data) {
			continue
		}
		key, value := data[from:split], data[split:end]
		switch {
		case order.Uint32(e) != bucketLeaf:
			s.record(key, value)
		case len(value) >= bucketHead+pageHead && order.Uint16(value[bucketHead+8:]) == leafPage:
			s.page(value[bucketHead:])
		}
	}
}

// record keeps a record if its seal proves what it is.
func (s *salvager) record(key, value []byte) {
	for _, b := range []bucket{inSettings, inProfiles, inItems, inAccounts, inActivity, inBalances, inVault} {
		plain, stamp, err := s.seal.open(b, key, value, nil)
		if err != nil {
			continue
		}
		s.last = max(s.last, stamp)
		if s.found[b] == nil {
			s.found[b] = map[string]salvaged{}
		}
		if old, ok := s.found[b][string(key)]; !ok || old.stamp < stamp {
			s.found[b][string(key)] = salvaged{plain, stamp}
		}
		return
	}
}

// write makes the vault. Its commits go on after the last one of the old.
func (s *salvager) write(path string, h header, masterKey []byte) error {
	db, err := bolt.Open(path, fileMode, &bolt.Options{Timeout: defaultLockTimeout, FreelistType: bolt.FreelistMapType})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		w, err := begin(tx, h, s.seal)
		if err != nil {
			return err
		}
		w.sums.Commit = s.last + 1
		for _, keep := range []func(*writer) error{s.settings, s.profiles, s.items, s.rest} {
			if err := keep(w); err != nil {
				return err
			}
		}
		if err := s.keys(w, masterKey); err != nil {
			return err
		}
		return w.finish()
	})
	return errors.Join(err, db.Close())
}

// keys keeps what the last manifest tells of the keys. A recovery slot that does
// not belong to it is emptied.
func (s *salvager) keys(w *writer, masterKey []byte) error {
	var last manifest
	if json.Unmarshal(s.found[inVault][manifestKey].plain, &last) == nil {
		w.sums.Recovery, w.sums.Shred, w.sums.Strays = last.Recovery, last.Shred, last.Strays
	}
	if w.checkSlot(w.sums, masterKey) == nil {
		return nil
	}
	w.sums.Recovery = nil
	_, err := w.changeHeader(masterKey, func(_ *writer, h *header, _ []byte) error {
		h.slot = nil
		return nil
	})
	return err
}

// settings keeps the settings: where the secrets of the items are kept can be
// one of them.
func (s *salvager) settings(w *writer) error {
	return eachSalvaged(s, inSettings, func(kept setting) error {
		return w.putJSON(inSettings, w.seal.idKey(inSettings, kept.Name), kept)
	})
}

func (s *salvager) profiles(w *writer) error {
	return eachSalvaged(s, inProfiles, func(p core.Profile) error {
		return w.putJSON(inProfiles, w.seal.idKey(inProfiles, string(p.ID)), p)
	})
}

// items keeps the items, and the accounts of those that are here.
func (s *salvager) items(w *writer) error {
	accounts := map[core.ItemID][]core.Account{}
	err := eachSalvaged(s, inAccounts, func(list []core.Account) error {
		if len(list) > 0 {
			accounts[list[0].Item] = list
		}
		return nil
	})
	if err != nil {
		return err
	}
	return eachSalvaged(s, inItems, func(item core.Item) error {
		item.Sync = core.SyncState{}
		if err := w.putItem(item); err != nil {
			return err
		}
		if len(accounts[item.ID]) == 0 {
			return nil
		}
		w.sums.Accounts += len(accounts[item.ID])
		return w.putAccounts(accounts[item.ID])
	})
}

// rest keeps the log and the balances of the past: nobody else has them.
func (s *salvager) rest(w *writer) error {
	for _, b := range []bucket{inActivity, inBalances} {
		for _, key := range slices.Sorted(maps.Keys(s.found[b])) {
			if err := w.put(b, []byte(key), s.found[b][key].plain); err != nil {
				return err
			}
		}
	}
	return nil
}

// eachSalvaged visits the records of a bucket in the order of keys.
func eachSalvaged[T any](s *salvager, b bucket, fn func(T) error) error {
	for _, key := range slices.Sorted(maps.Keys(s.found[b])) {
		var record T
		if json.Unmarshal(s.found[b][key].plain, &record) != nil {
			return fault.New("vault: salvage", fault.VaultDamaged, nil)
		}
		if err := fn(record); err != nil {
			return err
		}
	}
	return nil
}

// begin makes the buckets of a vault in an empty file, and puts its header
// there.
func begin(tx *bolt.Tx, h header, seal *sealer) (*writer, error) {
	for _, b := range append(sealedBuckets(), inVault) {
		if _, err := tx.CreateBucket([]byte(b)); err != nil {
			return nil, err
		}
	}
	if err := tx.Bucket([]byte(inVault)).Put([]byte(headerKey), h.encode()); err != nil {
		return nil, err
	}
	return &writer{reader: reader{tx: tx, seal: seal}, sums: newManifest()}, nil
}
