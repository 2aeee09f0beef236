package vault

import (
	"context"
	"errors"
	"fmt"

	"bankbook/core"
)

// migrations returns the steps from one format to the next: the first is that
// from format 1 to 2. A step changes records within the commit that also writes
// the new number, so that a crash leaves one format or the other.
func migrations() []func(*writer, *header) error {
	return []func(*writer, *header) error{
		// Format 2: the header has a place for the id of the master key and for a
		// recovery slot. Both are empty.
		func(*writer, *header) error { return nil },
		// Format 3: directories tell which rows are dead. Those of before are read as
		// they are.
		func(*writer, *header) error { return nil },
		// Format 4: activity and the history of balances have buckets, and accounts
		// tell more of their numbers.
		func(w *writer, _ *header) error { return errors.Join(w.makeLater(), w.moveNumbers()) },
	}
}

// makeLater makes the buckets that came with format 4. What is salvaged from an
// older file has them already.
func (w *writer) makeLater() error {
	for _, b := range laterBuckets() {
		if _, err := w.tx.CreateBucketIfNotExists([]byte(b)); err != nil {
			return err
		}
		if _, known := w.sums.Buckets[b]; !known {
			w.sums.Buckets[b] = sum{}
		}
	}
	return nil
}

// numbered is an account as it was before format 4.
type numbered struct {
	core.Account
	Numbers     bool
	NumberLast4 string
}

// moveNumbers takes what accounts tell of their numbers to where it is now. Only
// banks gave numbers then.
func (w *writer) moveNumbers() error {
	var lists [][]core.Account
	err := w.all(inAccounts, func(_, plain []byte) error {
		var before []numbered
		if err := parseJSON(inAccounts, plain, &before); err != nil {
			return err
		}
		var list []core.Account
		for _, a := range before {
			if a.Numbers {
				a.ACH = core.ACHAccount{
					Status: core.Verified, From: core.ByPlaid, Kind: core.ACHKindOf(a.Subtype), NumberLast4: a.NumberLast4,
				}
			}
			list = append(list, a.Account)
		}
		lists = append(lists, list)
		return nil
	})
	if err != nil {
		return err
	}
	for _, list := range lists {
		if err := w.putAccounts(list); err != nil {
			return err
		}
	}
	return nil
}

// migrate brings a vault of an older format to this one, a step at a time.
func (v *Vault) migrate(ctx context.Context, before func(context.Context, *Vault) error) error {
	const op = "vault: migrate"
	from := v.Info().Format
	if from == Format {
		return nil
	}
	if before != nil {
		if err := before(ctx, v); err != nil {
			return fail(op, fmt.Errorf("keep the old vault: %w", err))
		}
	}
	for _, step := range migrations()[from-1:] {
		if err := ctx.Err(); err != nil {
			return fail(op, err)
		}
		err := v.changeHeader(op, func(w *writer, h *header, _ []byte) error {
			h.Format++
			return step(w, h)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
