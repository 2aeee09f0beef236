package boot

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/core/secret/secrettest"
	"bankbook/storage/vault"
)

// remembering is a keychain that remembers every value that it has been given, and
// lets somebody look around before each, if look is not nil.
type remembering struct {
	*chain
	look func()
	mu   sync.Mutex
	ever []string
}

func (r *remembering) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	r.mu.Lock()
	if text := value.Reveal(); len(text) > 8 { // the number of a commit is no secret
		r.ever = append(r.ever, text)
	}
	r.mu.Unlock()
	if r.look != nil {
		r.look()
	}
	return r.chain.Set(ctx, name, value)
}

// lookingClock lets somebody look around whenever the time is asked for, which who
// verifies a vault does at the end.
type lookingClock struct {
	hurried
	look func()
}

// Now implements clock.Clock.
func (c lookingClock) Now() time.Time {
	c.look()
	return c.hurried.Now()
}

func (r *remembering) all() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.ever)
}

// moments is what files hold at moments of a work, those that it removes again too:
// each content once, so that it can be searched for secrets that come to light later.
type moments struct {
	t    *testing.T
	mu   sync.Mutex
	dirs []string
	// looking is only while a backup or a restore is under way.
	looking bool
	// kinds are the files that there were: their paths in their folder, without the
	// digits, some of which are of chance.
	kinds map[string]bool
	// contents are what they held, with the kind of one that held it.
	contents map[[sha256.Size]byte]content
}

// content is what a file held.
type content struct {
	kind string
	data []byte
}

// begin forgets what was there before.
func (m *moments) begin() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kinds, m.contents = map[string]bool{}, map[[sha256.Size]byte]content{}
}

// during looks around while something is done.
func (m *moments) during(do func() error) error {
	m.set(true)
	defer m.set(false)
	return do()
}

func (m *moments) set(looking bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.looking = looking
}

// watch looks into a folder as well from now on.
func (m *moments) watch(dir string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.dirs = append(m.dirs, dir)
}

// look takes down what is there now.
func (m *moments) look() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.looking {
		return
	}
	for _, dir := range m.dirs {
		err := eachFile(dir, func(path string, data []byte) {
			if len(data) > 0 {
				kind := withoutDigits(strings.TrimPrefix(path, dir))
				m.kinds[kind] = true
				m.contents[sha256.Sum256(data)] = content{kind, data}
			}
		})
		if err != nil {
			m.t.Error(err)
		}
	}
}

func withoutDigits(path string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, filepath.ToSlash(path))
}

// check searches all that was there, among which must have been these kinds of
// files.
func (m *moments) check(when string, search secrettest.Search, kinds ...string) {
	m.t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, kind := range kinds {
		if !m.kinds[kind] {
			m.t.Errorf("%s: there was never a file %s, only %q", when, kind, slices.Sorted(maps.Keys(m.kinds)))
		}
	}
	for _, held := range m.contents {
		if found := search.Find(held.data); found != "" {
			m.t.Errorf("%s: while it was under way, %s held %s", when, held.kind, found)
		}
	}
}

// secretsMark is in every secrets.json, which is written into the encrypted stream of
// a backup alone.
const secretsMark = `"base64": "`

// searched is a program whose files are searched after each of the things that
// move secrets about, and while it is under way.
type searched struct {
	t       *testing.T
	c       Config
	s       *Services
	item    core.ItemID
	moments *moments
	// secrets are those that no keychain remembers.
	secrets []string
	stores  []*remembering
	// away is the folder of the backups.
	away string
}

func newSearched(t *testing.T) *searched {
	t.Helper()
	x := &searched{t: t, away: t.TempDir()}
	x.c = atOnce(t, x.store(nil))
	x.moments = &moments{t: t, dirs: []string{x.c.DataDir, x.away}}
	x.c.backupWork, x.c.Clock = cheapWork, lookingClock{look: x.moments.look}
	x.s = open(t, start(t, x.c), Choice{Env: core.Practice})
	x.secrets = []string{
		words, x.c.Keys.Secret.Reveal(), "1111222233330000", "1111222233331111", backupPassphrase.Reveal(), newPassphrase.Reveal(),
		secretsMark,
	}
	return x
}

func (x *searched) store(look func()) *remembering {
	r := &remembering{chain: newChain(), look: look}
	x.stores = append(x.stores, r)
	return r
}

// search searches what is there and what was there meanwhile, among which must
// have been these kinds of files.
func (x *searched) search(when string, during ...string) {
	x.t.Helper()
	all := slices.Clone(x.secrets)
	for _, store := range x.stores {
		all = append(all, store.all()...)
	}
	search := secrettest.NewSearch(withRawKeys(all)...)
	for _, dir := range x.moments.dirs {
		files := searchFolder(x.t, when, dir, search)
		if files < 3 && dir != x.away {
			x.t.Errorf("%s: searched only %d files", when, files)
		}
	}
	x.moments.check(when, search, during...)
}

// withRawKeys adds the bytes of the keys among secrets.
func withRawKeys(secrets []string) []string {
	for _, text := range secrets {
		if raw, err := base64.RawURLEncoding.DecodeString(text); err == nil && len(raw) == 32 {
			secrets = append(secrets, string(raw))
		}
	}
	return secrets
}

// noteKey notes the key of a vault, which a lockbox does not remember.
func (x *searched) noteKey(s *Services) error {
	key, err := s.Secrets.Get(x.t.Context(), s.masterKeyName())
	x.secrets = append(x.secrets, key.Reveal())
	return err
}

func (x *searched) link() error {
	linkInsisting(x.t, x.s, func() {})
	items, err := x.s.Vault.Items()
	x.item = items[0].ID
	return err
}

// backUp writes a backup, and notes what is in it: a reviewer's copy has a key of
// its own.
func (x *searched) backUp(name string, reviewer bool) error {
	path := filepath.Join(x.away, name)
	err := x.moments.during(func() error {
		_, err := x.s.Backup(x.t.Context(), BackupOrder{
			Path: path, Passphrase: backupPassphrase, Reviewer: reviewer, Progress: func(_, _ int64) { x.moments.look() },
		})
		return err
	})
	if err != nil {
		return err
	}
	x.secrets = append(x.secrets, partsOf(secretsIn(x.t, path))...)
	return nil
}

// restore restores a backup into a data directory of its own.
func (x *searched) restore(name string, protector core.Protector) error {
	c := x.c
	c.DataDir, c.Secrets = filepath.Join(x.t.TempDir(), "data"), x.store(x.moments.look)
	p := start(x.t, c)
	x.moments.watch(c.DataDir)
	err := x.moments.during(func() error {
		_, err := p.Restore(x.t.Context(), RestoreOrder{
			Path: filepath.Join(x.away, name), Passphrase: backupPassphrase, Protector: protector, NewPassphrase: newPassphrase,
			Progress: func(_, _ int64) { x.moments.look() },
		})
		return err
	})
	if err != nil {
		return err
	}
	s := open(x.t, p, Choice{Env: core.Practice, Passphrase: newPassphrase})
	return errors.Join(x.noteKey(s), s.Close())
}

// TestNoFileHoldsASecret searches everything that has been written after each
// of the things that move secrets about: while the vault is open, as a kill
// would leave it, and once it is closed. What a backup and a restore write only
// for the time being is searched too.
func TestNoFileHoldsASecret(t *testing.T) {
	x := newSearched(t)
	s := x.s
	backingUp := []string{"/.backup-/practice.db", "/.backup-/verify-/practice/vault.db", "/.bankbook-backup.new-"}
	restoring := []string{"/.restore-/practice/vault.db"}
	for _, m := range []struct {
		name   string
		do     func() error
		during []string
	}{
		{"link", x.link, nil},
		{"sync", func() error { return s.Sync.SyncAll(t.Context()) }, nil},
		{"snapshot", func() error { _, err := s.Vault.TakeSnapshot(t.Context(), vault.Asked); return err }, nil},
		{"back up", func() error { return x.backUp("full", false) }, backingUp},
		{"reviewer's copy", func() error { return x.backUp("for review", true) }, backingUp},
		{"restore", func() error { return x.restore("full", core.ByKeychain) }, append(restoring, "/.restore-/fresh-entries")},
		{"restore under a passphrase", func() error { return x.restore("full", core.ByPassphrase) }, append(restoring, "/.restore-/practice/lockbox")},
		{"restore the reviewer's copy", func() error { return x.restore("for review", core.ByKeychain) }, restoring},
		{"recovery key", func() error {
			key, err := s.NewRecoveryKey(t.Context())
			x.secrets = append(x.secrets, key.Reveal())
			return err
		}, nil},
		{"passphrase", func() error { return s.UsePassphrase(t.Context(), secret.New(words)) }, nil},
		{"back up the lockbox", func() error { return x.backUp("from the lockbox", false) }, backingUp},
		{"rotate in the lockbox", func() error { return s.RotateKeys(t.Context()) }, nil},
		{"keychain", func() error { return s.UseKeychain(t.Context()) }, nil},
		{"rotate", func() error { return s.RotateKeys(t.Context()) }, nil},
		{"remove", func() error { return s.RemoveBank(t.Context(), x.item) }, nil},
		{"close", s.Close, nil},
	} {
		x.moments.begin()
		err := m.do()
		if err == nil && m.name != "close" {
			err = x.noteKey(s)
		}
		if err != nil {
			t.Fatalf("%s: %v", m.name, err)
		}
		x.search(m.name, m.during...)
	}
	if ever := len(x.stores[0].all()); ever < 10 {
		t.Errorf("there have been only %d secrets", ever)
	}
}

// searchFolder searches all files in a folder, and returns how many there are.
func searchFolder(t *testing.T, when, dir string, search secrettest.Search) (files int) {
	t.Helper()
	err := eachFile(dir, func(path string, data []byte) {
		if found := search.Find(data); found != "" {
			t.Errorf("%s: %s holds %s", when, path, found)
		}
		files++
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// eachFile reads all files in a folder, but for those that are removed meanwhile.
func eachFile(dir string, do func(path string, data []byte)) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			do(path, data)
		}
		return err
	})
}
