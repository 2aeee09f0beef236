package boot

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/backup"
	"bankbook/storage/settings"
	"bankbook/storage/vault"
)

// RestoreOrder says what to bring back, and how it is to be protected here.
type RestoreOrder struct {
	Path       string
	Passphrase secret.Text
	// Env is the one source to bring back; "" means all in the backup.
	Env core.Environment
	// Protector keeps keys and tokens from now on: core.ByKeychain, which "" means
	// too, or core.ByPassphrase with the NewPassphrase.
	Protector     core.Protector
	NewPassphrase secret.Text
	// Replace puts what is there into quarantine; without it, a place that is
	// taken is a fault.Occupied.
	Replace bool
	// Progress is told of bytes done; nil if nobody wants to know.
	Progress func(done, total int64)
}

// Restore brings back a backup. No source that it brings back may be open.
// Nothing that is here is touched until the whole backup has been verified; then
// every vault gets a new master key, which lies in its store and has opened the
// vault from there, before the vault appears. Killed anywhere, nothing has been
// restored, or all, at the latest when the program starts the next time.
//
// Errors: those of backup.Read and of the secret store, Occupied, VaultInUse if
// what is to be replaced is open, NotFound if Env is not in the backup.
func (p *Program) Restore(ctx context.Context, order RestoreOrder) (core.BackupReport, error) {
	const op = "boot: restore"
	switch order.Protector {
	case "":
		order.Protector = core.ByKeychain
	case core.ByKeychain:
	case core.ByPassphrase:
		if err := secret.CheckPassphrase(order.NewPassphrase); err != nil {
			return core.BackupReport{}, err
		}
	default:
		return core.BackupReport{}, fault.New(op, fault.Invalid, errors.New("what is restored is kept"))
	}
	release, err := p.lockRestoring()
	if err != nil {
		return core.BackupReport{}, err
	}
	defer release()
	if _, err := finishRestore(p.dataDir, p.Now()); err != nil {
		return core.BackupReport{}, err
	}
	p.cleanUp(ctx)
	dir, err := p.workDir(restorePrefix)
	if err != nil {
		return core.BackupReport{}, err
	}
	r := &restorer{program: p, order: order, dir: dir, before: map[secret.Name]entry{}}
	report, err := r.run(ctx)
	if err != nil {
		return core.BackupReport{}, errors.Join(err, r.undo(context.WithoutCancel(ctx)))
	}
	return report, nil
}

// restorer is one run of Restore.
type restorer struct {
	program  *Program
	order    RestoreOrder
	dir      string
	contents backup.Contents
	// before are the entries that this run has changed in the keychain.
	before map[secret.Name]entry
}

// entry is what was in the keychain before.
type entry struct {
	value  secret.Text
	exists bool
}

func (r *restorer) run(ctx context.Context) (core.BackupReport, error) {
	p := r.program
	var err error
	r.contents, err = backup.Read(ctx, r.order.Path, r.order.Passphrase, backup.Tools{
		Dir: r.dir, Verify: p.verifySource, Progress: r.order.Progress,
	})
	if err != nil {
		return core.BackupReport{}, err
	}
	if err := r.choose(); err != nil {
		return core.BackupReport{}, err
	}
	if err := r.checkPlaces(); err != nil {
		return core.BackupReport{}, err
	}
	for i := range r.contents.Sources {
		if err := r.adopt(ctx, &r.contents.Sources[i]); err != nil {
			return core.BackupReport{}, err
		}
	}
	if err := r.checkPlaces(); err != nil { // all that has taken a while
		return core.BackupReport{}, err
	}
	if err := commitRestore(p.dataDir, r.dir); err != nil {
		return core.BackupReport{}, err
	}
	clear(r.before) // it has happened, and if need be the next start ends it
	report := reportOf(r.contents, r.order.Path)
	if report.Quarantine, err = finishRestore(p.dataDir, p.Now()); err != nil {
		return core.BackupReport{}, err
	}
	if err := p.takeSettings(r.contents); err != nil {
		p.log.Warn("the settings of the backup are not taken over", "error", err)
	}
	return report, nil
}

// choose keeps the source that was asked for.
func (r *restorer) choose() error {
	if r.order.Env == "" {
		return nil
	}
	var kept []backup.Source
	for _, s := range r.contents.Sources {
		if s.Env == r.order.Env {
			kept = append(kept, s)
		} else if err := os.RemoveAll(filepath.Dir(s.Vault)); err != nil {
			return fault.New("boot: choose what to restore", fault.OfFile(err), err)
		}
	}
	if len(kept) == 0 {
		return fault.New("boot: choose what to restore", fault.NotFound, nil)
	}
	r.contents.Sources = kept
	return nil
}

// checkPlaces makes sure that the place of every source is free, or may be
// cleared and is not in use.
func (r *restorer) checkPlaces() error {
	const op = "boot: look at the place to restore to"
	for _, s := range r.contents.Sources {
		dir := envDir(r.program.dataDir, s.Env)
		entries, err := os.ReadDir(dir)
		switch {
		case errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0:
			continue
		case err != nil:
			return fault.New(op, fault.OfFile(err), err)
		case !r.order.Replace:
			return fault.New(op, fault.Occupied, nil)
		}
		if _, err := vault.Inspect(VaultPath(r.program.dataDir, s.Env)); fault.Is(err, fault.VaultInUse) {
			return err
		}
	}
	return nil
}

// adopt makes a vault of the backup one of this computer's: it gets a new master
// key, so that it shares none with the vault it was copied from, and its secrets
// go where its new protector keeps them, from where it is opened and read once
// more.
func (r *restorer) adopt(ctx context.Context, source *backup.Source) (err error) {
	s := &Services{Env: source.Env, program: r.program, store: newMovable(), dir: filepath.Dir(source.Vault)}
	options := vault.Options{
		Path: source.Vault, Env: source.Env, Now: r.program.Now, Children: r.program.config.Children, Key: keyIn(source.Secrets),
	}
	if s.Vault, err = vault.Open(ctx, options); err != nil {
		return err
	}
	err = r.renew(ctx, s, source)
	if err == nil && r.order.Protector == core.ByPassphrase {
		s.box, err = s.newBox(ctx, r.order.NewPassphrase)
	}
	if err := errors.Join(err, s.Vault.Close()); err != nil {
		return err
	}
	var store secret.Store = s.keychain()
	if s.box != nil {
		defer s.box.Close()
		store = s.box
		err = s.box.SetAll(ctx, source.Secrets)
	} else {
		err = r.keepInKeychain(ctx, s.keychain(), source.Secrets)
	}
	if err != nil {
		return err
	}
	options.Key = keyFrom(store)
	source.Report, err = vault.VerifyFile(ctx, options)
	return err
}

var errForeignSecret = errors.New("there is a secret in it that is not its own")

// renew gives a vault a new master key, which takes the place of the old one among
// its secrets, and other names for them: the vault it was copied from can live on
// beside it. What it had to do on another computer is forgotten.
func (r *restorer) renew(ctx context.Context, s *Services, source *backup.Source) error {
	old := s.masterKeyName()
	for name := range source.Secrets {
		if name != old && !strings.HasPrefix(string(name), string(source.Env)+"/") {
			return fault.New("boot: restore secrets", fault.BackupDamaged, errForeignSecret)
		}
	}
	err := s.Vault.Rotate(ctx, vault.RotateOptions{
		Protector: r.order.Protector,
		NewKey: func(_ context.Context, info vault.Info, key secret.Text) error {
			source.Secrets[secret.VaultKeyName(info.ID, info.KeyID)] = key
			return nil
		},
	})
	if err != nil {
		return err
	}
	delete(source.Secrets, old)
	// Other keys and entries are not this vault's to destroy: the one it was copied
	// from can still live, and needs them.
	if err := s.Vault.DropStrays(ctx, func(context.Context, vault.Info) error { return nil }); err != nil {
		return err
	}
	if err := errors.Join(s.renameOwn(), s.Vault.PutSetting(moveSetting, "")); err != nil {
		return err
	}
	// It is read wholly before it appears, and this backup can have come after the
	// one that it knows of.
	s.note(checkedSetting, r.program.Now())
	restored := core.Activity{Action: core.Restored, Subject: filepath.Base(r.order.Path)}
	r.program.newRecorder(s.Vault, &event.Bus{}).Did(ctx, restored, nil)
	if m := r.contents.Manifest; m.Kind != backup.Review {
		s.note(backedUpSetting, m.Created)
	}
	return nil
}

// keepInKeychain sets the entries of a vault. All but the Plaid keys are new ones,
// noted before they are there. Other Plaid keys than these are the person's choice
// of now: without Replace they are a fault.Occupied.
func (r *restorer) keepInKeychain(ctx context.Context, own *ownEntries, secrets map[secret.Name]secret.Text) error {
	var fresh []secret.Name
	for name := range secrets {
		if entry := own.name(name); entry.OfOne() {
			fresh = append(fresh, entry)
		}
	}
	if err := noteFresh(r.dir, fresh); err != nil {
		return err
	}
	for name, value := range secrets {
		if err := r.set(ctx, own.name(name), value); err != nil {
			return err
		}
	}
	return nil
}

// set sets an entry, and notes what was there.
func (r *restorer) set(ctx context.Context, name secret.Name, value secret.Text) error {
	store := r.program.store()
	old, err := store.Get(ctx, name)
	exists := err == nil
	switch {
	case err != nil && !fault.Is(err, fault.SecretMissing):
		return err
	case exists && old == value:
		return nil
	case exists && !r.order.Replace:
		return fault.New("boot: restore secrets", fault.Occupied, nil)
	}
	r.before[name] = entry{old, exists}
	return store.Set(ctx, name, value)
}

// undo puts the keychain back into the state before this run, and removes its
// folder. If the keychain fails, the folder stays, for cleanUp to go by.
func (r *restorer) undo(ctx context.Context) error {
	store := r.program.store()
	var errs []error
	for name, was := range r.before {
		if was.exists {
			errs = append(errs, store.Set(ctx, name, was.value))
		} else {
			errs = append(errs, store.Delete(ctx, name))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return os.RemoveAll(r.dir)
}

// takeSettings takes over the choices of a backup that have not been made here.
func (p *Program) takeSettings(c backup.Contents) error {
	var theirs settings.Settings
	if c.Settings != nil && json.Unmarshal(c.Settings, &theirs) != nil {
		return nil // losing them costs a click
	}
	is := func(s backup.Source) bool { return s.Env == theirs.Environment }
	if !slices.ContainsFunc(c.Sources, is) {
		theirs.Environment = c.Sources[0].Env
	}
	return p.change(func(s *settings.Settings) {
		if s.Environment == "" {
			s.Environment = theirs.Environment
		}
		if s.Appearance == "" && (theirs.Appearance == "light" || theirs.Appearance == "dark") {
			s.Appearance = theirs.Appearance
		}
	})
}

// timeName is how a name tells a time, to the millisecond.
func timeName(t time.Time) string { return t.UTC().Format("20060102T150405.000Z") }
