package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/storage/backup"
	"bankbook/storage/vault"
	"bankbook/storage/vault/vaulttest"
)

// keep does one of the operations that a person seldom waits for.
func (b *bankbook) keep(o op) (time.Duration, answer, error) {
	ctx := context.Background()
	var work func() error
	switch o {
	case firstBatch:
		if err := b.fresh(false); err != nil {
			return 0, answer{}, err
		}
		work = func() error {
			if err := b.reopen(); err != nil {
				return err
			}
			return b.mapIDs()
		}
	case verify:
		work = func() error { return b.v.Verify(ctx) }
	case snapshot:
		work = func() error {
			_, err := b.v.TakeSnapshot(ctx, "asked")
			return err
		}
	case rotate:
		work = func() error { return b.v.Rotate(ctx, vault.RotateOptions{}) }
	case backUp:
		work = func() error { return b.backUp(ctx) }
	default:
		return 0, answer{}, errUnable
	}
	took, err := timed(work)
	return took, answer{}, err
}

// mapIDs applies an empty batch; what it takes is the building of the id map.
func (b *bankbook) mapIDs() error {
	_, err := b.v.ApplySync(core.SyncBatch{Item: vaulttest.Item, Phase: core.HistoryDone})
	return err
}

// backUp writes a whole backup, which reads it back, and removes it.
func (b *bankbook) backUp(ctx context.Context) (err error) {
	dir, err := os.MkdirTemp(filepath.Dir(b.path), "backup-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	info := b.v.Info()
	masterKey, err := b.keys.Key(ctx, info)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "vault.db")
	report, err := b.v.Copy(ctx, path)
	if err != nil {
		return err
	}
	_, err = backup.Write(ctx, backup.Order{
		Path: filepath.Join(dir, "all.age"), Passphrase: secret.New("correct horse battery staple"),
		Kind: backup.Full, Created: time.Now(), Program: "bench",
		Sources: []backup.Source{{
			Env: info.Env, Vault: path, Report: report,
			Secrets: map[secret.Name]secret.Text{secret.VaultKeyName(info.ID, info.KeyID): masterKey},
		}},
		Tools: backup.Tools{Dir: dir, Verify: checkSource},
	})
	return err
}

// checkSource reads a vault from a backup wholly.
func checkSource(ctx context.Context, s backup.Source) (report core.VaultReport, err error) {
	v, err := vault.Open(ctx, vault.Options{
		Path: s.Vault, Env: s.Env,
		Key: func(_ context.Context, info vault.Info) (secret.Text, error) {
			return s.Secrets[secret.VaultKeyName(info.ID, info.KeyID)], nil
		},
	})
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, v.Close()) }()
	return v.Check(ctx)
}
