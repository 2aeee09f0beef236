package boot

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/keychain"
	"bankbook/storage/lockbox"
	"bankbook/storage/vault"
	"bankbook/storage/volume"
)

// ServeChild is the other side of the keychain and of the vault: the program
// calls itself for what can hang or crash. If args ask for that, it is done and
// code is what to exit with.
func ServeChild(args []string, in io.Reader, out io.Writer) (code int, handled bool) {
	if handled, code = keychain.Serve(args, in, out); handled {
		return code, true
	}
	handled, code = vault.Serve(args, in, out)
	return code, handled
}

// openMark is the file that is there while a vault is open: if a program finds
// it, the one before did not come to its end. It is not synced: the first commit
// after it takes it to the disk.
const openMark = "vault.open"

// enter leaves the mark of an open vault, and reports whether it was there.
func (s *Services) enter(dir string) (unclean bool, err error) {
	path := filepath.Join(dir, openMark)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		unclean = true
	case err != nil:
		return false, fault.New("boot: mark the vault as open", fault.OfFile(err), err)
	default:
		if err := f.Close(); err != nil {
			return false, fault.New("boot: mark the vault as open", fault.OfFile(err), err)
		}
	}
	s.mark = path
	return unclean, nil
}

// guard lets snapshots be taken in the background, but not of a vault that is
// gone when the program ends.
func (s *Services) guard(dir string) error {
	if s.SessionOnly {
		return nil
	}
	unclean, err := s.enter(dir)
	if err != nil {
		return err
	}
	if unclean {
		s.program.log.Warn("the vault was not closed the last time")
	}
	s.unguard = s.Vault.Guard(vault.Guard{Clock: s.program.config.Clock, Unclean: unclean, Told: s.snapshotTaken})
	return nil
}

func (s *Services) snapshotTaken(snapshot core.Snapshot, err error) {
	if err != nil {
		s.program.log.Error("no snapshot", "error", err)
		s.tellDamage(err)
		return
	}
	s.program.log.Info("snapshot", "file", filepath.Base(snapshot.Path), "commit", snapshot.Commit, "bytes", snapshot.Bytes)
}

// TakeDueSnapshot takes the daily snapshot now if one is due, for a program that
// ends before the background comes to it.
func (s *Services) TakeDueSnapshot(ctx context.Context) error {
	if s.SessionOnly {
		return nil
	}
	due, err := s.Vault.SnapshotDue(s.Now())
	if err != nil || !due {
		return err
	}
	taken, err := s.Vault.TakeSnapshot(ctx, vault.Daily)
	s.snapshotTaken(taken, err)
	return err
}

// tellDamage publishes it if err is about a damaged vault.
func (s *Services) tellDamage(err error) {
	if fault.Is(err, fault.VaultDamaged) {
		s.Events.Publish(event.VaultDamaged{})
	}
}

// closeVault closes the vault, and takes away the mark of an open one.
func (s *Services) closeVault() error {
	if s.unguard != nil {
		s.unguard()
	}
	if s.Vault == nil {
		return nil
	}
	if err := s.Vault.Close(); err != nil || s.mark == "" {
		return err
	}
	if err := os.Remove(s.mark); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault.New("boot: mark the vault as closed", fault.OfFile(err), err)
	}
	return nil
}

// Check reads the whole vault, as it is now, and tells what is in it. After
// VaultDamaged nothing more is written to it.
func (s *Services) Check(ctx context.Context) (report core.VaultReport, err error) {
	defer s.did(ctx, core.Activity{Action: core.CheckedVault, Subject: filepath.Base(s.Path())}, &err)
	report, err = s.Vault.Check(ctx)
	if err != nil {
		s.tellDamage(err)
		return report, err
	}
	s.note(checkedSetting, report.Checked)
	return report, nil
}

// Snapshots lists the vault's snapshots, the newest first.
func (s *Services) Snapshots() ([]core.Snapshot, error) {
	return vault.Snapshots(vault.SnapshotDir(s.Vault.Path()))
}

// Snapshots lists the snapshots of an environment's vault, the newest first.
func (p *Program) Snapshots(env core.Environment) ([]core.Snapshot, error) {
	return vault.Snapshots(vault.SnapshotDir(VaultPath(p.dataDir, env)))
}

// FolderRisk tells why the vault's folder is a risky place for it. It asks the
// disk, so it can wait.
func (s *Services) FolderRisk() core.FolderRisk {
	if s.SessionOnly {
		return core.FolderRisk{}
	}
	return volume.Risk(s.Vault.Path())
}

// Recover puts the newest state that is whole in the place of a damaged vault,
// which is not open; Open then works. A vault that is whole is left as it is.
func (p *Program) Recover(ctx context.Context, choice Choice) (core.Recovery, error) {
	a := &access{program: p, choice: choice}
	defer a.close()
	options := vault.Options{
		Path: VaultPath(p.dataDir, choice.Env), Env: choice.Env, Now: p.Now, Children: p.config.Children, Key: a.key,
	}
	done, err := vault.Recover(ctx, options)
	p.noteRefused(choice.Env, err)
	if err == nil && a.store != nil {
		err = a.settle(ctx, options, done.From != "")
	}
	if err != nil {
		p.log.Error("not recovered", "environment", string(choice.Env), "error", err)
		return done, err
	}
	p.log.Info("recovered", "environment", string(choice.Env), "from", string(done.From), "since", done.Since,
		"quarantine", filepath.Base(done.Quarantine), "commit", done.Report.Commit, "rows", done.Report.Rows)
	return done, nil
}

// present returns the protector that keeps the key of a damaged vault now. Of a
// vault that has lost its header, a snapshot tells the one of its day: the lockbox
// may be gone by now, or the keychain's entry.
func (p *Program) present(ctx context.Context, info vault.Info) core.Protector {
	_, err := os.Lstat(filepath.Join(envDir(p.dataDir, info.Env), lockboxName))
	switch {
	case info.Protector == core.ByPassphrase && errors.Is(err, fs.ErrNotExist):
		return core.ByKeychain
	case info.Protector == core.ByKeychain && err == nil:
		_, missing := p.store().Get(ctx, secret.VaultKeyName(info.ID, info.KeyID))
		if fault.Is(missing, fault.SecretMissing) {
			return core.ByPassphrase
		}
	}
	return info.Protector
}

// access reads the master keys of vaults that are not open, all from one store:
// that of the vault asked for first.
type access struct {
	program   *Program
	choice    Choice
	store     secret.Store
	protector core.Protector
}

func (a *access) key(ctx context.Context, info vault.Info) (secret.Text, error) {
	if a.store == nil {
		protector := a.program.present(ctx, info)
		store, err := a.program.openStore(ctx, protector, envDir(a.program.dataDir, a.choice.Env), a.choice.Passphrase)
		if err != nil {
			return secret.Text{}, err
		}
		a.store, a.protector = a.program.traceSecrets(store), protector
	}
	return a.store.Get(ctx, secret.VaultKeyName(info.ID, info.KeyID))
}

func (a *access) close() {
	if box, ok := a.store.(*lockbox.Box); ok {
		_ = box.Close() // it only forgets
	}
}

// settle records in a recovered vault where its key is: a snapshot tells of the
// protector of its day. If the vault is older than it was, that is with the person's
// knowledge, and what was seen of it is forgotten.
func (a *access) settle(ctx context.Context, options vault.Options, older bool) error {
	info, err := vault.Inspect(options.Path)
	if err != nil || info.Protector == a.protector && !older {
		return err
	}
	v, err := vault.Open(ctx, options)
	if err != nil {
		return err
	}
	if info.Protector != a.protector {
		err = v.SetProtector(a.protector)
	}
	if older {
		if failed := a.forgetSeen(ctx, v); failed != nil {
			a.program.log.Warn("the next start may say that the data is older than it was", "error", failed)
		}
	}
	return errors.Join(err, v.Close())
}

// forgetSeen forgets which commit of a vault was seen last.
func (a *access) forgetSeen(ctx context.Context, v *vault.Vault) error {
	store := a.store
	if a.protector == core.ByKeychain {
		own, err := ownEntriesOf(v, store)
		if err != nil {
			return err
		}
		store = own
	}
	return store.Delete(ctx, secret.SeenName(v.ID()))
}
