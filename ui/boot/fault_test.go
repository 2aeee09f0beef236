package boot

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/plaid"
	"bankbook/core/sandbox"
	"bankbook/core/secret"
)

// grants is a keychain that remembers all access that anybody has ever tried to
// keep in it.
type grants struct {
	*chain
	mu  sync.Mutex
	all map[core.ItemID]secret.Text
}

func newGrants() *grants { return &grants{chain: newChain(), all: map[core.ItemID]secret.Text{}} }

func (g *grants) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	if strings.Contains(string(name), "/practice/grant/") {
		item, access, _ := strings.Cut(value.Reveal(), "\n")
		g.mu.Lock()
		g.all[core.ItemID(item)] = secret.New(access)
		g.mu.Unlock()
	}
	return g.chain.Set(ctx, name, value)
}

// noneLost makes sure that vault, keychain and bank know of the same Items, and
// that the keychain holds nothing else. Numbers go with their Item.
func (g *grants) noneLost(t *testing.T, s *Services, want int) {
	t.Helper()
	items, err := s.Vault.Items()
	if err != nil || len(items) != want {
		t.Errorf("the vault holds %d items, not %d, %v", len(items), want, err)
	}
	names := []string{string(s.masterKeyName())}
	for _, item := range items {
		name := secret.TokenName(core.Practice, item.ID)
		names = append(names, string(s.keychain().name(name)))
		if access, err := s.Secrets.Get(t.Context(), name); err != nil {
			t.Errorf("the token of an item is lost: %v", err)
		} else if _, err := s.bank.Item(t.Context(), access); err != nil {
			t.Errorf("the token of an item is worth nothing: %v", err)
		}
		accounts, err := s.Vault.AccountsOf(item.ID)
		if err != nil {
			t.Error(err)
		}
		for _, a := range accounts {
			if a.ACH.Exists() {
				names = append(names, string(s.keychain().name(secret.NumbersName(core.Practice, a.ID))))
			}
		}
		delete(g.all, item.ID)
	}
	slices.Sort(names)
	if got := g.names(); !slices.Equal(got, names) {
		t.Errorf("the keychain holds %q, not %q", got, names)
	}
	for _, access := range g.all {
		if _, err := s.bank.Item(t.Context(), access); !fault.Is(err, fault.Gone) {
			t.Errorf("the bank still has an item that nobody knows of: %v", err)
		}
	}
}

// atOnce is the config of a program with a practice bank that has all of its
// history at once.
func atOnce(t *testing.T, store secret.Store) Config {
	t.Helper()
	keys := plaid.Keys{ClientID: secret.New("client"), Secret: secret.New("secret of the bank")}
	bank, err := sandbox.Listen(t.Context(), sandbox.Config{
		ClientID: keys.ClientID.Reveal(), Secret: keys.Secret.Reveal(),
		InitialDelay: sandbox.Immediately, HistoryDelay: sandbox.Immediately,
	}, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bank.Close() })
	c := config(t)
	c.Secrets, c.PlaidURL, c.Keys = store, bank.URL(), keys
	return c
}

// work is something done with a keychain that can fail.
type work struct {
	// linked says that a bank is linked before it.
	linked bool
	// do does it, and again until it succeeds, with a keychain that heals after
	// the first failure.
	do func(t *testing.T, s *Services, item core.ItemID, heal func())
	// items is how many there are in the end.
	items int
}

func works() map[string]work {
	return map[string]work{
		"link": {false, func(t *testing.T, s *Services, _ core.ItemID, heal func()) { linkInsisting(t, s, heal) }, 1},
		"remove": {true, func(t *testing.T, s *Services, item core.ItemID, heal func()) {
			insist(t, heal, func() error { return s.RemoveBank(t.Context(), item) })
		}, 0},
		"rotate": {true, func(t *testing.T, s *Services, _ core.ItemID, heal func()) {
			insist(t, heal, func() error { return s.RotateKeys(t.Context()) })
		}, 1},
		"change the token": {true, func(t *testing.T, s *Services, item core.ItemID, heal func()) {
			insist(t, heal, func() error { return s.Rotator.Token(t.Context(), item) })
		}, 1},
	}
}

func insist(t *testing.T, heal func(), do func() error) {
	t.Helper()
	err := do()
	heal()
	if err == nil {
		return
	}
	wantKind(t, "at first", err, keychainKinds()...)
	if err := do(); err != nil {
		t.Errorf("the second time: %v", err)
	}
}

// linkInsisting links a bank, trying again as a person would.
func linkInsisting(t *testing.T, s *Services, heal func()) {
	t.Helper()
	id, err := s.Links.Instant(t.Context(), link.Options{Profile: s.Profile.ID, HistoryDays: 90, Numbers: true}, testBank())
	for range 10 {
		if err != nil {
			t.Fatal(err)
		}
		end, waited := s.Links.Wait(t.Context(), id)
		heal()
		switch {
		case waited != nil:
			t.Fatal(waited)
		case end.Stage == link.Done:
			return
		case end.Stage.Over():
			id, err = s.Links.Instant(t.Context(), link.Options{Profile: s.Profile.ID, HistoryDays: 90, Numbers: true}, testBank())
		default:
			err = s.Links.Retry(id)
		}
	}
	t.Fatal("it does not help to try again")
}

// TestWorkWithAFailingKeychain lets every call to the keychain fail once, before
// or after it has been done, while a bank is linked and removed and keys are
// rotated. No access is lost or forgotten, then and after the next start. What a
// change of protector and a restore make of that has tests of its own.
func TestWorkWithAFailingKeychain(t *testing.T) {
	for name, w := range works() {
		t.Run(name, func(t *testing.T) {
			calls := 0
			for n, came := 1, true; came; n++ {
				kinds, times := keychainKinds(), []bool{false, true}
				if !*torture {
					kinds, times = kinds[n%len(kinds):][:1], times[n%2:][:1]
				}
				for _, kind := range kinds {
					for _, after := range times {
						came = w.failing(t, failure{n, kind, after})
					}
				}
				calls = n - 1
			}
			t.Logf("%d calls", calls)
			if calls < 2 {
				t.Errorf("only %d calls were made to fail", calls)
			}
		})
	}
}

// failing reports whether the call that was to fail came at all.
func (w work) failing(t *testing.T, f failure) (came bool) {
	t.Helper()
	g := newGrants()
	p := start(t, atOnce(t, g))
	s := open(t, p, Choice{Env: core.Practice})
	var item core.ItemID
	if w.linked {
		linkInsisting(t, s, func() {})
		items, err := s.Vault.Items()
		if err != nil {
			t.Fatal(err)
		}
		item = items[0].ID
	}
	g.fail(f.n, f.kind, f.after)
	w.do(t, s, item, func() { came = came || g.failed(); g.heal() })
	closeAll(t, s)
	s = open(t, p, Choice{Env: core.Practice})
	if err := s.Resume(t.Context()); err != nil {
		t.Error(err)
	}
	g.noneLost(t, s, w.items)
	closeAll(t, s)
	if t.Failed() {
		t.Fatalf("failed with %+v", f)
	}
	return came
}

// silent is a keychain that, once it is told to, answers no more until somebody
// gives up.
type silent struct {
	*chain
	mute chan struct{}
}

func (s silent) wait(ctx context.Context) error {
	select {
	case <-s.mute:
		<-ctx.Done()
		return secret.Ended(ctx, "silent")
	default:
		return nil
	}
}

func (s silent) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	if err := s.wait(ctx); err != nil {
		return err
	}
	return s.chain.Set(ctx, name, value)
}

func (s silent) Get(ctx context.Context, name secret.Name) (secret.Text, error) {
	if err := s.wait(ctx); err != nil {
		return secret.Text{}, err
	}
	return s.chain.Get(ctx, name)
}

func (s silent) Delete(ctx context.Context, name secret.Name) error {
	if err := s.wait(ctx); err != nil {
		return err
	}
	return s.chain.Delete(ctx, name)
}

// TestWorkEndsWithItsContext gives work a time, and a keychain that never
// answers.
func TestWorkEndsWithItsContext(t *testing.T) {
	// In vain is what nobody would wait for who has called it off; work that tidies up
	// takes longer still if it does not hear of that.
	const given, inVain = 300 * time.Millisecond, 4 * time.Second
	for name, do := range map[string]func(context.Context, *Services, core.ItemID) error{
		"remove": func(ctx context.Context, s *Services, item core.ItemID) error { return s.RemoveBank(ctx, item) },
		"rotate": func(ctx context.Context, s *Services, _ core.ItemID) error { return s.RotateKeys(ctx) },
		"protect": func(ctx context.Context, s *Services, _ core.ItemID) error {
			return s.UsePassphrase(ctx, secret.New(words))
		},
	} {
		t.Run(name, func(t *testing.T) {
			store := silent{newChain(), make(chan struct{})}
			s := open(t, start(t, atOnce(t, store)), Choice{Env: core.Practice})
			linkInsisting(t, s, func() {})
			items, err := s.Vault.Items()
			if err != nil {
				t.Fatal(err)
			}
			close(store.mute)
			ctx, cancel := context.WithTimeout(t.Context(), given)
			defer cancel()
			begun := time.Now()
			err = do(ctx, s, items[0].ID)
			if took := time.Since(begun); took > inVain {
				t.Errorf("it took %v", took)
			}
			wantKind(t, "its end", err, fault.KeychainTimeout, fault.Canceled)
			closeAll(t, s)
		})
	}
}
