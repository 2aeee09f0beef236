package boot

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/bank"
	"bankbook/core/carry"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/link/landing"
	"bankbook/core/plaid"
	"bankbook/core/profile"
	"bankbook/core/review"
	"bankbook/core/rotate"
	"bankbook/core/sandbox"
	"bankbook/core/schedule"
	"bankbook/core/secret"
	"bankbook/core/seen"
	"bankbook/core/syncer"
	"bankbook/core/unlink"
	"bankbook/storage/lockbox"
	"bankbook/storage/vault"
)

// Choice says what to open.
type Choice struct {
	Env core.Environment
	// SessionOnly keeps secrets in memory and the vault in a folder that is
	// deleted on Close: for a machine without a keychain.
	SessionOnly bool
	// Protector keeps the secrets of a new vault; "" is core.ByKeychain. A vault
	// that is there has its own.
	Protector core.Protector
	// Passphrase opens an environment that has one, or is that of a new one. With
	// a RecoveryKey, it takes the place of the one that is lost, as ResetPassphrase
	// does later.
	Passphrase secret.Text
	// RecoveryKey, as a person types it, opens an environment whose passphrase or
	// entry in the keychain is lost. The Protector core.ByPassphrase then takes the
	// place of a keychain that is no more, once there is a passphrase.
	RecoveryKey secret.Text
	// Keys are the person's Plaid keys, to be kept with the other secrets, unless
	// nothing is kept. Empty ones change nothing.
	Keys plaid.Keys
}

// Services are the parts of an open environment, put together.
type Services struct {
	Env         core.Environment
	SessionOnly bool
	// Profile is the one that was chosen last, when the environment was opened.
	Profile core.Profile
	Vault   *vault.Vault
	Secrets secret.Store
	Events  *event.Bus
	Sync    *syncer.Syncer
	Links   *link.Driver
	Remover *unlink.Remover
	// Keeper makes, changes and removes profiles.
	Keeper  *profile.Keeper
	Rotator *rotate.Rotator
	Carrier *carry.Carrier
	// Activity writes the log of what was done.
	Activity *activity.Recorder
	holdings
	// Index answers queries about all transactions, once Follow or Refresh has
	// been called.
	Index *review.Index

	follower *review.Follower
	// untend ends what Tend began, and unwind what Schedule.Start did.
	untend, unwind func()
	clockwork      *schedule.Driver
	teller         Teller
	program        *Program
	// seen notices a vault that was rolled back.
	seen *seen.Watch
	// reviewCopy says that the vault is a copy for a reviewer.
	reviewCopy bool
	bank       *liveBank
	// notes is what is known about the person's keys.
	notes    *keyNotes
	keyWatch keyWatch
	stop     context.CancelFunc
	// dir is the folder of the environment.
	dir string
	// store is what Secrets leads to.
	store *movable
	// own is what keychain returns.
	own *ownEntries
	// protecting is held while protector, passphrase, recovery key or master key
	// change; it guards box.
	protecting sync.Mutex
	// box is the lockbox that store keeps secrets in; nil if it is another store.
	box *lockbox.Box
	// recovered says that the recovery key has opened the vault.
	recovered bool
	// places are where browsers end up that have come to the end of a link page.
	places *landing.Places
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
	s := &Services{Env: choice.Env, SessionOnly: choice.SessionOnly, Events: &event.Bus{}, program: p, store: newMovable()}
	// What runs in the background ends with the services, not with this call.
	// Nor is anybody there to unlock the keychain for it.
	background, stop := context.WithCancel(context.Background())
	s.stop = stop
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
			p.noteRefused(choice.Env, err)
		}
	}()
	if s.dir, err = s.place(p.dataDir); err != nil {
		return nil, err
	}
	s.Secrets = p.traceSecrets(s.store)
	if s.notes = p.notesOf(s.Env); s.SessionOnly {
		s.notes = &keyNotes{env: s.Env}
	}
	if err = s.openVault(ctx, choice); err != nil {
		return nil, err
	}
	s.Activity = p.newRecorder(s.Vault, s.Events)
	s.journalOpened()
	if s.recovered && !choice.Passphrase.IsEmpty() {
		if err = s.ResetPassphrase(ctx, choice.Passphrase); err != nil {
			return nil, err
		}
	}
	s.settle(ctx)
	if err = s.keepKeys(ctx, choice.Keys); err != nil {
		return nil, err
	}
	if err = s.adoptKeys(ctx); err != nil {
		return nil, err
	}
	if s.reviewCopy, err = s.Vault.IsReviewCopy(); err != nil {
		return nil, err
	}
	if s.Profile, err = s.chosenProfile(); err != nil {
		return nil, err
	}
	s.watch(ctx, s.store)
	if err = s.watchKeys(); err != nil {
		return nil, err
	}
	provider, err := p.provider(ctx, background, s)
	if err != nil {
		return nil, err
	}
	s.bank = &liveBank{present: provider, made: s.itemMade, look: s.lookBefore()}
	s.countItems(ctx)
	s.assemble(background)
	if err = s.guard(s.dir); err != nil {
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

// assemble builds the use cases on the vault, the secrets and the provider.
func (s *Services) assemble(background context.Context) {
	repo := s.program.traceRepo(s.Vault)
	clk := s.program.config.Clock
	secrets := s.bankSecrets()
	s.Sync = syncer.New(syncer.Deps{Bank: s.bank, Secrets: secrets, Repo: repo, Events: s.Events, Clock: clk, Env: s.Env})
	var instant bank.InstantLinker
	if s.Env.HasInstantLink() {
		instant = s.bank
	}
	s.Links = link.NewDriver(background, link.Deps{
		Bank: s.bank, Secrets: secrets, Repo: repo, Syncer: s.Sync, Events: s.Events, Clock: clk, Env: s.Env,
		OpenURL: s.program.config.OpenURL, Instant: instant, CompletionURI: s.land(),
	})
	s.Events.Subscribe(s.record)
	s.Events.Subscribe(s.journal)
	s.Index = s.newIndex()
	s.Remover = unlink.New(unlink.Deps{
		Env: s.Env, Bank: s.bank, Secrets: secrets, Repo: repo, Events: s.Events, Clock: clk, Ended: s.bankEnded, Tried: s.journalRemoval,
	})
	s.Carrier = carry.New(carry.Deps{Repo: repo, Events: s.Events, Clock: clk})
	s.Rotator = rotate.New(rotate.Deps{
		Env: s.Env, Bank: s.bank, Secrets: secrets, Repo: repo, Syncer: s.Sync, Events: s.Events, Clock: clk,
	})
	s.clockwork = s.newClockwork()
	s.Keeper = profile.New(profile.Deps{Repo: repo, Banks: s.Remover, Events: s.Events, Clock: clk})
	s.holdings = s.newHoldings(secrets)
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
	case event.ActivityAdded:
		log.Info("activity", "entry", e.Seq, "action", string(e.Action))
	case event.IndexChanged:
		rows := 0
		if snapshot := s.Index.Snapshot(); snapshot != nil {
			rows = snapshot.Rows()
		}
		log.Info("index", "rows", rows, "fault", string(fault.KindOf(e.Err)))
	}
}

// Resume takes up what was begun and not finished before the last end.
func (s *Services) Resume(ctx context.Context) error {
	if failed := s.journalMissed(); failed != nil {
		s.program.log.Error("the activity log has a gap", "error", failed)
	}
	err := s.Links.Resume(ctx)
	if failed := s.Rotator.Resume(ctx); failed != nil {
		s.program.log.Warn("whether a token was changed is not known yet", "error", failed)
	}
	s.shred(ctx)
	s.sweep(ctx)
	return err
}

// Now tells the time by the program's clock.
func (s *Services) Now() time.Time { return s.program.Now() }

// DataDir returns the folder that everything is kept in.
func (s *Services) DataDir() string { return s.program.dataDir }

// Close stops what runs, and closes what was opened: no key and nothing that was
// decrypted stays behind. Links and syncs that are under way are taken up by Resume
// at the next start.
func (s *Services) Close() error {
	if s.Links != nil {
		s.Links.Close()
		s.places.Close()
	}
	if s.Sync != nil {
		s.Sync.Close()
	}
	s.stop()
	s.stopClockwork()
	if s.untend != nil {
		s.untend()
	}
	s.unfollow()
	if s.seen != nil {
		s.seen.Close()
	}
	errs := []error{s.closeVault()}
	s.store.become(nil)
	s.protecting.Lock()
	defer s.protecting.Unlock()
	if s.box != nil {
		errs = append(errs, s.box.Close())
	}
	if s.practice != nil {
		errs = append(errs, s.practice.Close())
	}
	if s.temporary != "" {
		errs = append(errs, os.RemoveAll(s.temporary))
	}
	return errors.Join(errs...)
}
