package boot

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/plaid"
	"bankbook/core/sandbox"
	"bankbook/core/secret"
	"bankbook/core/secret/secrettest"
	"bankbook/storage/settings"
)

const (
	ownID     = "5f3a9c17e0b24d0012c8a7e1"
	ownSecret = "0f1e2d3c4b5a69788796a5b4c3d2e1"
	newSecret = "1f1e2d3c4b5a69788796a5b4c3d2e1"
)

// stand takes Plaid's place: a practice bank that requests to Plaid's sandbox and
// production are led to.
type stand struct {
	mu      sync.Mutex
	address string
	down    bool
	asked   int
}

// RoundTrip implements http.RoundTripper.
func (p *stand) RoundTrip(r *http.Request) (*http.Response, error) {
	p.mu.Lock()
	p.asked++
	address, down := p.address, p.down
	p.mu.Unlock()
	if down {
		return nil, errors.New("no route to host")
	}
	led := r.Clone(r.Context())
	led.URL.Scheme, led.URL.Host, led.Host = "http", address, ""
	return http.DefaultTransport.RoundTrip(led)
}

func (p *stand) setDown(down bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = down
}

// serve lets a practice bank with these keys, and what they allow, take the place.
func (p *stand) serve(t *testing.T, key string, allows sandbox.Config) {
	t.Helper()
	allows.ClientID, allows.Secret = ownID, key
	allows.InitialDelay, allows.HistoryDelay = sandbox.Immediately, sandbox.Immediately
	running, err := sandbox.Listen(t.Context(), allows, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	p.mu.Lock()
	defer p.mu.Unlock()
	p.address = running.URL()[len("http://"):]
}

// keysConfig is that of a program for which a practice bank takes Plaid's place.
func keysConfig(t *testing.T) (Config, *stand) {
	t.Helper()
	p := &stand{}
	p.serve(t, ownSecret, sandbox.Config{Countries: []string{"US", "CA"}})
	c := config(t)
	c.HTTP = &http.Client{Transport: p}
	return c, p
}

func factsOf(t *testing.T, k *KeyRing, env core.Environment) core.KeyFacts {
	t.Helper()
	facts, err := k.Of(t.Context(), env)
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

func save(t *testing.T, k *KeyRing, env core.Environment, key string) {
	t.Helper()
	if err := k.Save(t.Context(), env, ownID, secret.New(key)); err != nil {
		t.Fatal(err)
	}
}

func TestKeysAreTestedAndKept(t *testing.T) {
	c, _ := keysConfig(t)
	p := start(t, c)
	k := p.KeyRing()
	if f := factsOf(t, k, core.Sandbox); f.Source != core.NoKeys || f.ClientID != "" || !f.Check.IsZero() || !slices.Equal(f.Countries, []string{"US"}) {
		t.Errorf("before: %+v", f)
	}
	save(t, k, core.Sandbox, ownSecret)
	// Another program reads the same.
	f := factsOf(t, start(t, c).KeyRing(), core.Sandbox)
	if f.Source != core.KeptKeys || f.ClientID != ownID || !f.Check.Works || !slices.Equal(f.Check.Countries, []string{"US", "CA"}) || !slices.Contains(f.Check.Products, core.Auth) {
		t.Errorf("after: %+v", f)
	}
	if f := factsOf(t, k, core.Production); f.Source != core.NoKeys {
		t.Errorf("production has keys too: %+v", f)
	}
	if err := k.SetCountries(t.Context(), core.Sandbox, []string{"CA", "GB"}); err != nil {
		t.Fatal(err)
	}
	if f := factsOf(t, k, core.Sandbox); !slices.Equal(f.Countries, []string{"CA"}) {
		t.Errorf("banks of %v are offered", f.Countries)
	}
	if err := k.Remove(t.Context(), core.Sandbox); err != nil {
		t.Fatal(err)
	}
	if f := factsOf(t, k, core.Sandbox); f.Source != core.NoKeys || !f.Check.IsZero() {
		t.Errorf("after they were removed: %+v", f)
	}
	if err := k.Test(t.Context(), core.Sandbox); !fault.Is(err, fault.NoKeys) {
		t.Errorf("Test without keys = %v", err)
	}
}

// What goes wrong while keys are saved leaves everything as it was: those that were
// there, and what is known about them.
func TestSavingKeysThatFails(t *testing.T) {
	for name, c := range map[string]struct {
		clientID, key string
		harm          func(t *testing.T, c *Config, p *stand, keys *chain)
		want          fault.Kind
	}{
		"wrong keys":      {ownID, "ffff2d3c4b5a69788796a5b4c3d2e1", nil, fault.Keys},
		"no client id":    {"", newSecret, nil, fault.Invalid},
		"no secret":       {ownID, "", nil, fault.Invalid},
		"a line break":    {ownID, newSecret + "\nx", nil, fault.Invalid},
		"no network":      {ownID, newSecret, func(_ *testing.T, _ *Config, p *stand, _ *chain) { p.setDown(true) }, fault.Network},
		"keychain locked": {ownID, newSecret, func(_ *testing.T, _ *Config, _ *stand, k *chain) { k.fail(1, fault.KeychainLocked, false) }, fault.KeychainLocked},
		"keychain fails":  {ownID, newSecret, func(_ *testing.T, _ *Config, _ *stand, k *chain) { k.fail(2, fault.KeychainTimeout, false) }, fault.KeychainTimeout},
		"keychain lies":   {ownID, newSecret, func(_ *testing.T, _ *Config, _ *stand, k *chain) { k.fail(2, fault.KeychainLied, true) }, fault.KeychainLied},
	} {
		for _, had := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				config, plaid := keysConfig(t)
				keys := newChain()
				config.Secrets = keys
				p := start(t, config)
				if had {
					save(t, p.KeyRing(), core.Sandbox, ownSecret)
				}
				before, want := maps.Clone(keys.entries), factsOf(t, p.KeyRing(), core.Sandbox)
				plaid.serve(t, newSecret, sandbox.Config{})
				if c.harm != nil {
					c.harm(t, &config, plaid, keys)
				}
				if err := p.KeyRing().Save(t.Context(), core.Sandbox, c.clientID, secret.New(c.key)); !fault.Is(err, c.want) {
					t.Errorf("Save = %v, want %s", err, c.want)
				}
				keys.fail(0, fault.None, false)
				if after := maps.Clone(keys.entries); len(after) != len(before) || after[secret.KeysName(core.Sandbox)] != before[secret.KeysName(core.Sandbox)] {
					t.Errorf("the keychain holds %d entries, not the %d of before, or others", len(after), len(before))
				}
				if got := factsOf(t, p.KeyRing(), core.Sandbox); got.Source != want.Source || got.ClientID != want.ClientID || !got.Check.Tested.Equal(want.Check.Tested) {
					t.Errorf("it tells %+v, not %+v", got, want)
				}
			})
		}
	}
}

// spoiling is a keychain that spoils something once, after a secret was set.
type spoiling struct {
	*chain
	spoil func()
}

func (s *spoiling) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	err := s.chain.Set(ctx, name, value)
	if spoil := s.spoil; spoil != nil {
		s.spoil = nil
		spoil()
	}
	return err
}

// What is known about new keys cannot be written: then they are not kept.
func TestSavingKeysThatCannotBeNoted(t *testing.T) {
	c, bank := keysConfig(t)
	keys := &spoiling{chain: newChain()}
	c.Secrets = keys
	k := start(t, c).KeyRing()
	save(t, k, core.Sandbox, ownSecret)
	before := maps.Clone(keys.chain.entries)
	bank.serve(t, newSecret, sandbox.Config{})
	notes := filepath.Join(c.DataDir, "keys-sandbox.json")
	keys.spoil = func() {
		for _, err := range []error{os.Rename(notes, notes+".aside"), os.MkdirAll(filepath.Join(notes, "full"), 0o700)} {
			if err != nil {
				t.Error(err)
			}
		}
	}
	if err := k.Save(t.Context(), core.Sandbox, ownID, secret.New(newSecret)); err == nil {
		t.Error("it is said to be saved")
	}
	if after := maps.Clone(keys.chain.entries); after[secret.KeysName(core.Sandbox)] != before[secret.KeysName(core.Sandbox)] {
		t.Error("other keys are kept than before")
	}
}

// openSandbox opens Plaid's sandbox with a bank in it.
func openSandbox(t *testing.T, p *Program) (*Services, core.Item) {
	t.Helper()
	s := open(t, p, Choice{Env: core.Sandbox, Keys: plaid.Keys{ClientID: secret.New(ownID), Secret: secret.New(ownSecret)}})
	if end, err := s.Links.Wait(t.Context(), instantly(t, s)); err != nil || end.Stage != link.Done {
		t.Fatalf("linking ended as %s, %+v, %v", end.Stage, end.Trouble, err)
	}
	items, err := s.Vault.Items()
	if err != nil || len(items) != 1 {
		t.Fatalf("%d items, %v", len(items), err)
	}
	return s, items[0]
}

func syncs(t *testing.T, s *Services, item core.Item) error {
	t.Helper()
	return s.Sync.Sync(t.Context(), item.ID)
}

func TestKeysReplacedWhileOpen(t *testing.T) {
	c, bank := keysConfig(t)
	s, item := openSandbox(t, start(t, c))
	defer closeAll(t, s)
	if err := syncs(t, s, item); err != nil {
		t.Fatal(err)
	}
	// Plaid has new secrets from now on: the old one is refused.
	bank.serve(t, newSecret, sandbox.Config{Products: []string{"transactions"}, Countries: []string{"US"}})
	if err := s.KeyRing().Test(t.Context(), core.Sandbox); err != nil {
		t.Fatal(err)
	}
	if f := factsOf(t, s.KeyRing(), core.Sandbox); f.Check.Works || f.Check.IsZero() || f.Source != core.KeptKeys {
		t.Errorf("refused keys are told as %+v", f)
	}
	if _, err := s.bank.SearchInstitutions(t.Context(), "x"); !fault.Is(err, fault.Keys) {
		t.Errorf("with the old secret: %v", err)
	}
	save(t, s.KeyRing(), core.Sandbox, newSecret)
	if _, err := s.bank.SearchInstitutions(t.Context(), "x"); err != nil {
		t.Errorf("with the new secret, at once: %v", err)
	}
	if f := factsOf(t, s.KeyRing(), core.Sandbox); !f.Check.Works || f.Check.Allows(core.Auth) {
		t.Errorf("it allows %+v", f.Check)
	}
	// Numbers are not asked for where the keys do not allow them.
	options := link.Options{Profile: s.Profile.ID, HistoryDays: 90, Numbers: true}
	id, err := s.Links.Instant(t.Context(), options, testBank())
	if err != nil {
		t.Fatal(err)
	}
	if end, err := s.Links.Wait(t.Context(), id); err != nil || end.Stage != link.Done {
		t.Errorf("linking without auth ended as %s, %+v, %v", end.Stage, end.Trouble, err)
	}
}

func TestKeysRemovedWhileOpen(t *testing.T) {
	c, _ := keysConfig(t)
	s, item := openSandbox(t, start(t, c))
	defer closeAll(t, s)
	if err := s.KeyRing().Remove(t.Context(), core.Sandbox); err != nil {
		t.Fatal(err)
	}
	if err := syncs(t, s, item); !fault.Is(err, fault.NoKeys) {
		t.Errorf("sync without keys: %v", err)
	}
	if _, err := s.Vault.Item(item.ID); err != nil {
		t.Errorf("the bank has gone with the keys: %v", err)
	}
	if _, err := s.Secrets.Get(t.Context(), secret.TokenName(core.Sandbox, item.ID)); err != nil {
		t.Errorf("the access to the bank has gone with the keys: %v", err)
	}
	save(t, s.KeyRing(), core.Sandbox, ownSecret)
	if err := syncs(t, s, item); err != nil {
		t.Errorf("sync with the keys again: %v", err)
	}
}

// Items count for life, each once, whatever becomes of them and however often they
// are seen.
func TestItemsAreCountedForLife(t *testing.T) {
	c, _ := keysConfig(t)
	p := start(t, c)
	s, item := openSandbox(t, p)
	made := func(s *Services) int { t.Helper(); return factsOf(t, s.KeyRing(), core.Sandbox).Made }
	if made(s) != 1 {
		t.Errorf("%d Items are counted after one link", made(s))
	}
	if err := s.RemoveBank(t.Context(), item.ID); err != nil {
		t.Fatal(err)
	}
	if made(s) != 1 {
		t.Errorf("%d Items are counted after it was removed", made(s))
	}
	if err := s.KeyRing().Remove(t.Context(), core.Sandbox); err != nil {
		t.Fatal(err)
	}
	save(t, s.KeyRing(), core.Sandbox, ownSecret)
	if end, err := s.Links.Wait(t.Context(), instantly(t, s)); err != nil || end.Stage != link.Done {
		t.Fatalf("linking ended as %s, %v", end.Stage, err)
	}
	closeAll(t, s)
	// A count that is lost begins again with the Items that are there.
	if err := settings.SaveKeys(c.DataDir, core.Sandbox, settings.KeyNotes{}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s = open(t, p, Choice{Env: core.Sandbox})
		if made(s) != 1 {
			t.Errorf("%d Items are counted of a vault with one", made(s))
		}
		closeAll(t, s)
	}
	// Who had no keys at the start, and gets some, has the Items of before.
	if err := p.KeyRing().Remove(t.Context(), core.Sandbox); err != nil {
		t.Fatal(err)
	}
	if err := settings.SaveKeys(c.DataDir, core.Sandbox, settings.KeyNotes{}); err != nil {
		t.Fatal(err)
	}
	s = open(t, p, Choice{Env: core.Sandbox})
	defer closeAll(t, s)
	save(t, s.KeyRing(), core.Sandbox, ownSecret)
	if made(s) != 1 {
		t.Errorf("%d Items are counted once there are keys", made(s))
	}
}

func TestKeysThatCannotBeChangedHere(t *testing.T) {
	c, _ := keysConfig(t)
	p := start(t, c)
	lockboxed := open(t, p, Choice{Env: core.Production, Protector: core.ByPassphrase, Passphrase: newPassphrase})
	save(t, lockboxed.KeyRing(), core.Production, ownSecret)
	if f := factsOf(t, lockboxed.KeyRing(), core.Production); f.Source != core.KeptKeys || f.Why != fault.None {
		t.Errorf("while it is open: %+v", f)
	}
	closeAll(t, lockboxed)
	k := p.KeyRing()
	if f := factsOf(t, k, core.Production); f.Why != fault.Locked || f.ClientID != "" || !f.Check.Works {
		t.Errorf("while it is locked: %+v", f)
	}
	for _, err := range []error{
		k.Save(t.Context(), core.Production, ownID, secret.New(ownSecret)), k.Remove(t.Context(), core.Production), k.Test(t.Context(), core.Production),
	} {
		if !fault.Is(err, fault.Locked) {
			t.Errorf("while it is locked: %v", err)
		}
	}
	t.Setenv("TMPDIR", t.TempDir())
	session := open(t, p, Choice{Env: core.Sandbox, SessionOnly: true})
	save(t, session.KeyRing(), core.Sandbox, ownSecret)
	if f := factsOf(t, session.KeyRing(), core.Sandbox); f.Source != core.KeptKeys || !f.Check.Works {
		t.Errorf("in a session: %+v", f)
	}
	closeAll(t, session)
	if f := factsOf(t, p.KeyRing(), core.Sandbox); f.Source != core.NoKeys || !f.Check.IsZero() {
		t.Errorf("after a session that keeps nothing: %+v", f)
	}
	if _, err := os.Stat(filepath.Join(c.DataDir, "keys-sandbox.json")); err == nil {
		t.Error("a session that keeps nothing has left notes")
	}
	other := open(t, p, Choice{Env: core.Practice, SessionOnly: true})
	if f := factsOf(t, other.KeyRing(), core.Sandbox); f.Why != fault.Unsupported {
		t.Errorf("of another source, in a session: %+v", f)
	}
	closeAll(t, other)
	if err := k.Save(t.Context(), core.Practice, ownID, secret.New(ownSecret)); !fault.Is(err, fault.Invalid) {
		t.Errorf("the practice bank takes keys: %v", err)
	}
}

// Keys that were given before there was any data follow it into the lockbox.
func TestKeysFollowIntoANewLockbox(t *testing.T) {
	c, _ := keysConfig(t)
	p := start(t, c)
	save(t, p.KeyRing(), core.Production, ownSecret)
	s := open(t, p, Choice{Env: core.Production, Protector: core.ByPassphrase, Passphrase: newPassphrase})
	if f := factsOf(t, s.KeyRing(), core.Production); f.Source != core.KeptKeys || !f.Check.Works {
		t.Errorf("it has %+v", f)
	}
	if _, err := s.bank.SearchInstitutions(t.Context(), "x"); err != nil {
		t.Errorf("Plaid is asked in vain: %v", err)
	}
	if _, err := c.Secrets.Get(t.Context(), secret.KeysName(core.Production)); !fault.Is(err, fault.SecretMissing) {
		t.Errorf("they are in the keychain still: %v", err)
	}
	if err := s.KeyRing().Remove(t.Context(), core.Production); err != nil {
		t.Fatal(err)
	}
	closeAll(t, s)
	s = open(t, p, Choice{Env: core.Production, Passphrase: newPassphrase})
	defer closeAll(t, s)
	if f := factsOf(t, s.KeyRing(), core.Production); f.Source != core.NoKeys {
		t.Errorf("they are there again: %+v", f)
	}
}

func TestKeysOfTheEnvironment(t *testing.T) {
	c, _ := keysConfig(t)
	c.Keys = plaid.Keys{ClientID: secret.New(ownID), Secret: secret.New(ownSecret)}
	k := start(t, c).KeyRing()
	if f := factsOf(t, k, core.Sandbox); f.Source != core.GivenKeys || f.ClientID != ownID {
		t.Errorf("given keys are told as %+v", f)
	}
	for _, err := range []error{k.Save(t.Context(), core.Sandbox, ownID, secret.New(newSecret)), k.Remove(t.Context(), core.Sandbox)} {
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("given keys are changed: %v", err)
		}
	}
	if err := k.Test(t.Context(), core.Sandbox); err != nil || !factsOf(t, k, core.Sandbox).Check.Works {
		t.Errorf("given keys are tested: %v", err)
	}
	if _, err := c.Secrets.Get(t.Context(), secret.KeysName(core.Sandbox)); !fault.Is(err, fault.SecretMissing) {
		t.Errorf("given keys are kept: %v", err)
	}
}

// The keys that the welcome page has just tested are known at once.
func TestKeysCheckedBeforeTheyAreOpened(t *testing.T) {
	c, bank := keysConfig(t)
	p := start(t, c)
	keys := plaid.Keys{ClientID: secret.New(ownID), Secret: secret.New(ownSecret)}
	wrong := plaid.Keys{ClientID: secret.New(ownID), Secret: secret.New(newSecret)}
	if err := p.CheckKeys(t.Context(), core.Sandbox, wrong); !fault.Is(err, fault.Keys) {
		t.Errorf("CheckKeys of wrong keys = %v", err)
	}
	if err := p.CheckKeys(t.Context(), core.Sandbox, keys); err != nil {
		t.Fatal(err)
	}
	bank.setDown(true)
	s := open(t, p, Choice{Env: core.Sandbox, Keys: keys})
	defer closeAll(t, s)
	if f := factsOf(t, s.KeyRing(), core.Sandbox); !f.Check.Works || len(f.Check.Countries) != 2 {
		t.Errorf("it tells %+v", f)
	}
}

// Neither secret, present or earlier, nor the client id is in any file.
func TestKeysAreInNoFile(t *testing.T) {
	c, bank := keysConfig(t)
	p := start(t, c)
	s, _ := openSandbox(t, p)
	bank.serve(t, newSecret, sandbox.Config{})
	save(t, s.KeyRing(), core.Sandbox, newSecret)
	save(t, s.KeyRing(), core.Production, newSecret)
	_ = s.KeyRing().Save(t.Context(), core.Production, ownID, secret.New(ownSecret))
	if err := s.KeyRing().Remove(t.Context(), core.Production); err != nil {
		t.Fatal(err)
	}
	closeAll(t, s)
	if n := searchFolder(t, "at the end", c.DataDir, secrettest.NewSearch(ownID, ownSecret, newSecret)); n < 4 {
		t.Errorf("only %d files were searched", n)
	}
}
