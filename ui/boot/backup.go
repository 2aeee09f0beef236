package boot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/backup"
	"bankbook/storage/settings"
	"bankbook/storage/vault"
)

// BackupOrder says what to back up, and where to.
type BackupOrder struct {
	// Path is the backup's file. What is there is replaced only if Overwrite says
	// so.
	Path      string
	Overwrite bool
	// Passphrase opens the backup; it need not be that of the vault.
	Passphrase secret.Text
	// Reviewer makes a copy of this source for somebody else's eyes: without
	// access tokens, account numbers, keys and link sessions.
	Reviewer bool
	// Progress is told of bytes done; nil if nobody wants to know.
	Progress func(done, total int64)
}

// Backup writes a backup of this source and, unless it is for a reviewer, of the
// others that are kept in the data directory. A source that cannot be read is in
// the report with the reason. Errors: those of backup.Write and of the secret
// store, and VaultDamaged if this source's vault is.
func (s *Services) Backup(ctx context.Context, order BackupOrder) (report core.BackupReport, err error) {
	defer func() {
		s.Activity.Did(ctx, core.Activity{Action: core.BackedUp, Subject: filepath.Base(order.Path), N: int(report.Bytes)}, err)
	}()
	p := s.program
	p.removeStale()
	dir, err := p.workDir(backupPrefix)
	if err != nil {
		return core.BackupReport{}, err
	}
	defer os.RemoveAll(dir)
	o := backup.Order{
		Path: order.Path, Overwrite: order.Overwrite, Passphrase: order.Passphrase, WorkFactor: p.config.backupWork,
		Kind: backup.Full, Created: p.Now(), Program: p.config.Version,
		Tools: backup.Tools{Dir: dir, Verify: p.verifySource, Progress: order.Progress},
	}
	var left []core.LeftOut
	if order.Reviewer {
		o.Kind = backup.Review
		o.Sources, err = s.reviewSource(ctx, dir)
	} else {
		if o.Settings, err = p.portableSettings(); err != nil {
			return core.BackupReport{}, err
		}
		o.Sources, left, err = s.sources(ctx, dir)
	}
	if err != nil {
		return core.BackupReport{}, err
	}
	m, err := backup.Write(ctx, o)
	if err != nil {
		return core.BackupReport{}, err
	}
	if !order.Reviewer {
		s.noteBackup(ctx, o.Sources, m.Created)
	}
	report = reportOf(backup.Contents{Manifest: m, Sources: o.Sources}, order.Path)
	report.LeftOut = left
	return report, nil
}

// reportOf tells what a backup holds.
func reportOf(c backup.Contents, path string) core.BackupReport {
	report := core.BackupReport{Created: c.Manifest.Created, Review: c.Manifest.Kind == backup.Review}
	if info, err := os.Stat(path); err == nil {
		report.Bytes = info.Size()
	}
	for _, s := range c.Sources {
		report.Sources = append(report.Sources, core.BackupSource{Env: s.Env, VaultReport: s.Report})
	}
	return report
}

// The beginnings of the names of folders that are worked in.
const (
	backupPrefix  = ".backup-"
	restorePrefix = ".restore-"
)

// workDir makes a folder to work in, within the data directory: vaults are put
// there, sealed.
func (p *Program) workDir(prefix string) (string, error) {
	dir, err := os.MkdirTemp(p.dataDir, prefix) // mode 0700
	if err != nil {
		return "", fault.New("boot: make a folder to work in", fault.OfFile(err), err)
	}
	return dir, nil
}

// removeStale removes the folders that killed backups have left an hour ago.
func (p *Program) removeStale() {
	entries, err := os.ReadDir(p.dataDir)
	if err != nil {
		return // workDir will tell
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err == nil && strings.HasPrefix(entry.Name(), backupPrefix) && time.Since(info.ModTime()) > time.Hour {
			_ = os.RemoveAll(filepath.Join(p.dataDir, entry.Name()))
		}
	}
}

// portableSettings are the choices that make sense on another computer.
func (p *Program) portableSettings() ([]byte, error) {
	now := p.current()
	data, err := json.Marshal(settings.Settings{Environment: now.Environment, Appearance: now.Appearance})
	if err != nil {
		return nil, fmt.Errorf("boot: encode settings: %w", err)
	}
	return data, nil
}

// sources copies this source and those beside it into dir.
func (s *Services) sources(ctx context.Context, dir string) (list []backup.Source, left []core.LeftOut, err error) {
	for _, env := range core.Environments() {
		var source backup.Source
		switch {
		case env == s.Env:
			source, err = s.source(ctx, dir)
			if err != nil {
				return nil, nil, err
			}
		case s.program.hasVault(env):
			err = s.program.opened(ctx, env, func(other *Services) (err error) {
				source, err = other.source(ctx, dir)
				return err
			})
			if ctx.Err() != nil {
				return nil, nil, fault.New("boot: back up", fault.Canceled, ctx.Err())
			}
			if err != nil {
				s.program.log.Warn("left out of the backup", "source", string(env), "error", err)
				left = append(left, core.LeftOut{Env: env, Why: fault.KindOf(err)})
				continue
			}
		default:
			continue
		}
		list = append(list, source)
	}
	return list, left, nil
}

func (p *Program) hasVault(env core.Environment) bool {
	_, err := os.Lstat(VaultPath(p.dataDir, env))
	return err == nil
}

// opened does something with the vault of a source that is not open, as far as
// that takes nobody's passphrase.
func (p *Program) opened(ctx context.Context, env core.Environment, do func(*Services) error) (err error) {
	s := &Services{Env: env, program: p, store: newMovable(), dir: envDir(p.dataDir, env)}
	s.Secrets = s.store
	if err = s.openVault(ctx, Choice{Env: env}); err == nil {
		err = do(s)
	}
	if s.Vault == nil {
		return err
	}
	return errors.Join(err, s.Vault.Close())
}

// source copies this source into dir, and gets its secrets. The practice bank's
// file is replaced and never changed, so it can be read where it is.
func (s *Services) source(ctx context.Context, dir string) (_ backup.Source, err error) {
	s.protecting.Lock()
	defer s.protecting.Unlock()
	source := backup.Source{Env: s.Env, Vault: filepath.Join(dir, string(s.Env)+".db")}
	if source.Report, err = s.Vault.Copy(ctx, source.Vault); err != nil {
		return backup.Source{}, err
	}
	if source.Secrets, err = s.allSecrets(ctx); err != nil {
		return backup.Source{}, err
	}
	// Of its own entries a vault needs the present key, and no earlier one; which
	// commit this computer has seen is of no use to another.
	maps.DeleteFunc(source.Secrets, func(name secret.Name, _ secret.Text) bool {
		return name.OfVault() && name != s.masterKeyName()
	})
	if bank := filepath.Join(s.dir, "bank.json"); s.Env == core.Practice {
		if _, err := os.Stat(bank); err == nil {
			source.Bank = bank
		}
	}
	return source, nil
}

// reviewSource rewrites this source for a reviewer into dir.
func (s *Services) reviewSource(ctx context.Context, dir string) ([]backup.Source, error) {
	source := backup.Source{Env: s.Env, Vault: filepath.Join(dir, string(s.Env)+".db"), Secrets: map[secret.Name]secret.Text{}}
	var err error
	source.Report, err = s.Vault.CopyForReview(ctx, source.Vault, func(_ context.Context, info vault.Info, key secret.Text) error {
		source.Secrets[secret.VaultKeyName(info.ID, info.KeyID)] = key
		return nil
	})
	return []backup.Source{source}, err
}

// verifySource reads the vault of a backup wholly, with the key that came with
// it.
func (p *Program) verifySource(ctx context.Context, s backup.Source) (core.VaultReport, error) {
	return vault.VerifyFile(ctx, vault.Options{
		Path: s.Vault, Env: s.Env, Now: p.Now, Children: p.config.Children, Key: keyIn(s.Secrets),
	})
}

// keyIn finds the key of a vault among secrets.
func keyIn(secrets map[secret.Name]secret.Text) func(context.Context, vault.Info) (secret.Text, error) {
	return func(_ context.Context, info vault.Info) (secret.Text, error) {
		key, ok := secrets[secret.VaultKeyName(info.ID, info.KeyID)]
		if !ok {
			return secret.Text{}, fault.New("boot: find the key", fault.SecretMissing, nil)
		}
		return key, nil
	}
}

// keyFrom gets the key of a vault from a store.
func keyFrom(store secret.Store) func(context.Context, vault.Info) (secret.Text, error) {
	return func(ctx context.Context, info vault.Info) (secret.Text, error) {
		return store.Get(ctx, secret.VaultKeyName(info.ID, info.KeyID))
	}
}
