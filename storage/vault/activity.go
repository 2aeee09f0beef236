package vault

import (
	"bytes"
	"encoding/binary"

	"bankbook/core"
)

func activityKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }

// AddActivity puts an entry at the end of the log. It gives the entry its number
// and returns it so.
func (v *Vault) AddActivity(a core.Activity) (core.Activity, error) {
	err := v.update("vault: add activity", func(w *writer) error {
		in, err := w.bucket(inActivity)
		if err != nil {
			return err
		}
		a.Seq = 1
		if last, _ := in.Cursor().Last(); len(last) == 8 {
			a.Seq += binary.BigEndian.Uint64(last)
		}
		return w.putJSON(inActivity, activityKey(a.Seq), a)
	})
	return a, err
}

// Activity hands the entries of the log to fn, the last one first, until fn
// returns false. before is the number of an entry to begin in front of; 0 is the
// end. No transaction of bbolt is held while fn runs.
func (v *Vault) Activity(before uint64, fn func(core.Activity) bool) error {
	for {
		list, err := v.activity(before)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, a := range list {
			if !fn(a) {
				return nil
			}
			before = a.Seq
		}
	}
}

// activityPage is how many entries are read at once.
const activityPage = 256

// activity reads some entries in front of one.
func (v *Vault) activity(before uint64) ([]core.Activity, error) {
	var list []core.Activity
	err := v.view("vault: read activity", func(r reader) error {
		in, err := r.bucket(inActivity)
		if err != nil {
			return err
		}
		cursor := in.Cursor()
		key, value := cursor.Last()
		if before > 0 {
			if at, _ := cursor.Seek(activityKey(before)); at != nil {
				key, value = cursor.Prev()
			}
		}
		for ; key != nil && len(list) < activityPage; key, value = cursor.Prev() {
			plain, _, err := r.seal.open(inActivity, key, value, nil)
			if err != nil {
				return err
			}
			var a core.Activity
			if err := parseJSON(inActivity, plain, &a); err != nil {
				return err
			}
			list = append(list, a)
		}
		return nil
	})
	return list, err
}

// removeActivity removes the entries of a profile.
func (w *writer) removeActivity(profile core.ProfileID) error {
	return w.deleteWhere(inActivity, func(plain []byte) (bool, error) {
		var a core.Activity
		err := parseJSON(inActivity, plain, &a)
		return a.Profile == profile, err
	})
}

// activity checks that each entry lies under its number.
func (c *checker) activity() error {
	return c.each(inActivity, func(key, plain []byte) error {
		var a core.Activity
		if err := parseJSON(inActivity, plain, &a); err != nil {
			return err
		}
		if !bytes.Equal(key, activityKey(a.Seq)) {
			return damaged("an entry of %s is under another's key", inActivity)
		}
		return nil
	})
}
