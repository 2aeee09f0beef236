package vault

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/storage/durable"
)

// reviewCopy is the setting that marks a copy for a reviewer.
const reviewCopy = "review_copy"

// IsReviewCopy reports whether CopyForReview has made the vault: it has no access
// to banks, and never will.
func (v *Vault) IsReviewCopy() (bool, error) {
	_, is, err := v.Setting(reviewCopy)
	return is, err
}

// CopyForReview makes a vault at path, in the place of what is there, that can be
// given to somebody else: all profiles, banks, accounts and transactions under an
// id and keys of its own, and nothing that leads to the banks or to this vault:
// no sessions, cursors, settings, activity, requests, recovery key, and nothing that the banks
// or the person have taken back. The copy is read wholly and durable. newKey is handed its master key.
func (v *Vault) CopyForReview(ctx context.Context, path string, newKey func(context.Context, Info, secret.Text) error) (core.VaultReport, error) {
	const op = "vault: copy for review"
	temp, err := durable.Temp(path)
	if err != nil {
		return core.VaultReport{}, fail(op, err)
	}
	defer os.Remove(temp.Name())
	if err := temp.Close(); err != nil {
		return core.VaultReport{}, fail(op, err)
	}
	masterKey := random(keySize)
	info := v.Info()
	info.Format, info.ID, info.KeyID, info.Recovery = Format, hex.EncodeToString(random(16)), "", false
	if err := fill(temp.Name(), info, masterKey); err != nil {
		return core.VaultReport{}, fail(op, err)
	}
	next, err := open(ctx, Options{
		Path: temp.Name(), Env: info.Env, LockTimeout: defaultLockTimeout, Now: v.now, Children: v.children,
		Key: func(context.Context, Info) (secret.Text, error) { return keyText(masterKey), nil },
	})
	if err != nil {
		return core.VaultReport{}, fail(op, err)
	}
	report, err := v.copyReduced(ctx, next, path)
	if err == nil {
		if err = newKey(ctx, info, keyText(masterKey)); err != nil {
			err = fmt.Errorf("keep key: %w", err)
		}
	}
	return report, fail(op, errors.Join(err, next.Close()))
}

// copyReduced fills next, takes out what is not for others, and copies what is
// left to path: next still has it in its free pages.
func (v *Vault) copyReduced(ctx context.Context, next *Vault, path string) (core.VaultReport, error) {
	v.writing.Lock()
	err := v.copyInto(ctx, next)
	v.writing.Unlock()
	if err != nil {
		return core.VaultReport{}, err
	}
	if err := next.reduce(); err != nil {
		return core.VaultReport{}, err
	}
	return next.Copy(ctx, path)
}

// reduce takes out what is not for a reviewer, in one commit.
func (v *Vault) reduce() error {
	return v.changeHeader("vault: reduce", func(w *writer, h *header, _ []byte) error {
		h.slot = nil
		w.sums.Recovery, w.sums.Strays, w.sums.Shred = nil, nil, false
		if err := w.removeSessions(func(sessionRecord) bool { return true }); err != nil {
			return err
		}
		for _, b := range []bucket{inSettings, inRemoved, inActivity, inContinued} {
			if err := w.deleteWhere(b, func([]byte) (bool, error) { return true, nil }); err != nil {
				return err
			}
		}
		if err := newEditor(w).purge(func(row) bool { return false }); err != nil {
			return err
		}
		if err := w.reduceItems(); err != nil {
			return err
		}
		if err := w.reduceAccounts(); err != nil {
			return err
		}
		return w.putJSON(inSettings, w.seal.idKey(inSettings, reviewCopy), setting{Name: reviewCopy})
	})
}

// reduceItems forgets how far the items were synced, and the requests that
// failed.
func (w *writer) reduceItems() error {
	var items []core.Item
	err := w.all(inItems, func(_, plain []byte) error {
		var item core.Item
		err := parseJSON(inItems, plain, &item)
		items = append(items, item)
		return err
	})
	if err != nil {
		return err
	}
	for _, item := range items {
		item.Sync.Cursor, item.Sync.Trouble = "", core.Trouble{}
		if err := w.putItem(item); err != nil {
			return err
		}
	}
	return nil
}

// reduceAccounts forgets that there are numbers somewhere.
func (w *writer) reduceAccounts() error {
	var lists [][]core.Account
	err := w.all(inAccounts, func(_, plain []byte) error {
		var list []core.Account
		err := parseJSON(inAccounts, plain, &list)
		lists = append(lists, list)
		return err
	})
	if err != nil {
		return err
	}
	for _, list := range lists {
		if len(list) == 0 {
			continue
		}
		for i := range list {
			list[i].ACH = core.ACHAccount{NumberLast4: list[i].ACH.NumberLast4}
		}
		if err := w.putJSON(inAccounts, w.seal.idKey(inAccounts, string(list[0].Item)), list); err != nil {
			return err
		}
	}
	return nil
}
