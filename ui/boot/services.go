package boot

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/plaid"
	"bankbook/core/sandbox"
	"bankbook/core/secret"
	"bankbook/core/seen"
	"bankbook/core/syncer"
	"bankbook/core/unlink"
	"bankbook/storage/vault"
)

// Choice says what to open.
type Choice struct {
	Env core.Environment
	// SessionOnly keeps secrets in memory and the vault in a folder that is
	// deleted on Close: for a machine without a keychain.
	SessionOnly bool
	// Keys are the person's Plaid keys for a session that keeps none.
	Keys plaid.Keys
}

// Services are the parts of an open environment, put together.
type Services struct {
	Env         core.Environment
	SessionOnly bool
	// Profile is the owner that new banks are linked for.
	Profile core.Profile
	Vault   *vault.Vault
	Secrets secret.Store
	Events  *event.Bus
	Sync    *syncer.Syncer
	Links   *link.Driver
	Remover *unlink.Remover

	program *Program
	// seen notices a vault that was rolled back.
	seen *seen.Watch
	// rotating is held while keys of the vault are made and destroyed.
	rotating sync.Mutex
	// given are keys that are kept nowhere.
	given plaid.Keys
	// reviewCopy says that the vault is a copy for a reviewer.
	reviewCopy bool
	bank       bank.Provider
	stop       context.CancelFunc
	// practice is the built-in practice bank; nil in other environments.
	practice *sandbox.Running
	// temporary is the folder of a session-only vault, or "".
	temporary string
	// mark is the file that says that the vault is open, and unguard ends the
	// snapshots; neither is there for a session-only vault.
	mark    string
	unguard func()
}

// Open opens an environment. It can wait for the keychain; secret.Attended
// says that a person is there to unlock it. Everything that was begun before
// is taken up again by Resume.
func (p *Program) Open(ctx context.Context, choice Choice) (_ *Services, err error) {
	s := &Services{Env: choice.Env, SessionOnly: choice.SessionOnly, Events: &event.Bus{}, program: p, given: choice.Keys}
	// What runs in the background ends with the services, not with this call.
	// Nor is anybody there to unlock the keychain for it.
	background, stop := context.WithCancel(context.Background())
	s.stop = stop
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	dir, err := s.place(p.dataDir)
	if err != nil {
		return nil, err
	}
	store := p.secretStore(choice)
	s.Secrets = p.traceSecrets(store)
	if s.Vault, err = s.openVault(ctx, filepath.Join(dir, "vault.db")); err != nil {
		return nil, err
	}
	if s.reviewCopy, err = s.Vault.IsReviewCopy(); err != nil {
		return nil, err
	}
	if s.Profile, err = s.firstProfile(); err != nil {
		return nil, err
	}
	s.watch(ctx, store)
	if s.bank, err = p.provider(ctx, background, s, dir); err != nil {
		return nil, err
	}
	s.assemble(background)
	if err = s.guard(dir); err != nil {
		return nil, err
	}
	return s, nil
}

// place makes the folder of the environment, and returns it.
func (s *Services) place(dataDir string) (string, error) {
	if s.SessionOnly {
		dir, err := temporaryDir()
		s.temporary = dir
		return dir, err
	}
	dir := envDir(dataDir, s.Env)
	return dir, prepareDir(dir)
}

func (p *Program) secretStore(choice Choice) secret.Store {
	if choice.SessionOnly {
		return secret.NewMemory()
	}
	return p.store()
}

// keys returns the person's Plaid keys for the environment, empty if there are
// none.
func (s *Services) keys(ctx context.Context) (plaid.Keys, error) {
	if !s.given.ClientID.IsEmpty() {
		return s.given, nil
	}
	return s.program.plaidKeys(ctx, s.Secrets, s.Env)
}

func (s *Services) openVault(ctx context.Context, path string) (*vault.Vault, error) {
	protector := core.ByKeychain
	if s.SessionOnly {
		protector = core.ThisSessionOnly
	}
	return vault.Open(ctx, vault.Options{
		Path: path, Env: s.Env, Protector: protector, Now: s.Now, Children: s.program.config.Children,
		Key: keyFrom(s.Secrets),
		NewKey: func(ctx context.Context, info vault.Info, key secret.Text) error {
			return s.Secrets.Set(ctx, secret.VaultKeyName(info.ID, info.KeyID), key)
		},
		BeforeMigration: func(ctx context.Context, v *vault.Vault) error {
			_, err := v.TakeSnapshot(ctx, vault.Migration)
			return err
		},
	})
}

// firstProfile returns the profile that banks are linked for, and makes it in a
// new vault.
func (s *Services) firstProfile() (core.Profile, error) {
	profiles, err := s.Vault.Profiles()
	if err != nil || len(profiles) > 0 {
		return append(profiles, core.Profile{})[0], err
	}
	// The id is what Plaid hears of the person, so it says nothing about them.
	first := core.Profile{ID: core.ProfileID(rand.Text()), Name: "Household", Kind: core.Person}
	return first, s.Vault.PutProfile(first)
}

// assemble builds the use cases on the vault, the secrets and the provider.
func (s *Services) assemble(background context.Context) {
	repo := s.program.traceRepo(s.Vault)
	clk := s.program.config.Clock
	secrets := s.bankSecrets()
	s.Sync = syncer.New(syncer.Deps{Bank: s.bank, Secrets: secrets, Repo: repo, Events: s.Events, Clock: clk, Env: s.Env})
	instant, _ := s.bank.(bank.InstantLinker)
	if !s.Env.HasInstantLink() {
		instant = nil
	}
	s.Links = link.NewDriver(background, link.Deps{
		Bank: s.bank, Secrets: secrets, Repo: repo, Syncer: s.Sync, Events: s.Events, Clock: clk, Env: s.Env,
		OpenURL: s.program.config.OpenURL, Instant: instant,
	})
	s.Events.Subscribe(s.record)
	s.Remover = unlink.New(unlink.Deps{Env: s.Env, Bank: s.bank, Secrets: secrets, Repo: repo, Events: s.Events})
}

// record writes what happened to the log.
func (s *Services) record(e event.Event) {
	log := s.program.log
	switch e := e.(type) {
	case event.LinkChanged:
		if session, err := s.Links.Session(e.Session); err == nil {
			log.Info("link", "session", string(e.Session), "stage", string(session.Stage), "trouble", string(session.Trouble.Kind), "code", session.Trouble.Code)
		}
	case event.SyncProgress:
		if !e.Running {
			log.Info("sync", "item", string(e.Item), "phase", string(e.Phase), "rows", e.Rows, "fault", string(fault.KindOf(e.Err)))
		}
	case event.TransactionsChanged:
		log.Info("transactions", "item", string(e.Item), "added", e.Count.Added, "modified", e.Count.Modified, "removed", e.Count.Removed)
	}
}

// Resume takes up what was begun and not finished before the last end.
func (s *Services) Resume(ctx context.Context) error {
	err := s.Links.Resume(ctx)
	s.shred(ctx)
	return err
}

// Now tells the time by the program's clock.
func (s *Services) Now() time.Time { return s.program.Now() }

// DataDir returns the folder that everything is kept in.
func (s *Services) DataDir() string { return s.program.dataDir }

// Close stops what runs, and closes what was opened. Links and syncs that are
// under way are taken up by Resume at the next start.
func (s *Services) Close() error {
	if s.Links != nil {
		s.Links.Close()
	}
	if s.Sync != nil {
		s.Sync.Close()
	}
	s.stop()
	if s.seen != nil {
		s.seen.Close()
	}
	errs := []error{s.closeVault()}
	if s.practice != nil {
		errs = append(errs, s.practice.Close())
	}
	if s.temporary != "" {
		errs = append(errs, os.RemoveAll(s.temporary))
	}
	return errors.Join(errs...)
}
