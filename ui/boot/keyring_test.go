package boot

import (
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

// Whoever asks while keys come and go gets an answer, with the keys of before or those
// of after.
func TestKeysExchangedWhileInUse(t *testing.T) {
	c, _ := keysConfig(t)
	s, _ := openSandbox(t, start(t, c))
	defer closeAll(t, s)
	var asking sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		asking.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if _, err := s.bank.SearchInstitutions(t.Context(), "x"); err != nil && !fault.Is(err, fault.NoKeys) {
					t.Errorf("while keys come and go: %v", err)
				}
			}
		})
	}
	for range 5 {
		if err := s.KeyRing().Remove(t.Context(), core.Sandbox); err != nil {
			t.Error(err)
		}
		save(t, s.KeyRing(), core.Sandbox, ownSecret)
	}
	close(stop)
	asking.Wait()
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
